"""Adjoints that are no answers are kept only where something reads them.

    dc[t] for 0 <= t <= T, read by du[t] for 1 <= t <= T and by dc[t-1]   -->   dc[t] for 1 <= t <= T

The constant c[0] = 0 of a recurrence so has no adjoint, which may not even exist there, as the slope of a root.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import dependences, domains
from deltarule.equations.domains import Domain
from deltarule.equations.system import Equation, System, positive_sizes

ROUNDS = 6  # in which the elements that are read settle; where they do not, an array stays whole

Wanted = dict[str, Domain]  # adjoint --> the elements that are read, over the letters of its axes


def restrict(system: System, keep: frozenset[str]) -> System:
    """The System without the elements of adjoints that nothing reads; the arrays in `keep` stay whole."""
    free = [
        name
        for name, array in system.arrays.items()
        if array.adjoint_of is not None and name not in keep and array.support is not None
    ]
    made = {e.target for e in system.equations}
    wanted: Wanted = {name: domains.nothing() for name in free if name in made}
    while wanted:
        before = wanted
        for _ in range(ROUNDS):
            before, wanted = wanted, _read(system, wanted)
            if wanted == before:
                return _limited(system, wanted)
        wanted = {n: domains.nothing() for n in wanted if wanted[n] == before[n]}
    return system


def _read(system: System, wanted: Wanted) -> Wanted:
    """What the equations read, where they are limited to what is wanted of their targets."""
    found = dict.fromkeys(wanted, domains.nothing())
    for equation in system.equations:
        for access, inside in dependences.reads(_within(equation, wanted)):
            if access.array in wanted:
                axes = system.arrays[access.array].axes
                image = dependences.image(access, inside, system.sizes)
                names = {dependences.element_name(n): axis for n, axis in enumerate(axes)}
                found[access.array] = domains.unite(
                    found[access.array], domains.rename(image, names)
                )
    return found


def _within(equation: Equation, wanted: Wanted) -> Equation:
    """The part of an adjoint's equation that is wanted; its subscripts are the letters of its axes."""
    if equation.target not in wanted:
        return equation
    return replace(equation, domain=domains.intersect(equation.domain, wanted[equation.target]))


def _limited(system: System, wanted: Wanted) -> System:
    sizes = positive_sizes(system)
    equations, arrays = [], dict(system.arrays)
    for equation in system.equations:
        part = _within(equation, wanted)
        inside = domains.intersect(part.domain, sizes)
        if equation.target not in wanted or domains.is_subset(
            domains.intersect(equation.domain, sizes), inside
        ):
            equations.append(equation)
        elif not domains.is_empty(inside):
            equations.append(replace(equation, domain=domains.gist(inside, sizes)))
    for name, domain in wanted.items():
        support = system.arrays[name].support
        assert support is not None
        arrays[name] = replace(system.arrays[name], support=domains.intersect(support, domain))
    return replace(system, arrays=arrays, equations=tuple(equations))
