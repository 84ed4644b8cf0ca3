"""Short constructors for expressions, and the products and sums that flatten as they are built."""

from __future__ import annotations

from fractions import Fraction

from deltarule.equations.nodes import Add, Call, Expr, Mul, Number, Order, Pow

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))
LONGEST = 4096  # bits of a power that is computed


def number(value: int | Fraction) -> Number:
    return Number(Fraction(value))


def add(*terms: Expr) -> Expr:
    """a + b + …, nested sums flattened, zeros dropped."""
    flat: list[Expr] = []
    for term in terms:
        flat.extend(term.terms if isinstance(term, Add) else (term,))
    flat = [t for t in flat if t != ZERO]
    if not flat:
        return ZERO
    return flat[0] if len(flat) == 1 else Add(tuple(flat))


def multiply(*factors: Expr) -> Expr:
    """a b …, nested products flattened, ones dropped, numbers multiplied and put first."""
    flat: list[Expr] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, Mul) else (factor,))
    coefficient = Fraction(1)
    rest: list[Expr] = []
    for factor in flat:
        if isinstance(factor, Number):
            coefficient *= factor.value
        else:
            rest.append(factor)
    if coefficient == 0:
        return ZERO
    if coefficient != 1:
        rest.insert(0, Number(coefficient))
    if not rest:
        return ONE
    return rest[0] if len(rest) == 1 else Mul(tuple(rest))


def negate(expression: Expr) -> Expr:
    return multiply(MINUS_ONE, expression)


def subtract(left: Expr, right: Expr) -> Expr:
    return add(left, negate(right))


def power(base: Expr, exponent: int | Fraction | Expr) -> Expr:
    """base^exponent; exponents 0 and 1 vanish, powers of numbers are computed unless very long."""
    if isinstance(exponent, (int, Fraction)):
        exponent = number(exponent)
    if exponent == ZERO:
        return ONE
    if exponent == ONE:
        return base
    if isinstance(base, Number) and isinstance(exponent, Number):
        whole = exponent.value.denominator == 1
        if whole and (base.value != 0 or exponent.value > 0) and _is_short(base, exponent):
            return Number(base.value ** int(exponent.value))
    return Pow(base, exponent)


def _is_short(base: Number, exponent: Number) -> bool:
    """Whether a power can be written out: 10^20, not 9^9^9."""
    parts = max(abs(base.value.numerator), base.value.denominator)
    return parts == 1 or parts.bit_length() * abs(exponent.value) <= LONGEST


def divide(numerator: Expr, denominator: Expr) -> Expr:
    return multiply(numerator, power(denominator, -1))


def call(function: str, *args: Expr, order: Order = 0) -> Call:
    return Call(function, tuple(args), order)
