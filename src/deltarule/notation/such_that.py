r"""Sums over what is said of elements only: \sum_{y_i > y_j} w_{ij}.

    \sum_{y_i > y_j} w_{ij}    -->   \sum_{i, j, y_i > y_j} w_{ij}
    \sum_{y_i = 1} x_i         -->   \sum_{i, y_i = 1} x_i

The indices are those that nothing around binds, and that the body has as subscripts.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import names, tree
from deltarule.notation.syntax import Big, Chain, Indexed, Interval, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the indices of such sums before what is said of them."""
    return [
        replace(s, relation=_settled(s.relation, names.bound_on_the_left(s))) for s in statements
    ]


def _settled(node: Syntax, scope: frozenset[str]) -> Syntax:
    if not isinstance(node, Big):
        return tree.rebuild(node, lambda child: _settled(child, scope))
    letters = _letters(node, scope)
    if letters:
        node = replace(node, below=(*letters, *node.below))
    inside = scope | frozenset(tree.bound_by(node, scope))
    return replace(node, body=_settled(node.body, inside))


def _letters(node: Big, scope: frozenset[str]) -> list[Name]:
    """i and j of y_i > y_j; none where an index stands alone, or the sign has an upper end."""
    if node.above is not None:
        return []
    found: dict[str, Name] = {}
    for entry in node.below:
        if not isinstance(entry, Chain) or entry.ops[0] == "in":
            return []
        for operand in entry.operands:
            if isinstance(operand, Interval):
                return []
            if isinstance(operand, Name) and operand.name not in scope:
                return []
            if isinstance(operand, Indexed):
                parts = [n for s in operand.subscripts for n in tree.descend(s)]
                new = [n for n in parts if isinstance(n, Name) and n.name not in scope]
                found |= {n.name: n for n in new if n.name not in found}
    read = {a for n in tree.descend(node.body) if isinstance(n, Indexed)
            for s in n.subscripts for p in tree.descend(s) if (a := tree.atom(p))}  # fmt: skip
    return list(found.values()) if found and set(found) <= read else []
