r"""Limits that are the larger or smaller of several, and halves of sizes.

    \sum_{j=\max(0, i-n/2)}^{\min(N-1, i+n/2)} a_j   -->   \sum_{j : j >= 0, 2 j >= 2 i - n, j <= N-1, 2 j <= 2 i + n} a_j
    y_i = \dots, i = 1, \dots, n/2                     -->   i >= 1, 2 i <= n

A quotient in a limit is rounded down, -n/2 to the negative of n/2: the limits of an even n are as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

from deltarule.notation import tree
from deltarule.notation.operators import MIRRORED
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Interval,
    Name,
    Num,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
)

Sign = Literal[1, -1]
Bound = Literal[">=", "<="]
EXTREMES: dict[Bound, str] = {">=": "max", "<=": "min"}


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one relation for each of such limits."""
    return [
        replace(
            s,
            relation=_node(s.relation),
            conditions=tuple(part for c in s.conditions for part in _condition(_node(c))),
        )
        for s in statements
    ]


def _node(old: Syntax) -> Syntax:
    new = tree.rebuild(old, _node)
    if not isinstance(new, Big):
        return new
    entries = _with_limits(new.below, new.above)
    found = [_limits(entry) or _compared(entry) for entry in entries]
    if not any(found):
        return new
    below: list[Syntax] = []
    for entry, relations in zip(entries, found, strict=True):
        if relations:
            below += [_index(entry), *relations]
        else:
            below.append(entry)
    return replace(new, below=tuple(below), above=None)


def _with_limits(below: tuple[Syntax, ...], above: Syntax | None) -> tuple[Syntax, ...]:
    """i, j = 1 and what stands above as i = 1..n, j = 1..n."""
    lows = [e for e in below if _is_low(e)]
    if above is None or not lows:
        return below
    result = []
    for entry in below:
        if not isinstance(entry, Chain):
            entry = replace(lows[0], operands=(entry, *lows[0].operands[1:]))
        if _is_low(entry):
            index, low = entry.operands
            entry = replace(entry, operands=(index, Interval(low, above, above.span)))
        result.append(entry)
    return tuple(result)


def _condition(condition: Syntax) -> list[Syntax]:
    """i = 1, …, n/2 as what follows an equation."""
    return _limits(condition) or _compared(condition) or [condition]


def _is_low(entry: Syntax) -> TypeGuard[Chain]:
    return isinstance(entry, Chain) and entry.ops == ("=",) and tree.interval_of(entry) is None


def _index(entry: Syntax) -> Syntax:
    assert isinstance(entry, Chain), "it has limits"
    return entry.operands[len(entry.operands) - 2]


def _limits(entry: Syntax) -> list[Syntax]:
    """The relations that j = low..high stands for; none where its limits are plain."""
    interval = tree.interval_of(entry) if isinstance(entry, Chain) else None
    if interval is None or not isinstance(entry, Chain) or len(entry.operands) != 2:
        return []
    index = entry.operands[0]
    ends: list[tuple[Bound, Syntax]] = [(">=", interval.low), ("<=", interval.high)]
    if not isinstance(index, Name) or not any(_is_special(end, op) for op, end in ends):
        return []
    return [_relation(index, op, e) for op, end in ends for e in _ends(end, op)]


def _compared(entry: Syntax) -> list[Syntax]:
    """max(1, i-k) <= j < min(n, i+k) as one relation for each; none where it has no such end."""
    if not isinstance(entry, Chain) or len(entry.operands) != 3:
        return []
    low, index, high = entry.operands
    if not set(entry.ops) <= {"<", "<="} or not isinstance(index, Name):
        return []
    lows, highs = list(_ends(low, ">=")), list(_ends(high, "<="))
    if len(lows) + len(highs) == 2:
        return []
    first, last = entry.ops
    found = [Chain((index, end), (MIRRORED[first],), end.span) for end in lows]
    return [*found, *(Chain((index, end), (last,), end.span) for end in highs)]


def _is_special(limit: Syntax, op: Bound) -> bool:
    ends = list(_ends(limit, op))
    return len(ends) > 1 or any(_rounded(end) is not None for end in ends)


