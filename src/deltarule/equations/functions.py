"""The element-wise functions that are known: derivative, meaning in numbers, range; one line each.

Any other name is an uninterpreted function: g is differentiated to g' and nothing is assumed of it.
The derivative at a kink is that of the left side for relu and its kin, and 0 for abs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from deltarule.equations import build as b
from deltarule.equations import walk
from deltarule.equations.nodes import (
    Access,
    Add,
    Bracket,
    Call,
    Compare,
    Expr,
    Mul,
    Number,
    Pow,
    Select,
)
from deltarule.errors import DeltaruleError

HALF = Fraction(1, 2)
HIGHEST_ORDER = 100
LONGEST_SLOPE = 1000  # nodes of a derivative of higher order
TWO = b.number(2)


@dataclass(frozen=True, slots=True)
class Function:
    """f(u): its slope as an expression in u, its meaning on arrays and in many digits, its range."""

    slope: Callable[[Expr], Expr]
    numpy: Callable[..., Any]
    mpmath: Callable[[Any, Any], Any]  # (the mpmath module or context, u)
    range: tuple[float | None, float | None] = (None, None)
    increasing: bool = False


def _f(name: str) -> Callable[[Expr], Expr]:
    return lambda u: b.call(name, u)


def _positive(u: Expr) -> Compare:
    return Compare(u, ">", b.ZERO)


exp, sin, cos, tanh, sinh, cosh, sigmoid, sign, erf = (
    _f(n) for n in ("exp", "sin", "cos", "tanh", "sinh", "cosh", "sigmoid", "sign", "erf")
)
QUARTER_TURN = b.call("atan", b.ONE)  # pi / 4


def _erf_slope(u: Expr) -> Expr:
    """2 / sqrt(pi) exp(-u^2), with pi = 4 atan(1)."""
    return b.multiply(b.power(QUARTER_TURN, -HALF), exp(b.negate(b.power(u, 2))))


def _gelu_slope(u: Expr) -> Expr:
    """Phi(u) + u phi(u) (Hendrycks and Gimpel 2016)."""
    scaled = b.multiply(u, b.power(TWO, -HALF))
    below = b.multiply(b.number(HALF), b.add(b.ONE, erf(scaled)))
    bell = exp(b.multiply(b.number(-HALF), b.power(u, 2)))
    height = b.power(b.multiply(b.number(8), QUARTER_TURN), -HALF)
    return b.add(below, b.multiply(u, height, bell))


def _silu_slope(u: Expr) -> Expr:
    s = sigmoid(u)
    return b.add(s, b.multiply(u, s, b.subtract(b.ONE, s)))


def _np_sigmoid(u: Any) -> Any:
    """1 / (1 + exp(-u)) without overflow: through tanh, exact to the last bits on both sides."""
    from scipy.special import expit

    return expit(u)


def _np_softplus(u: Any) -> Any:
    return np.logaddexp(u, np.zeros((), dtype=np.asarray(u).dtype))


def _np_erf(u: Any) -> Any:
    from scipy.special import erf as special_erf

    return special_erf(u)


def _np_gelu(u: Any) -> Any:
    from scipy.special import ndtr

    return u * ndtr(u)


def _np_leaky(u: Any) -> Any:
    return np.where(u > 0, u, u * np.asarray(0.01, dtype=np.asarray(u).dtype))


# fmt: off
KNOWN: dict[str, Function] = {
    "exp": Function(exp, np.exp, lambda m, u: m.exp(u), (0, None), True),
    "ln": Function(lambda u: b.power(u, -1), np.log, lambda m, u: m.log(u), (None, None), True),
    "log2": Function(lambda u: b.divide(b.power(u, -1), b.call("ln", TWO)), np.log2, lambda m, u: m.log(u, 2), (None, None), True),
    "log1p": Function(lambda u: b.power(b.add(b.ONE, u), -1), np.log1p, lambda m, u: m.log1p(u), (None, None), True),
    "expm1": Function(exp, np.expm1, lambda m, u: m.expm1(u), (-1, None), True),
    "sqrt": Function(lambda u: b.multiply(b.number(HALF), b.power(u, -HALF)), np.sqrt, lambda m, u: m.sqrt(u), (0, None), True),
    "sin": Function(cos, np.sin, lambda m, u: m.sin(u), (-1, 1)),
    "cos": Function(lambda u: b.negate(sin(u)), np.cos, lambda m, u: m.cos(u), (-1, 1)),
    "tan": Function(lambda u: b.power(cos(u), -2), np.tan, lambda m, u: m.tan(u)),
    "tanh": Function(lambda u: b.subtract(b.ONE, b.power(tanh(u), 2)), np.tanh, lambda m, u: m.tanh(u), (-1, 1), True),
    "sinh": Function(cosh, np.sinh, lambda m, u: m.sinh(u), (None, None), True),
    "cosh": Function(sinh, np.cosh, lambda m, u: m.cosh(u), (1, None)),
    "asinh": Function(lambda u: b.power(b.add(b.ONE, b.power(u, 2)), -HALF), np.arcsinh, lambda m, u: m.asinh(u), (None, None), True),
    "atan": Function(lambda u: b.power(b.add(b.ONE, b.power(u, 2)), -1), np.arctan, lambda m, u: m.atan(u), (-1.5707963267948966, 1.5707963267948966), True),
    "sigmoid": Function(lambda u: b.multiply(sigmoid(u), b.subtract(b.ONE, sigmoid(u))), _np_sigmoid, lambda m, u: 1 / (1 + m.exp(-u)), (0, 1), True),
    "softplus": Function(sigmoid, _np_softplus, lambda m, u: m.log1p(m.exp(-abs(u))) + max(u, u * 0), (0, None), True),
    "relu": Function(lambda u: Bracket(_positive(u)), lambda u: np.maximum(u, 0), lambda m, u: max(u, u * 0), (0, None)),
    "abs": Function(sign, np.abs, lambda m, u: abs(u), (0, None)),
    "sign": Function(lambda u: b.ZERO, np.sign, lambda m, u: m.sign(u), (-1, 1)),
    "erf": Function(_erf_slope, _np_erf, lambda m, u: m.erf(u), (-1, 1), True),
    "gelu": Function(_gelu_slope, _np_gelu, lambda m, u: u * (1 + m.erf(u / m.sqrt(2))) / 2),
    "silu": Function(_silu_slope, lambda u: u * _np_sigmoid(u), lambda m, u: u / (1 + m.exp(-u))),
    "leaky_relu": Function(lambda u: Select(_positive(u), b.ONE, b.number(Fraction(1, 100))), _np_leaky, lambda m, u: u if u > 0 else u / 100, (None, None), True),
    "elu": Function(lambda u: Select(_positive(u), b.ONE, exp(u)), lambda u: np.where(u > 0, u, np.expm1(np.minimum(u, 0))), lambda m, u: u if u > 0 else m.expm1(u), (-1, None), True),
    "square": Function(lambda u: b.multiply(TWO, u), np.square, lambda m, u: u * u, (0, None)),
    "identity": Function(lambda u: b.ONE, lambda u: u, lambda m, u: u, (None, None), True),
}
# fmt: on


def is_known(name: str) -> bool:
    return name in KNOWN


def is_increasing(name: str) -> bool:
    """Whether u < v implies f(u) < f(v), so that a maximum may be taken before or after f."""
    return name in KNOWN and KNOWN[name].increasing


def derivative(call: Call) -> Expr:
    """f(u) --> f'(u): by the table, or the next prime of an uninterpreted function.

    Raises E201, pointing at the call, for a function of several arguments.
    """
    if len(call.args) != 1:
        raise DeltaruleError(
            "E201",
            f"no derivative is known for '{call.function}' of {len(call.args)} arguments",
            at=call.span,
            help=f"give it a formula, for example {call.function}(a, b) = (a - b)^2",
        )
    rule = KNOWN.get(call.function)
    if rule is None:
        return replace(call, order=call.order + 1)
    if call.order == 0:
        return rule.slope(call.args[0])
    return _at(_slope(_primed(call)), call.args[0])


def expand(call: Call) -> Expr:
    """tanh'(u) --> 1 - tanh(u)^2: the primes of a known function, written out."""
    if call.order == 0 or call.function not in KNOWN:
        return call
    return _at(_primed(call), call.args[0])


