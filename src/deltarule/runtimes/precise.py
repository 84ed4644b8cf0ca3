"""Real numbers with as many digits as wanted, by mpmath."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath.ctx_mp import MPContext

from deltarule.equations import functions
from deltarule.equations.nodes import CompareOp, Order
from deltarule.runtimes.arithmetic import COMPARE, NotExact

WAVES = 2


class OutsideTheReals(Exception):
    """A value that is not real, as the logarithm of a negative number."""


@dataclass(frozen=True, slots=True)
class _Wave:
    """a sin(b . u + c): its derivative of order n is a b^n sin(b u + c + n pi/2), likewise by
    each of several arguments."""

    height: Any
    frequencies: tuple[Any, ...]
    phase: Any


class Precise:
    """mpmath numbers of `digits` digits. An uninterpreted function is a random sum of sines, and
    its derivatives are those of the sum."""

    def __init__(self, digits: int, seed: int = 0) -> None:
        self.context: Any = MPContext()
        self.context.dps = digits
        self.seed = seed
        self.waves: dict[tuple[str, int], tuple[_Wave, ...]] = {}

    def number(self, value: Fraction) -> Any:
        return self.context.mpf(value.numerator) / value.denominator

    def add(self, left: Any, right: Any) -> Any:
        return left + right

    def multiply(self, left: Any, right: Any) -> Any:
        return left * right

    def power(self, base: Any, exponent: Fraction) -> Any:
        if exponent.denominator == 1:
            return base ** int(exponent)
        return self._real(self.context.power(base, self.number(exponent)))

    def general_power(self, base: Any, exponent: Any) -> Any:
        return self._real(self.context.power(base, exponent))

    def call(self, function: str, order: Order, args: tuple[Any, ...]) -> Any:
        if not functions.is_known(function):
            return self._uninterpreted(function, order, args)
        known = functions.KNOWN[function]
        if order or len(args) != known.arity:
            raise NotExact(f"'{function}' has {known.arity} arguments, and its primes written out")
        try:
            return self._real(known.mpmath(self.context, *args))
        except (OverflowError, MemoryError) as error:  # exp(exp(exp(9)))
            raise OutsideTheReals(f"{function} of a number that is too large") from error

    def compare(self, op: CompareOp, left: Any, right: Any) -> bool:
        return COMPARE[op](left, right)

    def _real(self, value: Any) -> Any:
        if not isinstance(value, self.context.mpf) or not self.context.isfinite(value):
            raise OutsideTheReals(str(value))
        return value

    def _uninterpreted(self, function: str, order: Order, args: tuple[Any, ...]) -> Any:
        key = (function, len(args))
        if key not in self.waves:
            self.waves[key] = self._draw(*key)
        orders = functions.times(order)
        turn = sum(orders) * self.context.pi / 2
        total = self.context.mpf(0)
        for wave in self.waves[key]:
            angle = wave.phase + turn
            for frequency, u in zip(wave.frequencies, args, strict=True):
                angle += frequency * u
            slope = self.context.sin(angle)
            for frequency, times in zip(wave.frequencies, orders, strict=False):
                slope *= frequency**times
            total += wave.height * slope
        return total

    def _draw(self, function: str, count: int) -> tuple[_Wave, ...]:
        source = random.Random(f"{self.seed}|{function}|{count}")

        def draw() -> Any:
            return self.context.mpf(source.randint(50, 150)) / 97

        return tuple(
            _Wave(draw(), tuple(draw() for _ in range(count)), draw()) for _ in range(WAVES)
        )
