"""How many integer points a domain has, as polynomials in the sizes.

Indices are eliminated one by one: isl gives the bounds of an index and the pieces on which they are
single affine forms, and sums of powers between them follow Faulhaber's formula. The result is exact
for all sizes: a list of regimes (conditions on the sizes) with a polynomial each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import sympy
from islpy import dim_type

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine
from deltarule.errors import DeltaruleError

Regimes = list[tuple[Domain, sympy.Expr]]  # disjoint conditions on the sizes; zero elsewhere


def cardinality(domain: Domain, indices: tuple[str, ...], context: Domain) -> Regimes:
    """The number of points in the indices, for sizes in the context. Raises E203.

    {1 <= k < j <= M}, (j, k)  -->  M (M - 1)/2 for M >= 2
    """
    whole = domains.intersect(domain, context)
    result: Regimes = [(domains.project_out(whole, indices), sympy.Integer(1))]
    for group in _independent(whole, indices):
        others = [i for i in indices if i not in group]
        result = multiplied(result, _of_group(domains.project_out(whole, others), group))
    return result


def _of_group(domain: Domain, indices: tuple[str, ...]) -> Regimes:
    pieces: Regimes = [(domain, sympy.Integer(1))]
    for index in reversed(indices):
        pieces = [
            summed for piece, weight in pieces for summed in _sum_over(piece, weight, index)
        ]
    return add_regimes([[piece] for piece in pieces])


def _independent(domain: Domain, indices: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The indices in groups that no condition ties together: the count is the groups' product."""
    conjunctions = domains.relations(domain)
    if conjunctions is None or len(conjunctions) != 1:
        return [indices]
    groups = [{i} for i in indices]
    for relation in conjunctions[0]:
        tied = affine.names(relation.affine) & set(indices)
        touched = [g for g in groups if g & tied]
        if len(touched) > 1:
            groups = [g for g in groups if not g & tied] + [set().union(*touched)]
    ordered = [tuple(i for i in indices if i in g) for g in groups]
    return sorted(ordered, key=lambda g: indices.index(g[0]))


def add_regimes(counts: Iterable[Regimes]) -> Regimes:
    """The sum of piecewise polynomials, with as few regimes as their polynomials allow."""
    result: Regimes = []
    for count in counts:
        for domain, polynomial in count:
            result = _added(result, domain, polynomial)
    return _merged(result)


def scaled(count: Regimes, factor: sympy.Expr | int) -> Regimes:
    return [(domain, sympy.expand(polynomial * factor)) for domain, polynomial in count]


def multiplied(one: Regimes, other: Regimes) -> Regimes:
    """The product of two counts; zero where either is."""
    pieces = []
    for domain, polynomial in one:
        for there, factor in other:
            both = domains.intersect(domain, there)
            if not domains.is_empty(both):
                pieces.append((both, sympy.expand(polynomial * factor)))
    return _merged(pieces)


def evaluate(count: Regimes, sizes: Mapping[str, int]) -> int:
    """The count at given sizes."""
    for domain, polynomial in count:
        if domains.contains(domain, sizes):
            values = {sympy.Symbol(n): v for n, v in sizes.items()}
            return int(polynomial.subs(values))
    return 0


# ------------------------------------------------------------------------------ one index


def _sum_over(domain: Domain, weight: sympy.Expr, index: str) -> Regimes:
    """sum over the index of the weight, by pieces where its bounds are single forms."""
    result: Regimes = []
    for piece in _disjoint(domain):
        lower, upper = _bounds(piece, index)
        for position, low in enumerate(lower):
            for place, high in enumerate(upper):
                where = _where_tightest(piece, lower, position, upper, place)
                rest = domains.project_out(where, [index])
                if not domains.is_empty(rest):
                    result.append((rest, _between(weight, index, low, high)))
    return result


def _disjoint(domain: Domain) -> list[Domain]:
    convex = domain.set.coalesce().make_disjoint().get_basic_sets()
    return [Domain(b.to_set()) for b in convex if not b.is_empty()]


