"""Matching an expression against a pattern with index variables, and equality up to bound names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from deltarule.equations import affine, domains, products, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    All,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    Condition,
    Expr,
    IndexValue,
    Number,
    Reduce,
    Relation,
    Select,
    Size,
)

Binding = dict[str, Affine]


@dataclass
class _Demands:
    """Pairs that must be equal once the variables are bound."""

    forms: list[tuple[Affine, Affine]] = field(default_factory=list)
    domains: list[tuple[Domain, Domain]] = field(default_factory=list)


def match(pattern: Expr, node: Expr, variables: frozenset[str]) -> Binding | None:
    """What the variables must be for the pattern to equal the node; None when it cannot.

    exp(xi[k]) against exp(xi[y[i]]), {k}  -->  {k: y[i]}
    """
    demands = _Demands()
    if not _same_shape(pattern, node, demands):
        return None
    return _solve(demands, variables)


def match_product(
    pattern: Expr, node: Expr, variables: frozenset[str]
) -> tuple[Binding, Expr] | None:
    """The binding, and what is left of a product when the pattern is taken out of it once."""
    wanted_coefficient, wanted = products.split(pattern)
    coefficient, powers = products.split(node)
    if wanted_coefficient != 1 or not wanted:
        return None
    for pairs in _assignments(list(wanted.items()), powers):
        demands = _Demands()
        if not all(_same_shape(p, n, demands) for p, n, _ in pairs):
            continue
        binding = _solve(demands, variables)
        if binding is None:
            continue
        left = dict(powers)
        for _, base, exponent in pairs:
            left[base] -= exponent
        return binding, products.join(coefficient, left)
    return None


def _assignments(
    wanted: list[tuple[Expr, Fraction]], powers: products.Powers
) -> Iterator[list[tuple[Expr, Expr, Fraction]]]:
    """Ways to take the wanted powers out of the given ones, as (pattern, factor, exponent)."""
    if not wanted:
        yield []
        return
    (pattern, exponent), *rest = wanted
    for base, have in powers.items():
        if type(base) is not type(pattern) or not _goes_into(exponent, have):
            continue
        remaining = dict(powers)
        remaining[base] = have - exponent
        for others in _assignments(rest, {b: e for b, e in remaining.items() if e}):
            yield [(pattern, base, exponent), *others]


def _goes_into(wanted: Fraction, have: Fraction) -> bool:
    """Whether a power can be taken out whole: 1/2 of 3/2, but not of 1, which no root stands in.

    s = r s^(1/2) would have a root to take out of s^(1/2) again, and never end.
    """
    return have / wanted >= 1 and (have - wanted).denominator == 1


def _same_shape(pattern: Expr, node: Expr, demands: _Demands) -> bool:
    if type(pattern) is not type(node):
        return False
    match pattern, node:
        case Number(), Number():
            return pattern.value == node.value
        case Size(), Size():
            return pattern.name == node.name
        case IndexValue(), IndexValue():
            demands.forms.append((affine.name(pattern.name), affine.name(node.name)))
            return True
        case Access(), Access():
            if pattern.array != node.array:
                return False
            demands.forms.extend(zip(pattern.subscripts, node.subscripts, strict=True))
            return True
        case Call(), Call():
            if (pattern.function, pattern.order) != (node.function, node.order):
                return False
        case Reduce(), Reduce():
            if pattern.op != node.op or len(pattern.indices) != len(node.indices):
                return False
            node = _with_indices(node, pattern.indices)
            demands.domains.append((pattern.domain, node.domain))
            return _same_shape(pattern.body, node.body, demands)
        case ArgReduce(), ArgReduce():
            one = Reduce("sum", (pattern.index,), pattern.domain, pattern.body)
            other = Reduce("sum", (node.index,), node.domain, node.body)
            return pattern.op == node.op and _same_shape(one, other, demands)
        case Bracket(), Bracket():
            if not _same_condition(pattern.condition, node.condition, demands):
                return False
        case Select(), Select():
            if not _same_condition(pattern.condition, node.condition, demands):
                return False
    mine, theirs = walk.children(pattern), walk.children(node)
    if len(mine) != len(theirs):
        return False
    return all(_same_shape(a, b, demands) for a, b in zip(mine, theirs, strict=True))


def _with_indices(node: Reduce, indices: tuple[str, ...]) -> Reduce:
    names = {old: new for old, new in zip(node.indices, indices, strict=True) if old != new}
    if not names:
        return node
    taken = walk.free_names(node) | walk.bound_names(node.body)
    if any(new in taken for new in names.values()):
        steps = {old: walk.fresh_name(f"{new}'", taken) for old, new in names.items()}
        node = walk.rename_bound(node, steps)
        names = {steps[old]: new for old, new in names.items()}
    return walk.rename_bound(node, names)


def _same_condition(pattern: Condition, node: Condition, demands: _Demands) -> bool:
    match pattern, node:
        case Relation(), Relation():
            demands.forms.append((pattern.affine, node.affine))
            return pattern.op == node.op
        case Compare(), Compare():
            return pattern.op == node.op  # the sides are children
        case All(), All():
            return len(pattern.parts) == len(node.parts) and all(
                _same_condition(p, n, demands)
                for p, n in zip(pattern.parts, node.parts, strict=True)
            )
    return False


def _solve(demands: _Demands, variables: frozenset[str]) -> Binding | None:
    binding: Binding = {}
    for pattern, actual in demands.forms:
        name = affine.plain_name(pattern)
        if name in variables and name not in binding:
            binding[str(name)] = actual
    for pattern, actual in demands.forms:
        if affine.substitute(pattern, binding) != actual:
            return None
    static = {n: v for n, v in binding.items() if affine.is_static(v)}
    for wanted, domain in demands.domains:
        if any(domains.involves(wanted, n) for n in binding if n not in static):
            return None
        if domains.substitute(wanted, static) != domain:
            return None
    return binding


def alpha(expression: Expr) -> Expr:
    """The expression with its bound indices renamed by position, so that equal ones are equal."""
    return _alpha(expression, 0)


def _alpha(node: Expr, depth: int) -> Expr:
    if isinstance(node, Reduce):
        names = tuple(f"@{depth + n}" for n in range(len(node.indices)))
        renamed = walk.rename_bound(node, dict(zip(node.indices, names, strict=True)))
        return walk.map_children(renamed, lambda child: _alpha(child, depth + len(names)))
    if isinstance(node, ArgReduce):
        as_sum = Reduce("sum", (node.index,), node.domain, node.body)
        new = _alpha(as_sum, depth)
        assert isinstance(new, Reduce)
        return ArgReduce(node.op, new.indices[0], new.domain, new.body, node.unlimited)
    return walk.map_children(node, lambda child: _alpha(child, depth))


def bind(expression: Expr, binding: Mapping[str, Affine]) -> Expr:
    """Fill a matched pattern."""
    return walk.substitute(expression, binding)
