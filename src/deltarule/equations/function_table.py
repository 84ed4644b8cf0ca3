"""The element-wise functions that are known, one line each: derivative, numbers, range, domain.

Any other name is an uninterpreted function: nothing is assumed of it. The derivatives are exact,
and written so that they neither overflow nor lose what a computed value already has. At a kink the
derivative is the one that PyTorch takes: 0 for abs, that of the left side for relu and its kin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from deltarule.equations import build as b
from deltarule.equations import function_values as values
from deltarule.equations.function_values import special
from deltarule.equations.nodes import All, Bracket, Compare, CompareOp, Expr, Select

HALF = Fraction(1, 2)
TWO = b.number(2)
HALF_TURN = 1.5707963267948966

Slope = Callable[..., Expr]
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Function:
    """f(u, …): its slope by each argument, its meaning on arrays and in many digits, its range.

    A slope that is None has no name here. `domain` and `kinks` are for people: where it is real, and
    its derivative where it has none.
    """

    slopes: tuple[Slope | None, ...]
    numpy: Callable[..., Any]
    mpmath: Callable[..., Any]  # of the mpmath module or context, and the arguments
    range: Range = (None, None)
    increasing: bool = False  # strictly
    domain: str = "all u"
    kinks: str = ""

    @property
    def arity(self) -> int:
        return len(self.slopes)


def _of(name: str) -> Callable[[Expr], Expr]:
    return lambda u: b.call(name, u)


exp, sin, cos, tan, tanh, sinh, cosh, sigmoid, sign, ln, digamma, normcdf = (
    _of(n)
    for n in "exp sin cos tan tanh sinh cosh sigmoid sign ln digamma normcdf".split()
)  # fmt: skip
QUARTER_TURN = b.call("atan", b.ONE)  # pi / 4


def _test(u: Expr, op: CompareOp, value: int | Fraction) -> Compare:
    return Compare(u, op, b.number(value))


def _positive(u: Expr) -> Compare:
    return _test(u, ">", 0)


def _between(low: int, u: Expr, high: int) -> All:
    return All((_test(u, ">", low), _test(u, "<", high)))


def _inverse(u: Expr) -> Expr:
    return b.power(u, -1)


def _one_minus(u: Expr) -> Expr:
    return b.subtract(b.ONE, u)


def _one_plus(u: Expr) -> Expr:
    return b.add(b.ONE, u)


def _asin_slope(u: Expr) -> Expr:
    """((1 - u) (1 + u))^(-1/2): 1 - u^2 would lose digits near 1."""
    return b.power(b.multiply(_one_minus(u), _one_plus(u)), -HALF)


def _bell(u: Expr) -> Expr:
    """The density of the normal distribution: (2 pi)^(-1/2) exp(-u^2 / 2)."""
    height = b.power(b.multiply(b.number(8), QUARTER_TURN), -HALF)
    return b.multiply(height, exp(b.multiply(b.number(-HALF), b.power(u, 2))))


def _erf_slope(u: Expr) -> Expr:
    """2 / sqrt(pi) exp(-u^2), with pi = 4 atan(1)."""
    return b.multiply(b.power(QUARTER_TURN, -HALF), exp(b.negate(b.power(u, 2))))


def _gelu_slope(u: Expr) -> Expr:
    """Phi(u) + u phi(u) (Hendrycks and Gimpel 2016)."""
    return b.add(normcdf(u), b.multiply(u, _bell(u)))


def _gelu_tanh_slope(u: Expr) -> Expr:
    """(u s(v))' for v = 2 sqrt(2 / pi) (u + 0.044715 u^3)."""
    cubic = Fraction(values.GELU_CUBIC)
    scale = b.multiply(TWO, b.power(b.multiply(TWO, QUARTER_TURN), -HALF))
    inner = b.multiply(scale, b.add(u, b.multiply(b.number(cubic), b.power(u, 3))))
    inner_slope = b.add(b.ONE, b.multiply(b.number(3 * cubic), b.power(u, 2)))
    s = sigmoid(inner)
    return b.add(s, b.multiply(scale, u, s, _one_minus(s), inner_slope))


def _silu_slope(u: Expr) -> Expr:
    s = sigmoid(u)
    return b.add(s, b.multiply(u, s, _one_minus(s)))


