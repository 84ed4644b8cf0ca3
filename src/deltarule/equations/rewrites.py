"""The rewrites of the simplifier: one function each, `before --> after` in its docstring.

A rewrite takes a node, the facts about the System and the context (a domain that holds here), and
returns the new node or None where it does not apply. `RULES` lists them by kind of node, with the
name that the derivation prints.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeGuard

from deltarule.equations import affine, build, domains, matching, products, regions, signs, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts, values_of
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    All,
    ArgReduce,
    Bracket,
    Call,
    Condition,
    Expr,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
)

Rewrite = Callable[[Expr, Facts, Domain], Expr | None]
Rules = tuple[tuple[str, tuple[type, ...], Rewrite], ...]

# ------------------------------------------------------------------------------ products


def collect_powers(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """a b a^-1  -->  b"""
    new = products.join(*products.split(node))
    return new if new != node else None


def fold_definition(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """exp(xi[k]) / max_l exp(xi[l])  -->  h[k], where the equations define h so; 1 / sqrt(s)  -->  1 / r"""
    for definition in facts.definitions_for(node):
        for power in (1, -1) if _is_root(definition.pattern) else (1,):
            pattern = build.power(definition.pattern, power)
            found = matching.match_product(pattern, node, definition.variables)
            if found is not None:
                binding, rest = found
                name = _as_access(definition.access, binding)
                return build.multiply(build.power(name, power), rest)
    return None


def _is_root(node: Expr) -> bool:
    """s^(1/2), s^(-1/3)."""
    return (
        isinstance(node, Pow)
        and isinstance(node.exponent, Number)
        and node.exponent.value.denominator != 1
    )


def _as_access(access: Access, binding: matching.Binding) -> Expr:
    return affine.substitute_access(access, binding)


def value_at_maximum(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """u[l*]  -->  max_l u[l], where l* = argmax_l u[l]"""
    for fact in facts.at_maximum:
        binding = matching.match(fact.there, node, fact.variables)
        if binding is not None:
            return walk.substitute(fact.whole, binding)
    return None


def use_bracket(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """[k = y[i]] / h[k]  -->  [k = y[i]] / h[y[i]]"""
    if not isinstance(node, Mul):
        return None
    for factor in node.factors:
        solved = _bracket_equality(factor)
        if solved is None:
            continue
        name, value = solved
        others = [f for f in node.factors if f is not factor]
        if not any(name in walk.free_names(f) for f in others):
            continue
        try:
            changed = [walk.substitute(f, {name: value}) for f in others]
        except ValueError:  # a range depends on the index: it stays
            continue
        return build.multiply(factor, *changed)
    return None


def _bracket_equality(
    factor: Expr, among: tuple[str, ...] | None = None
) -> tuple[str, Affine] | None:
    """[k = y[i]] gives (k, y[i]): an index, one of `among`, that equals a form with integer elements."""
    if not isinstance(factor, Bracket) or not isinstance(factor.condition, Relation):
        return None
    relation = factor.condition
    if relation.op != "=" or affine.is_static(relation.affine):
        return None
    for atom, coefficient in relation.affine.terms:
        if isinstance(atom, str) and abs(coefficient) == 1 and (among is None or atom in among):
            rest = affine.add(relation.affine, affine.scale(affine.name(atom), -coefficient))
            if atom not in affine.names(rest):
                return atom, affine.scale(rest, -coefficient)
    return None


def expand_sparse(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """([k = a] - [k = b]) c  -->  [k = a] c - [k = b] c"""
    if not isinstance(node, Mul):
        return None
    for position, factor in enumerate(node.factors):
        if isinstance(factor, Add) and all(is_sparse(t) for t in factor.terms):
            others = node.factors[:position] + node.factors[position + 1 :]
            return build.add(*(build.multiply(term, *others) for term in factor.terms))
    return None


def is_sparse(expression: Expr) -> bool:
    """Whether a bracket on data makes the term zero almost everywhere: [k = y[i]] …"""
    if isinstance(expression, Add):
        return all(is_sparse(t) for t in expression.terms)
    factors = expression.factors if isinstance(expression, Mul) else (expression,)
    return any(_bracket_equality(f) is not None for f in factors)


# ------------------------------------------------------------------------------ sums


def collect_terms(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """a + 2 a - b + b  -->  3 a; sum_k (a - b[k]) - sum_l (b[l] - a)  -->  2 sum_k (a - b[k])"""
    if not isinstance(node, Add):
        return None
    found: dict[Expr, tuple[Fraction, Expr, int]] = {}
    for addend in node.terms:
        coefficient, rest = products.term(addend)
        sign, key = signs.apart(rest)
        before, first, own = found.get(key, (Fraction(0), rest, sign))
        found[key] = (before + coefficient * sign * own, first, own)
    if len(found) == len(node.terms) and all(c for c, _, _ in found.values()):
        return None
    return build.add(*(build.multiply(Number(c), rest) for c, rest, _ in found.values()))


# ------------------------------------------------------------------------------ reductions


def empty_sum(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum over nothing, or of zero  -->  0"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    if node.body == build.ZERO:
        return build.ZERO
    return build.ZERO if domains.is_empty(domains.intersect(node.domain, context)) else None


def absorb_bracket(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k) [k <= j] u[k]  -->  sum(k <= j) u[k]"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    factors = _factors(node.body)
    static = [f for f in factors if isinstance(f, Bracket) and _is_static(f.condition)]
    if not static:
        return None
    rest = [f for f in factors if f not in static]
    conditions = [c for f in static for c in _relations(f.condition)]
    limited = domains.intersect(node.domain, domains.from_relations(conditions))
    return replace(node, domain=limited, body=build.multiply(*rest))


def absorb_select(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k) {u[k] if k <= j else 0}  -->  sum(k <= j) u[k]"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    factors = _factors(node.body)
    for position, factor in enumerate(factors):
        if isinstance(factor, Select) and factor.otherwise == build.ZERO:
            if not _is_static(factor.condition):
                continue
            limited = domains.from_relations(_relations(factor.condition))
            others = factors[:position] + factors[position + 1 :]
            return replace(
                node,
                domain=domains.intersect(node.domain, limited),
                body=build.multiply(factor.then, *others),
            )
    return None


def drop_determined(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(m: m = k + n) u[m]  -->  u[k + n]"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    for index in reversed(node.indices):
        value = domains.determined(node.domain, index)
        if value is None:
            continue
        rest = tuple(i for i in node.indices if i != index)
        domain = domains.substitute(node.domain, {index: value})
        body = walk.substitute(node.body, {index: value})
        return _reduce_or_guard(replace(node, indices=rest, domain=domain, body=body), context)
    return None


def _reduce_or_guard(node: Reduce, context: Domain) -> Expr:
    """A sum over no index at all is its body where the domain holds, else 0."""
    if node.indices:
        return node
    left = domains.gist(node.domain, context)
    if domains.is_everything(left):
        return node.body
    conjunctions = domains.relations(left)
    if conjunctions is None or len(conjunctions) != 1:
        return node
    return Select(_conjunction(conjunctions[0]), node.body, build.ZERO)


def gather(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k=1..N) [k = y[i]] u[k]  -->  u[y[i]], where y[i] is known to lie in 1..N"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    factors = _factors(node.body)
    for factor in factors:
        solved = _bracket_equality(factor, node.indices)
        if solved is None:
            continue
        index, value = solved
        checks = _range_checks(node, index, value, facts, context)
        others = [f for f in factors if f is not factor]
        if checks is None or any(_ranges_depend(f, index) for f in others):
            continue
        body = build.multiply(*(walk.substitute(f, {index: value}) for f in others))
        if checks:
            body = _only_where(checks, body)
        rest = tuple(i for i in node.indices if i != index)
        domain = domains.project_out(node.domain, [index])
        return _reduce_or_guard(replace(node, indices=rest, domain=domain, body=body), context)
    return None


def _only_where(relations: list[Relation], body: Expr) -> Expr:
    """The body where all relations hold, else 0; cases stay one list of cases."""
    if isinstance(body, Select) and len(relations) == 1:
        (inside,) = relations
        outside = affine.subtract(affine.number(-1), inside.affine)
        return Select(Relation(outside, ">="), build.ZERO, body)
    return Select(_conjunction(relations), body, build.ZERO)


def _ranges_depend(expression: Expr, index: str) -> bool:
    return any(
        domains.involves(n.domain, index)
        for n in walk.descend(expression)
        if isinstance(n, Reduce | ArgReduce)
    )


def _range_checks(
    node: Reduce, index: str, value: Affine, facts: Facts, context: Domain
) -> list[Relation] | None:
    """What still must hold for the value to be in the range of the index; None where that is not known."""
    limits = domains.bounds(node.domain, index)
    if limits is None:
        return None
    inside = domains.intersect(context, domains.project_out(node.domain, [index]))
    known = values_of(facts, value)
    if known is not None:
        inside = domains.intersect(inside, domains.between(known[0], index, known[1]))
        if domains.is_subset(inside, node.domain):
            return []
    here = affine.name(index)
    ends = [(low, 1) for low in limits[0]] + [(high, -1) for high in limits[1]]
    checks: list[Relation] = []
    for end, sign in ends:
        certain = Relation(affine.scale(affine.subtract(here, end), sign), ">=")
        if known is None or not domains.is_subset(inside, domains.from_relations([certain])):
            checks.append(Relation(affine.scale(affine.subtract(value, end), sign), ">="))
    return checks


def split_sum(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k) ([k = a] u[k] - [k = b] v[k])  -->  sum(k) [k = a] u[k] - sum(k) [k = b] v[k]"""
    if not isinstance(node, Reduce) or node.op != "sum" or not isinstance(node.body, Add):
        return None
    if not any(is_sparse(t) for t in node.body.terms):
        return None
    return build.add(*(replace(node, body=term) for term in node.body.terms))


