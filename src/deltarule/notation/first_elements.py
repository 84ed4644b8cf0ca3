"""First and last elements: h[0] = 0 beside h[t] = f(h[t-1]).

An equation for fixed subscripts, or for a range with two ends, takes these elements out of the general
one, and with them all that lie before: the general equation begins after the first elements, or ends
before the last ones where it runs downwards. What the author says of the range goes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.equations.system import Equation


def settle(equations: list[Equation]) -> list[Equation]:
    """The equations with the ranges that their first and last elements leave them."""
    result = []
    for equation in equations:
        stated = equation.domain
        for position, subscript in enumerate(equation.subscripts):
            index = _index(subscript, equation)
            if index is None or domains.involves(stated, index):
                continue
            for relation in _bands(equations, equation, position):
                domain = domains.intersect(equation.domain, domains.from_relations([relation]))
                equation = replace(equation, domain=domain)
            for ends, belongs in _stretches(equations, equation, position):
                relation = _beyond(equation, position, subscript, ends, belongs)
                domain = domains.intersect(equation.domain, domains.from_relations([relation]))
                equation = replace(equation, domain=domain)
        result.append(_without_corners(equations, equation, stated))
    return result


def _without_corners(equations: list[Equation], general: Equation, stated: Domain) -> Equation:
    """g[i,j] without g[1,1], where the author gave no range for i or for j."""
    for other in equations:
        fixed = _fixed(general, other) if other.target == general.target else []
        if other is general or len(fixed) < 2 or _are_apart(general, other):
            continue
        if any(not domains.involves(stated, str(_index(s, general))) for s, _ in fixed):
            corner = domains.from_relations(domains.equal(s, at) for s, at in fixed)
            general = replace(general, domain=domains.subtract(general.domain, corner))
    return general


def _fixed(general: Equation, other: Equation) -> list[tuple[Affine, Affine]]:
    """The subscripts that run in the general equation and are fixed in the other one, with these."""
    if len(general.subscripts) != len(other.subscripts):
        return []
    return [
        (s, t)
        for s, t in zip(general.subscripts, other.subscripts, strict=True)
        if _index(s, general) is not None and not _runs(t, other)
    ]


def _runs(subscript: Affine, equation: Equation) -> bool:
    return any(n in equation.indices for n, _ in subscript.terms if isinstance(n, str))


def _index(subscript: Affine, equation: Equation) -> str | None:
    """t of t and of t + 1."""
    names = [n for n, _ in subscript.terms if isinstance(n, str)]
    running = [n for n in names if n in equation.indices]
    return running[0] if len(running) == len(names) == 1 else None


def _stretches(
    equations: list[Equation], general: Equation, position: int
) -> list[tuple[tuple[Affine, Affine], bool]]:
    """The first and the last subscript that other equations of the array have there, and whether
    the general equation goes on at it, elsewhere: at i = 1 beside g[1,1].

    A boundary, D[i,0], has an end only where its subscript is fixed.
    """
    found = []
    for other in equations:
        if other is general or other.target != general.target:
            continue
        if len(other.subscripts) != len(general.subscripts) or _are_apart(general, other):
            continue
        fixed = _fixed(general, other)
        if fixed and _runs(other.subscripts[position], other):
            continue
        if len(fixed) > 1 and _is_on_a_row(equations, general, other):
            continue
        ends = _ends(other, position)
        if not fixed and _ends_elsewhere(general, other, position):
            continue
        if ends is not None and (ends[0] == ends[1] or _shifts(general, position)):
            found.append((ends, len(fixed) > 1))
    return found


def _bands(equations: list[Equation], general: Equation, position: int) -> list[Relation]:
    """s >= 1 for a[t,s] beside a[t,s] = 0 for s < 1: an equation for all that lies on one side."""
    found = []
    subscript = general.subscripts[position]
    for other in equations:
        if other is general or other.target != general.target or _fixed(general, other):
            continue
        if len(other.subscripts) != len(general.subscripts):
            continue
        if _are_apart(general, other) or not _shifts(general, position) or _shifts(other, position):
            continue
        lows, highs = _limits(other, position) or ((), ())
        if len(highs) == 1 and not lows:
            found.append(domains.at_least(subscript, affine.add(highs[0], affine.number(1))))
        elif len(lows) == 1 and not highs:
            found.append(domains.at_least(affine.subtract(lows[0], affine.number(1)), subscript))
    return found


def _is_on_a_row(equations: list[Equation], general: Equation, corner: Equation) -> bool:
    """Whether a[1,2] belongs to a row that has an end of its own, a[1,s] for s > 2."""
    rows = (e for e in equations if e.target == general.target and e is not general)
    fixed = [_fixed(general, row) for row in rows]
    return any(len(f) == 1 and f[0] in _fixed(general, corner) for f in fixed)


def _ends_elsewhere(general: Equation, other: Equation, position: int) -> bool:
    """Whether a[t,s] for t = 1..T, s = -1..0 is a boundary along s: it ends there at a number."""
    ends = {
        p: e[1]
        for p in range(len(other.subscripts))
        if _shifts(general, p) and (e := _ends(other, p)) is not None
    }
    numbers = [p for p, high in ends.items() if not high.terms]
    return bool(numbers) and position not in numbers


def _are_apart(general: Equation, other: Equation) -> bool:
    """Whether the two define different elements as it is: D[h,1] and D[h+1,i] for i != 1."""
    return domains.are_disjoint(_elements(general), _elements(other))


def _elements(equation: Equation) -> Domain:
    names = {n for s in equation.subscripts for n in affine.names(s)}
    names |= set(domains.names_of(equation.domain))
    sizes = tuple(n for n in names if n not in equation.indices)
    return dependences.image(Access(equation.target, equation.subscripts), equation.domain, sizes)


def _shifts(equation: Equation, position: int) -> bool:
    """Whether it is a recurrence along this subscript: t of h[t,j] = … h[t-1,j]."""
    own = equation.subscripts[position]
    reads = (a for a in walk.accesses(equation.expression) if a.array == equation.target)
    return any(len(a.subscripts) > position and a.subscripts[position] != own for a in reads)


def _ends(equation: Equation, position: int) -> tuple[Affine, Affine] | None:
    """1 - m and 0 of s[t] for t = 1-m..0; twice the same where no index runs."""
    subscript = equation.subscripts[position]
    if not _runs(subscript, equation):
        return subscript, subscript
    lows, highs = _limits(equation, position) or ((), ())
    return (lows[0], highs[0]) if len(lows) == len(highs) == 1 else None


def _limits(equation: Equation, position: int) -> tuple[Sequence[Affine], Sequence[Affine]] | None:
    """What an index that is a subscript by itself begins and ends with, whatever the other indices are."""
    subscript = equation.subscripts[position]
    index = _index(subscript, equation)
    limits = domains.bounds(equation.domain, index) if index is not None else None
    if limits is None or affine.plain_name(subscript) is None:
        return None
    names = {n for forms in limits for form in forms for n in affine.names(form)}
    return None if names & set(equation.indices) else limits


def _beyond(
    equation: Equation,
    position: int,
    subscript: Affine,
    ends: tuple[Affine, Affine],
    belongs: bool,
) -> Relation:
    """After these elements, or from them on; before them, where the equation reads what comes after.

    One that reads both neighbours runs between its two ends, 0 and m + 1.
    """
    low, high = ends
    one = affine.number(0 if belongs else 1)
    steps = _steps(equation, position, subscript)
    downwards = any(s > 0 for s in steps) and not (any(s < 0 for s in steps) and low == high)
    if downwards or (low == high and low.terms):
        return domains.at_least(affine.subtract(low, one), subscript)
    return domains.at_least(subscript, affine.add(high, one))


def _steps(equation: Equation, position: int, subscript: Affine) -> set[int]:
    """How far from its own place the equation reads its array: -1 and 1 of x[i-1] + x[i+1]."""
    found = set()
    for access in walk.accesses(equation.expression):
        if access.array == equation.target and len(access.subscripts) > position:
            step = affine.subtract(access.subscripts[position], subscript)
            if not step.terms:
                found.add(int(step.constant))
    return found
