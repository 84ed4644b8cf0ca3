r"""Intervals without one or both of their ends, [0, 1) and (0, 1): of integers the end is one step away.

p \in [0, 1)                       p is a number: a remark, as p \in [0, 1] is
y_t = x_t, \quad t \in [0, T)      -->   y_t = x_t,  t = 0, …, T - 1
y_t = x_t, \quad t \in (0, T)      E006: 1, …, T - 1, or meant with its ends
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.integer_evidence import is_real_interval
from deltarule.notation.syntax import Interval, Num, Statement, Sum, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with integers of half-open intervals as ranges. E006 for those of open ones."""

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Interval) or not is_real_interval(new):
            return new
        text = tree.written(new)
        high = text.endswith(")")
        low = text.removeprefix("\\left").startswith("(")
        if low and high:
            _refuse(new, text)
        one = Num("1", new.span)
        if low:
            new = replace(new, low=Sum(((1, new.low), (1, one)), new.low.span))
        if high:
            new = replace(new, high=Sum(((1, new.high), (-1, one)), new.high.span))
        return new

    return statement_tree.rebuild_all(statements, node)


def _refuse(interval: Interval, text: str) -> None:
    low, high = tree.written(interval.low), tree.written(interval.high)
    raise DeltaruleError(
        "E006",
        f"the integers of '{text}' can be read in two ways: with the ends, or without them",
        at=interval.span,
        seen="ambiguous",
        help=rf"write \{{{low}, \dots, {high}\}}, or [{low}, {high}) for all but the last",
    )
