"""Where an equation reads an array, and what that element contributes to the value.

For `B[b] = expression`, each read `A[f]` inside gives a Use: the reductions it stands under and the
cotangent factor, so that  dA[a] += sum over {points: f = a} of  dB[b] * factor.  The factor is found by
walking down from the root, as reverse mode does: one rule per kind of node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from deltarule.equations import affine, build, domains, functions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    Bracket,
    Call,
    Compare,
    Condition,
    Expr,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
)
from deltarule.equations.system import TiePolicy
from deltarule.equations.vanishing import Vanishing

PlaceOf = Callable[[Reduce, tuple[str, ...], Domain], Access]


@dataclass(frozen=True, slots=True)
class Use:
    """One read of an array: `factor` is the partial derivative of the equation's right side."""

    access: Access
    factor: Expr
    indices: tuple[str, ...]  # bound by the reductions around the read, outermost first
    domain: Domain  # what those reductions demand of their indices
    unlimited: bool  # under a sum that the author wrote without limits
    guards: tuple[
        tuple[Condition, bool], ...
    ] = ()  # cases on the way, outermost first: which branch


@dataclass(frozen=True, slots=True)
class Rules:
    """What the walk needs from outside: a name for the place of a maximum, the tie policy, what is known to be 0."""

    place_of: PlaceOf
    ties: TiePolicy
    vanishing: Vanishing


def uses(expression: Expr, rules: Rules) -> Iterator[Use]:
    """Every read of a real array in the expression, left to right."""
    start = Use(Access("", ()), build.ONE, (), domains.everything(), False)
    yield from _descend(expression, start, rules)


def _descend(node: Expr, path: Use, rules: Rules) -> Iterator[Use]:
    match node:
        case Access():
            yield replace(path, access=node, factor=_where_taken(path))
        case Add(terms):
            for term in terms:
                yield from _descend(term, path, rules)
        case Mul(factors):
            yield from _through_product(factors, path, rules)
        case Pow(base, exponent):
            yield from _through_power(base, exponent, path, rules)
        case Call():
            for position, argument in enumerate(node.args):
                slope = functions.derivative(node, position)
                yield from _descend(argument, _times(path, slope), rules)
        case Reduce():
            yield from _through_reduction(node, path, rules)
        case Select(condition, then, otherwise):
            for branch, taken in ((then, True), (otherwise, False)):
                guards = (*path.guards, (condition, taken))
                yield from _descend(branch, replace(path, guards=guards), rules)


def _times(path: Use, *factors: Expr) -> Use:
    return replace(path, factor=build.multiply(path.factor, *factors))


def _where_taken(path: Use) -> Expr:
    """Only the branch that is taken contributes; factor and inner conditions of the other may be NaN."""
    factor = path.factor
    for condition, taken in reversed(path.guards):
        then, otherwise = (factor, build.ZERO) if taken else (build.ZERO, factor)
        factor = Select(condition, then, otherwise)
    return factor


def _through_product(factors: tuple[Expr, ...], path: Use, rules: Rules) -> Iterator[Use]:
    """d(a b c) = da b c + a db c + a b dc."""
    for position, factor in enumerate(factors):
        others = factors[:position] + factors[position + 1 :]
        yield from _descend(factor, _times(path, *others), rules)


def _through_power(base: Expr, exponent: Expr, path: Use, rules: Rules) -> Iterator[Use]:
    """d(u^v) = v u^(v-1) du + u^v ln(u) dv; a root has the slope 0 where its argument is 0 whatever x is."""
    lowered = (
        build.number(exponent.value - 1)
        if isinstance(exponent, Number)
        else build.add(exponent, build.MINUS_ONE)
    )
    slope = build.multiply(exponent, build.power(base, lowered))
    if is_root(Pow(base, exponent)):
        zero = rules.vanishing.zero(base)
        if not domains.is_empty(zero):
            path = replace(path, domain=domains.subtract(path.domain, zero))
    yield from _descend(base, _times(path, slope), rules)
    growth = build.multiply(Pow(base, exponent), build.call("ln", base))
    yield from _descend(exponent, _times(path, growth), rules)


def is_root(node: Expr) -> bool:
    """u^(1/2), whose slope at 0 is infinite."""
    return (
        isinstance(node, Pow) and isinstance(node.exponent, Number) and 0 < node.exponent.value < 1
    )


def _through_reduction(node: Reduce, path: Use, rules: Rules) -> Iterator[Use]:
    node = _apart(node, path)
    inside = replace(
        path,
        indices=path.indices + node.indices,
        domain=domains.intersect(path.domain, node.domain),
        unlimited=path.unlimited or node.unlimited,
    )
    if node.op == "sum":
        yield from _descend(node.body, inside, rules)
    elif node.op == "prod":
        yield from _descend(node.body, _times(inside, _others(node)), rules)
    else:
        yield from _descend(node.body, _times(inside, _chosen(node, path, rules)), rules)


def _apart(node: Reduce, path: Use) -> Reduce:
    """Bound indices that the path already has, or that its factor binds or reads, get other names."""
    taken = (
        set(path.indices)
        | walk.free_names(path.factor)
        | walk.bound_names(path.factor)
        | walk.free_names(node)
    )
    clashing = {i: walk.fresh_name(i, taken) for i in node.indices if i in taken}
    return walk.rename_bound(node, clashing) if clashing else node


def _others(node: Reduce) -> Expr:
    """d prod_k u_k / d u_k = product of all other factors: right also where a factor is zero."""
    taken = walk.free_names(node) | walk.bound_names(node) | set(node.indices)
    renamed = {i: walk.fresh_name(i + "'", taken) for i in node.indices}
    copy = walk.rename_bound(node, renamed)
    same = domains.from_relations(
        domains.equal(affine.name(i), affine.name(renamed[i])) for i in node.indices
    )
    return replace(copy, domain=domains.subtract(copy.domain, same))


def _reached(path: Use) -> Domain:
    """Where the branches that the path goes through are taken, as far as indices say it."""
    reached = path.domain
    for condition, taken in path.guards:
        holds = domains.of_condition(condition)
        if holds is not None:
            part = domains.intersect(reached, holds)
            reached = part if taken else domains.subtract(reached, holds)
    return reached


def _chosen(node: Reduce, path: Use, rules: Rules) -> Expr:
    """max_k u_k  -->  [k = argmax u], or every maximal k with an equal share."""
    if rules.ties == "first" and len(node.indices) == 1:
        place = affine.name(rules.place_of(node, path.indices, _reached(path)))
        here: Affine = affine.name(node.indices[0])
        return Bracket(Relation(affine.subtract(here, place), "="))
    hit = Bracket(Compare(node.body, "=", node))
    taken = walk.free_names(node) | walk.bound_names(node) | set(node.indices)
    renamed = {i: walk.fresh_name(i + "'", taken) for i in node.indices}
    copy = walk.rename_bound(node, renamed)
    count = Reduce("sum", copy.indices, copy.domain, Bracket(Compare(copy.body, "=", node)))
    return build.divide(hit, count)
