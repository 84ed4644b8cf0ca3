r"""Ranges behind several equations in one row: which of them they are said of.

    x_n = b_n^2, y_n = x_n, n = 1..N              -->   both for n = 1..N
    h_0 = e, h_t = f(h_{t-1}), y_t = h_t, t = 0..T   -->   h for t = 1..T: h_0 is defined already
    f_i = x_i, g_i = f_{i+1} - f_i, i = 1..n      -->   f for i = 1..n+1: g reads these in its range

A range holds for every equation before it in its row that has its index on the left and no range of its
own for it; an equation with a range of its own ends the row. What is stated goes before what readers
need: only elements that a neighbour reads beside its own are added, and only where nothing else defines
elements of the array.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.range_parts import DESCENDING, ends_of, left_indices, range_of
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Interval,
    Listed,
    Name,
    Num,
    Power,
    Raised,
    Statement,
    Sum,
    Syntax,
)

BETWEEN = re.compile(r"(?:\s|[,;~]|\\q?quad|\\[,;: ]|\\(?:text|mbox|mathrm)\s*\{\s*and\s*\}|and)+")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the ranges that stand after the last equation of their row."""
    result = list(statements)
    lefts = [tree.key(statement_tree.subject(s)) for s in statements]
    receivers: dict[
        tuple[int, str], list[int]
    ] = {}  # where a range stands --> who has it, backwards
    stated: dict[str, tuple[int, set[str]]] = {}  # where, with which other indices
    for position in reversed(range(len(statements))):
        here = statements[position]
        if position + 1 == len(statements) or not _in_one_row(here, statements[position + 1]):
            stated = {}
        left = left_indices(here)
        own = tree.names(*here.conditions)
        for index in left:
            if index in stated and index not in own and not (stated[index][1] - {*left}):
                receivers.setdefault((stated[index][0], index), []).append(position)
        if here.conditions and lefts.count(tree.key(statement_tree.subject(here))) > 1:
            stated = {}  # it is the range of one part of an array: y_n = 0 for n < 0
        elif here.conditions:
            stated = {
                i: (position, tree.names(*said) & {*left} - {i})
                for i in left
                if (said := _ranges(here, i))
            }
    for (at, index), positions in receivers.items():
        row = _Row(statements, index, _ranges(statements[at], index), (at, *positions))
        for position in positions:
            added = row.conditions_of(position)
            result[position] = replace(
                result[position], conditions=(*result[position].conditions, *added)
            )
    return result


def _ranges(statement: Statement, index: str) -> list[Syntax]:
    return [c for c in statement.conditions if range_of(c) == index]


def _in_one_row(earlier: Statement, later: Statement) -> bool:
    source, start, end = earlier.span.source, earlier.span.end, later.span.start
    if later.span.source is not source:
        return False
    between = source.text[start:end]
    return bool(BETWEEN.fullmatch(between)) and bool(between.strip()) and "\n\n" not in between


