"""Integers that progress evenly: 1, 2, …, n and t-1, t-2, …, t-p as affine forms of one index.

[1, 2], p         -->   k for k = 1..p
[t-1, t-2], t-p   -->   t - k with the same k
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import gcd
from typing import Literal

from deltarule.notation import tree
from deltarule.notation.syntax import Group, Indexed, Name, Num, Product, Sum, Syntax
from deltarule.source import Span

Term = tuple[Literal[1, -1], Syntax]


@dataclass(frozen=True)
class Form:
    """A sum of whole multiples of symbols, and a number; `symbols` is how they are written."""

    terms: Mapping[object, int]
    constant: int
    symbols: Mapping[object, Syntax] = field(default_factory=dict, compare=False)

    @property
    def is_number(self) -> bool:
        return not self.terms


def number(value: int) -> Form:
    return Form({}, value)


def combine(left: Form, right: Form, sign: int = 1) -> Form:
    """left + sign right."""
    terms = dict(left.terms)
    for name, count in right.terms.items():
        terms[name] = terms.get(name, 0) + sign * count
    kept = {n: c for n, c in terms.items() if c}
    symbols = {**left.symbols, **right.symbols}
    return Form(kept, left.constant + sign * right.constant, symbols)


def scaled(form: Form, factor: int) -> Form:
    kept = {n: c * factor for n, c in form.terms.items() if factor}
    return Form(kept, form.constant * factor, form.symbols)


def divided(form: Form, by: int) -> Form | None:
    """The quotient where it is whole."""
    if not by or any(c % by for c in (*form.terms.values(), form.constant)):
        return None
    return Form({n: c // by for n, c in form.terms.items()}, form.constant // by, form.symbols)


def content(form: Form) -> int:
    """The greatest number that divides it."""
    return gcd(form.constant, *form.terms.values())


def form_of(node: Syntax) -> Form | None:
    """t - 2 k + 1 as a form; None for what is none. x_{i1} and x_{1i} have two subscripts."""
    match node:
        case Num(text) if text.isdigit():
            return number(int(text))
        case Name(name):
            return Form({name: 1}, 0, {name: node})
        case Indexed():
            return Form({tree.key(node): 1}, 0, {tree.key(node): node})
        case Group(body):
            return form_of(body)
        case Sum(terms):
            total = number(0)
            for sign, term in terms:
                part = form_of(term)
                if part is None:
                    return None
                total = combine(total, part, sign)
            return total
        case Product((Num(text), factor)) if text.isdigit() and int(text) > 1:
            part = form_of(factor)
            return None if part is None else scaled(part, int(text))
    return None


def written(form: Form, at: Span) -> Syntax:
    """The form as an expression: what is added first, a number last."""
    terms: list[Term] = []
    for name, count in sorted(form.terms.items(), key=lambda pair: pair[1] < 0):
        symbol = form.symbols[name]
        many = Product((Num(str(abs(count)), at), symbol), ("",), at)
        terms.append((1 if count > 0 else -1, many if abs(count) > 1 else symbol))
    if form.constant or not terms:
        terms.append((1 if form.constant >= 0 else -1, Num(str(abs(form.constant)), at)))
    return terms[0][1] if len(terms) == 1 and terms[0][0] == 1 else Sum(tuple(terms), at)


@dataclass(frozen=True)
class Progression:
    """Where the index begins and ends, and each sequence as (form at index 0, step)."""

    low: Form
    high: Form
    sequences: tuple[tuple[Form, int], ...]

    def at(self, place: int, index: Name) -> Form:
        start, step = self.sequences[place]
        return combine(start, Form({index.name: step}, 0, {index.name: index}))


@dataclass(frozen=True)
class Scope:
    """The indices that run, and forms of them that are not negative."""

    running: frozenset[str]
    known: tuple[Form, ...] = ()


def progression(shown: list[list[Form]], last: list[Form], scope: Scope) -> Progression | None:
    """The one index by which all sequences go in even steps from the terms shown to the last.

    `shown` has a list per sequence, of one form or more. None where the steps are uneven, or no whole
    number of them leads to the last.
    """
    first = [forms[0] for forms in shown]
    ways = [combine(end, start, -1) for start, end in zip(first, last, strict=True)]
    if len(shown[0]) > 1:
        found = [_step(forms) for forms in shown]
        steps = [s for s in found if s]
        if len(steps) < len(found):
            return None
    else:
        direction = [_direction(way, scope) for way in ways]
        forward = next((w if d > 0 else scaled(w, -1) for w, d in zip(ways, direction, strict=True)
                        if d), ways[0])  # fmt: skip
        steps = [1 if way == forward else -1 for way in ways]
    counts = [divided(way, step) for way, step in zip(ways, steps, strict=True)]
    count = counts[0]
    if count is None or any(c != count for c in counts):
        return None
    return _from_best_start(first, steps, count)


def _step(forms: list[Form]) -> int | None:
    """2 for [n, n + 2]; None where it is no number, or differs."""
    found = {_difference(one, other) for one, other in pairwise(forms)}
    return found.pop() if len(found) == 1 else None


def _difference(one: Form, other: Form) -> int | None:
    between = combine(other, one, -1)
    return between.constant if between.is_number else None


def is_open(start: list[Form], end: list[Form], scope: Scope) -> bool:
    """Whether indices that run are at both ends, and nothing says which is the larger."""
    ways = [combine(last, first, -1) for first, last in zip(start, end, strict=True)]
    between = [way for way in ways if way.terms.keys() <= scope.running]
    return len(between) == len(ways) and not any(_direction(way, scope) for way in ways)


def _direction(way: Form, scope: Scope) -> int:
    """1 upwards, -1 downwards: sizes are large. 0 where both could be."""
    if way.is_number:
        return 1 if way.constant > 0 else -1
    sizes = [c for n, c in way.terms.items() if n not in scope.running]
    counts = sizes or list(way.terms.values())
    if all(c > 0 for c in counts):
        return 1
    if all(c < 0 for c in counts):
        return -1
    return _known_direction(way, scope)


def _known_direction(way: Form, scope: Scope) -> int:
    """1 where way >= -1 is known (none at all, x_{t+1} to x_t, is allowed), -1 where -way is; else 0."""
    found = [
        sign
        for sign in (1, -1)
        for form in scope.known
        if (over := combine(scaled(way, sign), form, -1)).is_number and over.constant >= -1
    ]
    return found[0] if len(set(found)) == 1 else 0


def _from_best_start(first: list[Form], steps: list[int], count: Form) -> Progression:
    """The index is a sequence that counts up from a number, else one that counts up."""
    rising = [f for f, s in zip(first, steps, strict=True) if s == 1]
    numbered = [f for f in rising if f.is_number]
    once = [f for f, s in zip(first, steps, strict=True) if f == number(s)]  # 2, 4, …, 2 n
    low = next(iter((*numbered, *(number(1) for _ in once[:1]), *rising)), number(0))
    starts = [combine(f, scaled(low, s), -1) for f, s in zip(first, steps, strict=True)]
    return Progression(low, combine(low, count), tuple(zip(starts, steps, strict=True)))
