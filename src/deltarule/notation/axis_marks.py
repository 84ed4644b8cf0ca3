r"""Asterisks and dots for all of an axis: U_{*,i}, A_{\cdot j}.

An asterisk below a symbol may be a label too, the point x_* where a curve is wanted; then K_{*,i} is not a column. A dot
on a left side may be part of a name, \bar{y}_{\cdot j} = \frac{1}{n} \sum_i y_{ij}. Colons are never either.
"""

from __future__ import annotations

from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Statement, Syntax, Whole

ASTERISKS = ("*", "∗", r"\ast", r"\star")


def check(statements: list[Statement]) -> None:
    """E006 for an asterisk that may be an axis or a label: the document has one that is a label, or all are asterisks."""
    elements = [n for n in statement_tree.all_nodes(statements) if isinstance(n, Indexed)]
    labels = [e for e in elements if _is_label(e)]
    for element in elements:
        marks = [s for s in element.subscripts if _is_asterisk(s)]
        if marks and (labels or len(marks) == len(element.subscripts)):
            _refuse(marks[0], labels[0] if labels else None)

    _check_values(statements)


def _check_values(statements: list[Statement]) -> None:
    """E006 for a mark on a left side where nothing on the right is known to be a vector."""
    arrays = {tree.symbol(subject) for subject, space in statement_tree.declarations(statements)
              if space.dimensions}  # fmt: skip
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is not None and not any(
            isinstance(n, Whole) or (isinstance(n, Name) and (n.vector or n.name in arrays))
            for side in relation.operands[1:]
            for n in tree.descend(side)
        ):
            check_left(relation.operands[0])


def check_left(left: Syntax) -> None:
    """E006 for a dot or an asterisk on a left side that gets one value."""
    for part in tree.descend(left):
        if isinstance(part, Whole) and ":" not in tree.written(part):
            _refuse_one_value(part)


def _is_asterisk(node: Syntax) -> bool:
    return isinstance(node, Whole) and any(sign in tree.written(node) for sign in ASTERISKS)


def _is_label(node: Indexed) -> bool:
    """x_*."""
    only = node.subscripts[0] if len(node.subscripts) == 1 else None
    return isinstance(only, Name) and only.name == "star"


def _refuse(mark: Syntax, label: Syntax | None) -> NoReturn:
    beside = "" if label is None else f", which '{tree.written(label)}' speaks for"
    raise DeltaruleError(
        "E006",
        f"an asterisk below a symbol can be read in two ways: as all of the axis, or as a label{beside}",
        at=mark.span,
        seen="ambiguous",
        help="write a colon for all of an axis, U_{:,i}, and a word for a label, U_{\\text{new},i}",
    )


def _refuse_one_value(mark: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "a mark for an axis that has one value can be read in two ways: as all elements, or as part of the name",
        at=mark.span,
        seen="ambiguous",
        help="leave the mark out where it is part of the name, or write an index for every element",
    )
