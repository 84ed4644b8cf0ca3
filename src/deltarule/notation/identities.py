r"""Identity matrices of a size: I_N beside N \times N matrices, I_2 beside 2 \times 2.

Nothing defines or declares them, and their subscript is a length that a declaration has.
"""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name, RealSpace, Statement, Syntax


def sized(statements: list[Statement], matrices: frozenset[str]) -> dict[str, RealSpace]:
    """I_N --> its space, of these matrices that nothing declares."""
    wanted = {n for n in matrices if n.startswith("I_")} - _defined(statements)
    if not wanted:
        return {}
    lengths = _lengths(statements)
    return {
        name: RealSpace((length, length), length.span)
        for name in wanted
        if (length := lengths.get(name.removeprefix("I_"))) is not None
    }


def _defined(statements: list[Statement]) -> set[str]:
    lefts = [statement_tree.first_operand(s) for s in statements]
    return {left.name for left in lefts if isinstance(left, Name)}


def _lengths(statements: list[Statement]) -> dict[str, Syntax]:
    """The lengths that declarations have, N and 2, by how they are written."""
    found: dict[str, Syntax] = {}
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, RealSpace):
                for length in node.dimensions:
                    label = tree.label_of((length,))
                    if label is not None:
                        found.setdefault(label, length)
    return found