def _mish_slope(u: Expr) -> Expr:
    """(u t)' for t = tanh(softplus(u))."""
    t = tanh(b.call("softplus", u))
    return b.add(t, b.multiply(u, _one_minus(b.power(t, 2)), sigmoid(u)))


def _selu_slope(u: Expr) -> Expr:
    scale, alpha = Fraction(values.SELU_SCALE), Fraction(values.SELU_ALPHA)
    return Select(_positive(u), b.number(scale), b.multiply(b.number(scale * alpha), exp(u)))


def _hardswish_slope(u: Expr) -> Expr:
    middle = b.add(b.multiply(b.number(Fraction(1, 3)), u), b.number(HALF))
    return Select(_test(u, "<=", -3), b.ZERO, Select(_test(u, "<", 3), middle, b.ONE))


def _sinc_slope(u: Expr) -> Expr:
    """(cos(pi u) - sinc(u)) / u, and 0 at 0."""
    turned = b.multiply(b.number(4), QUARTER_TURN, u)
    slope = b.divide(b.subtract(cos(turned), b.call("sinc", u)), u)
    return Select(_test(u, "=", 0), b.ZERO, slope)


def _zero(*_: Expr) -> Expr:
    return b.ZERO


def _clip_slope(u: Expr, low: Expr, high: Expr) -> Expr:
    return Bracket(All((Compare(u, ">=", low), Compare(u, "<=", high))))


def _clip_slope_low(u: Expr, low: Expr, high: Expr) -> Expr:
    return Bracket(All((Compare(u, "<", low), Compare(low, "<", high))))


def _clip_slope_high(u: Expr, low: Expr, high: Expr) -> Expr:
    """The upper end wins over the lower one."""
    return _one_minus(Bracket(All((Compare(u, "<=", high), Compare(low, "<=", high)))))


def _hypot_slope(u: Expr, v: Expr) -> Expr:
    return b.divide(u, b.call("hypot", u, v))


def _atan2_slope(u: Expr, v: Expr) -> Expr:
    """v / (u^2 + v^2), as cos(atan2(u, v)) / hypot(u, v): nothing is squared."""
    return b.divide(cos(b.call("atan2", u, v)), b.call("hypot", u, v))


def _atan2_slope_second(u: Expr, v: Expr) -> Expr:
    return b.negate(b.divide(sin(b.call("atan2", u, v)), b.call("hypot", u, v)))


def _sigmoid_of_difference(u: Expr, v: Expr) -> Expr:
    return sigmoid(b.subtract(u, v))


def _f(
    slope: Slope | None,
    numpy: Callable[..., Any],
    mpmath: Callable[..., Any],
    *rest: Any,
    **more: Any,
) -> Function:
    return Function((slope,), numpy, mpmath, *rest, **more)


ALL: Range = (None, None)

