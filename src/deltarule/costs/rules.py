"""What one node of an expression costs, its parts aside: the rules that every count follows.

    cost of an expression = own cost + cost of its parts
    cost of a reduction   = (own cost per point + cost of its parts) * number of points

A *contraction* is a sum over a product of at least two different factors that hold data: one
multiply-accumulate (MAC) per point, as a matrix product does it. Index arithmetic, signs and
factors 1 are free; both branches of a case on data are counted. The pricing of a System and the
counting reference interpreter both read these rules, so that they agree to the last unit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from deltarule.equations import domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    All,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    Condition,
    Expr,
    Mul,
    Number,
    Pow,
    Reduce,
    Select,
)


@dataclass(frozen=True, slots=True)
class Operations:
    """How many operations of each kind."""

    macs: int = 0
    multiplications: int = 0
    additions: int = 0
    divisions: int = 0
    comparisons: int = 0
    calls: int = 0


KINDS: tuple[str, ...] = tuple(field.name for field in fields(Operations))


@dataclass(frozen=True, slots=True)
class Loop:
    """A reduction as it is counted: its points, what each costs, and what is evaluated at each."""

    indices: tuple[str, ...]
    domain: Domain
    body: Expr
    unlimited: bool
    per_point: Operations
    parts: tuple[Expr, ...]


def own_cost(node: Expr) -> Operations:
    """The cost of one node that is no reduction (see `loop` for those), its parts aside."""
    match node:
        case Add(terms):
            return Operations(additions=len(terms) - 1)
        case Mul(factors):
            return _product(factors)
        case Pow():
            return _power(node)
        case Call(_, args):
            return Operations(calls=1 if args else 0)
        case Bracket(condition) | Select(condition, _, _):
            return Operations(comparisons=relation_count(condition))
    return Operations()


def parts(node: Expr) -> tuple[Expr, ...]:
    """What is evaluated, and priced, for a node that is no reduction."""
    if isinstance(node, Mul):
        return tuple(_numerator(factor) for factor in node.factors)
    if isinstance(node, Pow) and isinstance(node.exponent, Number):
        return (node.base,)
    return walk.children(node)


def loop(node: Reduce | ArgReduce) -> Loop:
    """How a reduction is counted; directly nested sums are one sum over all their indices."""
    if isinstance(node, ArgReduce):
        comparison = Operations(comparisons=1)
        return Loop((node.index,), node.domain, node.body, False, comparison, (node.body,))
    node = flatten(node)
    cost, evaluated = _reduction(node)
    return Loop(node.indices, node.domain, node.body, node.unlimited, cost, evaluated)


def flatten(node: Reduce) -> Reduce:
    """sum(i: D) sum(k: F) b  -->  sum(i, k: D and F) b."""
    while node.op == "sum" and isinstance(node.body, Reduce) and node.body.op == "sum":
        node = _merge(node, node.body)
    return node


def is_contraction(node: Reduce) -> bool:
    """A sum, or directly nested sums, of products of two or more different factors with data."""
    return _is_contracted(flatten(node))


def data_factors(product: Mul) -> tuple[Expr, ...]:
    """The factors of a product that hold an element; conditions and divisors aside."""
    return tuple(
        factor
        for factor in product.factors
        if not isinstance(factor, Bracket) and not is_divisor(factor) and holds_data(factor)
    )


def holds_data(expression: Expr) -> bool:
    return any(isinstance(node, Access) for node in walk.descend(expression))


def is_divisor(factor: Expr) -> bool:
    """x^-n as a factor: the product divides by x^n."""
    exponent = _whole_exponent(factor)
    return exponent is not None and exponent < 0


def relation_count(condition: Condition) -> int:
    """Each relation of a condition is one comparison."""
    if isinstance(condition, All):
        return sum(relation_count(part) for part in condition.parts)
    return 1


def comparisons(condition: Condition) -> tuple[Compare, ...]:
    """The relations on data in a condition."""
    if isinstance(condition, All):
        return tuple(c for part in condition.parts for c in comparisons(part))
    return (condition,) if isinstance(condition, Compare) else ()


def _merge(outer: Reduce, inner: Reduce) -> Reduce:
    taken = {*outer.indices, *domains.names_of(outer.domain)}
    clash = {i: walk.fresh_name(i, taken | set(inner.indices)) for i in inner.indices if i in taken}
    inner = walk.rename_bound(inner, clash) if clash else inner
    return replace(
        outer,
        indices=(*outer.indices, *inner.indices),
        domain=domains.intersect(outer.domain, inner.domain),
        body=inner.body,
        unlimited=outer.unlimited or inner.unlimited,
    )


def _reduction(node: Reduce) -> tuple[Operations, tuple[Expr, ...]]:
    if node.op == "prod":
        return Operations(multiplications=1), (node.body,)
    if node.op != "sum":
        return Operations(comparisons=1), (node.body,)
    if not _is_contracted(node) or not isinstance(node.body, Mul):
        return Operations(additions=1), (node.body,)
    product = _product(node.body.factors)
    contracted = replace(product, macs=1, multiplications=product.multiplications - 1)
    return contracted, parts(node.body)


def _is_contracted(node: Reduce) -> bool:
    if node.op != "sum" or not isinstance(node.body, Mul):
        return False
    return len(set(data_factors(node.body))) >= 2


def _product(factors: tuple[Expr, ...]) -> Operations:
    """f factors take f - 1 operations: a division for each divisor, else multiplications."""
    counted = [f for f in factors if not (walk.is_number(f, 1) or walk.is_number(f, -1))]
    divisors = [f for f in counted if is_divisor(f)]
    inside = sum(abs(_whole_exponent(f) or 1) - 1 for f in divisors)
    between = max(0, len(counted) - len(divisors) - 1)
    return Operations(multiplications=between + inside, divisions=len(divisors))


def _power(node: Pow) -> Operations:
    exponent = _whole_exponent(node)
    if exponent is None:
        return Operations(calls=1)
    return Operations(multiplications=max(0, abs(exponent) - 1), divisions=1 if exponent < 0 else 0)


def _numerator(factor: Expr) -> Expr:
    """What is evaluated for a factor: of a divisor x^-n only x, the product's cost has the rest."""
    return factor.base if isinstance(factor, Pow) and is_divisor(factor) else factor


def _whole_exponent(node: Expr) -> int | None:
    if isinstance(node, Pow) and isinstance(node.exponent, Number):
        value = node.exponent.value
        return int(value) if value.denominator == 1 else None
    return None
