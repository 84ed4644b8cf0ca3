"""How many integer points a domain has, as polynomials in the sizes.

Indices are eliminated one by one: isl gives the bounds of an index and the pieces on which they are
single affine forms, and sums of powers between them follow Faulhaber's formula. The result is exact
for all sizes: a list of regimes (conditions on the sizes) with a polynomial each.
"""

from __future__ import annotations

from collections.abc import Mapping

from deltarule.costs import polynomial, regimes
from deltarule.costs.polynomial import ONE
from deltarule.costs.regimes import Cardinality, Regime, evaluate
from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Relation
from deltarule.errors import DeltaruleError


def cardinality(
    domain: Domain,
    indices: tuple[str, ...],
    context: Domain,
    large: Mapping[str, int] | None = None,
) -> Cardinality:
    """The number of points in the indices, for all sizes in the context; exact where it is empty too.

    Names that are not indices stay in the polynomials. `large` is a point of the regime to be as
    wide as can be. Raises E203 where an index has no bound, or where bounds need a division.

        {1 <= k < j <= M}, (j, k)  -->  M (M - 1)/2
    """
    found = [_of_part(p, indices, context, large) for p in regimes.convex_parts(domain)]
    return regimes.total(found, context, large)


def _of_part(
    part: Domain, indices: tuple[str, ...], context: Domain, large: Mapping[str, int] | None
) -> Cardinality:
    """The points of a convex domain: those of its independent groups multiply."""
    result = regimes.everywhere(ONE, context)
    for group, own in _independent(part, indices):
        pieces = [(domains.intersect(w, context), count) for w, count in _sum_over_all(group, own)]
        result = regimes.product(result, regimes.from_pieces(pieces, context, large), large)
    return result


def _independent(part: Domain, indices: tuple[str, ...]) -> list[tuple[Domain, tuple[str, ...]]]:
    """The conditions of a convex domain in groups that no index ties together, with their indices.

    One group has the conditions on no index. An index without a condition has a group of its own.
    """
    conjunctions = domains.relations(part)
    if conjunctions is None:
        return [(part, indices)]
    groups: list[tuple[set[str], list[Relation]]] = [(set(), []), *(({i}, []) for i in indices)]
    for relation in conjunctions[0]:
        tied = set(affine.names(relation.affine)) & set(indices)
        touched = [names for names, _ in groups if (names & tied if tied else not names)]
        together = [r for names, found in groups if names in touched for r in found]
        groups = [group for group in groups if group[0] not in touched]
        groups.append((set().union(*touched), [*together, relation]))
    return [
        (domains.from_relations(found), tuple(i for i in indices if i in names))
        for names, found in groups
    ]


# ------------------------------------------------------------------------------ elimination


def _sum_over_all(domain: Domain, indices: tuple[str, ...]) -> list[Regime]:
    """Pieces that add up to the number of points, the innermost index eliminated first."""
    pieces: list[Regime] = [(domain, ONE)]
    left = list(indices)
    while left:
        pieces, index = _next_sum(pieces, left)
        left.remove(index)
    return pieces


def _next_sum(pieces: list[Regime], left: list[str]) -> tuple[list[Regime], str]:
    """Sum over the last index whose bounds are affine forms. Raises E203 when none is."""
    failure: DeltaruleError | None = None
    for index in reversed(left):
        try:
            return [one for piece in pieces for one in _sum_over(*piece, index)], index
        except DeltaruleError as error:
            failure = failure or error
    assert failure is not None
    raise failure


def _sum_over(domain: Domain, weight: polynomial.Polynomial, index: str) -> list[Regime]:
    """sum over the index of the weight, by pieces where its bounds are single forms."""
    result: list[Regime] = []
    for piece in regimes.convex_parts(domain):
        lower, upper = _bounds(piece, index)
        for position, low in enumerate(lower):
            for place, high in enumerate(upper):
                where = _where_tightest(piece, lower, position, upper, place)
                rest = domains.project_out(where, [index])
                if not domains.is_empty(rest):
                    result.append((rest, polynomial.sum_between(weight, index, low, high)))
    return result


def _bounds(piece: Domain, index: str) -> tuple[list[Affine], list[Affine]]:
    found = domains.bounds(piece, index)
    if found is None:
        raise DeltaruleError(
            "E203",
            f"the number of points in {index} has no polynomial form",
            seen="its range needs a division",
            help="give the sizes numbers: at given sizes the points can be counted",
        )
    if not found[0] or not found[1]:
        raise DeltaruleError(
            "E203",
            f"the range of {index} has no bound, so that its points cannot be counted",
            help="declare the supports of the arrays, for example h[m] for 0 <= m < H",
        )
    return found


def _where_tightest(
    piece: Domain, lower: list[Affine], position: int, upper: list[Affine], place: int
) -> Domain:
    """Where one lower bound is the largest and one upper the smallest; ties go to the first."""
    relations = []
    for other, form in enumerate(lower):
        if other != position:
            margin = affine.number(1 if other < position else 0)
            relations.append(domains.at_least(lower[position], affine.add(form, margin)))
    for other, form in enumerate(upper):
        if other != place:
            margin = affine.number(1 if other < place else 0)
            relations.append(domains.at_least(form, affine.add(upper[place], margin)))
    return domains.intersect(piece, domains.from_relations(relations)) if relations else piece


__all__ = ["Cardinality", "cardinality", "evaluate"]