def _ends(limit: Syntax, op: Bound) -> Iterator[Syntax]:
    """a and b of max(a, b) where a lower limit stands, of min(a, b) where an upper one does."""
    match limit:
        case Group(body):
            yield from _ends(body, op)
        case Apply(Name(name), 0, arguments) if name == EXTREMES[op] and len(arguments) > 1:
            for argument in arguments:
                yield from _ends(argument, op)
        case _:
            yield limit


def _relation(index: Name, op: Bound, end: Syntax) -> Syntax:
    """j >= a + c/d as d j >= d a + c - (d - 1), and the like: c/d is rounded down."""
    rounded = _rounded(end)
    if rounded is None:
        return Chain((index, end), (op,), end.span)
    times = Num(str(rounded.below), end.span)
    terms: list[tuple[Sign, Syntax]] = [
        (sign, Product((times, Group(term, term.span)), ("",), end.span))
        for sign, term in rounded.whole
    ]
    terms.append((rounded.sign, Group(rounded.above, end.span)))
    if (rounded.sign == 1) == (op == ">="):
        spare = Num(str(rounded.below - 1), end.span)
        terms.append((-1 if op == ">=" else 1, spare))
    left = Product((times, index), ("",), index.span)
    return Chain((left, Sum(tuple(terms), end.span)), (op,), end.span)


@dataclass(frozen=True, slots=True)
class _Rounded:
    """The terms of a limit, one of which is above / below with this sign."""

    whole: tuple[tuple[Sign, Syntax], ...]
    sign: Sign
    above: Syntax
    below: int


def _rounded(end: Syntax) -> _Rounded | None:
    """None where a limit has no quotient, or several."""
    whole: list[tuple[Sign, Syntax]] = []
    found: list[_Rounded] = []
    for sign, term in _terms(end):
        quotient = _quotient(term)
        if quotient is None:
            whole.append((sign, term))
            continue
        above, below = quotient
        direction: Sign | None = 1 if _is_rounded(term) else _direction(above)
        if direction is None:
            return None
        if direction == -1:
            above = Sum(tuple((_opposite(s), t) for s, t in _terms(above)), above.span)
        found.append(_Rounded((), sign if direction == 1 else _opposite(sign), above, below))
    return replace(found[0], whole=tuple(whole)) if len(found) == 1 else None


def _opposite(sign: Sign) -> Sign:
    return -1 if sign == 1 else 1


def _terms(node: Syntax) -> Iterator[tuple[Sign, Syntax]]:
    """The terms with their signs, out of parentheses."""
    if isinstance(node, Group):
        yield from _terms(node.body)
    elif isinstance(node, Sum):
        for sign, term in node.terms:
            for inner, part in _terms(term):
                yield (sign if inner == 1 else _opposite(sign)), part
    else:
        yield 1, node


def _quotient(term: Syntax) -> tuple[Syntax, int] | None:
    r"""n and 2 of n/2, of \frac{1}{2} n and of \lfloor n/2 \rfloor; n + 1 and 2 of \lceil n/2 \rceil."""
    match term:
        case Apply(Name("floor"), 0, (inner,)):
            return _quotient(inner)
        case Apply(Name("ceil"), 0, (inner,)) if (half := _quotient(inner)) is not None:
            more = Num(str(half[1] - 1), term.span)
            return Sum(((1, half[0]), (1, more)), term.span), half[1]
        case Group(body):
            return _quotient(body)
        case Quotient(above, below):
            below = tree.ungrouped(below)
            if isinstance(below, Num) and below.text.isdigit() and int(below.text) > 1:
                return above, int(below.text)
        case Product((Quotient() as part, *others)) if (half := _quotient(part)) is not None:
            above, divisor = half
            factors = (above, *others)
            return Product(factors, tuple("" for _ in others), term.span), divisor
    return None


def _is_rounded(term: Syntax) -> bool:
    """Whether the author says how."""
    return isinstance(term, Apply)


def _direction(above: Syntax) -> Sign | None:
    """1 where what is divided grows with all its names, -1 where it falls: n - 1, 1 - n; else None."""
    signs = {sign for sign, term in _terms(above) if not isinstance(term, Num)}
    if len(signs) > 1:
        return None
    return signs.pop() if signs else 1
