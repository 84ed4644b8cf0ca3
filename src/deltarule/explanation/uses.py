"""The uses in the chain of a contribution: what is fed, how often, and with which slope.

sum(k=j+1..M) @use(xi[i,k], w[k,j])   -->   xi[i,k] is fed for k = j+1..M, with the slope w[k,j]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deltarule.equations import build, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    Bracket,
    Call,
    Condition,
    Expr,
    Mul,
    Reduce,
    Select,
)
from deltarule.gradients.trace import USE


@dataclass(frozen=True, slots=True)
class Fed:
    """One element, or several, that an element feeds, and its slope by that element."""

    reader: Access
    slope: Expr
    indices: tuple[str, ...] = ()  # over which elements are fed
    domain: Domain = field(default_factory=domains.everything)
    conditions: tuple[Condition, ...] = ()
    outside: tuple[tuple[Condition, ...], ...] = ()  # conditions that must not hold
    times: Expr = build.ONE


def fed(chain: Expr) -> Iterator[Fed]:
    match chain:
        case Call(function, (reader, slope)) if function == USE and isinstance(reader, Access):
            yield Fed(reader, slope)
        case Reduce("sum", indices, domain, body):
            for one in fed(body):
                both = domains.intersect(domain, one.domain)
                yield replace(one, indices=(*indices, *one.indices), domain=both)
        case Add(terms):
            for term in terms:
                yield from fed(term)
        case Select(condition, then, otherwise):
            for one in fed(then):
                yield replace(one, conditions=(condition, *one.conditions))
            for one in fed(otherwise):
                yield replace(one, outside=((condition,), *one.outside))
        case Mul(factors):
            yield from _scaled(factors)


def _scaled(factors: tuple[Expr, ...]) -> Iterator[Fed]:
    """[k = y[i]] @use(…): a bracket is a condition; another factor says how many times."""
    for position, factor in enumerate(factors):
        found = list(fed(factor))
        if not found:
            continue
        others = factors[:position] + factors[position + 1 :]
        conditions = tuple(f.condition for f in others if isinstance(f, Bracket))
        times = build.multiply(*(f for f in others if not isinstance(f, Bracket)))
        for one in found:
            yield replace(
                one,
                conditions=(*conditions, *one.conditions),
                times=build.multiply(times, one.times),
            )
