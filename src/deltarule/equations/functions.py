"""Derivatives of element-wise functions: by the table, or the next prime of any other function.

g(u) is differentiated to g'(u), and g(u, v) to its partial derivatives by each argument.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import build as b
from deltarule.equations import walk
from deltarule.equations.function_table import KNOWN, Function
from deltarule.equations.nodes import (
    Access,
    Add,
    Call,
    Expr,
    Mul,
    Number,
    Order,
    Pow,
    Select,
)
from deltarule.errors import DeltaruleError

__all__ = ["KNOWN", "Function", "derivative", "expand", "is_increasing", "is_known", "raised"]

HIGHEST_ORDER = 100
LONGEST_SLOPE = 1000  # nodes of a derivative of higher order


def is_known(name: str) -> bool:
    return name in KNOWN


def is_increasing(name: str) -> bool:
    """Whether u < v implies f(u) < f(v), so that a maximum may be taken before or after f."""
    return name in KNOWN and KNOWN[name].increasing


def derivative(call: Call, position: int = 0) -> Expr:
    """f(u, v) --> its slope by the argument at this position: by the table, or the next prime.

    Raises E201, pointing at the call, where the table ends.
    """
    if call.function not in KNOWN:
        return replace(call, order=raised(call.order, position, len(call.args)))
    if call.order:
        return _with_arguments(_slope(_primed(call), position), call.args)
    return _by_table(call, position)


def raised(order: Order, position: int, count: int) -> Order:
    """The order of the derivative by one more argument of `count`."""
    if isinstance(order, int) and count == 1:
        return order + 1
    parts = [0] * count if isinstance(order, int) else list(order)
    parts[position] += 1
    return tuple(parts)


def times(order: Order) -> tuple[int, ...]:
    """How often a function is differentiated, by each argument: 2 --> (2,), (1, 0) --> (1, 0)."""
    return (order,) if isinstance(order, int) else order


def expand(call: Call) -> Expr:
    """tanh'(u) --> 1 - tanh(u)^2: the primes of a known function, written out."""
    if not call.order or call.function not in KNOWN:
        return call
    return _with_arguments(_primed(call), call.args)


def _by_table(call: Call, position: int) -> Expr:
    rule = KNOWN[call.function]
    if len(call.args) != rule.arity:
        raise DeltaruleError(
            "E201",
            f"'{call.function}' is a function of {_arguments(rule.arity)}, not of {len(call.args)}",
            at=call.span,
            help="give it another name and a formula, or call it as it is known",
        )
    slope = rule.slopes[position]
    if slope is None:
        raise DeltaruleError(
            "E201",
            f"the derivative of '{call.function}' has no name",
            at=call.span,
            help="call it g, a function that is not known: the formulas then have g'",
        )
    return slope(*call.args)


def _arguments(count: int) -> str:
    return "one argument" if count == 1 else f"{count} arguments"


def _variable(position: int) -> Access:
    return Access(f"#{position}", ())


def _primed(call: Call) -> Expr:
    """The derivative of this order. Raises E007 for one that would fill pages."""
    expression: Expr = b.call(call.function, *(_variable(p) for p in range(len(call.args))))
    count = 0
    for position, order in enumerate(times(call.order)):
        for _ in range(order):
            expression, count = _slope(expression, position), count + 1
            if count > HIGHEST_ORDER or walk.size(expression) > LONGEST_SLOPE:
                raise DeltaruleError(
                    "E007",
                    f"the derivative of order {sum(times(call.order))} of '{call.function}' "
                    "is too long",
                    at=call.span,
                    seen=f"{sum(times(call.order))} primes",
                    help="write a derivative that you need as a formula of your own",
                )
    return expression


def _slope(node: Expr, position: int) -> Expr:
    """The derivative of an expression in the variables of the table's rules by one of them."""
    match node:
        case Access():
            return b.ONE if node == _variable(position) else b.ZERO
        case Add(terms):
            return b.add(*(_slope(t, position) for t in terms))
        case Mul(factors):
            return b.add(
                *(
                    b.multiply(*factors[:i], _slope(factor, position), *factors[i + 1 :])
                    for i, factor in enumerate(factors)
                )
            )
        case Pow(base, Number(exponent)):
            lowered = b.power(base, exponent - 1)
            return b.multiply(b.number(exponent), lowered, _slope(base, position))
        case Call():
            return b.add(
                *(
                    b.multiply(_by_table(node, p), inner)
                    for p, argument in enumerate(node.args)
                    if (inner := _slope(argument, position)) != b.ZERO
                )
            )
        case Select(condition, then, otherwise):
            return Select(condition, _slope(then, position), _slope(otherwise, position))
    return b.ZERO  # numbers and brackets are constant almost everywhere


def _with_arguments(node: Expr, arguments: tuple[Expr, ...]) -> Expr:
    values = {_variable(p): value for p, value in enumerate(arguments)}

    def put(inner: Expr) -> Expr:
        if isinstance(inner, Access) and inner in values:
            return values[inner]
        return walk.map_children(inner, put)

    return put(node)
