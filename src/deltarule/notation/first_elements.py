"""First and last elements: h[0] = 0 beside h[t] = f(h[t-1]).

An equation for fixed subscripts takes these elements out of the general one, and with them all that
lie before: the general equation begins after the first element, or ends before the last one where it
runs downwards. What the author says of the range goes first.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, domains, walk
from deltarule.equations.nodes import Affine, Relation
from deltarule.equations.system import Equation


def settle(equations: list[Equation]) -> list[Equation]:
    """The equations with the ranges that their first and last elements leave them."""
    result = []
    for equation in equations:
        for position, subscript in enumerate(equation.subscripts):
            index = _index(subscript, equation)
            if index is None or domains.involves(equation.domain, index):
                continue
            for fixed in _fixed(equations, equation, position):
                relation = _beyond(equation, position, subscript, fixed)
                domain = domains.intersect(equation.domain, domains.from_relations([relation]))
                equation = replace(equation, domain=domain)
        result.append(equation)
    return result


def _index(subscript: Affine, equation: Equation) -> str | None:
    """t of t and of t + 1."""
    names = [n for n, _ in subscript.terms if isinstance(n, str)]
    running = [n for n in names if n in equation.indices]
    return running[0] if len(running) == len(names) == 1 else None


def _fixed(equations: list[Equation], general: Equation, position: int) -> list[Affine]:
    """The subscripts that other equations of the array have there, and that no index runs in."""
    found = []
    for other in equations:
        if other.target != general.target or len(other.subscripts) <= position:
            continue
        subscript = other.subscripts[position]
        if not any(n in other.indices for n, _ in subscript.terms if isinstance(n, str)):
            found.append(subscript)
    return found


def _beyond(equation: Equation, position: int, subscript: Affine, fixed: Affine) -> Relation:
    """After the fixed element; before it, where the equation reads what comes after."""
    one = affine.number(1)
    if _reads_ahead(equation, position, subscript) or fixed.terms:
        return domains.at_least(affine.subtract(fixed, one), subscript)
    return domains.at_least(subscript, affine.add(fixed, one))


def _reads_ahead(equation: Equation, position: int, subscript: Affine) -> bool:
    for access in walk.accesses(equation.expression):
        if access.array == equation.target and len(access.subscripts) > position:
            step = affine.subtract(access.subscripts[position], subscript)
            if not step.terms and step.constant > 0:
                return True
    return False
