"""What the reference interpreter asks of numbers, and two kinds of them: floats and fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol, TypeVar

import numpy as np

from deltarule.equations import functions
from deltarule.equations.nodes import CompareOp
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
    def call(self, function: str, order: int, args: tuple[T, ...]) -> T: ...
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
        self, function: str, order: int, args: tuple[np.floating[Any], ...]
    ) -> np.floating[Any]:
        if not functions.is_known(function) or order or len(args) != 1:
            raise no_meaning(function)
        return self.dtype(functions.KNOWN[function].numpy(args[0]))

    def compare(self, op: CompareOp, left: np.floating[Any], right: np.floating[Any]) -> bool:
        return COMPARE[op](left, right)


RATIONAL: dict[str, Callable[[Fraction], Fraction]] = {
    "relu": lambda u: max(u, Fraction(0)),
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

    def call(self, function: str, order: int, args: tuple[Fraction, ...]) -> Fraction:
        if function not in RATIONAL or order or len(args) != 1:
            raise NotExact(f"{function} leaves the fractions")
        return RATIONAL[function](args[0])

    def compare(self, op: CompareOp, left: Fraction, right: Fraction) -> bool:
        return COMPARE[op](left, right)
