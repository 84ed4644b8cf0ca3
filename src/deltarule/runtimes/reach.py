"""Which elements of which arrays depend on one element of an input, found by isl."""

from __future__ import annotations

from deltarule.equations import affine, dependences, domains
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.equations.system import Equation, System, equations_of, positive_sizes
from deltarule.runtimes import layout

EXACT_ROUNDS = 4  # further rounds than there are equations before a growing set is widened


def reach(system: System, array: str, places: tuple[str, ...], chosen: Domain) -> dict[str, Domain]:
    """array --> its touched elements, over the places, element_name(0), … and the sizes.

    The element of `array` at the places is touched, and so is what reads a touched one. A recurrence
    may go on without end: its set is then widened, so that a few untouched elements may be counted
    as touched. An integer array, and one whose touched elements need a divisibility, counts as
    touched everywhere.
    """
    here = [
        domains.equal(affine.name(element_name(n)), affine.name(p)) for n, p in enumerate(places)
    ]
    context = positive_sizes(system)
    start = domains.intersect(chosen, context)
    touched = {array: domains.intersect(start, domains.from_relations(here)) if here else start}
    rounds, grown = 0, True
    while grown:
        grown = False
        for equation in system.equations:
            found = _touched_by(system, equation, touched, places)
            old = touched.get(equation.target, domains.nothing())
            if domains.is_subset(found, old):
                continue
            touched[equation.target] = _grow(system, equation.target, old, found, rounds, start)
            grown = True
        rounds += 1
    return touched


def read_touched(access: Access, inside: Domain, touched: dict[str, Domain]) -> Domain:
    """The part of `inside` where an access may read a touched element; data may point anywhere."""
    if access.array not in touched:
        return domains.nothing()
    static = {element_name(n): s for n, s in enumerate(access.subscripts) if affine.is_static(s)}
    dynamic = [element_name(n) for n, s in enumerate(access.subscripts) if not affine.is_static(s)]
    where = domains.project_out(touched[access.array], dynamic)
    return domains.intersect(inside, domains.substitute(where, static))


def _touched_by(
    system: System, equation: Equation, touched: dict[str, Domain], places: tuple[str, ...]
) -> Domain:
    """The elements of the target that read a touched element."""
    outer = (*places, *equation.indices, *system.sizes)
    context = positive_sizes(system)
    found = domains.nothing()
    for access, inside in dependences.reads(equation):
        where = read_touched(access, domains.intersect(inside, context), touched)
        if not domains.is_empty(where):
            found = domains.unite(found, domains.project_onto(where, outer))
    if domains.is_empty(found):
        return found
    return elements(equation.subscripts, found, (*places, *system.sizes))


def elements(subscripts: tuple[Affine, ...], inside: Domain, kept: tuple[str, ...]) -> Domain:
    """The elements at these subscripts: the image of a set of points, over element_name(0), …."""
    named = tuple(element_name(n) for n in range(len(subscripts)))
    return dependences.image(Access("", subscripts), inside, (*named, *kept))


def _grow(
    system: System, array: str, old: Domain, found: Domain, rounds: int, chosen: Domain
) -> Domain:
    new = domains.unite(old, found)
    if system.arrays[array].kind == "integer":
        return _everywhere(system, array, chosen)
    whole = _everywhere(system, array, chosen)
    if rounds >= len(system.equations) + EXACT_ROUNDS:
        new = domains.intersect(_widened(old, new), whole)
    return whole if domains.relations(new) is None else new


def _widened(old: Domain, new: Domain) -> Domain:
    """The constraints of the smaller set's hull that the larger one keeps: {t = p} and
    {p <= t <= p + 1}  -->  {p <= t}."""
    hull = Domain(old.set.simple_hull().remove_divs().to_set())
    kept = [
        relation
        for conjunction in domains.relations(hull) or []
        for relation in _inequalities(conjunction)
        if domains.is_subset(new, domains.from_relations([relation]))
    ]
    return domains.from_relations(kept) if kept else domains.everything()


def _inequalities(conjunction: list[Relation]) -> list[Relation]:
    """An equality is two inequalities."""
    result = []
    for relation in conjunction:
        result.append(Relation(relation.affine, ">="))
        if relation.op == "=":
            result.append(Relation(affine.scale(relation.affine, -1), ">="))
    return result


def _everywhere(system: System, array: str, chosen: Domain) -> Domain:
    """Every defined element, whatever the place."""
    context = positive_sizes(system)
    defined = domains.nothing()
    for equation in equations_of(system, array):
        inside = domains.intersect(equation.domain, context)
        defined = domains.unite(defined, elements(equation.subscripts, inside, system.sizes))
    if not equations_of(system, array):
        layout.box(system.arrays[array], {})
    return domains.intersect(defined, chosen)
