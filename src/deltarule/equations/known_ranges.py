"""What is known of the ranges of a System while they are inferred, and what is read where.

One round after the other fills in supports and domains (`infer`); what the author stated stays here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from deltarule.equations import affine, demand, dependences, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, ArgReduce, Bracket, Expr, Reduce, Select
from deltarule.equations.system import Equation, System, positive_sizes

Counts = Callable[[Access, Equation], bool]


@dataclass
class Known:
    """`stated` are the equations as the author wrote them, at the positions of those of the System."""

    system: System
    supports: dict[str, Domain] = field(default_factory=dict)  # over element_name(axis)
    general: dict[str, Domain] = field(
        default_factory=dict
    )  # of defined arrays, first elements aside
    first_hand: dict[str, Domain] = field(default_factory=dict)  # of defined arrays, copies aside
    declared: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sizes = positive_sizes(self.system)
        self.known_reads: dict[int, tuple[Equation, list[tuple[Access, Domain]]]] = {}
        self.known_images: dict[tuple[int, int], tuple[Access, Domain, Domain]] = {}
        self.closed_steps: dict[frozenset[str], tuple[tuple[Expr, ...], demand.Steps | None]] = {}
        self.stated = self.system.equations
        self.unranged = [replace(e, domain=domains.everything()) for e in self.stated]
        self.open_indices = [open_indices(e) for e in self.stated]
        self.groups = _recurrences(self.system)
        self.values = {n: a.values for n, a in self.system.arrays.items()}
        for name, array in self.system.arrays.items():
            if array.support is not None:
                self.supports[name] = dependences.by_element(array.support, array.axes)
                self.declared.add(name)

    def reads(self, equation: Equation) -> list[tuple[Access, Domain]]:
        """What an equation reads where; the same as long as the equation is."""
        if id(equation) not in self.known_reads:
            self.known_reads[id(equation)] = (equation, list(dependences.reads(equation)))
        return self.known_reads[id(equation)][1]

    def whole_image(self, access: Access, inside: Domain) -> Domain:
        """The elements read, kept as long as `inside` is."""
        key = (id(access), id(inside))
        if key not in self.known_images:
            known = domains.intersect(inside, self.sizes)
            found = dependences.image(access, known, self.system.sizes)
            self.known_images[key] = (access, inside, found)  # so that no other gets their ids
        return self.known_images[key][2]

    def image(self, access: Access, inside: Domain) -> Domain | None:
        """The elements read, None where they have no bound."""
        result = self.whole_image(access, self._with_values(access, inside))
        names = [element_name(a) for a in range(len(access.subscripts))]
        return result if self.is_bounded(result, names) else None

    def _with_values(self, access: Access, inside: Domain) -> Domain:
        """A subscript that is data lies where its values do."""
        for axis, subscript in enumerate(access.subscripts):
            gather = affine.gather(subscript)
            limits = self.values.get(gather.array) if gather is not None else None
            if limits is not None:
                values = domains.between(limits[0], element_name(axis), limits[1])
                inside = domains.intersect(inside, values)
        return inside

    def partial_image(self, access: Access, inside: Domain, axes: list[int]) -> Domain | None:
        """The elements read along some axes, None where those have no bound."""
        whole = self.whole_image(access, self._with_values(access, inside))
        names = [element_name(a) for a in axes]
        part = domains.project_onto(whole, (*names, *self.system.sizes))
        return part if self.is_bounded(part, names) else None

    def is_bounded(self, part: Domain, names: list[str]) -> bool:
        """Whether every axis ends, the others not given: the diagonal C[i,i] has no bounds."""
        if not all(domains.is_bounded_in(part, n) for n in names):
            return False
        sizes = self.system.sizes
        return len(names) == 1 or all(
            domains.is_bounded_in(domains.project_onto(part, (n, *sizes)), n) for n in names
        )

    def images(
        self,
        readers: list[Equation],
        name: str,
        axes: list[int],
        counts: Counts = lambda access, reader: True,
    ) -> list[Domain]:
        """What the readers read of an array, along the axes, where that has bounds."""
        found = []
        for reader in readers:
            for access, inside in self.reads(reader):
                if access.array == name and counts(access, reader):
                    image = self.partial_image(access, inside, axes)
                    if image is not None:
                        found.append(image)
        return found

    def where_defined(
        self, access: Access, running: bool = False, summed: bool = False
    ) -> Domain | None:
        """The condition on an access's indices that it reads inside a known support.

        What is `running` along with h[t] runs where the general equation for h does. What is `summed`
        over all elements takes none twice: s[L+1] = s[1] adds no term.
        """
        support = self.supports.get(access.array)
        if running and support is not None:
            support = self.general.get(access.array, support)
        if summed and support is not None:
            support = self.first_hand.get(access.array, support)
        if support is None:
            return None
        values = {
            element_name(a): s for a, s in enumerate(access.subscripts) if affine.is_static(s)
        }
        if not values:
            return None
        if len(values) < len(access.subscripts):  # Q[s[j], a]: what is said of a
            support = domains.project_onto(support, (*values, *self.system.sizes))
        return domains.substitute(support, values)

    def where_all_exist(
        self,
        node: Reduce | ArgReduce,
        without: frozenset[str],
        recurrence: frozenset[str] = frozenset(),
    ) -> Domain:
        """Where the elements that a sum runs over exist, as far as that is known.

        Of arrays in the `recurrence` of the equation only what is said of the sum's own indices counts:
        that x[k,j] is known for k = 0 so far leaves out no j of a sum over x[k,j].
        """
        inside = node.domain
        summed = indices_of(node)
        for access, around, inner in _within_sums(node.body):
            known = access.array not in without
            where = self.where_defined(access, summed=True) if known else None
            if where is not None and set(summed) & walk.free_names(access):
                if access.array in recurrence:
                    where = domains.said_of(where, summed)
                around = domains.intersect(around, where)
            around = domains.project_out(around, inner) if inner else around
            inside = domains.intersect(inside, around)
        return inside


def are_single_elements(
    known: Known, images: list[Domain], left_open: list[tuple[Access, Domain]]
) -> bool:
    """Whether `images` are g[3] only, along an axis that another read leaves open.

    In sum(k) g[k] + g[3] the sum is not over the one element that is written out.
    """
    for access, inside in left_open:
        for axis in range(len(access.subscripts)):
            if known.partial_image(access, inside, [axis]) is None:
                name = element_name(axis)
                along = [domains.project_onto(i, (name, *known.system.sizes)) for i in images]
                if all(_is_point(part, name) for part in along):
                    return True
    return False


def _is_point(domain: Domain, name: str) -> bool:
    limits = domains.bounds(domain, name)
    return limits is not None and any(low in limits[1] for low in limits[0])


def _within_sums(node: Expr) -> Iterator[tuple[Access, Domain, frozenset[str]]]:
    """Every element read, as `walk.accesses`, with the limits and the indices of the sums around it."""
    waiting = [(node, domains.everything(), frozenset[str]())]
    while waiting:
        here, around, inner = waiting.pop()
        if isinstance(here, Reduce | ArgReduce):
            around = domains.intersect(around, here.domain)
            inner |= set(indices_of(here))
        forms = here.subscripts if isinstance(here, Access) else ()
        if isinstance(here, Bracket | Select):
            forms = tuple(walk.relation_forms(here.condition))
        own = [here] if isinstance(here, Access) else []
        for access in (*own, *(a for form in forms for a in walk.affine_accesses(form))):
            yield access, around, inner
        waiting += [(child, around, inner) for child in reversed(walk.children(here))]


def _recurrences(system: System) -> dict[str, frozenset[str]]:
    """For each array, those that it depends on and that depend on it: its recurrence."""
    reads: dict[str, set[str]] = {name: set() for name in system.arrays}
    for equation in system.equations:
        reads[equation.target].update(a.array for a in walk.accesses(equation.expression))
    reach = {name: _reachable(name, reads) for name in reads}
    return {name: frozenset(o for o in reach[name] if name in reach[o]) for name in reads}


def _reachable(start: str, reads: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in reads[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def open_indices(equation: Equation) -> list[str]:
    """The indices that the stated domain leaves without bounds: for i = j, both.

    j of 1 <= i <= j is one, and i is none: it has its bounds once j is known.
    """
    unsettled = list(equation.indices)
    found: list[str] = []
    while unsettled:
        settled = [i for i in unsettled if _is_bounded_without(equation.domain, i, unsettled)]
        if not settled:
            free = [i for i in unsettled if not domains.is_bounded_in(equation.domain, i)]
            settled = free or unsettled
            found += settled
        unsettled = [i for i in unsettled if i not in settled]
    return [i for i in equation.indices if i in found]


def _is_bounded_without(domain: Domain, index: str, unsettled: list[str]) -> bool:
    """Whether an index has bounds by what is settled already."""
    others = [i for i in unsettled if i != index]
    return domains.is_bounded_in(domains.project_out(domain, others), index)


def is_open(node: Reduce | ArgReduce) -> bool:
    """A sum without limits, and one whose limits end nowhere: over k >= 1, k != i, l + p = j."""
    return node.unlimited or not all(
        _is_bounded_without(node.domain, index, list(indices_of(node)))
        for index in indices_of(node)
    )


def indices_of(node: Reduce | ArgReduce) -> tuple[str, ...]:
    return node.indices if isinstance(node, Reduce) else (node.index,)
