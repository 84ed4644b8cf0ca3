r"""Single bars around a vector: \|x\| is meant, or each |x_j|?

y = c \odot |x|, x \in \mathbb{R}^n               -->   the absolute value of each element
L = \lambda |w|^2, w \in \mathbb{R}^n             -->   E006: nothing else makes L a vector
d = |x - y|, d, x \in \mathbb{R}^n                -->   the absolute value of each element
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import AbsoluteValue, Apply, Num, Statement, Syntax
from deltarule.notation.vector_arrays import Arrays
from deltarule.notation.vector_definitions import definitions, parameters_of


def refuse(arrays: Arrays, statement: Statement) -> None:
    """E006 for bars that alone would make the value of an equation a vector."""
    sides = statement_tree.sides(statement)
    if sides is not None and not _is_known_vector(arrays, sides[0]):
        refuse_value(arrays, sides[1])


def refuse_value(arrays: Arrays, value: Syntax) -> None:
    """E006 for bars that alone would make it a vector."""
    found = next(_around_vectors(arrays, value), None)
    for call in (n for n in tree.descend(value) if isinstance(n, Apply)):
        _refuse_call(arrays, call)

    def as_number(node: Syntax) -> Syntax:
        if isinstance(node, AbsoluteValue) and arrays.shapes.rank(node) == 1:
            return Num("1", node.span)
        return tree.rebuild(node, as_number)

    if found is not None and arrays.shapes.rank(value) == 1:
        if not arrays.shapes.rank(as_number(value)):
            _refuse(found)


def _around_vectors(arrays: Arrays, node: Syntax) -> Iterator[AbsoluteValue]:
    for part in tree.descend(node):
        if isinstance(part, AbsoluteValue) and arrays.shapes.rank(part) == 1:
            yield part


def _refuse_call(arrays: Arrays, call: Apply) -> None:
    """E006 at the bars of k(x, y) = \\exp(-|x - y|^2), called with vectors."""
    if sum(arrays.shapes.rank(a) == 1 for a in call.arguments) < 2:
        return
    for name, left, body in definitions(arrays.statements):
        if tree.symbol(call.head) == name and len(left.arguments) == len(call.arguments):
            given = set(parameters_of(left))
            for bars in (n for n in tree.descend(body) if isinstance(n, AbsoluteValue)):
                if len(given & tree.names(bars)) > 1:
                    _refuse(bars)


def _is_known_vector(arrays: Arrays, left: Syntax) -> bool:
    """Whether the left side is declared or marked as a vector."""
    name = tree.symbol(left)
    marked = any(getattr(part, "vector", False) for part in tree.descend(left))
    return marked or (name in arrays.known.declared and arrays.shapes.rank(left) > 0)


def _refuse(at: AbsoluteValue) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "bars around a vector can be read in two ways: as its length, or as the absolute value of "
        "each element",
        at=at.span,
        seen="ambiguous",
        help=r"write \|x\| for the length; for the elements declare the left side, "
        r"y \in \mathbb{R}^n",
    )