# fmt: off
KNOWN: dict[str, Function] = {
    "pi": Function((), lambda: np.pi, lambda m: +m.pi, (3, 4), domain="a constant"),
    # exponentials and logarithms
    "exp": _f(exp, np.exp, lambda m, u: m.exp(u), (0, None), True),
    "expm1": _f(exp, np.expm1, lambda m, u: m.expm1(u), (-1, None), True),
    "ln": _f(_inverse, np.log, lambda m, u: m.log(u), ALL, True, "u > 0"),
    "log1p": _f(lambda u: _inverse(_one_plus(u)), np.log1p, lambda m, u: m.log1p(u), ALL, True, "u > -1"),
    "log2": _f(lambda u: b.divide(_inverse(u), ln(TWO)), np.log2, lambda m, u: m.log(u, 2), ALL, True, "u > 0"),
    "log10": _f(lambda u: b.divide(_inverse(u), ln(b.number(10))), np.log10, lambda m, u: m.log10(u), ALL, True, "u > 0"),
    "logaddexp": Function((_sigmoid_of_difference, lambda u, v: _sigmoid_of_difference(v, u)), np.logaddexp, values.mp_logaddexp, domain="all u, v"),
    # powers and roots
    "square": _f(lambda u: b.multiply(TWO, u), np.square, lambda m, u: u * u, (0, None)),
    "reciprocal": _f(lambda u: b.negate(b.power(u, -2)), values.reciprocal, lambda m, u: 1 / u if u else m.nan, domain="u ≠ 0"),
    "sqrt": _f(lambda u: b.multiply(b.number(HALF), b.power(u, -HALF)), np.sqrt, lambda m, u: m.sqrt(u), (0, None), True, "u ≥ 0", "∞ at 0"),
    "cbrt": _f(lambda u: b.multiply(b.number(Fraction(1, 3)), b.power(b.call("cbrt", u), -2)), np.cbrt, values.mp_cbrt, ALL, True, kinks="∞ at 0"),
    "hypot": Function((_hypot_slope, lambda u, v: _hypot_slope(v, u)), np.hypot, lambda m, u, v: m.hypot(u, v), (0, None), domain="all u, v", kinks="NaN at (0, 0)"),
    # circular and hyperbolic functions
    "sin": _f(cos, np.sin, lambda m, u: m.sin(u), (-1, 1)),
    "cos": _f(lambda u: b.negate(sin(u)), np.cos, lambda m, u: m.cos(u), (-1, 1)),
    "tan": _f(lambda u: b.power(cos(u), -2), np.tan, lambda m, u: m.tan(u), domain="u ≠ π/2 + k π"),
    "asin": _f(_asin_slope, np.arcsin, lambda m, u: m.asin(u), (-HALF_TURN, HALF_TURN), True, "-1 ≤ u ≤ 1", "∞ at ±1"),
    "acos": _f(lambda u: b.negate(_asin_slope(u)), np.arccos, lambda m, u: m.acos(u), (0, 2 * HALF_TURN), domain="-1 ≤ u ≤ 1", kinks="-∞ at ±1"),
    "atan": _f(lambda u: _inverse(_one_plus(b.power(u, 2))), np.arctan, lambda m, u: m.atan(u), (-HALF_TURN, HALF_TURN), True),
    "atan2": Function((_atan2_slope, _atan2_slope_second), np.arctan2, lambda m, u, v: m.atan2(u, v), (-2 * HALF_TURN, 2 * HALF_TURN), domain="all u, v"),
    "sinh": _f(cosh, np.sinh, lambda m, u: m.sinh(u), ALL, True),
    "cosh": _f(sinh, np.cosh, lambda m, u: m.cosh(u), (1, None)),
    "tanh": _f(lambda u: _one_minus(b.power(tanh(u), 2)), np.tanh, lambda m, u: m.tanh(u), (-1, 1), True),
    "asinh": _f(lambda u: b.power(_one_plus(b.power(u, 2)), -HALF), np.arcsinh, lambda m, u: m.asinh(u), ALL, True),
    "acosh": _f(lambda u: b.multiply(b.power(b.add(u, b.MINUS_ONE), -HALF), b.power(_one_plus(u), -HALF)), np.arccosh, lambda m, u: m.acosh(u), (0, None), True, "u ≥ 1", "∞ at 1"),
    "atanh": _f(lambda u: _inverse(b.multiply(_one_minus(u), _one_plus(u))), np.arctanh, lambda m, u: m.atanh(u), ALL, True, "-1 < u < 1"),
    "sinc": _f(_sinc_slope, values.sinc, values.mp_sinc, (-0.2172336282112217, 1)),
    # gates and activations
    "sigmoid": _f(lambda u: b.multiply(sigmoid(u), _one_minus(sigmoid(u))), special("expit"), lambda m, u: 1 / (1 + m.exp(-u)), (0, 1), True),
    "logit": _f(lambda u: _inverse(b.multiply(u, _one_minus(u))), special("logit"), lambda m, u: m.log(u / (1 - u)) if u != 1 else m.nan, ALL, True, "0 < u < 1"),
    "logsigmoid": _f(lambda u: sigmoid(b.negate(u)), special("log_expit"), lambda m, u: -values.mp_softplus(m, -u), (None, 0), True),
    "softplus": _f(sigmoid, values.softplus, values.mp_softplus, (0, None), True),
    "softsign": _f(lambda u: b.power(_one_plus(b.call("abs", u)), -2), values.softsign, lambda m, u: u / (1 + abs(u)), (-1, 1), True),
    "relu": _f(lambda u: Bracket(_positive(u)), lambda u: np.maximum(u, 0), lambda m, u: max(u, u * 0), (0, None), kinks="0 at 0"),
    "relu6": _f(lambda u: Bracket(_between(0, u, 6)), values.relu6, lambda m, u: values.mp_clip(m, u, m.zero, m.mpf(6)), (0, 6), kinks="0 at 0 and 6"),
    "leaky_relu": _f(lambda u: Select(_positive(u), b.ONE, b.number(Fraction(1, 100))), values.leaky_relu, lambda m, u: u if u > 0 else u / 100, ALL, True, kinks="1/100 at 0"),
    "elu": _f(lambda u: Select(_positive(u), b.ONE, exp(u)), values.elu, lambda m, u: u if u > 0 else m.expm1(u), (-1, None), True),
    "selu": _f(_selu_slope, values.selu, values.mp_selu, (-1.7580993408473769, None), True, kinks="that of the left at 0"),
    "gelu": _f(_gelu_slope, values.gelu, lambda m, u: u * m.ncdf(u)),
    "gelu_tanh": _f(_gelu_tanh_slope, values.gelu_tanh, values.mp_gelu_tanh),
    "silu": _f(_silu_slope, values.silu, lambda m, u: u / (1 + m.exp(-u))),
    "mish": _f(_mish_slope, values.mish, values.mp_mish),
    "hardtanh": _f(lambda u: Bracket(_between(-1, u, 1)), values.hardtanh, lambda m, u: values.mp_clip(m, u, -m.one, m.one), (-1, 1), kinks="0 at ±1"),
    "hardsigmoid": _f(lambda u: b.multiply(b.number(Fraction(1, 6)), Bracket(_between(-3, u, 3))), values.hardsigmoid, values.mp_hardsigmoid, (0, 1), kinks="0 at ±3"),
    "hardswish": _f(_hardswish_slope, values.hardswish, lambda m, u: u * values.mp_hardsigmoid(m, u), kinks="0 at -3, 1 at 3"),
    "tanhshrink": _f(lambda u: b.power(tanh(u), 2), values.tanhshrink, lambda m, u: u - m.tanh(u), ALL, True),
    "softshrink": _f(lambda u: Bracket(Compare(b.call("abs", u), ">", b.number(HALF))), values.softshrink, values.mp_softshrink, kinks="0 at ±1/2"),
    # pieces and steps
    "abs": _f(sign, np.abs, lambda m, u: abs(u), (0, None), kinks="0 at 0"),
    "sign": _f(_zero, np.sign, lambda m, u: m.sign(u), (-1, 1), kinks="0 at 0"),
    "floor": _f(_zero, np.floor, lambda m, u: m.floor(u), kinks="0 at the integers"),
    "ceil": _f(_zero, np.ceil, lambda m, u: m.ceil(u), kinks="0 at the integers"),
    "round": _f(_zero, np.rint, lambda m, u: m.nint(u), kinks="0 halfway"),
    "mod": Function((lambda u, v: b.ONE, lambda u, v: b.negate(b.call("floor", b.divide(u, v)))), np.mod, values.mp_mod, domain="v ≠ 0", kinks="those of u - v floor(u / v) without its jumps"),
    "clip": Function((_clip_slope, _clip_slope_low, _clip_slope_high), values.clip, values.mp_clip, domain="all u, v, w", kinks="by u: 1 at both ends"),
    "identity": _f(lambda u: b.ONE, lambda u: u, lambda m, u: u, ALL, True),
    # of statistics
    "erf": _f(_erf_slope, special("erf"), lambda m, u: m.erf(u), (-1, 1), True),
    "erfc": _f(lambda u: b.negate(_erf_slope(u)), special("erfc"), lambda m, u: m.erfc(u), (0, 2)),
    "normcdf": _f(_bell, special("ndtr"), lambda m, u: m.ncdf(u), (0, 1), True),
    "Gamma": _f(lambda u: b.multiply(b.call("Gamma", u), digamma(u)), special("gamma"), values.mp_gamma, domain="u ≠ 0, -1, -2, …"),
    "lgamma": _f(digamma, special("gammaln"), values.mp_lgamma, domain="u ≠ 0, -1, -2, …"),
    "digamma": _f(_of("trigamma"), special("psi"), values.mp_polygamma(0), domain="u ≠ 0, -1, -2, …"),
    "trigamma": _f(None, values.trigamma, values.mp_polygamma(1), domain="u ≠ 0, -1, -2, …"),
}
# fmt: on
