"""Rewrites for numerical stability: used for running, never for display.

    exp(a) / max exp(b)  -->  exp(a - max b)
    ln sum exp(a)        -->  max a + ln sum exp(a - max a)

so that float32 neither overflows at exp(89) nor loses the logarithm of an underflow.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, build, domains, products, rewrites, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts
from deltarule.equations.nodes import Access, Call, Expr, Mul, Number, Pow, Reduce
from deltarule.equations.simplify import simplify
from deltarule.equations.system import System, equations_of, positive_sizes


def stabilise(system: System) -> System:
    """The same System with every right side rewritten by the rules of this file."""
    facts = Facts(system.arrays)
    sizes = positive_sizes(system)
    rules = (("a logarithm of what is defined", (Call,), _open_logarithm(system)), *RULES)
    equations = []
    for equation in system.equations:
        context = domains.intersect(equation.domain, sizes)
        new = simplify(equation.expression, facts, context, rules=rules)
        equations.append(replace(equation, expression=new))
    return replace(system, equations=tuple(equations))


def _open_logarithm(system: System) -> rewrites.Rewrite:
    """ln h[k]  -->  ln (exp(xi[k]) / m), where one equation defines h so."""

    def rewrite(node: Expr, facts: Facts, context: Domain) -> Expr | None:
        if not isinstance(node, Call) or not _is_logarithm(node):
            return None
        if not isinstance(node.args[0], Access):
            return None
        access = node.args[0]
        equations = equations_of(system, access.array)
        if len(equations) != 1 or not _has_exponential(equations[0].expression):
            return None
        names = [affine.plain_name(s) for s in equations[0].subscripts]
        if None in names:
            return None
        values = dict(zip([str(n) for n in names], access.subscripts, strict=True))
        try:
            return build.call("ln", walk.substitute(equations[0].expression, values))
        except ValueError:  # a range depends on the place where it is read
            return None

    return rewrite


def _has_exponential(expression: Expr) -> bool:
    factors = products.split(expression)[1]
    return any(isinstance(f, Call) and f.function == "exp" for f in factors)


def _is_logarithm(node: Expr) -> bool:
    return isinstance(node, Call) and node.function == "ln" and node.order == 0


def logarithm_of_product(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """ln(exp(a) / b)  -->  a - ln b: only with an exponential in it, where it saves an overflow"""
    if not isinstance(node, Call) or not _is_logarithm(node):
        return None
    if not _has_exponential(node.args[0]):
        return None
    coefficient, powers = products.split(node.args[0])
    if coefficient <= 0:
        return None
    terms: list[Expr] = [] if coefficient == 1 else [build.call("ln", Number(coefficient))]
    for base, exponent in powers.items():
        if isinstance(base, Call) and base.function == "exp":
            value = base.args[0]
        else:
            value = build.call("ln", base)
        terms.append(build.multiply(Number(exponent), value))
    return build.add(*terms)


def logarithm_of_maximum(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """ln max_k exp(u[k])  -->  max_k u[k]"""
    if not isinstance(node, Call) or not _is_logarithm(node):
        return None
    inside = node.args[0]
    if isinstance(inside, Reduce) and inside.op in ("max", "min"):
        exponent = _exponent(inside.body)
        return None if exponent is None else replace(inside, body=exponent)
    return None


def logarithm_of_sum(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """ln sum_k exp(u[k])  -->  max_k u[k] + ln sum_k exp(u[k] - max_k u[k])"""
    if not isinstance(node, Call) or not _is_logarithm(node):
        return None
    shifted = _shifted_sum(node.args[0])
    if shifted is None:
        return None
    largest, rest = shifted
    return build.add(largest, build.call("ln", rest))


def quotient_of_exponentials(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """exp(a) / max_k exp(u[k])  -->  exp(a - max_k u[k]);  exp(a) / sum_k exp(u[k])  likewise"""
    if not isinstance(node, Mul):
        return None
    coefficient, powers = products.split(node)
    for base, exponent in powers.items():
        above = _exponent(base)
        if above is None or exponent != 1:
            continue
        for below, power in powers.items():
            if power != -1 or not isinstance(below, Reduce):
                continue
            pair = _shifted_maximum(below) or _shifted_sum(below)
            if pair is None:
                continue
            largest, rest = pair
            left = {b: e for b, e in powers.items() if b not in (base, below)}
            ratio = build.divide(build.call("exp", build.subtract(above, largest)), rest)
            return build.multiply(products.join(coefficient, left), ratio)
    return None


def _shifted_maximum(node: Expr) -> tuple[Expr, Expr] | None:
    if isinstance(node, Reduce) and node.op == "max":
        exponent = _exponent(node.body)
        if exponent is not None:
            return replace(node, body=exponent), build.ONE
    return None


def _shifted_sum(node: Expr) -> tuple[Expr, Expr] | None:
    """sum_k exp(u[k]) as (max_k u[k], sum_k exp(u[k] - max_k u[k])); None when already shifted."""
    if not isinstance(node, Reduce) or node.op != "sum":
        return None
    exponent = _exponent(node.body)
    if exponent is None or any(
        isinstance(n, Reduce) and n.op == "max" for n in walk.descend(exponent)
    ):
        return None
    largest = replace(node, op="max", body=exponent, unlimited=False)
    taken = walk.free_names(node) | walk.bound_names(node) | set(node.indices)
    inner = walk.rename_bound(largest, {i: walk.fresh_name(i, taken) for i in node.indices})
    body = build.call("exp", build.subtract(exponent, inner))
    return largest, replace(node, body=body)


def _exponent(node: Expr) -> Expr | None:
    if isinstance(node, Call) and node.function == "exp" and node.order == 0:
        return node.args[0]
    return None


def sigmoid_logarithm(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """ln sigmoid(u)  -->  -softplus(-u)"""
    if not isinstance(node, Call) or not _is_logarithm(node):
        return None
    inside = node.args[0]
    if isinstance(inside, Call) and inside.function == "sigmoid" and inside.order == 0:
        return build.negate(build.call("softplus", build.negate(inside.args[0])))
    return None


def logarithm_of_gamma(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """ln Gamma(u)  -->  lgamma(u): Gamma(172) is infinite"""
    if not isinstance(node, Call) or not _is_logarithm(node):
        return None
    inside = node.args[0]
    if isinstance(inside, Call) and inside.function == "Gamma" and inside.order == 0:
        return build.call("lgamma", *inside.args)
    return None


def reciprocal_of_one_plus_exponential(node: Expr, facts: Facts, context: Domain) -> Expr | None:
    """1 / (1 + exp(-u))  -->  sigmoid(u)"""
    if not isinstance(node, Pow) or node.exponent != build.MINUS_ONE:
        return None
    coefficient, powers = products.split(node.base)
    terms = getattr(node.base, "terms", ())
    if len(terms) != 2 or coefficient != 1 or len(powers) != 1:
        return None
    exponents = [_exponent(t) for t in terms if t != build.ONE]
    if len(exponents) != 1 or exponents[0] is None:
        return None
    return build.call("sigmoid", build.negate(exponents[0]))


RULES: rewrites.Rules = (
    ("collect equal terms", rewrites.RULES[1][1], rewrites.collect_terms),
    ("pick the term that the bracket selects", (Reduce,), rewrites.gather),
    ("ln exp u = u", (Call,), logarithm_of_product),
    ("ln max exp u = max u", (Call,), logarithm_of_maximum),
    ("ln sum exp u, shifted", (Call,), logarithm_of_sum),
    ("ln sigmoid u", (Call,), sigmoid_logarithm),
    ("ln Gamma u", (Call,), logarithm_of_gamma),
    ("1 / (1 + exp(-u))", (Pow,), reciprocal_of_one_plus_exponential),
    ("exp a / max exp b", (Mul,), quotient_of_exponentials),
)
