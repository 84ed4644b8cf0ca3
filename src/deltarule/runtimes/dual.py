"""Dual numbers over any arithmetic: a value and its derivative along one direction."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from deltarule.equations import functions
from deltarule.equations.nodes import CompareOp, Order
from deltarule.runtimes.arithmetic import Arithmetic, NotExact

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DualNumber(Generic[T]):
    value: T
    tangent: T


class Dual(Generic[T]):
    """(a, a') with a' the derivative of a. Needs uninterpreted, or polynomial, functions only."""

    def __init__(self, base: Arithmetic[T]) -> None:
        self.base = base

    def constant(self, value: T) -> DualNumber[T]:
        return DualNumber(value, self.base.number(Fraction(0)))

    def number(self, value: Fraction) -> DualNumber[T]:
        return self.constant(self.base.number(value))

    def add(self, left: DualNumber[T], right: DualNumber[T]) -> DualNumber[T]:
        add = self.base.add
        return DualNumber(add(left.value, right.value), add(left.tangent, right.tangent))

    def multiply(self, left: DualNumber[T], right: DualNumber[T]) -> DualNumber[T]:
        times = self.base.multiply
        slope = self.base.add(times(left.tangent, right.value), times(left.value, right.tangent))
        return DualNumber(times(left.value, right.value), slope)

    def power(self, base: DualNumber[T], exponent: Fraction) -> DualNumber[T]:
        """(a^n)' = n a^(n-1) a'."""
        if exponent == 0:
            return self.number(Fraction(1))
        times = self.base.multiply
        lowered = times(self.base.number(exponent), self.base.power(base.value, exponent - 1))
        return DualNumber(self.base.power(base.value, exponent), times(lowered, base.tangent))

    def general_power(self, base: DualNumber[T], exponent: DualNumber[T]) -> DualNumber[T]:
        raise NotExact("dual numbers have no power with data as exponent")

    def call(self, function: str, order: Order, args: tuple[DualNumber[T], ...]) -> DualNumber[T]:
        if function == "square" and not order:
            return self.multiply(args[0], args[0])
        if function == "identity" and not order:
            return args[0]
        if functions.is_known(function):
            raise NotExact(f"'{function}' is not a polynomial")
        values, base = tuple(a.value for a in args), self.base
        tangent = base.number(Fraction(0))
        for position, argument in enumerate(args):
            higher = functions.raised(order, position, len(args))
            slope = base.multiply(base.call(function, higher, values), argument.tangent)
            tangent = base.add(tangent, slope)
        return DualNumber(base.call(function, order, values), tangent)

    def compare(self, op: CompareOp, left: DualNumber[T], right: DualNumber[T]) -> bool:
        return self.base.compare(op, left.value, right.value)
