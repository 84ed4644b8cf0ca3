"""Polynomials in named sizes with exact coefficients: what counts of points are made of.

Only what counting needs, so that prices come without waiting for a computer algebra system; SymPy
factors them when they are shown (`to_sympy`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

from deltarule.equations.nodes import Affine

if TYPE_CHECKING:
    import sympy

Monomial = tuple[tuple[str, int], ...]  # names with their powers >= 1, sorted by name
Scalar = int | Fraction


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Monomials with coefficients that are not zero, sorted: equal polynomials are equal."""

    terms: tuple[tuple[Monomial, Fraction], ...] = ()


def constant(value: Scalar) -> Polynomial:
    return _collected([((), Fraction(value))])


def variable(name: str) -> Polynomial:
    return Polynomial(((((name, 1),), Fraction(1)),))


def from_affine(form: Affine) -> Polynomial:
    """Of a static form: every atom is a name."""
    terms = [(((str(atom), 1),), Fraction(c)) for atom, c in form.terms]
    return _collected([*terms, ((), Fraction(form.constant))])


def add(*summands: Polynomial) -> Polynomial:
    return _collected(term for summand in summands for term in summand.terms)


def scale(one: Polynomial, factor: Scalar) -> Polynomial:
    return _collected((monomial, c * factor) for monomial, c in one.terms)


def subtract(one: Polynomial, other: Polynomial) -> Polynomial:
    return add(one, scale(other, -1))


def multiply(one: Polynomial, other: Polynomial) -> Polynomial:
    if one == ONE:
        return other
    if other == ONE:
        return one
    return _collected((_product(m, k), c * d) for m, c in one.terms for k, d in other.terms)


def substitute(one: Polynomial, name: str, value: Polynomial) -> Polynomial:
    """The polynomial with another in the place of a name."""
    return evaluate_at(coefficients(one, name), value)


def coefficients(one: Polynomial, name: str) -> list[Polynomial]:
    """By powers of a name: 3 k^2 n + n, k  -->  [n, 0, 3 n]."""
    found: dict[int, list[tuple[Monomial, Fraction]]] = {}
    for monomial, c in one.terms:
        rest = tuple(power for power in monomial if power[0] != name)
        found.setdefault(dict(monomial).get(name, 0), []).append((rest, c))
    return [_collected(found.get(power, [])) for power in range(max(found, default=0) + 1)]


def evaluate_at(by_power: Iterable[Polynomial], point: Polynomial) -> Polynomial:
    """sum_p by_power[p] point^p, by Horner's rule."""
    result = ZERO
    for coefficient in reversed(list(by_power)):
        result = add(multiply(result, point), coefficient)
    return result


def value(one: Polynomial, numbers: Mapping[str, int]) -> Fraction:
    """The number where every name has one. Raises KeyError for a name without."""
    total = Fraction(0)
    for monomial, c in one.terms:
        for name, power in monomial:
            c *= numbers[name] ** power
        total += c
    return total


def names(one: Polynomial) -> frozenset[str]:
    return frozenset(name for monomial, _ in one.terms for name, _ in monomial)


def sum_between(weight: Polynomial, index: str, low: Affine, high: Affine) -> Polynomial:
    """sum_{index = low}^{high} weight by Faulhaber's formula, right wherever high >= low - 1."""
    above = from_affine(high)
    below = add(from_affine(low), constant(-1))
    parts = []
    for power, coefficient in enumerate(coefficients(weight, index)):
        formula = power_sum(power)
        total = subtract(evaluate_at(formula, above), evaluate_at(formula, below))
        parts.append(multiply(coefficient, total))
    return add(*parts)


@lru_cache(maxsize=64)
def power_sum(power: int) -> tuple[Polynomial, ...]:
    """The coefficients, by powers of n, of sum_{k=1}^n k^power (Faulhaber's formula)."""
    found = [Fraction(0)] * (power + 2)
    for j in range(power + 1):
        found[power + 1 - j] = comb(power + 1, j) * _bernoulli(j) / (power + 1)
    return tuple(constant(c) for c in found)


@lru_cache(maxsize=64)
def _bernoulli(order: int) -> Fraction:
    """B_0 = 1, B_1 = +1/2, B_2 = 1/6, … from sum_{j<=m} binomial(m + 1, j) B_j = m + 1."""
    known = sum((comb(order + 1, j) * _bernoulli(j) for j in range(order)), Fraction(0))
    return (order + 1 - known) / (order + 1)


def to_sympy(one: Polynomial) -> sympy.Expr:
    """With a plain `sympy.Symbol` for each name."""
    import sympy

    terms = [
        sympy.Mul(
            sympy.Rational(c.numerator, c.denominator),
            *(sympy.Symbol(name) ** power for name, power in monomial),
        )
        for monomial, c in one.terms
    ]
    return sympy.Add(*terms)


def _product(one: Monomial, other: Monomial) -> Monomial:
    powers = dict(one)
    for name, power in other:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted(powers.items()))


def _collected(terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
    found: dict[Monomial, Fraction] = {}
    for monomial, c in terms:
        found[monomial] = found.get(monomial, Fraction(0)) + c
    return Polynomial(tuple(sorted((m, c) for m, c in found.items() if c)))


ZERO = Polynomial()
ONE = constant(1)
