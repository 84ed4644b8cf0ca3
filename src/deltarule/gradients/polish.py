"""The last touch to derived equations: short ranges, free letters, positive terms and base cases first."""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, domains, products, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Add, ArgReduce, Expr, Reduce
from deltarule.equations.system import Equation, System, positive_sizes
from deltarule.gradients.naming import Letters, name_bound


def polish(system: System, new: frozenset[str], letters: Letters) -> System:
    """The System with the equations of the arrays in `new` made fit to read; meaning unchanged."""
    sizes = positive_sizes(system)
    equations = [
        _polish_equation(e, sizes, letters) if e.target in new else e for e in system.equations
    ]
    return replace(system, equations=tuple(_base_cases_first(equations)))


def _polish_equation(equation: Equation, sizes: Domain, letters: Letters) -> Equation:
    context = domains.intersect(equation.domain, sizes)
    expression = shorten(_settled(equation, context), context)
    expression = name_bound(expression, frozenset(equation.indices), letters)
    return replace(equation, expression=positive_first(expression))


def _settled(equation: Equation, context: Domain) -> Expr:
    """Where a case fixes an index (j = M), the right side says so: g'(xi[i,j]) --> g'(xi[i,M])"""
    values = {}
    for index in equation.indices:
        value = domains.determined(context, index)
        if value is not None and not affine.names(value) & set(equation.indices):
            values[index] = value
    return walk.substitute(equation.expression, values)


def shorten(node: Expr, context: Domain) -> Expr:
    """sum(k: 1 <= k < j <= M), where j <= M is known around it  -->  sum(k: 1 <= k < j)"""
    if not isinstance(node, Reduce | ArgReduce):
        return walk.map_children(node, lambda child: shorten(child, context))
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    context = domains.project_out(context, indices)  # other indices of the same letters
    short = own_limits(node.domain, indices, context)
    body = shorten(node.body, domains.intersect(context, node.domain))
    return replace(node, domain=short, body=body)


def own_limits(domain: Domain, indices: tuple[str, ...], context: Domain) -> Domain:
    """The constraints that speak of the indices, where the context implies all others."""
    conjunctions = domains.relations(domain)
    if conjunctions is None or len(conjunctions) != 1:
        return domain
    about = [r for r in conjunctions[0] if any(n in indices for n, _ in r.affine.terms)]
    short = domains.from_relations(about)
    return short if domains.is_subset(domains.intersect(short, context), domain) else domain


def positive_first(node: Expr) -> Expr:
    """-a + b  -->  b - a, everywhere in an expression"""
    node = walk.map_children(node, positive_first)
    if not isinstance(node, Add) or products.split(node.terms[0])[0] > 0:
        return node
    signs = [products.split(term)[0] > 0 for term in node.terms]
    if not any(signs):
        return node
    first = signs.index(True)
    rest = node.terms[:first] + node.terms[first + 1 :]
    return replace(node, terms=(node.terms[first], *rest))


def _base_cases_first(equations: list[Equation]) -> list[Equation]:
    """Among the cases of one array, those that read neither it nor a sum come first."""
    result: list[Equation] = []
    for target in dict.fromkeys(e.target for e in equations):
        result.extend(sorted((e for e in equations if e.target == target), key=_has_sum))
    return result


def _has_sum(equation: Equation) -> bool:
    return any(isinstance(node, Reduce) for node in walk.descend(equation.expression))
