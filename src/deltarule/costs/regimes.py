"""Counts that are one polynomial here and another there: a list of regimes.

A regime is a condition on the sizes with the polynomial that holds under it; the regimes of a count
are disjoint and cover all sizes. Arithmetic keeps them few: a regime is absorbed by another whose
polynomial is right there too, as (M - 1)(M - 2)/2 is at M = 1 where nothing is left to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from deltarule.costs import polynomial
from deltarule.costs.polynomial import ZERO, Polynomial
from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain

Regime = tuple[Domain, Polynomial]
Cardinality = list[Regime]
_Take = Callable[[Domain, Polynomial, Domain], tuple[Domain, Domain]]

FEW = 8  # values of a size that are looked at one by one, and steps that a regime is widened by


def everywhere(count: Polynomial, context: Domain) -> Cardinality:
    return [(context, count)]


def from_pieces(
    pieces: Iterable[Regime], context: Domain, large: Mapping[str, int] | None = None
) -> Cardinality:
    """The sum of pieces that may overlap; zero where none is. Regimes grow by faces that they share.

    (2 H K - … for K <= H - 1) and (H^2 for K >= H - 1), which agree at K = H  -->  the first for K <= H
    """
    result: Cardinality = [(context, ZERO)]
    for domain, count in pieces:
        rest = domains.subtract(context, domain)
        piece: Cardinality = [(domain, count)]
        result = _combined(result, [*piece, (rest, ZERO)], polynomial.add)
    return _joined(_joined(result, large, _taken_whole), large, _taken_by_faces)


def total(
    counts: Iterable[Cardinality], context: Domain, large: Mapping[str, int] | None = None
) -> Cardinality:
    """The sum of counts in one context."""
    result: Cardinality = [(context, ZERO)]
    for count in counts:
        result = _combined(result, count, polynomial.add)
    return _joined(result, large, _taken_whole)


def product(
    one: Cardinality, other: Cardinality, large: Mapping[str, int] | None = None
) -> Cardinality:
    return _joined(_combined(one, other, polynomial.multiply), large, _taken_whole)


def scaled(count: Cardinality, factor: int) -> Cardinality:
    if factor == 0:
        whole = domains.unite(*(domain for domain, _ in count))
        return [(whole, ZERO)]
    return [(domain, polynomial.scale(one, factor)) for domain, one in count]


def is_zero(count: Cardinality) -> bool:
    return all(one == ZERO for _, one in count)


def evaluate(count: Cardinality, sizes: Mapping[str, int]) -> int:
    """The count at given sizes. Raises KeyError for sizes outside the context."""
    for domain, one in count:
        if len(count) == 1 or domains.contains(domain, sizes):
            return int(polynomial.value(one, sizes))
    raise KeyError(f"no count is known at {dict(sizes)}")


def generic(count: Cardinality, large: Mapping[str, int]) -> Regime:
    """The regime that holds for large sizes: the headline."""
    return next((r for r in count if domains.contains(r[0], large)), count[0])


def convex_parts(domain: Domain) -> list[Domain]:
    """The domain as a disjoint union of convex ones."""
    basics = domain.set.coalesce().make_disjoint().get_basic_sets()
    return [Domain(basic.to_set()) for basic in basics if not basic.is_empty()]


def united(one: Domain, other: Domain) -> Domain:
    """The union, in one piece where it is convex."""
    union = domains.unite(one, other)
    return _hull(union) if _is_convex(union) else union


# ------------------------------------------------------------------------------ inside


def _combined(
    one: Cardinality,
    other: Cardinality,
    operation: Callable[[Polynomial, Polynomial], Polynomial],
) -> Cardinality:
    """The operation on every pair of regimes that meet; equal polynomials next to each other join."""
    if len(one) == 1 or len(other) == 1:
        pairs = [(d if len(other) == 1 else e, p, q) for d, p in one for e, q in other]
    else:
        pairs = [(domains.intersect(d, e), p, q) for d, p in one for e, q in other]
    found: dict[Polynomial, Domain] = {}
    for domain, p, q in pairs:
        if not domains.is_empty(domain):
            count = operation(p, q)
            found[count] = united(found[count], domain) if count in found else domain
    return [(domain, count) for count, domain in found.items()]


def _joined(count: Cardinality, large: Mapping[str, int] | None, take: _Take) -> Cardinality:
    """As few regimes as the polynomials allow, that of the `large` sizes growing first."""
    if len(count) == 1:
        return count
    rest = [(part, one) for domain, one in count for part in convex_parts(domain)]
    rest.sort(key=lambda piece: _rank(piece[0], large))
    result: Cardinality = []
    while rest:
        (region, chosen), *others = rest
        rest = []
        for part, one in others:
            region, left = take(region, polynomial.subtract(chosen, one), part)
            if not domains.is_empty(left):
                rest.append((left, one))
        result.append((region, chosen))
    return result


def _rank(part: Domain, large: Mapping[str, int] | None) -> tuple[bool, int]:
    """The regime of the large sizes first, then those that leave more sizes free."""
    fixed = sum(domains.determined(part, n) is not None for n in domains.names_of(part))
    return large is None or not domains.contains(part, large), fixed


def _taken_whole(region: Domain, difference: Polynomial, part: Domain) -> tuple[Domain, Domain]:
    """The region with a part where its polynomial is right too, and what is left of the part."""
    if _vanishes(difference, part):
        return united(region, part), domains.nothing()
    return region, part


def _taken_by_faces(region: Domain, difference: Polynomial, part: Domain) -> tuple[Domain, Domain]:
    """The region with as many faces of the part as it can take, and what is left of the part."""
    for _ in range(FEW):
        face = _shared_face(region, difference, part)
        if face is None:
            break
        region, part = united(region, face), domains.subtract(part, face)
    return region, part


def _shared_face(region: Domain, difference: Polynomial, part: Domain) -> Domain | None:
    """A face of the part where the difference vanishes and that the region grows by convexly."""
    if domains.is_empty(part) or not _is_convex(region):
        return None
    conjunctions = domains.relations(part)
    if conjunctions is None or len(conjunctions) != 1:
        return None
    for relation in conjunctions[0]:
        if relation.op == "=":
            continue
        edge = domains.from_relations([domains.equal(relation.affine, affine.ZERO)])
        face = domains.intersect(part, edge)
        if domains.is_empty(face) or not _vanishes(difference, face):
            continue
        if _is_convex(domains.unite(region, face)):
            return face
    return None


def _vanishes(difference: Polynomial, on: Domain) -> bool:
    """Whether a polynomial is zero everywhere on a convex domain, by what the domain determines."""
    for name in sorted(polynomial.names(difference)):
        value = domains.determined(on, name)
        if value is not None and name not in affine.names(value):
            form = polynomial.from_affine(value)
            difference = polynomial.substitute(difference, name, form)
    if difference == ZERO:
        return True
    for name in sorted(polynomial.names(difference)):
        values = _few_values(on, name)
        if len(values) > 1:
            fixed = (domains.intersect(on, _equals(name, value)) for value in values)
            return all(domains.is_empty(d) or _vanishes(difference, d) for d in fixed)
    return False


def _few_values(domain: Domain, name: str) -> range:
    """The values of a size that has only few of them; else none."""
    over = domains.project_onto(domain, [name])
    found = domains.extent(over, name) if domains.is_bounded(over, name) else None
    if found is None or found[1] - found[0] >= FEW:
        return range(0)
    return range(found[0], found[1] + 1)


def _equals(name: str, value: int) -> Domain:
    return domains.from_relations([domains.equal(affine.name(name), affine.number(value))])


def _hull(domain: Domain) -> Domain:
    return Domain(domain.set.polyhedral_hull().to_set())


def _is_convex(domain: Domain) -> bool:
    return domain.set.n_basic_set() == 1 or domains.is_subset(_hull(domain), domain)


__all__ = [
    "Cardinality",
    "Regime",
    "convex_parts",
    "evaluate",
    "everywhere",
    "from_pieces",
    "generic",
    "is_zero",
    "product",
    "scaled",
    "total",
    "united",
]