def _bounds(piece: Domain, index: str) -> tuple[list[Affine], list[Affine]]:
    found = domains.bounds(piece, index)
    if found is None or piece.set.dim(dim_type.param) != len(domains.names_of(piece)):
        raise DeltaruleError(
            "E203",
            f"the number of points in {index} has no polynomial form",
            seen="its range needs a division",
            help="counts with strides and divisibilities are not supported yet",
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
    """Where one lower bound is the largest and one upper bound the smallest; ties go to the first."""
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


def _between(weight: sympy.Expr, index: str, low: Affine, high: Affine) -> sympy.Expr:
    """sum_{index = low}^{high} weight, for high >= low - 1."""
    symbol = sympy.Symbol(index)
    result = sympy.Integer(0)
    below, above = _to_sympy(low) - 1, _to_sympy(high)
    for power, coefficient in enumerate(reversed(sympy.Poly(weight, symbol).all_coeffs())):
        formula = _faulhaber(power)
        variable = sympy.Symbol("'n")
        result += coefficient * (formula.subs(variable, above) - formula.subs(variable, below))
    return sympy.expand(result)


@lru_cache(maxsize=64)
def _faulhaber(power: int) -> sympy.Expr:
    """sum_{k=1}^n k^power as a polynomial in n, which continues to all integers."""
    n = sympy.Symbol("'n")
    return sympy.expand(
        (sympy.bernoulli(power + 1, n + 1) - sympy.bernoulli(power + 1, 1)) / (power + 1)
    )


def _to_sympy(form: Affine) -> sympy.Expr:
    terms = (c * sympy.Symbol(str(n)) for n, c in form.terms)
    return sympy.Add(*terms, form.constant)


# ------------------------------------------------------------------------------ regimes


def _added(result: Regimes, domain: Domain, polynomial: sympy.Expr) -> Regimes:
    refined: Regimes = []
    rest = domain
    for there, known in result:
        both = domains.intersect(there, domain)
        if domains.is_empty(both):
            refined.append((there, known))
            continue
        refined.append((both, sympy.expand(known + polynomial)))
        outside = domains.subtract(there, both)
        if not domains.is_empty(outside):
            refined.append((outside, known))
        rest = domains.subtract(rest, both)
    if not domains.is_empty(rest):
        refined.append((rest, polynomial))
    return refined


def _merged(pieces: Regimes) -> Regimes:
    """One regime per polynomial."""
    found: dict[sympy.Expr, Domain] = {}
    for domain, polynomial in pieces:
        old = found.get(polynomial)
        found[polynomial] = domain if old is None else _united(old, domain)
    return [(domain, polynomial) for polynomial, domain in found.items()]


def _united(one: Domain, other: Domain) -> Domain:
    """The union, in one piece where it is convex."""
    union = domains.unite(one, other)
    hull = Domain(union.set.polyhedral_hull().to_set())
    return hull if domains.is_subset(hull, union) else union


def widened(count: Regimes, context: Domain) -> Regimes:
    """With regimes absorbed by another whose polynomial is right there too: M = 1 by (M-1)(M-2)/2."""
    covered = domains.unite(domains.nothing(), *(d for d, _ in count))
    rest = domains.subtract(context, covered)
    pieces = [*count, (rest, sympy.Integer(0))] if not domains.is_empty(rest) else list(count)
    pieces.sort(key=lambda piece: -_freedom(piece[0]))
    kept: Regimes = []
    for domain, polynomial in pieces:
        parts = _disjoint(domain)
        for part in parts:
            for position, (there, other) in enumerate(kept):
                if _agree(polynomial, other, part):
                    kept[position] = (_united(there, part), other)
                    break
            else:
                kept.append((part, polynomial))
    return _merged(kept)


FEW = 8


def _few_values(domain: Domain, name: str) -> range:
    """The values of a size that has only few of them; else none."""
    over = domains.project_onto(domain, [name])
    if not domains.is_bounded_in(over, name):
        return range(0)
    found = domains.extent(over, name)
    if found is None or found[1] - found[0] >= FEW:
        return range(0)
    return range(found[0], found[1] + 1)


def _equals(name: str, value: int) -> Domain:
    return domains.from_relations([domains.equal(affine.name(name), affine.number(value))])


def _freedom(domain: Domain) -> int:
    """How many sizes a regime leaves free."""
    names = domains.names_of(domain)
    return sum(domains.determined(domain, n) is None for n in names)


def _agree(one: sympy.Expr, other: sympy.Expr, on: Domain) -> bool:
    """Whether two polynomials are equal everywhere on a convex domain, by what it determines."""
    difference = sympy.expand(one - other)
    for name in domains.names_of(on):
        values = _few_values(on, name)
        if len(values) > 1 and sympy.Symbol(name) in difference.free_symbols:
            return all(
                _agree(one, other, domains.intersect(on, _equals(name, value))) for value in values
            )
    for name in domains.names_of(on):
        value = domains.determined(on, name)
        if value is not None and name not in affine.names(value):
            difference = sympy.expand(difference.subs(sympy.Symbol(name), _to_sympy(value)))
    return bool(difference == 0)
