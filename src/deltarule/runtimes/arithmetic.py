"""What the reference interpreter asks of numbers, and two kinds of them: floats and fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Any, Protocol, TypeVar

import numpy as np

from deltarule.equations import functions
from deltarule.equations.nodes import CompareOp, Order
from deltarule.errors import DeltaruleError

T = TypeVar("T")


class NotOrdered(Exception):
    """These numbers cannot be compared, as numbers modulo a prime cannot."""


class NotExact(Exception):
    """A function has no exact meaning in these numbers."""


class Arithmetic(Protocol[T]):
    """The operations on numbers of one kind.

    `power` takes an exponent that is known without data; `general_power` one that is computed.
    """

    def number(self, value: Fraction) -> T: ...
    def add(self, left: T, right: T) -> T: ...
    def multiply(self, left: T, right: T) -> T: ...
    def power(self, base: T, exponent: Fraction) -> T: ...
    def general_power(self, base: T, exponent: T) -> T: ...
    def call(self, function: str, order: Order, args: tuple[T, ...]) -> T: ...
    def compare(self, op: CompareOp, left: T, right: T) -> bool: ...


COMPARE: dict[CompareOp, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


def no_meaning(function: str) -> DeltaruleError:
    """E307: an uninterpreted function where numbers are needed."""
    return DeltaruleError(
        "E307",
        f"the function '{function}' has no numerical meaning",
        help=f"define it, or use one of: {', '.join(sorted(functions.KNOWN))}",
    )


class Float:
    """NumPy floats of one type; infinities and NaN arise as in the hardware, without warnings."""

    def __init__(self, dtype: type[np.floating[Any]] = np.float64) -> None:
        self.dtype = dtype

    def number(self, value: Fraction) -> np.floating[Any]:
        return self.dtype(float(value))

    def add(self, left: np.floating[Any], right: np.floating[Any]) -> np.floating[Any]:
        return self.dtype(left + right)

    def multiply(self, left: np.floating[Any], right: np.floating[Any]) -> np.floating[Any]:
        return self.dtype(left * right)

    def power(self, base: np.floating[Any], exponent: Fraction) -> np.floating[Any]:
        if exponent == Fraction(1, 2):
            return self.dtype(np.sqrt(base))
        if exponent.denominator != 1:
            return self.dtype(base ** self.dtype(float(exponent)))
        whole = self.dtype(base ** abs(int(exponent)))
        return self.dtype(self.dtype(1) / whole) if exponent < 0 else whole

    def general_power(self, base: np.floating[Any], exponent: np.floating[Any]) -> np.floating[Any]:
        return self.dtype(base**exponent)

    def call(
        self, function: str, order: Order, args: tuple[np.floating[Any], ...]
    ) -> np.floating[Any]:
        known = functions.KNOWN.get(function)
        if known is None or order or len(args) != known.arity:
            raise no_meaning(function)
        return self.dtype(known.numpy(*args))

    def compare(self, op: CompareOp, left: np.floating[Any], right: np.floating[Any]) -> bool:
        return COMPARE[op](left, right)


def _clip(u: Fraction, low: Fraction | int, high: Fraction | int) -> Fraction:
    return Fraction(min(max(u, low), high))


RATIONAL: dict[str, Callable[..., Fraction]] = {
    "relu": lambda u: max(u, Fraction(0)),
    "relu6": lambda u: _clip(u, 0, 6),
    "hardtanh": lambda u: _clip(u, -1, 1),
    "hardsigmoid": lambda u: _clip((u + 3) / 6, 0, 1),
    "hardswish": lambda u: u * _clip((u + 3) / 6, 0, 1),
    "softshrink": lambda u: u - _clip(u, Fraction(-1, 2), Fraction(1, 2)),
    "softsign": lambda u: u / (1 + abs(u)),
    "clip": _clip,
    "floor": lambda u: Fraction(floor(u)),
    "ceil": lambda u: Fraction(ceil(u)),
    "round": lambda u: Fraction(round(u)),
    "mod": lambda u, v: u % v,
    "reciprocal": lambda u: 1 / u,
    "abs": abs,
    "sign": lambda u: Fraction((u > 0) - (u < 0)),
    "leaky_relu": lambda u: u if u > 0 else u / 100,
    "square": lambda u: u * u,
    "identity": lambda u: u,
}


class Rational:
    """Fractions: no rounding. Functions that leave the fractions raise NotExact."""

    def number(self, value: Fraction) -> Fraction:
        return value

    def add(self, left: Fraction, right: Fraction) -> Fraction:
        return left + right

    def multiply(self, left: Fraction, right: Fraction) -> Fraction:
        return left * right

    def power(self, base: Fraction, exponent: Fraction) -> Fraction:
        if exponent.denominator != 1:
            raise NotExact(f"a power {exponent} leaves the fractions")
        return Fraction(base ** int(exponent))

    def general_power(self, base: Fraction, exponent: Fraction) -> Fraction:
        return self.power(base, exponent)

    def call(self, function: str, order: Order, args: tuple[Fraction, ...]) -> Fraction:
        if function not in RATIONAL or order or len(args) != functions.KNOWN[function].arity:
            raise NotExact(f"{function} leaves the fractions")
        return RATIONAL[function](*args)

    def compare(self, op: CompareOp, left: Fraction, right: Fraction) -> bool:
        return COMPARE[op](left, right)
