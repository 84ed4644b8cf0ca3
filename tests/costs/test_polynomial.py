from fractions import Fraction

import pytest
import sympy

from deltarule.costs import polynomial
from deltarule.costs.polynomial import ONE, ZERO
from deltarule.equations import affine

N = polynomial.variable("N")
M = polynomial.variable("M")


def shifted(by: int) -> polynomial.Polynomial:
    return polynomial.add(N, polynomial.constant(by))


def test_equal_polynomials_are_equal():
    square = polynomial.multiply(shifted(1), shifted(1))
    spelled = polynomial.add(
        polynomial.constant(1), polynomial.scale(N, 2), polynomial.multiply(N, N)
    )
    assert square == spelled
    assert polynomial.subtract(square, spelled) == ZERO
    assert polynomial.multiply(square, ZERO) == ZERO
    assert polynomial.multiply(ONE, M) == M


@pytest.mark.parametrize("power", range(9))
@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_sums_of_powers(power, n):
    found = polynomial.evaluate_at(polynomial.power_sum(power), polynomial.constant(n))
    assert found == polynomial.constant(sum(k**power for k in range(1, n + 1)))


@pytest.mark.parametrize(("low", "high"), [(-5, -2), (-3, 4), (0, 0), (2, 9), (4, 3)])
def test_sums_between_bounds_of_any_sign_and_over_nothing(low, high):
    k = polynomial.variable("k")
    weight = polynomial.add(polynomial.multiply(k, polynomial.multiply(k, M)), k, ONE)
    found = polynomial.sum_between(weight, "k", affine.number(low), affine.number(high))
    wanted = sum(k * k * 3 + k + 1 for k in range(low, high + 1))
    assert polynomial.value(found, {"M": 3}) == wanted


def test_substitute_and_names():
    product = polynomial.multiply(N, shifted(-1))
    found = polynomial.substitute(product, "N", polynomial.add(M, ONE))
    assert found == polynomial.multiply(polynomial.add(M, ONE), M)
    assert polynomial.names(found) == {"M"}
    assert polynomial.value(found, {"M": 4}) == 20


def test_to_sympy():
    n, m = sympy.symbols("N M")
    half = polynomial.scale(polynomial.multiply(N, shifted(-1)), Fraction(1, 2))
    found = polynomial.to_sympy(polynomial.multiply(M, half))
    assert sympy.expand(found - m * n * (n - 1) / 2) == 0
    assert polynomial.to_sympy(ZERO) == 0
