"""Expressions that are zero outside a part of the index space."""

from __future__ import annotations

from deltarule.equations import build, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import All, Condition, Expr, Relation, Select


def only_on(domain: Domain, context: Domain, body: Expr) -> Expr | None:
    """The body on a domain, elsewhere 0: {body if i < j; body if i > j; 0 otherwise}.

    Where several conjunctions make the domain, each is a case: one that holds is enough, and counts once.
    None where no relations say it, as for the even numbers.
    """
    conjunctions = domains.relations(domains.gist(domain, context))
    if conjunctions is None:
        return None
    guarded: Expr = build.ZERO
    for relations in reversed(conjunctions):
        condition = conjunction(relations)
        if condition is None:
            return body
        guarded = Select(condition, body, guarded)
    return guarded


def conjunction(relations: list[Relation]) -> Condition | None:
    """All of the relations; None where there are none."""
    if not relations:
        return None
    return relations[0] if len(relations) == 1 else All(tuple(relations))
