"""First and last elements: h[0] = 0 beside h[t] = f(h[t-1]).

An equation for fixed subscripts, or for a range with two ends, takes these elements out of the general
one, and with them all that lie before: the general equation begins after the first elements, or ends
before the last ones where it runs downwards. What the author says of the range goes first.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.equations.system import Equation


def settle(equations: list[Equation]) -> list[Equation]:
    """The equations with the ranges that their first and last elements leave them."""
    result = []
    for equation in equations:
        for position, subscript in enumerate(equation.subscripts):
            index = _index(subscript, equation)
            if index is None or domains.involves(equation.domain, index):
                continue
            for ends in _stretches(equations, equation, position):
                relation = _beyond(equation, position, subscript, ends)
                domain = domains.intersect(equation.domain, domains.from_relations([relation]))
                equation = replace(equation, domain=domain)
        result.append(equation)
    return result


def _index(subscript: Affine, equation: Equation) -> str | None:
    """t of t and of t + 1."""
    names = [n for n, _ in subscript.terms if isinstance(n, str)]
    running = [n for n in names if n in equation.indices]
    return running[0] if len(running) == len(names) == 1 else None


def _stretches(
    equations: list[Equation], general: Equation, position: int
) -> list[tuple[Affine, Affine]]:
    """The first and the last subscript that other equations of the array have there."""
    found = []
    for other in equations:
        if other is general or other.target != general.target:
            continue
        if _are_apart(general, other):
            continue
        if len(other.subscripts) > position:
            ends = _ends(other, position)
            if ends is not None and (ends[0] == ends[1] or _shifts(general, position)):
                found.append(ends)
    return found


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
    if not any(n in equation.indices for n, _ in subscript.terms if isinstance(n, str)):
        return subscript, subscript
    index = _index(subscript, equation)
    limits = domains.bounds(equation.domain, index) if index is not None else None
    if limits is None or affine.plain_name(subscript) is None:
        return None
    lows, highs = limits
    names = {n for form in (*lows, *highs) for n in affine.names(form)}
    if len(lows) != 1 or len(highs) != 1 or names & set(equation.indices):
        return None
    return lows[0], highs[0]


def _beyond(
    equation: Equation, position: int, subscript: Affine, ends: tuple[Affine, Affine]
) -> Relation:
    """After these elements; before them, where the equation reads what comes after."""
    low, high = ends
    one = affine.number(1)
    if _reads_ahead(equation, position, subscript) or (low == high and low.terms):
        return domains.at_least(affine.subtract(low, one), subscript)
    return domains.at_least(subscript, affine.add(high, one))


def _reads_ahead(equation: Equation, position: int, subscript: Affine) -> bool:
    for access in walk.accesses(equation.expression):
        if access.array == equation.target and len(access.subscripts) > position:
            step = affine.subtract(access.subscripts[position], subscript)
            if not step.terms and step.constant > 0:
                return True
    return False
