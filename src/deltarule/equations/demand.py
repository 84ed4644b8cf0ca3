"""What a recurrence must compute: the elements that are wanted, and all those they are computed from.

    h[t] from h[t-1] for t >= 1, h[T] is wanted   -->   h[0], …, h[T]
    m[i,j] from m[i,k] and m[k+1,j] for i <= k < j, m[1,n] is wanted   -->   m[i,j], 1 <= i <= j <= n

What an equation reads of its own recurrence never moves its range by a step at a time: isl closes the
reads transitively, exactly, or nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import islpy as isl

from deltarule.equations import dependences, domains
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.system import Equation

Steps = isl.UnionMap  # from an element to what it is computed from

MOST_OPERATIONS = 200_000  # of isl, for one closure: those of papers take a few hundred


def steps(
    equations: Iterable[Equation],
    ranks: Mapping[str, int],
    sizes: tuple[str, ...],
    context: Domain,
) -> Steps | None:
    """{element -> all that the equations compute it from, directly or not}, of the arrays in `ranks`.

    None where isl knows no exact answer, neither for these ranges nor for those that have no corner cut
    off: i, j >= 1 for i, j >= 1 without i = j = 1, where the element there has an equation of its own; nor
    for those with nothing left out between: x[k-1,j] for all j, and not for j != i only, which is more.
    """
    equations = list(equations)
    found = _one_step(equations, ranks, sizes, context)
    closed = _closure(found)
    filled = [_with_corners(e, equations) for e in equations]
    if closed is None and filled != equations:
        found = _one_step(filled, ranks, sizes, context)
        closed = _closure(found)
    return closed if closed is not None else _closure(_without_gaps(found))


def _without_gaps(found: Steps) -> Steps:
    """Each step from and to all between its outermost elements."""
    whole = isl.UnionMap.empty(isl.Space.params_alloc(domains.CONTEXT, 0))
    maps: list[isl.Map] = []
    found.foreach_map(maps.append)
    for step in maps:
        whole = whole.union(isl.UnionMap.from_map(isl.Map.from_basic_map(step.simple_hull())))
    return whole


def _with_corners(equation: Equation, equations: list[Equation]) -> Equation:
    """The equation for the single elements too that others define."""
    domain = equation.domain
    for other in equations:
        if other.target == equation.target and equation.indices and not other.indices:
            pairs = zip(equation.subscripts, other.subscripts, strict=True)
            corner = domains.from_relations(domains.equal(s, t) for s, t in pairs)
            domain = domains.unite(domain, corner)
    return replace(equation, domain=domain)


def _one_step(
    equations: list[Equation], ranks: Mapping[str, int], sizes: tuple[str, ...], context: Domain
) -> Steps:
    """{element -> what the equations compute it from}."""
    found = isl.UnionMap.empty(isl.Space.params_alloc(domains.CONTEXT, 0))
    for equation in equations:
        for access, inside in dependences.reads(equation):
            if access.array in ranks:
                known = domains.intersect(inside, context)
                step = dependences.element_map(access, equation, known, sizes).reverse()
                step = step.set_tuple_name(isl.dim_type.in_, equation.target)
                step = step.set_tuple_name(isl.dim_type.out, access.array)
                found = found.union(isl.UnionMap.from_map(step))
    return found


def needed(
    wanted: Mapping[str, Domain], closed: Steps, ranks: Mapping[str, int]
) -> dict[str, Domain]:
    """The wanted elements and those they are computed from, over element_name(axis)."""
    start = isl.UnionSet.empty(isl.Space.params_alloc(domains.CONTEXT, 0))
    for name, domain in wanted.items():
        start = start.union(_elements(name, domain, ranks[name]))
    reached = start.union(start.apply(closed))
    return {name: _of(reached, name, rank) for name, rank in ranks.items()}


def _closure(steps: isl.UnionMap) -> Steps | None:
    """One step or more; None where isl has no exact answer or thinks too long."""
    domains.CONTEXT.reset_operations()
    domains.CONTEXT.set_max_operations(MOST_OPERATIONS)
    try:
        closed, exact = steps.transitive_closure()
    except isl.Error:
        return None
    finally:
        domains.CONTEXT.set_max_operations(0)
    return closed if exact else None


def _elements(name: str, domain: Domain, rank: int) -> isl.UnionSet:
    axes = tuple(element_name(axis) for axis in range(rank))
    return isl.UnionSet.from_set(domains.to_isl_set(domain, axes, name))


def _of(elements: isl.UnionSet, name: str, rank: int) -> Domain:
    """The elements of one array."""
    found: list[isl.Set] = []
    elements.foreach_set(found.append)
    axes = tuple(element_name(axis) for axis in range(rank))
    of_name = [s for s in found if s.get_tuple_name() == name]
    return domains.from_isl_set(of_name[0], axes) if of_name else domains.nothing()
