"""Arithmetic with plus and minus infinity: min(x, ∞) = x, e^{-∞} = 0, x + ∞ = ∞.

Values are finite expressions, one of the two infinities, or cases on data where one is infinite. Numbers
that a user passes are finite. What has no value, ∞ - ∞, or one that nobody can know, is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deltarule.equations import build
from deltarule.equations.nodes import (
    Access,
    Call,
    Compare,
    CompareOp,
    Condition,
    Expr,
    Number,
    Pow,
    Select,
    Size,
)


@dataclass(frozen=True, slots=True)
class Infinite:
    """Plus infinity for sign 1, minus infinity for sign -1."""

    sign: int


@dataclass(frozen=True, slots=True)
class Split:
    """`then` where the condition holds, else `otherwise`, of which at least one is not finite."""

    condition: Condition
    then: Value
    otherwise: Value


Value = Expr | Infinite | Split
PLUS, MINUS = Infinite(1), Infinite(-1)


class NoValueError(Exception):
    """What infinity makes of an expression that has no value, in words."""


# the values at minus and at plus infinity
LIMITS: dict[str, tuple[Value | None, Value | None]] = {
    "exp": (build.ZERO, PLUS),
    "ln": (None, PLUS),
    "abs": (PLUS, PLUS),
    "tanh": (build.MINUS_ONE, build.ONE),
    "sigmoid": (build.ZERO, build.ONE),
    "logsigmoid": (MINUS, build.ZERO),
    "softplus": (build.ZERO, PLUS),
    "relu": (build.ZERO, PLUS),
    "sign": (build.MINUS_ONE, build.ONE),
    "erf": (build.MINUS_ONE, build.ONE),
    "normcdf": (build.ZERO, build.ONE),
}


def combine(parts: Sequence[Value], f: Callable[[list[Expr | Infinite]], Value]) -> Value:
    """f of the parts; where some are cases, cases of f."""
    for position, part in enumerate(parts):
        if isinstance(part, Split):
            before, after = parts[:position], parts[position + 1 :]
            then = combine([*before, part.then, *after], f)
            return choose(part.condition, then, combine([*before, part.otherwise, *after], f))
    return f([p for p in parts if not isinstance(p, Split)])


def choose(condition: Condition, then: Value, otherwise: Value) -> Value:
    if isinstance(then, Infinite | Split) or isinstance(otherwise, Infinite | Split):
        return then if then == otherwise else Split(condition, then, otherwise)
    return Select(condition, then, otherwise)


def add(parts: Sequence[Value]) -> Value:
    return combine(parts, _add)


def _add(parts: list[Expr | Infinite]) -> Value:
    infinite = {p for p in parts if isinstance(p, Infinite)}
    if len(infinite) > 1:
        raise NoValueError("∞ - ∞ has no value")
    return infinite.pop() if infinite else build.add(*_finite(parts))


def multiply(parts: Sequence[Value]) -> Value:
    return combine(parts, _multiply)


def _multiply(parts: list[Expr | Infinite]) -> Value:
    if not any(isinstance(p, Infinite) for p in parts):
        return build.multiply(*_finite(parts))
    sign = 1
    for part in parts:
        sign *= part.sign if isinstance(part, Infinite) else _sign(part)
    return Infinite(sign)


def _sign(factor: Expr) -> int:
    """The sign of what infinity is multiplied with. A number that it is divided by is positive:
    e^{-r/γ} is 0 for r = ∞, where γ is a temperature, a scale, a width."""
    match factor:
        case Number(value) if value != 0:
            return 1 if value > 0 else -1
        case Size() | Call("exp") | Pow(Access(_, ()) | Size(), Number(-1)):
            return 1
        case Number():
            raise NoValueError("0 times ∞ has no value")
    raise NoValueError("the sign of what is multiplied with ∞ is not known")


def power(base: Value, exponent: Value) -> Value:
    return combine([base, exponent], _power)


def _power(parts: list[Expr | Infinite]) -> Value:
    base, exponent = parts
    if isinstance(base, Infinite) and isinstance(exponent, Number):
        if exponent.value == 0:
            raise NoValueError("∞ to the power 0 has no value")
        if exponent.value < 0:
            return build.ZERO
        if base.sign > 0:
            return base
        if exponent.value.denominator == 1:
            return PLUS if exponent.value.numerator % 2 == 0 else MINUS
    if isinstance(base, Infinite) or isinstance(exponent, Infinite):
        raise NoValueError("this power of ∞ is not known")
    return build.power(base, exponent)


def call(node: Call, parts: Sequence[Value]) -> Value:
    return combine(parts, lambda found: _call(node, found))


def _call(node: Call, parts: list[Expr | Infinite]) -> Value:
    if node.function == "ln" and not node.order and parts[0] == build.ZERO:
        return MINUS
    if not any(isinstance(p, Infinite) for p in parts):
        return Call(node.function, tuple(_finite(parts)), node.order, node.span)
    at = parts[0]
    if len(parts) == 1 and isinstance(at, Infinite) and not node.order:
        limit = LIMITS.get(node.function, (None, None))[at.sign > 0]
        if limit is not None:
            return limit
    raise NoValueError(f"the value of '{node.function}' at ∞ is not known")


def compare(left: Expr | Infinite, op: CompareOp, right: Expr | Infinite) -> bool | Compare:
    """Whether it holds; a comparison where both sides are finite."""
    if not isinstance(left, Infinite) and not isinstance(right, Infinite):
        return Compare(left, op, right)
    one, two = (p.sign if isinstance(p, Infinite) else 0 for p in (left, right))
    truths: dict[CompareOp, bool] = {
        "=": one == two, "!=": one != two, "<": one < two, "<=": one <= two,
        ">": one > two, ">=": one >= two,
    }  # fmt: skip
    return truths[op]


def _finite(parts: list[Expr | Infinite]) -> list[Expr]:
    return [p for p in parts if not isinstance(p, Infinite)]
