"""The layout of products: what stands in a fraction, what follows it, what comes last."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from deltarule.equations import build
from deltarule.equations.nodes import ArgReduce, Expr, Mul, Number, Pow, Reduce, Size


@dataclass(frozen=True, slots=True)
class Product:
    """A product to print as  ± top/bottom rest last.

    Where `bottom` is empty so is `top`; `last` are the big operators: their bodies extend to the
    right.
    """

    negative: bool
    top: tuple[Expr, ...]
    bottom: tuple[Expr, ...]
    rest: tuple[Expr, ...]
    last: tuple[Expr, ...]


def arrange(expression: Expr) -> Product:
    """Sign, fraction, other factors, big operators; numbers and sizes go before all else.

    -1/2 f sum(k) a  -->  -, 1/2, f, sum;     2 N^-1 f  -->  2/N, f;     2 f g^-1 h  -->  2 f h/g
    """
    factors = expression.factors if isinstance(expression, Mul) else (expression,)
    number = Fraction(1)
    sizes: list[Expr] = []
    inverse_sizes: list[Expr] = []
    others: list[Expr] = []
    inverses: list[Expr] = []
    last: list[Expr] = []
    for factor in factors:
        inverse = _inverse(factor)
        if isinstance(factor, Number):
            number *= factor.value
        elif inverse is not None:
            (inverse_sizes if _is_size(inverse) else inverses).append(inverse)
        elif isinstance(factor, Reduce | ArgReduce):
            last.append(factor)
        else:
            (sizes if _is_size(factor) else others).append(factor)
    above, below = _fraction(abs(number))
    negative = number < 0
    if inverses:
        below += inverse_sizes + inverses
        return _product(negative, above + sizes + others, below, [], last)
    if inverse_sizes:
        return _product(negative, above + sizes, below + inverse_sizes, others, last)
    if below:
        return _product(negative, above, below, sizes + others, last)
    return _product(negative, [], [], above + sizes + others, last)


def _product(
    negative: bool, top: list[Expr], bottom: list[Expr], rest: list[Expr], last: list[Expr]
) -> Product:
    below = sorted(bottom, key=lambda factor: isinstance(factor, Reduce | ArgReduce))
    return Product(negative, tuple(top), tuple(below), tuple(rest), tuple(last))


def _inverse(factor: Expr) -> Expr | None:
    """b^-n  -->  b^n; None for what is no inverse."""
    if not isinstance(factor, Pow) or not isinstance(factor.exponent, Number):
        return None
    exponent = factor.exponent.value
    return build.power(factor.base, -exponent) if exponent < 0 else None


def _is_size(factor: Expr) -> bool:
    base = factor.base if isinstance(factor, Pow) else factor
    return isinstance(base, Size)


def _fraction(number: Fraction) -> tuple[list[Expr], list[Expr]]:
    """A positive number as factors above and below: 3/2 --> [3], [2]; 0.01 --> [0.01], []."""
    if decimal(number) is not None:
        return [Number(number)], []
    above: list[Expr] = [build.number(number.numerator)] if number.numerator != 1 else []
    below: list[Expr] = [build.number(number.denominator)] if number.denominator != 1 else []
    return above, below


def decimal(number: Fraction) -> str | None:
    """The digits of a number that nobody writes as a fraction: 1/100 --> 0.01, 1/4 --> None."""
    if number.denominator % 10:
        return None
    places, denominator = 0, number.denominator
    while denominator % 10 == 0:
        places, denominator = places + 1, denominator // 10
    while denominator > 1 and (denominator % 2 == 0 or denominator % 5 == 0):
        places, denominator = places + 1, denominator // (2 if denominator % 2 == 0 else 5)
    if denominator != 1:
        return None
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def signed(expression: Expr) -> tuple[bool, Expr]:
    """Pull a minus sign in front: -2 a  -->  True, 2 a."""
    if isinstance(expression, Number) and expression.value < 0:
        return True, Number(-expression.value)
    if not isinstance(expression, Mul) or not arrange(expression).negative:
        return False, expression
    return True, build.negate(expression)
