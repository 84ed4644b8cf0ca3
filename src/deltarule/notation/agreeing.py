"""Elements that two equations define alike are defined once: H[k,0] = 0 beside H[0,l] = 0.

    D[i,0] = i for i = 0..n, D[0,j] = j for j = 0..m  -->  D[0,j] = j for j = 1..m

The second of the two keeps what the first leaves. Where their values may differ, nothing changes:
such elements stay defined twice, an error. So does an equation that says again only what was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.equations import affine, dependences, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Expr
from deltarule.equations.system import Equation


def settle(equations: list[Equation]) -> list[Equation]:
    """The equations without the elements that one before defines with the same value."""
    result: list[Equation] = []
    for equation in equations:
        for other in result:
            if other.target == equation.target:
                equation = _without(equation, other)
        result.append(equation)
    return result


def _without(equation: Equation, other: Equation) -> Equation:
    """The equation without the elements of the other one, where both give these the same value."""
    if len(equation.subscripts) != len(other.subscripts):
        return equation
    if _is_recurrence(equation) or _is_recurrence(other):
        return equation
    sizes = _sizes(equation, other)
    elements = dependences.image(Access(other.target, other.subscripts), other.domain, sizes)
    places = {dependences.element_name(a): s for a, s in enumerate(equation.subscripts)}
    taken = domains.substitute(elements, places)
    rest = domains.subtract(equation.domain, taken)
    if domains.is_subset(equation.domain, rest) or domains.is_empty(rest):
        return equation
    return replace(equation, domain=rest) if _agree(equation, other) else equation


def _is_recurrence(equation: Equation) -> bool:
    return any(a.array == equation.target for a in walk.accesses(equation.expression))


def _sizes(*equations: Equation) -> tuple[str, ...]:
    found = {n for e in equations for n in domains.names_of(e.domain) if n not in e.indices}
    return tuple(sorted(found | {n for e in equations for n in _in_subscripts(e)}))


def _in_subscripts(equation: Equation) -> Iterator[str]:
    for subscript in equation.subscripts:
        yield from (n for n in affine.names(subscript) if n not in equation.indices)


def _agree(one: Equation, two: Equation) -> bool:
    """Whether the values are the same wherever both define an element."""
    renamed = {i: f"{i}'other" for i in two.indices}
    moved = {i: affine.name(n) for i, n in renamed.items()}
    ties = [
        domains.equal(s, affine.substitute(t, moved))
        for s, t in zip(one.subscripts, two.subscripts, strict=True)
    ]
    both = domains.intersect(
        one.domain, domains.rename(two.domain, renamed), domains.from_relations(ties)
    )
    known = _determined(both, [*renamed.values(), *one.indices])
    return _at(one.expression, known) == _at(walk.substitute(two.expression, moved), known)


def _determined(both: Domain, indices: list[str]) -> dict[str, Affine]:
    """The indices that have one value by what is left of the others, written with these."""
    found: dict[str, Affine] = {}
    for position, index in enumerate(indices):
        later = indices[position + 1 :]
        alone = domains.project_out(both, indices[:position])
        form = domains.determined(alone, index)
        if form is not None and affine.names(form) & set(indices) <= set(later):
            found[index] = form
    return found


def _at(value: Expr, known: dict[str, Affine]) -> Expr:
    """The value with the indices written out, one after the other."""
    for index, form in known.items():
        value = walk.substitute(value, {index: form})
    return value
