from fractions import Fraction

import mpmath
import numpy as np
import pytest

from deltarule.errors import DeltaruleError
from deltarule.runtimes.arithmetic import Float, NotExact, NotOrdered, Rational
from deltarule.runtimes.dual import Dual, DualNumber
from deltarule.runtimes.modular import PRIME, Degree, Degrees, Modular
from deltarule.runtimes.precise import OutsideTheReals, Precise


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_keep_their_type(dtype):
    numbers = Float(dtype)
    a, b = numbers.number(Fraction(1, 3)), numbers.number(Fraction(2))
    results = [
        numbers.add(a, b),
        numbers.multiply(a, b),
        numbers.power(b, Fraction(-2)),
        numbers.power(b, Fraction(1, 2)),
        numbers.power(b, Fraction(1, 3)),
        numbers.general_power(b, a),
        numbers.call("sigmoid", 0, (a,)),
    ]
    wanted = [7 / 3, 2 / 3, 1 / 4, 2**0.5, 2 ** (1 / 3), 2 ** (1 / 3), 1 / (1 + np.exp(-1 / 3))]
    assert all(type(r) is dtype for r in results)
    np.testing.assert_allclose(results, wanted, rtol=4 * np.finfo(dtype).eps)


def test_an_uninterpreted_function_has_no_float():
    with pytest.raises(DeltaruleError) as caught:
        Float().call("g", 0, (np.float64(1),))
    assert caught.value.code == "E307"
    assert "'g'" in caught.value.message


@pytest.mark.parametrize(
    ("function", "u", "value"),
    [
        ("relu", Fraction(-1, 3), 0),
        ("relu", Fraction(1, 3), Fraction(1, 3)),
        ("abs", Fraction(-1, 3), Fraction(1, 3)),
        ("sign", Fraction(-1, 3), -1),
        ("sign", Fraction(0), 0),
        ("leaky_relu", Fraction(-1), Fraction(-1, 100)),
        ("square", Fraction(2, 3), Fraction(4, 9)),
        ("identity", Fraction(2, 3), Fraction(2, 3)),
    ],
)
def test_functions_of_fractions(function, u, value):
    assert Rational().call(function, 0, (u,)) == value


@pytest.mark.parametrize(
    "operation",
    [
        lambda r: r.call("exp", 0, (Fraction(1),)),
        lambda r: r.power(Fraction(2), Fraction(1, 2)),
    ],
)
def test_what_leaves_the_fractions_is_refused(operation):
    with pytest.raises(NotExact):
        operation(Rational())


def test_numbers_modulo_a_prime():
    numbers = Modular(0)
    third = numbers.number(Fraction(1, 3))
    assert numbers.multiply(third, 3) == 1
    assert numbers.add(PRIME - 1, 2) == 1
    assert numbers.number(Fraction(-1)) == PRIME - 1
    assert numbers.multiply(numbers.power(7, Fraction(-2)), 49) == 1
    with pytest.raises(ZeroDivisionError):
        numbers.power(0, Fraction(-1))
    with pytest.raises(NotOrdered):
        numbers.compare("<", 1, 2)
    with pytest.raises(NotExact):
        numbers.power(2, Fraction(1, 2))


def test_uninterpreted_functions_are_consistent_tables():
    one, other = Modular(1), Modular(2)
    assert one.call("g", 0, (5,)) == one.call("g", 0, (5,))
    drawn = [
        one.call("g", 0, (5,)),
        one.call("g", 1, (5,)),
        one.call("g", 0, (6,)),
        one.call("f", 0, (5,)),
        other.call("g", 0, (5,)),
    ]
    assert len(set(drawn)) == len(drawn)
    assert one.call("square", 0, (5,)) == 25
    assert one.call("identity", 0, (5,)) == 5


def test_dual_numbers_follow_the_rules_of_the_derivative():
    dual = Dual(Rational())
    a = DualNumber(Fraction(3), Fraction(2))
    b = DualNumber(Fraction(5), Fraction(-1))
    assert dual.add(a, b) == DualNumber(8, 1)
    assert dual.multiply(a, b) == DualNumber(15, 3 * -1 + 2 * 5)
    assert dual.power(a, Fraction(3)) == DualNumber(27, 3 * 9 * 2)
    assert dual.power(a, Fraction(-1)) == DualNumber(Fraction(1, 3), Fraction(-2, 9))
    assert dual.power(a, Fraction(0)) == DualNumber(1, 0)
    assert dual.call("square", 0, (a,)) == DualNumber(9, 12)
    assert dual.compare("<", a, b)
    with pytest.raises(NotExact):
        dual.call("relu", 0, (a,))


def test_the_chain_rule_takes_the_next_prime_of_a_table():
    base = Modular(4)
    found = Dual(base).call("g", 1, (DualNumber(10, 3),))
    assert found.value == base.call("g", 1, (10,))
    assert found.tangent == base.multiply(3, base.call("g", 2, (10,)))


@pytest.mark.parametrize(
    ("compute", "degrees"),
    [
        (lambda d, x: d.add(d.multiply(x, x), x), Degrees(2)),
        (lambda d, x: d.power(x, Fraction(3)), Degrees(3)),
        (lambda d, x: d.power(x, Fraction(-2)), Degrees(0, 2)),
        (lambda d, x: d.add(d.power(x, Fraction(-1)), x), Degrees(2, 1)),
        (lambda d, x: d.call("square", 0, (x,)), Degrees(2)),
        (lambda d, x: d.call("g", 0, (d.multiply(x, x),)), Degrees(1)),
    ],
)
def test_degrees(compute, degrees):
    assert compute(Degree(), Degrees(1)) == degrees


@pytest.mark.parametrize("order", range(4))
def test_random_sines_have_consistent_derivatives(order):
    numbers = Precise(60, seed=3)
    context = numbers.context
    u = context.mpf("0.37")
    slope = context.diff(lambda v: numbers.call("g", order, (v,)), u)
    assert abs(slope - numbers.call("g", order + 1, (u,))) < 1e-20
    assert abs(slope) > 1e-3


def test_precise_numbers():
    numbers = Precise(50)
    third = numbers.number(Fraction(1, 3))
    assert abs(3 * third - 1) < mpmath.mpf(10) ** -49
    assert abs(numbers.call("ln", 0, (numbers.call("exp", 0, (third,)),)) - third) < 1e-48
    assert numbers.power(third, Fraction(-2)) - 9 < 1e-45
    assert numbers.compare("<", third, numbers.number(Fraction(1, 2)))
    for outside in (
        lambda: numbers.call("ln", 0, (-third,)),
        lambda: numbers.power(-third, Fraction(1, 2)),
    ):
        with pytest.raises(OutsideTheReals):
            outside()
