"""Which point of which equation must come before which other: isl's dependences and its schedule.

Every equation is a statement S0, S1, … (its position in the System) over its indices; the sizes are
parameters. A dependence leads from the point that defines an element to each point that reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

import islpy as isl

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, ArgReduce, Bracket, Expr, Reduce, Select
from deltarule.equations.system import Equation, System, positive_sizes


def statements(system: System) -> isl.UnionSet:
    """All points of all equations, sizes at least 1."""
    context = positive_sizes(system)
    result = isl.UnionSet.empty(isl.Space.params_alloc(domains.CONTEXT, 0))
    for position, equation in enumerate(system.equations):
        result = result.union(isl.UnionSet.from_set(statement(equation, position, context)))
    return result


def statement(equation: Equation, position: int, context: Domain) -> isl.Set:
    inside = domains.intersect(equation.domain, context)
    return domains.to_isl_set(inside, equation.indices, f"S{position}")


def dependences(system: System) -> isl.UnionMap:
    """{definition of an element -> each point that reads it}, integer elements included."""
    context = positive_sizes(system)
    writes = [_writes(e, p, context) for p, e in enumerate(system.equations)]
    result = isl.UnionMap.empty(isl.Space.params_alloc(domains.CONTEXT, 0))
    for position, equation in enumerate(system.equations):
        for access, inside in reads(equation):
            for source, write in zip(system.equations, writes, strict=True):
                if source.target == access.array:
                    read = _read(equation, position, access, inside, context)
                    both = write.apply_range(read.reverse())
                    result = result.union(isl.UnionMap.from_map(both))
    return result


def schedule(system: System, needed: isl.UnionMap) -> isl.Schedule:
    """isl's order for all points, given the dependences. Raises isl.Error where there is none."""
    constraints = isl.ScheduleConstraints.on_domain(statements(system))
    return constraints.set_validity(needed).compute_schedule()


def reads(equation: Equation) -> Iterator[tuple[Access, Domain]]:
    """Every access with the points (equation and bound indices) at which it is read.

    Bound indices are renamed apart where two reductions use the same letter one inside the other.
    A branch under a static condition is read only where the condition holds.
    """
    yield from _descend(equation.expression, equation.domain, frozenset(equation.indices))


def _descend(node: Expr, inside: Domain, taken: frozenset[str]) -> Iterator[tuple[Access, Domain]]:
    match node:
        case Access(_, subscripts):
            yield node, inside
            for subscript in subscripts:
                for inner in affine.gathers(subscript):
                    yield from _descend(inner, inside, taken)
            return
        case Reduce():
            clash = {i: walk.fresh_name(i, taken) for i in node.indices if i in taken}
            node = walk.rename_bound(node, clash) if clash else node
            deeper = domains.intersect(inside, node.domain)
            yield from _descend(node.body, deeper, taken | set(node.indices))
            return
        case ArgReduce(_, index, domain, body):
            as_sum = Reduce("sum", (index,), domain, body)
            yield from _descend(as_sum, inside, taken)
            return
        case Select(condition, then, otherwise):
            holds = domains.of_condition(condition)
            if holds is not None:
                yield from _descend(then, domains.intersect(inside, holds), taken)
                yield from _descend(otherwise, domains.subtract(inside, holds), taken)
                return
    if isinstance(node, Bracket | Select):
        for form in walk.relation_forms(node.condition):
            for inner in affine.gathers(form):
                yield from _descend(inner, inside, taken)
    for child in walk.children(node):
        yield from _descend(child, inside, taken)


def element_name(axis: int) -> str:
    """The name of a subscript's value in the maps here: not one an author can write."""
    return f"'at{axis}"


def is_element_name(name: str) -> bool:
    return name.startswith("'at")


def by_element(support: Domain, axes: tuple[str, ...]) -> Domain:
    """A support over the names of subscripts' values instead of the letters of the axes."""
    return domains.rename(support, {letter: element_name(n) for n, letter in enumerate(axes)})


def image(access: Access, inside: Domain, sizes: tuple[str, ...]) -> Domain:
    """The elements that are read, over element_name(0), …; a subscript that is data ranges freely."""
    ties = [
        domains.equal(affine.name(element_name(axis)), subscript)
        for axis, subscript in enumerate(access.subscripts)
        if affine.is_static(subscript)
    ]
    named = [element_name(axis) for axis in range(len(access.subscripts))]
    both = domains.intersect(inside, domains.from_relations(ties)) if ties else inside
    return domains.project_onto(both, (*named, *sizes))


def element_map(
    access: Access, equation: Equation, inside: Domain, sizes: tuple[str, ...]
) -> isl.Map:
    """{subscripts of the element read -> subscripts of the element defined}; data ranges freely."""
    defined = [f"'to{axis}" for axis in range(len(equation.subscripts))]
    read = [element_name(axis) for axis in range(len(access.subscripts))]
    ties = [
        domains.equal(affine.name(n), s)
        for n, s in zip((*read, *defined), (*access.subscripts, *equation.subscripts), strict=True)
        if affine.is_static(s)
    ]
    joined = domains.intersect(inside, domains.from_relations(ties)) if ties else inside
    flat = domains.to_isl_set(
        domains.project_onto(joined, (*read, *defined, *sizes)), (*read, *defined)
    )
    return isl.Map.from_domain(flat).move_dims(
        isl.dim_type.out, 0, isl.dim_type.in_, len(read), len(defined)
    )


def _writes(equation: Equation, position: int, context: Domain) -> isl.Map:
    element = Access(equation.target, equation.subscripts)
    return _read(equation, position, element, equation.domain, context)


def _read(
    equation: Equation, position: int, access: Access, inside: Domain, context: Domain
) -> isl.Map:
    """{S[indices] -> array[subscripts]}."""
    named = tuple(element_name(axis) for axis in range(len(access.subscripts)))
    ties = [
        domains.equal(affine.name(n), subscript)
        for n, subscript in zip(named, access.subscripts, strict=True)
        if affine.is_static(subscript)
    ]
    joined = domains.intersect(inside, context)
    if ties:
        joined = domains.intersect(joined, domains.from_relations(ties))
    known = {*equation.indices, *named, *domains.names_of(context)}
    joined = domains.project_onto(joined, known)
    flat = domains.to_isl_set(joined, (*equation.indices, *named))
    count = len(equation.indices)
    as_map = isl.Map.from_domain(flat).move_dims(
        isl.dim_type.out, 0, isl.dim_type.in_, count, len(named)
    )
    as_map = as_map.set_tuple_name(isl.dim_type.in_, f"S{position}")
    return as_map.set_tuple_name(isl.dim_type.out, access.array)
