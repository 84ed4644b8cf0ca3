"""Products in normal form: a number and a power of each distinct factor.

2 a b^-1 a  -->  (2, {a: 2, b: -1})
"""

from __future__ import annotations

from fractions import Fraction

from deltarule.equations import build
from deltarule.equations.nodes import (
    Access,
    Add,
    Bracket,
    Call,
    Expr,
    IndexValue,
    Mul,
    Number,
    Pow,
    Reduce,
    Select,
    Size,
)

Powers = dict[Expr, Fraction]


def split(expression: Expr) -> tuple[Fraction, Powers]:
    """The coefficient and the powers of a product (or of anything, as a product of one)."""
    powers: Powers = {}
    coefficient = _collect(expression, Fraction(1), powers)
    return coefficient, {base: e for base, e in powers.items() if e != 0}


def _collect(node: Expr, exponent: Fraction, powers: Powers) -> Fraction:
    """Multiply node^exponent into the powers; returns the numeric factor met on the way."""
    if isinstance(node, Number) and exponent.denominator == 1 and (node.value or exponent > 0):
        return node.value ** int(exponent)
    if isinstance(node, Mul) and exponent.denominator == 1:
        coefficient = Fraction(1)
        for factor in node.factors:
            coefficient *= _collect(factor, exponent, powers)
        return coefficient
    if isinstance(node, Pow) and isinstance(node.exponent, Number):
        inner = node.exponent.value
        if exponent.denominator == 1 or inner.denominator != 1:
            return _collect(node.base, inner * exponent, powers)
    if isinstance(node, Bracket):
        powers[node] = Fraction(1)  # 0 and 1 are their own powers
        return Fraction(1)
    powers[node] = powers.get(node, Fraction(0)) + exponent
    return Fraction(1)


def join(coefficient: Fraction, powers: Powers) -> Expr:
    """The product again, its factors in reading order; equal powers keep the order they came in."""
    if coefficient == 0:
        return build.ZERO
    ordered = sorted(powers.items(), key=lambda item: _rank(item[0], item[1]))
    factors = [build.power(base, exponent) for base, exponent in ordered if exponent]
    return build.multiply(Number(coefficient), *factors)


def _rank(base: Expr, exponent: Fraction) -> int:
    """Sizes first, then brackets, elements, sums, calls; reductions last, as a person writes."""
    match base:
        case Size() | IndexValue():
            return 0
        case Bracket() | Select():
            return 1
        case Access():
            return 2
        case Add():
            return 3
        case Call() | Pow():
            return 4
        case Reduce():
            return 6 if exponent > 0 else 5
    return 5


def term(expression: Expr) -> tuple[Fraction, Expr]:
    """coefficient * the rest: what like terms of a sum have in common is the rest."""
    coefficient, powers = split(expression)
    return coefficient, join(Fraction(1), powers)