_VARIABLE = Access("", ())


def _primed(call: Call) -> Expr:
    """The derivative of this order. Raises E007 for one that would fill pages."""
    expression: Expr = b.call(call.function, _VARIABLE)
    for order in range(1, call.order + 1):
        expression = _slope(expression)
        if order > HIGHEST_ORDER or walk.size(expression) > LONGEST_SLOPE:
            raise DeltaruleError(
                "E007",
                f"the derivative of order {call.order} of '{call.function}' is too long",
                at=call.span,
                seen=f"{call.order} primes",
                help="write a derivative that you need as a formula of your own",
            )
    return expression


def _slope(node: Expr) -> Expr:
    """The derivative of an expression in the one variable of the table's rules."""
    match node:
        case Access():
            return b.ONE
        case Add(terms):
            return b.add(*(_slope(t) for t in terms))
        case Mul(factors):
            return b.add(
                *(
                    b.multiply(*factors[:i], _slope(factor), *factors[i + 1 :])
                    for i, factor in enumerate(factors)
                )
            )
        case Pow(base, Number(exponent)):
            lowered = b.power(base, exponent - 1)
            return b.multiply(b.number(exponent), lowered, _slope(base))
        case Call():
            return b.multiply(derivative(node), _slope(node.args[0]))
        case Select(condition, then, otherwise):
            return Select(condition, _slope(then), _slope(otherwise))
    return b.ZERO  # numbers and brackets are constant almost everywhere


def _at(node: Expr, value: Expr) -> Expr:
    from deltarule.equations import walk

    if node == _VARIABLE:
        return value
    return walk.map_children(node, lambda child: _at(child, value))
