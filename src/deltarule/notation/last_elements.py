r"""The T of h^T is the last of t = 1..T where h^t has an index above, and no transposition.

h^t = A h^{t-1},  t = 1, \ldots, T,  y = v^\top h^T   -->   y = v^\top h_T
"""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Indexed,
    Interval,
    Name,
    Power,
    Statement,
    Syntax,
    Transposed,
)


def settle(statements: list[Statement], stacked: frozenset[str]) -> list[Statement]:
    """The statements with such elements of the `stacked` symbols as powers, which are settled as all others."""
    if not stacked or "T" not in _ends(statements):
        return statements
    changed = False

    def node(old: Syntax) -> Syntax:
        nonlocal changed
        if isinstance(old, Transposed) and old.letter and _symbol(old.base) in stacked:
            changed = True
            return Power(old.base, Name("T", "T", old.span), old.span)
        return tree.rebuild(old, node)

    result = statement_tree.rebuild_all(statements, node)
    return result if changed else statements


def _ends(statements: list[Statement]) -> set[str]:
    """What ranges and sums end with."""
    ends: list[Syntax] = []
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Interval):
            ends.append(node.high)
        elif isinstance(node, Big) and node.above is not None:
            ends.append(node.above)
    return tree.names(*ends)


def _symbol(node: Syntax) -> str:
    base = node.base if isinstance(node, Indexed) else node
    return base.name if isinstance(base, Name) else ""
