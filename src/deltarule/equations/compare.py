"""Whether two Systems say the same: equal up to bound names, the order of factors, terms and sums, shifts
of a summation index, and how a domain is cut into cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations

from deltarule.equations import affine, domains, products, walk
from deltarule.equations.dependences import element_name, is_element_name
from deltarule.equations.domains import Domain
from deltarule.equations.matching import alpha
from deltarule.equations.nodes import (
    Access,
    Add,
    ArgReduce,
    Bracket,
    Expr,
    Reduce,
    Relation,
    Select,
)
from deltarule.equations.system import Equation, System, equations_of, positive_sizes

MOST_PERMUTED = 4  # indices of one sum whose orders are all tried


def normal(expression: Expr) -> Expr:
    """A canonical spelling: bound names by position, factors and terms sorted, brackets one way round,
    nested sums as one, and each summation index that subscript of the body that reads first."""
    return _sorted(alpha(_one_sum(alpha(expression))))


def _one_sum(node: Expr) -> Expr:
    """sum(i) sum(j) u  -->  sum(i, j) u, with the order and the shift of the indices made canonical;
    max(i) max(j) u likewise"""
    node = walk.map_children(node, _one_sum)
    if not isinstance(node, Reduce):
        return node
    if isinstance(node.body, Reduce) and node.body.op == node.op:
        inner = node.body
        node = replace(
            inner,
            indices=node.indices + inner.indices,
            domain=domains.intersect(node.domain, inner.domain),
            unlimited=node.unlimited or inner.unlimited,
        )
    for position in range(len(node.indices)):
        node = min(_shifts(node, node.indices[position]), key=_reading)
    if len(node.indices) > MOST_PERMUTED:
        return node
    orders = (replace(node, indices=order) for order in permutations(node.indices))
    return min(orders, key=_reading)


def _reading(node: Reduce) -> str:
    """What decides between equal sums: the body as it is spelled with bound names by position."""
    named = alpha(node)
    assert isinstance(named, Reduce)
    return repr(_sorted(named.body))


def _shifts(node: Reduce, index: str) -> Iterator[Reduce]:
    """sum(m) w[m - n] h[m]  -->  itself, and sum(k) w[k] h[k + n]"""
    yield node
    new = f"{index}'shifted"
    for access in walk.accesses(node.body):
        for form in access.subscripts:
            coefficient = dict(form.terms).get(index, 0)
            if abs(coefficient) != 1 or not affine.is_static(form) or len(form.terms) < 2:
                continue
            rest = affine.subtract(form, affine.make([(index, coefficient)]))
            value = affine.scale(affine.subtract(affine.name(new), rest), coefficient)
            yield replace(
                node,
                indices=tuple(new if i == index else i for i in node.indices),
                domain=domains.substitute(node.domain, {index: value}),
                body=walk.substitute(node.body, {index: value}),
            )


def _sorted(node: Expr) -> Expr:
    node = walk.map_children(node, _sorted)
    if isinstance(node, Bracket) and isinstance(node.condition, Relation):
        return Bracket(_one_way(node.condition))
    if isinstance(node, Select) and isinstance(node.condition, Relation):
        node = replace(node, condition=_one_way(node.condition))
    if isinstance(node, Add):
        return Add(tuple(sorted(node.terms, key=repr)))
    coefficient, powers = products.split(node)
    ordered = dict(sorted(powers.items(), key=lambda item: repr(item[0])))
    return products.join(coefficient, ordered)


def _one_way(relation: Relation) -> Relation:
    """[k - y = 0] and [y - k = 0] are one bracket."""
    if relation.op == ">=":
        return relation
    other = affine.scale(relation.affine, -1)
    return Relation(min(relation.affine, other, key=repr), relation.op)


def same_array(
    one: System,
    other: System,
    name: str,
    name_there: str | None = None,
    sizes: Domain | None = None,
) -> bool:
    """Whether both Systems define an array alike: the same right sides on the same elements.

    Names of arrays and sizes must agree; `name_there` is the array's name in the other System, and
    `sizes` what is known of the sizes, positive_sizes(one) where nothing is said.
    """
    mine = equations_of(one, name)
    theirs = equations_of(other, name_there or name)
    sizes = positive_sizes(one) if sizes is None else sizes
    renamed = {name_there: name} if name_there else {}
    left = _by_element(mine, {})
    right = _by_element(theirs, renamed)
    return _covers(left, right, sizes) and _covers(right, left, sizes)


def _by_element(
    equations: tuple[Equation, ...], renamed: Mapping[str, str]
) -> list[tuple[Domain, Expr]]:
    """Each case over the element's subscripts 'e0, 'e1, … instead of the equation's own indices."""
    result = []
    for equation in equations:
        places = [element_name(n) for n in range(len(equation.subscripts))]
        ties = [
            domains.equal(affine.name(p), s)
            for p, s in zip(places, equation.subscripts, strict=True)
        ]
        graph = domains.intersect(equation.domain, domains.from_relations(ties))
        values = {}
        for index in equation.indices:
            value = domains.determined(graph, index)
            if value is not None:
                values[index] = value
        for inside, case in _cases(equation.expression, graph):
            expression = walk.substitute(rename_arrays(case, renamed), values)
            result.append((domains.project_out(inside, equation.indices), expression))
    return result


def _cases(expression: Expr, domain: Domain) -> Iterator[tuple[Domain, Expr]]:
    """Cases that indices tell apart, each with where it holds."""
    chosen = expression if isinstance(expression, Select) else None
    holds = domains.of_condition(chosen.condition) if chosen is not None else None
    if chosen is None or holds is None:
        yield domain, expression
        return
    yield domains.intersect(domain, holds), chosen.then
    yield from _cases(chosen.otherwise, domains.subtract(domain, holds))


def _covers(
    left: list[tuple[Domain, Expr]], right: list[tuple[Domain, Expr]], sizes: Domain
) -> bool:
    """Every element of the left is on the right, with an equal right side where they meet."""
    for domain, expression in left:
        missing = domains.intersect(domain, sizes)
        for there, theirs in right:
            both = domains.intersect(missing, there)
            if domains.is_empty(both):
                continue
            if not _equal_on(both, expression, theirs):
                return False
            missing = domains.subtract(missing, there)
        if not domains.is_empty(missing):
            return False
    return True


def _equal_on(domain: Domain, left: Expr, right: Expr) -> bool:
    """Equal spelling once the equalities that the domain implies are put in and ranges are cut to it."""
    values = {}
    for name in domains.involved(domain):
        value = domains.determined(domain, name)
        if value is not None and is_element_name(name):
            values[name] = value
    sides = [_cut(walk.substitute(side, values), domain) for side in (left, right)]
    return normal(sides[0]) == normal(sides[1])


def _cut(node: Expr, context: Domain) -> Expr:
    """Every range intersected with what holds around it, so that equal sums have equal ranges."""
    if isinstance(node, Reduce | ArgReduce):
        inner = domains.intersect(node.domain, context)
        return replace(node, domain=inner, body=_cut(node.body, inner))
    return walk.map_children(node, lambda child: _cut(child, context))


def rename_arrays(expression: Expr, names: Mapping[str, str]) -> Expr:
    """Give arrays other names in an expression."""
    if isinstance(expression, Access) and expression.array in names:
        return Access(names[expression.array], expression.subscripts, expression.span)
    return walk.map_children(expression, lambda child: rename_arrays(child, names))
