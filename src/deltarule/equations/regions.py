"""Where an expression can differ from zero, by the supports of the arrays that it reads.

A sum without limits runs over this region: an array is zero outside its support there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deltarule.equations import affine, dependences, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    Bracket,
    Call,
    Expr,
    Mul,
    Pow,
    Reduce,
    Select,
)
from deltarule.equations.system import Array, Equation


def region(expression: Expr, arrays: Mapping[str, Array]) -> Domain | None:
    """The points over the free names where it may differ from zero; None where no limit is known.

    a[m - n] b[m], a on 0..2, b on 1..4  -->  0 <= m - n <= 2 and 1 <= m <= 4
    """
    match expression:
        case Access():
            return preimage(expression, arrays)
        case Mul(factors):
            return _meet(region(f, arrays) for f in factors)
        case Add(terms):
            return _join(region(t, arrays) for t in terms)
        case Pow(base, _):
            return region(base, arrays)
        case Call():
            return _join(region(a, arrays) for a in expression.args)
        case Bracket(condition):
            return domains.of_condition(condition)
        case Select(_, then, otherwise):
            return _join((region(then, arrays), region(otherwise, arrays)))
        case Reduce(_, indices, domain, body):
            inside = region(body, arrays)
            joined = domain if inside is None else domains.intersect(domain, inside)
            return domains.project_out(joined, indices)
    return None


def preimage(access: Access, arrays: Mapping[str, Array]) -> Domain | None:
    """Where an access is inside its array's support; a subscript that is data may be anywhere."""
    array = arrays[access.array]
    if array.support is None:
        return None
    pairs = tuple(zip(array.axes, access.subscripts, strict=True))
    dynamic = [axis for axis, subscript in pairs if not affine.is_static(subscript)]
    static = {axis: subscript for axis, subscript in pairs if affine.is_static(subscript)}
    return domains.substitute(domains.project_out(array.support, dynamic), static)


def is_readable(expression: Expr, on: Domain, arrays: Mapping[str, Array]) -> bool:
    """Whether all elements that an expression reads exist on a domain, as far as is known."""
    for access, inside in dependences.reads(Equation("", (), (), on, expression)):
        there = preimage(access, arrays)
        if there is not None and not domains.is_subset(inside, there):
            return False
    return True


def _meet(found: Iterable[Domain | None]) -> Domain | None:
    known = [d for d in found if d is not None]
    return domains.intersect(*known) if known else None


def _join(found: Iterable[Domain | None]) -> Domain | None:
    """Constants are left out: a sum over all integers of a constant has no value anyway."""
    known = [d for d in found if d is not None]
    return domains.unite(*known) if known else None
