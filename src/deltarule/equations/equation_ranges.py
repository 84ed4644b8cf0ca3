"""Where an equation runs whose author gave no range for an index.

E = sum(t=1..T) h[t], h[t] = u h[t-1] + x[t], h[0] = 0   -->   h[t] for t = 1..T
C = m[1,n], m[i,j] = min(i <= k < j) m[i,k] + m[k+1,j]   -->   m[i,j] for 1 <= i < j <= n
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from deltarule.equations import affine, demand, dependences, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.known_ranges import Known, are_single_elements, indices_of, is_open
from deltarule.equations.nodes import Access, Affine, ArgReduce, Reduce
from deltarule.equations.system import Equation, System


def open_equations(known: Known) -> System:
    """The System with the domains that the ranges known so far give to equations without one."""
    equations = list(known.system.equations)
    for position, equation in enumerate(equations):
        stated = known.stated[position].domain
        open_indices = known.open_indices[position]
        if not open_indices:
            continue
        where = _demanded(known, position, open_indices)
        if where is None:
            where = _one_by_one(known, position, open_indices)
        if _is_last_step(known, position):
            where = domains.unite(where, _where_it_can_run(known, position, stated, open_indices))
        domain = domains.intersect(stated, where)
        if domain != equation.domain:
            equations[position] = replace(equation, domain=domain)
    return replace(known.system, equations=tuple(equations))


def _one_by_one(known: Known, position: int, open_indices: list[str]) -> Domain:
    """Each index by the demand for it alone; the others where all that is read exists."""
    stated = known.stated[position].domain
    where = domains.everything()
    left = []
    for index in open_indices:
        wanted = _demanded(known, position, [index])
        if wanted is None:
            left.append(index)
        else:
            where = domains.intersect(where, _for_all_sizes(known, wanted, index))
    if left:
        can_run = _where_it_can_run(known, position, domains.intersect(stated, where), left)
        where = domains.intersect(where, can_run)
    for index in left:
        if not domains.is_bounded_in(domains.intersect(stated, where), index):
            where = domains.intersect(where, _like_others(known, position, index))
    return where


def _demanded(known: Known, position: int, open_indices: list[str]) -> Domain | None:
    """Where other equations read this one, as a condition on its open indices."""
    equation = known.system.equations[position]
    axes = _axes_of(equation, open_indices)
    wanted = _wanted(known, position, axes)
    if _is_read_further(known, equation.target, axes):
        return None
    if equation.target in known.groups[equation.target]:
        wanted = _with_steps(known, equation.target, axes, wanted or domains.nothing())
        if domains.are_disjoint(wanted, _written(known, position)):
            return None
    if wanted is None:
        return None
    where = domains.substitute(wanted, _elements_of(equation))
    return domains.project_onto(where, (*open_indices, *known.system.sizes))


def _is_read_further(known: Known, target: str, axes: list[int]) -> bool:
    """Whether another reader has bounds along some of the axes only: then each is looked at alone."""
    for reader in known.system.equations:
        if reader.target in known.groups[target]:
            continue
        for access, inside in known.reads(reader):
            if access.array == target:
                bounded = [known.partial_image(access, inside, [a]) is not None for a in axes]
                if any(bounded) and not all(bounded):
                    return True
    return False


def _wanted(known: Known, position: int, axes: list[int]) -> Domain | None:
    """The elements that are read, along some axes; None where no read has bounds.

    Inside a recurrence only what runs along with the reader counts, and what limits say that
    do not move with it: neither h[t-1] nor the first element h[0] give h a range.
    """
    target = known.system.equations[position].target
    readers = [e for e in known.system.equations if e.target not in known.groups[target]]
    found = known.images(readers, target, axes)
    for number, reader in enumerate(known.system.equations):
        if reader.target in known.groups[target]:
            along = partial(_moves_along, axes=axes, stated=known.stated[number].domain)
            found += known.images([reader], target, axes, along)
            limited = partial(_moves_by_limits, axes=axes)
            found += known.images([known.unranged[number]], target, axes, limited)
            if _is_boundary(known, position):
                found += known.images([reader], target, axes)
    written = _written(known, position)
    met = [image for image in found if not domains.are_disjoint(image, written)]
    reads = (read for reader in readers for read in known.reads(reader))
    others = [(a, inside) for a, inside in reads if a.array == target]
    if not met or are_single_elements(known, met, others):
        return None
    return domains.unite(*met)


def _is_boundary(known: Known, position: int) -> bool:
    """Whether an equation reads nothing of its recurrence: what is read of it moves no range on."""
    equation = known.stated[position]
    group = known.groups[equation.target]
    return not any(a.array in group for a in walk.accesses(equation.expression))


def _written(known: Known, position: int) -> Domain:
    """The elements that an equation may define, as far as its range is stated."""
    equation = known.stated[position]
    element = Access(equation.target, equation.subscripts)
    inside = domains.intersect(equation.domain, known.sizes)
    return dependences.image(element, inside, known.system.sizes)


def _with_steps(known: Known, name: str, axes: list[int], wanted: Domain) -> Domain:
    """The wanted elements, and along the axes those that the recurrence computes them from."""
    group = known.groups[name]
    ranks = {e.target: len(e.subscripts) for e in known.stated if e.target in group}
    closed = _steps(known, group, ranks)
    if closed is None:
        return wanted
    starts = _wanted_from_outside(known, ranks)
    starts[name] = domains.unite(starts[name], wanted) if name in starts else wanted
    reached = demand.needed(starts, closed, ranks)[name]
    along = [element_name(a) for a in axes]
    whole = domains.project_onto(reached, (*along, *known.system.sizes))
    if all(domains.is_bounded_in(whole, n) for n in along):
        return whole
    result = wanted
    for axis in along:
        one = domains.project_onto(reached, (axis, *known.system.sizes))
        if domains.is_bounded_in(one, axis):
            result = domains.unite(
                result, domains.intersect(one, domains.project_out(wanted, [axis]))
            )
    return result


def _steps(known: Known, group: frozenset[str], ranks: Mapping[str, int]) -> demand.Steps | None:
    """The steps of a recurrence by the ranges that the author stated, closed; the same as long as its
    sums are."""
    stated = [
        replace(e, domain=as_stated.domain)
        for e, as_stated in zip(known.system.equations, known.stated, strict=True)
        if e.target in group
    ]
    bodies = tuple(e.expression for e in stated)
    if known.closed_steps.get(group, (None, None))[0] != bodies:
        closed = demand.steps(stated, ranks, known.system.sizes, known.sizes)
        known.closed_steps[group] = (bodies, closed)
    return known.closed_steps[group][1]


def _wanted_from_outside(known: Known, ranks: Mapping[str, int]) -> dict[str, Domain]:
    """What all other equations read of the arrays of a recurrence, where that has bounds."""
    readers = [e for e in known.system.equations if e.target not in ranks]
    found = {}
    for name, rank in ranks.items():
        images = known.images(readers, name, list(range(rank)))
        if images:
            found[name] = domains.unite(*images)
    return found


def _like_others(known: Known, position: int, index: str) -> Domain:
    """Where an axis is left open: it runs as in another equation of the array, x[1,a] for a = 1..k."""
    equation = known.stated[position]
    found = []
    for axis in _axes_of(equation, [index]):
        name = element_name(axis)
        for number, other in enumerate(known.system.equations):
            runs = number != position and other.target == equation.target
            if runs and set(other.indices) & affine.names(other.subscripts[axis]):
                element = Access(other.target, other.subscripts)
                image = known.partial_image(element, other.domain, [axis])
                if image is not None:
                    found.append(domains.substitute(image, {name: equation.subscripts[axis]}))
    return domains.unite(*found) if found else domains.everything()


def _is_last_step(known: Known, position: int) -> bool:
    """x[k+1] = x[k] - g[k], where g[k] has its range and nobody outside reads x: x[K] is the result.

    Inside a recurrence only x[0], …, x[K-1] are read.
    """
    equation = known.stated[position]
    group = known.groups[equation.target]
    axes = _axes_of(equation, known.open_indices[position])
    if all(affine.plain_name(equation.subscripts[a]) is not None for a in axes):
        return False
    outside = (e for e in known.stated if e.target not in group)
    if any(a.array in group for e in outside for a in walk.accesses(e.expression)):
        return False
    beside = {a.array for a in walk.accesses(equation.expression)} & group - {equation.target}
    return bool(beside) and beside <= _settled(known, group, equation.target)


def _settled(known: Known, group: frozenset[str], apart: str) -> frozenset[str]:
    """The arrays of a recurrence that have their ranges without one of them: u = H[l] W[l], then A u."""
    found: frozenset[str] = frozenset()
    while True:
        open_ones = group - found
        more = {n for n in open_ones - {apart} if _is_settled(known, n, without=open_ones)}
        if not more:
            return found
        found |= more


def _is_settled(known: Known, name: str, without: frozenset[str]) -> bool:
    """Whether an array has its range without these: stated, or by what else it reads."""
    for position, equation in enumerate(known.stated):
        open_indices = known.open_indices[position] if equation.target == name else []
        if open_indices:
            found = _where_all_exist(known, position, equation.domain, open_indices, without)
            if not all(domains.is_bounded_in(found, i) for i in open_indices):
                return False
    return True


def _where_it_can_run(
    known: Known, position: int, inside: Domain, open_indices: list[str]
) -> Domain:
    """Nobody asks for more: it runs where everything that it reads exists.

    What is open in the same recurrence itself counts only where nothing else has bounds.
    """
    equation = known.stated[position]
    own = known.groups[equation.target]
    unsettled = {e.target for e, i in zip(known.stated, known.open_indices, strict=True) if i}
    without = own & (unsettled | {equation.target})
    found = _where_all_exist(known, position, inside, open_indices, without)
    if not all(domains.is_bounded_in(found, i) for i in open_indices):
        without = own & {equation.target}
        found = _where_all_exist(known, position, inside, open_indices, without)
    for index in open_indices:
        if not domains.is_bounded_in(found, index):
            found = domains.intersect(found, _along_axes(known, equation, index, without))
    bounded = [i for i in open_indices if domains.is_bounded_in(found, i)]
    return domains.project_onto(found, (*bounded, *known.system.sizes))


def _along_axes(known: Known, equation: Equation, index: str, without: frozenset[str]) -> Domain:
    """Where the axes run that an index reads: a[i] = sum(t=1..T-1) x[t,i] has i of x, for T = 1 too.

    Where its sums are empty an equation reads nothing, so that nothing would bound it there.
    """
    where = domains.everything()
    for access, _ in _closed_reads(equation):
        support = known.supports.get(access.array)
        if support is None or access.array in without:
            continue
        for axis, subscript in enumerate(access.subscripts):
            if affine.plain_name(subscript) == index:
                name = element_name(axis)
                along = domains.project_onto(support, (name, *known.system.sizes))
                part = domains.substitute(along, {name: subscript})
                where = domains.intersect(where, _for_all_sizes(known, part, index))
    return where


def _for_all_sizes(known: Known, where: Domain, index: str) -> Domain:
    """1 <= i <= n where T >= 2  -->  1 <= i <= n: what sizes a sum needs to have terms is of no interest."""
    limits = domains.bounds(domains.gist(where, known.sizes), index)
    if limits is None or len(limits[0]) != 1 or len(limits[1]) != 1:
        return where
    return domains.between(limits[0][0], index, limits[1][0])


def _where_all_exist(
    known: Known,
    position: int,
    inside: Domain,
    open_indices: list[str],
    without: frozenset[str],
) -> Domain:
    """Where everything exists that an equation reads, but for some arrays of its recurrence."""
    equation = known.stated[position]  # with its sums as open as the author wrote them
    own = known.groups[equation.target]
    kept = (*equation.indices, *known.system.sizes)
    where = domains.everything()
    for access, read in _closed_reads(equation):
        axes = _axes_read(access, open_indices)
        along = all(affine.plain_name(access.subscripts[a]) in equation.indices for a in axes)
        if access.array in without or (access.array in own and not along):
            continue
        support = known.where_defined(access, along)
        if support is not None:
            at = domains.intersect(read, inside, known.sizes)
            missing = domains.project_onto(domains.subtract(at, support), kept)
            where = domains.subtract(where, missing)
    for node in walk.descend(equation.expression):
        if isinstance(node, Reduce | ArgReduce) and is_open(node):  # some term must exist
            some = domains.project_onto(known.where_all_exist(node, without=own), kept)
            where = domains.intersect(where, some)
    return domains.intersect(inside, where, known.sizes)


def _axes_of(equation: Equation, indices: list[str]) -> list[int]:
    """The axes of the target whose subscript has one of the indices."""
    return [
        axis
        for axis, subscript in enumerate(equation.subscripts)
        if affine.names(subscript) & set(indices)
    ]


def _axes_read(access: Access, indices: list[str]) -> list[int]:
    """The axes of an access whose subscript has one of the indices."""
    return [a for a, s in enumerate(access.subscripts) if affine.names(s) & set(indices)]


def _elements_of(equation: Equation) -> dict[str, Affine]:
    return {element_name(a): s for a, s in enumerate(equation.subscripts)}


def _moves_along(access: Access, reader: Equation, axes: list[int], stated: Domain) -> bool:
    """Whether a read inside a recurrence goes along with its reader, on the axes.

    h[t] and h[t+1] do for the reader xi[t], xi[t+1]; so does h[l] for xi[l+1] where the range of l is
    stated. h[t-1] does for none: it would walk to minus infinity.
    """
    for axis in axes:
        subscript = access.subscripts[axis]
        plain = affine.plain_name(subscript)
        own = subscript in reader.subscripts and affine.names(subscript) & set(reader.indices)
        said = plain in reader.indices and domains.is_bounded_in(stated, str(plain))
        if not own and not said:
            return False
    return True


def _moves_by_limits(access: Access, reader: Equation, axes: list[int]) -> bool:
    """Whether limits of sums, and not the reader's own indices, say where a read runs on the axes."""
    found = [affine.names(access.subscripts[axis]) for axis in axes]
    return all(names and not names & set(reader.indices) for names in found)


def _closed_reads(equation: Equation) -> Iterator[tuple[Access, Domain]]:
    """Every access with its points, but for those that a sum without limits runs over."""
    open_reads = {
        id(a)
        for node in walk.descend(equation.expression)
        if isinstance(node, Reduce | ArgReduce) and is_open(node)
        for a in walk.accesses(node.body)
        if set(indices_of(node)) & walk.free_names(a)
    }
    for access, inside in dependences.reads(equation):
        if id(access) not in open_reads:
            yield access, inside