def pull_out(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k) a b[k]  -->  a sum(k) b[k]; where the sum may be empty, a must be there all the same"""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    bound = set(node.indices)
    factors = _factors(node.body)
    outside = [f for f in factors if not walk.free_names(f) & bound and f != build.ONE]
    if outside and not domains.is_subset(context, domains.project_out(node.domain, node.indices)):
        outside = [f for f in outside if regions.is_readable(f, context, facts.arrays)]
    if not outside:
        return None
    inside = [f for f in factors if f not in outside]
    rest = replace(node, body=build.multiply(*inside))
    return products.join(*products.split(build.multiply(*outside, rest)))


def count_points(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """sum(k=1..N) 1  -->  N, where the range has one lower and one upper bound"""
    if not isinstance(node, Reduce) or node.op != "sum" or node.body != build.ONE:
        return None
    if len(node.indices) != 1:
        return None
    index = node.indices[0]
    limits = domains.bounds(domains.gist(node.domain, context), index)
    if limits is None or len(limits[0]) != 1 or len(limits[1]) != 1:
        return None
    low, high = limits[0][0], limits[1][0]
    whole = domains.intersect(context, domains.between(low, index, high))
    if not domains.is_subset(whole, node.domain):
        return None  # the range says something of other indices too
    count = affine.add(high, affine.scale(low, -1), affine.number(1))
    never_negative = domains.from_relations([Relation(count, ">=")])
    if not domains.is_subset(context, never_negative):
        return None
    return walk.affine_to_expr(count)


# ------------------------------------------------------------------------------ the rest


def decide_bracket(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """[1 <= 2]  -->  1, and what the context decides"""
    if not isinstance(node, Bracket) or not _is_static(node.condition):
        return None
    holds = domains.from_relations(_relations(node.condition))
    if domains.is_subset(context, holds):
        return build.ONE
    return build.ZERO if domains.are_disjoint(context, holds) else None


def decide_select(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """{a if k <= n; b otherwise}  -->  a, where the context says so"""
    if not isinstance(node, Select):
        return None
    if node.then == node.otherwise:
        return node.then
    if not _is_static(node.condition):
        return None
    holds = domains.from_relations(_relations(node.condition))
    if domains.is_subset(context, holds):
        return node.then
    return node.otherwise if domains.are_disjoint(context, holds) else None


def argmax_of_increasing(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """argmax_l exp(u[l])  -->  argmax_l u[l]: an increasing function keeps the order"""
    from deltarule.equations import functions

    if not isinstance(node, ArgReduce) or not isinstance(node.body, Call):
        return None
    if node.body.order or not functions.is_increasing(node.body.function):
        return None
    return replace(node, body=node.body.args[0])


def _factors(expression: Expr) -> tuple[Expr, ...]:
    return expression.factors if isinstance(expression, Mul) else (expression,)


def _is_static(condition: Condition) -> bool:
    relations = _relations(condition)
    return bool(relations) and all(affine.is_static(r.affine) for r in relations)


def _relations(condition: Condition) -> list[Relation]:
    """The relations of a conjunction; empty when a condition on data is among them."""
    match condition:
        case Relation():
            return [condition]
        case All(parts):
            found = [_relations(part) for part in parts]
            return [] if not all(found) else [r for part in found for r in part]
    return []


def _conjunction(relations: list[Relation]) -> Condition:
    return relations[0] if len(relations) == 1 else All(tuple(relations))


def factors_into_cases(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """{1 if |r| <= d; 0 otherwise} r  -->  {r if |r| <= d; 0 otherwise}: the rest may be NaN there"""
    assert isinstance(node, Mul)
    for position, factor in enumerate(node.factors):
        if not _is_data_case(factor) or build.ZERO not in (factor.then, factor.otherwise):
            continue
        others = (*node.factors[:position], *node.factors[position + 1 :])
        if any(isinstance(other, Reduce) for other in others):
            continue  # a sum is not repeated per case
        picks = [other for other in others if _bracket_equality(other) is not None]
        others = tuple(other for other in others if other not in picks)
        if not others:
            continue  # [k = y[i]] stays outside, where a sum over k finds it
        then = build.multiply(*others, factor.then)
        otherwise = build.multiply(*others, factor.otherwise)
        return build.multiply(*picks, Select(factor.condition, then, otherwise, factor.span))
    return None


def sum_of_cases(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """{a if P; 0 otherwise} + {0 if P; b otherwise}  -->  {a if P; b otherwise}"""
    assert isinstance(node, Add)
    for position, one in enumerate(node.terms):
        for place, other in enumerate(node.terms[:position]):
            if _is_data_case(one) and _is_data_case(other) and one.condition == other.condition:
                merged = Select(
                    one.condition,
                    build.add(other.then, one.then),
                    build.add(other.otherwise, one.otherwise),
                    one.span,
                )
                rest = [t for n, t in enumerate(node.terms) if n not in (position, place)]
                return build.add(*rest, merged)
    return None


def _is_data_case(node: Expr) -> TypeGuard[Select]:
    """Cases told apart by values, not by indices."""
    return isinstance(node, Select) and domains.of_condition(node.condition) is None


RULES: Rules = (
    ("collect powers", (Mul, Pow), collect_powers),
    ("collect equal terms", (Add,), collect_terms),
    ("use the bracket", (Mul,), use_bracket),
    ("the value at the maximum", (Access, Call, Mul, Pow, Add), value_at_maximum),
    ("write the defined name", (Mul, Call, Pow, Reduce), fold_definition),
    ("multiply out the brackets", (Mul,), expand_sparse),
    ("an empty sum", (Reduce,), empty_sum),
    ("limit the sum by the bracket", (Reduce,), absorb_bracket),
    ("limit the sum by the case", (Reduce,), absorb_select),
    ("solve for the summation index", (Reduce,), drop_determined),
    ("split the sum", (Reduce,), split_sum),
    ("pick the term that the bracket selects", (Reduce,), gather),
    ("pull out of the sum", (Reduce,), pull_out),
    ("count the terms", (Reduce,), count_points),
    ("decide the bracket", (Bracket,), decide_bracket),
    ("decide the case", (Select,), decide_select),
    ("multiply within the cases", (Mul,), factors_into_cases),
    ("add within the cases", (Add,), sum_of_cases),
    ("an increasing function keeps the order", (ArgReduce,), argmax_of_increasing),
)
