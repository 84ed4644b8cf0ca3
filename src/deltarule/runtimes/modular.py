"""Numbers modulo the prime 2^61 - 1, where uninterpreted functions are consistent random tables,
and the degrees of the polynomials that are so evaluated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction

from deltarule.equations.nodes import CompareOp, Order
from deltarule.runtimes.arithmetic import NotExact, NotOrdered

PRIME = 2**61 - 1


def rational_call(function: str, order: Order) -> bool:
    """Whether the one-argument function is a polynomial: u^2 or u."""
    return order == 0 and function in ("square", "identity")


class Modular:
    """Integers modulo PRIME. g, g', g'', … are random tables: the same argument, the same value.

    Division by zero raises ZeroDivisionError. Nothing can be compared: NotOrdered.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def number(self, value: Fraction) -> int:
        if value.denominator == 1:
            return int(value) % PRIME
        return value.numerator * pow(value.denominator, -1, PRIME) % PRIME

    def add(self, left: int, right: int) -> int:
        return (left + right) % PRIME

    def multiply(self, left: int, right: int) -> int:
        return left * right % PRIME

    def power(self, base: int, exponent: Fraction) -> int:
        if exponent.denominator != 1:
            raise NotExact(f"a power {exponent} has no exact meaning modulo a prime")
        if exponent < 0 and base == 0:
            raise ZeroDivisionError("division by zero modulo a prime")
        return pow(base, int(exponent), PRIME)

    def general_power(self, base: int, exponent: int) -> int:
        raise NotExact("a power with data as exponent has no exact meaning modulo a prime")

    def call(self, function: str, order: Order, args: tuple[int, ...]) -> int:
        if rational_call(function, order):
            return args[0] * args[0] % PRIME if function == "square" else args[0]
        key = f"{self.seed}|{function}|{order}|{args}".encode()
        return int.from_bytes(hashlib.blake2b(key, digest_size=16).digest(), "big") % PRIME

    def compare(self, op: CompareOp, left: int, right: int) -> bool:
        raise NotOrdered("numbers modulo a prime have no order")


@dataclass(frozen=True, slots=True)
class Degrees:
    """Bounds of the degrees of a numerator and a denominator."""

    numerator: int
    denominator: int = 0


@dataclass
class Degree:
    """Evaluates degrees in place of numbers; a value of an uninterpreted function is a new unknown.

    `arguments` collects the degrees of all arguments of functions: two arguments that differ must
    not meet by accident.
    """

    arguments: list[Degrees] = field(default_factory=list)

    def number(self, value: Fraction) -> Degrees:
        return Degrees(0)

    def add(self, left: Degrees, right: Degrees) -> Degrees:
        top = max(left.numerator + right.denominator, right.numerator + left.denominator)
        return Degrees(top, left.denominator + right.denominator)

    def multiply(self, left: Degrees, right: Degrees) -> Degrees:
        return Degrees(left.numerator + right.numerator, left.denominator + right.denominator)

    def power(self, base: Degrees, exponent: Fraction) -> Degrees:
        times = abs(int(exponent))
        raised = Degrees(base.numerator * times, base.denominator * times)
        return Degrees(raised.denominator, raised.numerator) if exponent < 0 else raised

    def general_power(self, base: Degrees, exponent: Degrees) -> Degrees:
        raise NotExact("a power with data as exponent has no degree")

    def call(self, function: str, order: Order, args: tuple[Degrees, ...]) -> Degrees:
        if rational_call(function, order):
            return self.power(args[0], Fraction(2 if function == "square" else 1))
        self.arguments.extend(args)
        return Degrees(1)

    def compare(self, op: CompareOp, left: Degrees, right: Degrees) -> bool:
        raise NotOrdered("degrees stand for numbers without an order")
