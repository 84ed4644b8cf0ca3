import numpy as np
import pytest
from function_points import ONE_ARGUMENT, POLES, POSITIVE, points

from deltarule.equations import build, domains, functions
from deltarule.equations.functions import KNOWN
from deltarule.equations.nodes import Access
from deltarule.equations.system import Array, Equation, System
from deltarule.errors import DeltaruleError
from deltarule.runtimes.precise import Precise
from deltarule.runtimes.reference import evaluate

POINTS = (0.31, 1.7, 2.9, -0.43, -2.2)
DIGITS = 60


def domain_points(name):
    if name in ("asin", "acos", "atanh"):
        return (0.31, -0.43, 0.9)
    if name == "logit":
        return (0.31, 0.6, 0.9)
    if name == "acosh":
        return (1.7, 2.9)
    positive = name in (*POSITIVE, *POLES)
    return [u for u in POINTS if (u > 0 or not positive) and not (name == "log1p" and u <= -1)]


CASES = [(name, u) for name in ONE_ARGUMENT for u in domain_points(name)]


def value_of(expression, u, numbers):
    """The value of an expression in the scalar u, by the reference interpreter."""
    scalar = domains.everything()
    arrays = {name: Array(name, (), scalar) for name in ("u", "f")}
    system = System((), arrays, (Equation("f", (), (), scalar, expression),))
    return evaluate(system, {}, {"u": {(): u}}, numbers)["f"][()]


@pytest.mark.parametrize(("name", "u"), CASES)
@pytest.mark.parametrize("order", [0, 1])
def test_every_derivative_is_the_slope(name, u, order):
    if name == "trigamma" or (name == "digamma" and order):
        pytest.skip("the table ends with trigamma")
    numbers = Precise(DIGITS)
    at = numbers.context.mpf(u)
    argument = Access("u", ())
    call = build.call(name, argument, order=order)
    claimed = value_of(functions.derivative(call), at, numbers)

    def value(v):
        return value_of(functions.expand(call), v, numbers)

    step = numbers.context.mpf(10) ** -20
    slope = (value(at + step) - value(at - step)) / (2 * step)
    assert abs(claimed - slope) <= 1e-30 * (1 + abs(slope))


@pytest.mark.parametrize(("name", "u"), CASES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numpy_agrees_with_many_digits_and_keeps_the_type(name, u, dtype):
    context = Precise(DIGITS).context
    at = np.array([u], dtype=dtype)
    found = KNOWN[name].numpy(at)
    assert found.dtype == dtype
    wanted = float(KNOWN[name].mpmath(context, context.mpf(float(at[0]))))
    assert abs(float(found[0]) - wanted) <= 8 * np.finfo(dtype).eps * max(abs(wanted), 0.05)


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_values_stay_within_the_range(name):
    low, high = KNOWN[name].range
    with np.errstate(all="ignore"):
        values = KNOWN[name].numpy(points(name, np.float64))
    assert low is None or values.min() >= low - 1e-12
    assert high is None or values.max() <= high + 1e-12


@pytest.mark.parametrize("name", [n for n in KNOWN if KNOWN[n].increasing])
def test_increasing_functions_increase(name):
    at = np.unique(np.round(points(name, np.float64), 2))
    at = at[(abs(at) < 5) & ((at > 0) | (name not in POSITIVE))]
    with np.errstate(all="ignore"):
        values = KNOWN[name].numpy(at)
    values = values[np.isfinite(values)]
    assert np.all(np.diff(values) > 0)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0), ("abs", 0), ("sign", 0)])
def test_the_slope_at_the_kink(name, slope):
    numbers = Precise(30)
    derivative = functions.derivative(build.call(name, Access("u", ())))
    assert value_of(derivative, numbers.context.mpf(0), numbers) == slope


def test_an_uninterpreted_function_gets_another_prime():
    call = build.call("g", Access("u", ()), order=1)
    assert functions.derivative(call) == build.call("g", Access("u", ()), order=2)


def test_several_arguments_have_partial_derivatives():
    arguments = (Access("u", ()), Access("v", ()))
    by_second = functions.derivative(build.call("g", *arguments), 1)
    assert by_second == build.call("g", *arguments, order=(0, 1))
    assert functions.derivative(by_second, 0) == build.call("g", *arguments, order=(1, 1))


@pytest.mark.parametrize(
    "call", [build.call("trigamma", Access("u", ())), build.call("tanh", *[Access("u", ())] * 2)]
)
def test_where_the_table_ends(call):
    with pytest.raises(DeltaruleError) as caught:
        functions.derivative(call)
    assert caught.value.code == "E201"
