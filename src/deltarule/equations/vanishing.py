"""Where an expression is zero whatever the numbers are: sum_k (x[i,k] - x[j,k])^2, for i = j."""

from __future__ import annotations

from deltarule.equations import affine, domains, products, signs
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Add, Call, Expr, Mul, Number, Pow, Reduce

ZERO_AT_ZERO = signs.ODD | {"abs"}


def vanishing(node: Expr) -> Domain:
    """The part of the index space on which the expression is zero for all values of its arrays."""
    match node:
        case Number(value):
            return domains.everything() if value == 0 else domains.nothing()
        case Add(terms):
            return domains.unite(_terms_vanish(terms), _differences(terms))
        case Mul(factors):
            return domains.unite(*(vanishing(f) for f in factors))
        case Pow(base, Number(exponent)) if exponent > 0:
            return vanishing(base)
        case Call(function, (argument,), order) if function in ZERO_AT_ZERO and not order:
            return vanishing(argument)
        case Reduce("sum", indices, _, body):
            rest = domains.subtract(domains.everything(), vanishing(body))
            return domains.subtract(domains.everything(), domains.project_out(rest, indices))
    return domains.nothing()


def _terms_vanish(terms: tuple[Expr, ...]) -> Domain:
    return domains.intersect(*(vanishing(term) for term in terms))


def _differences(terms: tuple[Expr, ...]) -> Domain:
    """x[i] - x[j], for i = j."""
    if len(terms) != 2:
        return domains.nothing()
    (first, one), (second, other) = (products.term(term) for term in terms)
    if first != -second or not isinstance(one, Access) or not isinstance(other, Access):
        return domains.nothing()
    if one.array != other.array:
        return domains.nothing()
    pairs = [(a, b) for a, b in zip(one.subscripts, other.subscripts, strict=True) if a != b]
    if not all(affine.is_static(form) for pair in pairs for form in pair):
        return domains.nothing()
    return domains.from_relations(domains.equal(a, b) for a, b in pairs)