@dataclass(frozen=True)
class _Row:
    """The equations that one range is said of; the first of `members` has it already."""

    statements: list[Statement]
    index: str
    ranges: list[Syntax]
    members: tuple[int, ...]

    def conditions_of(self, position: int) -> list[Syntax]:
        """The range, without what is defined already, with what the neighbours read beside it."""
        first, last = self._defined_ends(position) or self._reach(position, ()) or (0, 0)
        return [_widened(c, first, last) for c in self.ranges]

    def _defined_ends(self, position: int) -> tuple[int, int] | None:
        """1, 0 beside h_0, 0, -1 beside h_T, for h_t where t = 0..T; None where no other equation defines h."""
        symbol, places = _address(statement_tree.subject(self.statements[position]))
        others = [
            address[1]
            for s in self.statements
            if s is not self.statements[position]
            and isinstance(s.relation, Chain)
            and (address := _address(statement_tree.subject(s)))[0] == symbol
        ]
        if not others:
            return None
        ends = [tuple(map(tree.key, e)) for c in self.ranges if (e := ends_of(c)) is not None]
        keys = [tuple(map(tree.key, o)) for o in others]
        first = last = 0
        for at, place in enumerate(places):
            if not (isinstance(place, Name) and place.name == self.index):
                continue
            own = tuple(map(tree.key, places))
            for low, high in ends:
                first = 1 if (*own[:at], low, *own[at + 1 :]) in keys else first
                last = -1 if (*own[:at], high, *own[at + 1 :]) in keys else last
        return first, last

    def _reach(self, position: int, waiting: tuple[int, ...]) -> tuple[int, int] | None:
        """-1, 0 for x where the others of the row read x_{n-1} and x_n; None where they read each other."""
        symbol, places = _address(statement_tree.subject(self.statements[position]))
        own = [p for p, s in enumerate(places) if isinstance(s, Name) and s.name == self.index]
        if len(own) != 1:
            return 0, 0
        first = last = 0
        for reader in self.members:
            steps = self._steps(reader, symbol, len(places), own[0]) if reader != position else []
            if not steps:
                continue
            reach = None if reader in waiting else self._reach(reader, (*waiting, position))
            if reach is None:
                return None
            before, after = reach if reader != self.members[0] else (0, 0)
            first, last = min(first, before + min(steps)), max(last, after + max(steps))
        return first, last

    def _steps(self, reader: int, symbol: object, count: int, at: int) -> list[int]:
        """-1 and 0 of x_{n-1} + x_n, where no sum binds the index."""
        relation = self.statements[reader].relation
        assert isinstance(relation, Chain), "it has indices on its left side"
        found = []
        waiting = [(o, frozenset[str]()) for o in relation.operands[1:]]
        while waiting:
            node, bound = waiting.pop()
            waiting.extend(tree.scoped_children(node, bound))
            head, places = _address(node)
            if head == symbol and len(places) == count and self.index not in bound:
                step = _step(places[at], self.index)
                found.extend([] if step is None else [step])
        return found


def _address(node: Syntax) -> tuple[object, tuple[Syntax, ...]]:
    """The symbol, and its subscripts, superscripts and arguments, in the order of the text."""
    match node:
        case Indexed(base=inner):
            own = node.subscripts
        case Apply(head=inner):
            own = node.arguments
        case Power(base=inner):
            own = (node.exponent,)
        case Raised(base=inner):
            own = (node.inside,)
        case _:
            return tree.key(node), ()
    symbol, places = _address(inner)
    return symbol, (*places, *own)


def _step(place: Syntax, index: str) -> int | None:
    """0 of n, -1 of n - 1, 2 of n + 2."""
    if isinstance(place, Name):
        return 0 if place.name == index else None
    if not isinstance(place, Sum) or len(place.terms) != 2:
        return None
    (sign, name), (direction, number) = place.terms
    if sign != 1 or not isinstance(name, Name) or name.name != index:
        return None
    return (
        direction * int(number.text) if isinstance(number, Num) and number.text.isdigit() else None
    )


def _widened(condition: Syntax, first: int, last: int) -> Syntax:
    """n = 0..N of n = 1..N with -1, 0; a list of numbers, and an end that is not there, stay."""
    assert isinstance(condition, Chain), "it is a range"
    *front, end = condition.operands
    if isinstance(end, Listed):
        return condition
    if isinstance(end, Interval):
        moved = replace(end, low=_plus(end.low, first), high=_plus(end.high, last))
        return replace(condition, operands=(*front, moved))
    descends = condition.ops[0] in DESCENDING
    if len(condition.operands) == 3:
        start, name, _ = condition.operands
        steps = (last, first) if descends else (first, last)
        return replace(condition, operands=(_plus(start, steps[0]), name, _plus(end, steps[1])))
    return replace(condition, operands=(*front, _plus(end, first if descends else last)))


def _plus(node: Syntax, step: int) -> Syntax:
    if step == 0:
        return node
    return Sum(((1, node), (1 if step > 0 else -1, Num(str(abs(step)), node.span))), node.span)
