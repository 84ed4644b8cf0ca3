"""Finite ranges for a System whose author declared none, so that numbers can check its gradient.

xi[n] = sum_m w[m - n] h[m]  -->  the same, with w on -1..1, h on -2..2 and xi where it can
                                  differ from zero, all of them zero outside
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deltarule.equations import affine, domains, regions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access
from deltarule.equations.system import Array, Equation, System, defined, inputs
from deltarule.errors import DeltaruleError


def bounded(system: System, known: Mapping[str, Domain] | None = None) -> System:
    """Give every array of unknown support a finite one; reads outside it are zero.

    `known` are supports to take over, by array, as those of the bounded forward System for its
    gradient: an adjoint has the support of its array. A System whose supports are all known comes
    back as it is. Raises E104 where a range stays unlimited.
    """
    unknown = [name for name, array in system.arrays.items() if array.support is None]
    if not unknown:
        return system
    supports = dict(known or {})
    arrays = dict(system.arrays)
    for position, name in enumerate(n for n in unknown if n in inputs(system)):
        support = _taken_over(arrays[name], supports) or _box(arrays[name], position)
        arrays[name] = _limited(arrays[name], support)
    equations: dict[int, Equation] = {}
    for name in _readers_last(system):
        own = [(p, e) for p, e in enumerate(system.equations) if e.target == name]
        wanted = _taken_over(arrays[name], supports) if name in unknown else None
        limited = {p: _limit(e, arrays, wanted) for p, e in own}
        equations.update(limited)
        if name in unknown:
            support = wanted or domains.unite(*(_image(e, arrays[name]) for e in limited.values()))
            arrays[name] = _limited(arrays[name], support)
    ordered = tuple(equations[p] for p in range(len(system.equations)))
    return replace(system, arrays=arrays, equations=ordered)


def _taken_over(array: Array, supports: Mapping[str, Domain]) -> Domain | None:
    """The support known already: the array's own, or that of the array it is the adjoint of."""
    if array.name in supports:
        return supports[array.name]
    return supports.get(array.adjoint_of[1]) if array.adjoint_of is not None else None


def _box(array: Array, position: int) -> Domain:
    """Small and different per array and axis; every box holds 0 and 1."""
    ranges = []
    for axis, letter in enumerate(array.axes):
        low = -1 - (position + axis) % 2
        high = 1 + (position + axis) % 3
        ranges.append(domains.between(affine.number(low), letter, affine.number(high)))
    return domains.intersect(domains.everything(), *ranges)


def _limited(array: Array, support: Domain) -> Array:
    return replace(array, support=support, outside=0 if array.outside is None else array.outside)


def _limit(equation: Equation, arrays: Mapping[str, Array], wanted: Domain | None) -> Equation:
    """Restrict an equation to the elements wanted, or to where it can differ from zero."""
    if wanted is not None:
        target = replace(arrays[equation.target], support=wanted)
        element = Access(equation.target, equation.subscripts)
        inside = regions.preimage(element, {equation.target: target})
    elif _is_finite(equation.domain, equation.indices):
        return equation
    else:
        inside = regions.region(equation.expression, arrays)
    domain = equation.domain if inside is None else domains.intersect(equation.domain, inside)
    if not _is_finite(domain, equation.indices):
        raise _unlimited(equation, domain)
    return replace(equation, domain=domain)


def _is_finite(domain: Domain, indices: tuple[str, ...]) -> bool:
    """Whether there are finitely many points for any sizes."""
    return bool(domains.to_isl_set(domain, indices).is_bounded())


def _unlimited(equation: Equation, domain: Domain) -> DeltaruleError:
    indices = equation.indices
    index = next((i for i in indices if not domains.is_bounded_in(domain, i)), indices[0])
    return DeltaruleError(
        "E104",
        f"the range of {index} cannot be inferred",
        at=equation.span,
        help=f"say where {equation.target} is defined, for example `for 1 <= {index} <= N`",
    )


def _reads(equation: Equation) -> set[str]:
    return {access.array for access in walk.accesses(equation.expression)}


def _image(equation: Equation, array: Array) -> Domain:
    """The elements that an equation defines, over the array's axes."""
    fresh = {index: f"{index}'at" for index in equation.indices}
    domain = domains.rename(equation.domain, fresh)
    forms = [
        affine.substitute(s, {old: affine.name(new) for old, new in fresh.items()})
        for s in equation.subscripts
    ]
    ties = [
        domains.equal(affine.name(axis), form) for axis, form in zip(array.axes, forms, strict=True)
    ]
    both = domains.intersect(domain, domains.from_relations(ties))
    return domains.project_out(both, fresh.values())


def _readers_last(system: System) -> list[str]:
    """The defined arrays, each after those that it reads where there is such an order."""
    waiting = list(defined(system))
    reads = {name: set[str]() for name in waiting}
    for equation in system.equations:
        reads[equation.target] |= _reads(equation) & reads.keys() - {equation.target}
    order: list[str] = []
    while waiting:
        ready = [name for name in waiting if reads[name] <= set(order)] or waiting[:1]
        order.extend(ready)
        waiting = [name for name in waiting if name not in ready]
    return order
