"""Visiting and rebuilding expressions: the one place that knows every node's children."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from deltarule.equations import affine, build, domains
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    All,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    Condition,
    Expr,
    IndexValue,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
    Size,
)


def children(expression: Expr) -> tuple[Expr, ...]:
    """The sub-expressions, those in data conditions included, gathers in subscripts not."""
    match expression:
        case Add(terms):
            return terms
        case Mul(factors):
            return factors
        case Pow(base, exponent):
            return (base, exponent)
        case Call():
            return expression.args
        case Reduce() | ArgReduce():
            return (expression.body,)
        case Bracket(condition):
            return _condition_children(condition)
        case Select(condition, then, otherwise):
            return (*_condition_children(condition), then, otherwise)
    return ()


def _condition_children(condition: Condition) -> tuple[Expr, ...]:
    match condition:
        case Compare(left, _, right):
            return (left, right)
        case All(parts):
            return tuple(child for part in parts for child in _condition_children(part))
    return ()


def size(expression: Expr) -> int:
    """How many nodes the tree has; a part that stands in several places counts in each."""
    known: dict[int, int] = {}

    def count(node: Expr) -> int:
        found = known.get(id(node))
        if found is None:
            found = known[id(node)] = 1 + sum(count(child) for child in children(node))
        return found

    return count(expression)


def map_children(expression: Expr, f: Callable[[Expr], Expr]) -> Expr:
    """Rebuild a node with f applied to each sub-expression; sums and products flatten again."""
    match expression:
        case Add(terms):
            return build.add(*(f(t) for t in terms))
        case Mul(factors):
            return build.multiply(*(f(t) for t in factors))
        case Pow(base, exponent):
            return build.power(f(base), f(exponent))
        case Call():
            return replace(expression, args=tuple(f(a) for a in expression.args))
        case Reduce() | ArgReduce():
            return replace(expression, body=f(expression.body))
        case Bracket(condition):
            return replace(expression, condition=_map_condition(condition, f))
        case Select(condition, then, otherwise):
            return Select(_map_condition(condition, f), f(then), f(otherwise), expression.span)
    return expression


def _map_condition(condition: Condition, f: Callable[[Expr], Expr]) -> Condition:
    match condition:
        case Compare(left, op, right):
            return Compare(f(left), op, f(right))
        case All(parts):
            return All(tuple(_map_condition(part, f) for part in parts))
    return condition


def descend(expression: Expr) -> Iterator[Expr]:
    """The expression and all below it, outermost first."""
    yield expression
    for child in children(expression):
        yield from descend(child)


def accesses(expression: Expr) -> Iterator[Access]:
    """Every element read, the integer elements inside subscripts and conditions included."""
    for node in descend(expression):
        if isinstance(node, Access):
            yield node
            for subscript in node.subscripts:
                yield from affine_accesses(subscript)
        elif isinstance(node, Bracket | Select):
            for form in relation_forms(node.condition):
                yield from affine_accesses(form)


def affine_accesses(form: Affine) -> Iterator[Access]:
    for atom, _ in form.terms:
        if isinstance(atom, Access):
            yield atom
            for subscript in atom.subscripts:
                yield from affine_accesses(subscript)


def relation_forms(condition: Condition) -> Iterator[Affine]:
    """The affine forms of the index relations in a condition."""
    match condition:
        case Relation(form, _):
            yield form
        case All(parts):
            for part in parts:
                yield from relation_forms(part)


def free_names(expression: Expr) -> frozenset[str]:
    """The indices and sizes that an expression depends on and does not bind itself."""
    match expression:
        case Size(name) | IndexValue(name):
            return frozenset((name,))
        case Access(_, subscripts):
            return frozenset().union(*(affine.names(s) for s in subscripts))
        case Reduce(_, indices, domain, body):
            inside = free_names(body) | frozenset(domains.involved(domain))
            return inside - frozenset(indices)
        case ArgReduce(_, index, domain, body):
            inside = free_names(body) | frozenset(domains.involved(domain))
            return inside - {index}
    result = frozenset().union(*(free_names(c) for c in children(expression)))
    if isinstance(expression, Bracket | Select):
        forms = relation_forms(expression.condition)
        result = result.union(*(affine.names(form) for form in forms))
    return result


def bound_names(expression: Expr) -> frozenset[str]:
    """The indices that reductions inside an expression bind."""
    found: set[str] = set()
    for node in descend(expression):
        if isinstance(node, Reduce):
            found.update(node.indices)
        elif isinstance(node, ArgReduce):
            found.add(node.index)
    return frozenset(found)


def substitute(expression: Expr, values: Mapping[str, Affine]) -> Expr:
    """Replace free indices by affine forms, everywhere: subscripts, domains, conditions, values.

    Bound indices that would capture a name of the new forms are renamed. A domain can take static
    forms only: where a form has an integer element, the domain keeps the name and the caller must
    have made sure that the domain does not involve it (ValueError otherwise).
    """
    if not values:
        return expression
    match expression:
        case IndexValue(name) | Size(name):
            return affine_to_expr(values[name]) if name in values else expression
        case Access(array, subscripts):
            return Access(
                array, tuple(affine.substitute(s, values) for s in subscripts), expression.span
            )
        case Bracket(condition):
            return Bracket(substitute_condition(condition, values), expression.span)
        case Select(condition, then, otherwise):
            return Select(
                substitute_condition(condition, values),
                substitute(then, values),
                substitute(otherwise, values),
                expression.span,
            )
        case Reduce():
            return _substitute_reduce(expression, values)
        case ArgReduce(_, index, domain, body):
            as_sum = Reduce("sum", (index,), domain, body)
            new = _substitute_reduce(as_sum, values)
            return replace(expression, index=new.indices[0], domain=new.domain, body=new.body)
    return map_children(expression, lambda child: substitute(child, values))


def _substitute_reduce(node: Reduce, values: Mapping[str, Affine]) -> Reduce:
    inner = {n: v for n, v in values.items() if n not in node.indices}
    arriving = frozenset().union(*(affine.names(v) for v in inner.values()))
    renamed = {
        index: fresh_name(index, arriving | free_names(node.body) | frozenset(node.indices))
        for index in node.indices
        if index in arriving
    }
    if renamed:
        node = rename_bound(node, renamed)
    dynamic = [n for n, v in inner.items() if not affine.is_static(v)]
    if any(domains.involves(node.domain, n) for n in dynamic):
        raise ValueError("a domain cannot depend on data")
    static = {n: v for n, v in inner.items() if affine.is_static(v)}
    return replace(
        node,
        domain=domains.substitute(node.domain, static),
        body=substitute(node.body, inner),
    )


def rename_bound(node: Reduce, names: Mapping[str, str]) -> Reduce:
    """Give bound indices of a reduction other names."""
    return replace(
        node,
        indices=tuple(names.get(i, i) for i in node.indices),
        domain=domains.rename(node.domain, names),
        body=substitute(node.body, {old: affine.name(new) for old, new in names.items()}),
    )


def rename_array(expression: Expr, old: str, new: str) -> Expr:
    """Read another array in place of a real one, with the same subscripts."""
    if isinstance(expression, Access) and expression.array == old:
        return replace(expression, array=new)
    return map_children(expression, lambda child: rename_array(child, old, new))


def substitute_condition(condition: Condition, values: Mapping[str, Affine]) -> Condition:
    match condition:
        case Relation(form, op):
            return Relation(affine.substitute(form, values), op)
        case Compare(left, op, right):
            return Compare(substitute(left, values), op, substitute(right, values))
        case All(parts):
            return All(tuple(substitute_condition(part, values) for part in parts))


def affine_to_expr(form: Affine) -> Expr:
    """The number that an affine form is, as an expression. Names become index values."""
    terms: list[Expr] = []
    for atom, coefficient in form.terms:
        value: Expr = IndexValue(atom) if isinstance(atom, str) else atom
        terms.append(build.multiply(build.number(coefficient), value))
    if form.constant or not terms:
        terms.append(build.number(form.constant))
    return build.add(*terms)


def fresh_name(like: str, taken: frozenset[str] | set[str]) -> str:
    """A name like `like` that is not taken: k --> k', k'', …"""
    while like in taken:
        like += "'"
    return like


def is_number(expression: Expr, value: int) -> bool:
    return isinstance(expression, Number) and expression.value == value
