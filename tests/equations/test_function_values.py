"""Values and derivatives of the table against mpmath, at hundreds of points of each type."""

from __future__ import annotations

import math

import numpy as np
import pytest
from function_points import (
    INF,
    KINKS,
    LIMITS,
    ONE_ARGUMENT,
    POLES,
    SEVERAL_ARGUMENTS,
    STEPS,
    points,
)

import deltarule as dr
from deltarule.equations.functions import KNOWN
from deltarule.errors import DeltaruleError
from deltarule.runtimes.precise import Precise

DIGITS = 120
ULPS = 8  # of the value, unless stated
# functions whose value is a difference: their error is that of the terms, of this size
TERMS = {
    "tanhshrink": abs,
    "softshrink": abs,
    "lgamma": lambda u: 1 + abs(u),
    "sinc": lambda u: 1.0,
}
LOOSE = {
    "Gamma": 64, "digamma": 64, "trigamma": 64, "lgamma": 64, "erfc": 256,
    "gelu": 1024, "gelu_tanh": 1024, "normcdf": 1024,  # far out on the left, where they are e-196
}  # fmt: skip
TYPES = [np.float32, np.float64]


@pytest.fixture
def many():
    return Precise(DIGITS).context


def values(name, *arguments):
    with np.errstate(all="ignore"):
        return KNOWN[name].numpy(*arguments)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_values(name, dtype, many):
    at = points(name, dtype)
    assert len(at) >= 195
    found = values(name, at)
    assert found.dtype == dtype
    info = np.finfo(dtype)
    wrong = []
    for u, value in zip(at, found, strict=True):
        wanted = KNOWN[name].mpmath(many, many.mpf(float(u)))
        size = abs(wanted)
        if name in TERMS:
            size = max(size, TERMS[name](float(u)))
        if size >= info.max:
            right = math.isinf(value)
        else:
            bound = LOOSE.get(name, ULPS) * max(float(info.eps) * size, float(info.tiny))
            right = abs(many.mpf(float(value)) - wanted) <= bound
        if not right:
            wrong.append((float(u), float(value), many.nstr(wanted, 20)))
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_infinity_and_nan(name, dtype):
    found = values(name, np.array([-np.inf, np.inf, np.nan], dtype=dtype))
    assert found.dtype == dtype
    np.testing.assert_allclose(found, [*LIMITS[name], np.nan], rtol=4 * np.finfo(dtype).eps)


# how far the derivative may be off, in eps of max(1, |derivative|)
SLOPE_ERROR = {"Gamma": 256, "gelu_tanh": 64, "tan": 64}
# beyond this the square of the argument is infinite, and the derivative NaN
SLOPE_LIMIT = {("gelu_tanh", np.float32): 1e12, ("gelu_tanh", np.float64): 1e100}


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_slopes(name, dtype, many):
    """By the compiled gradient, against differences in 120 digits; finite wherever those are."""
    if name == "trigamma":
        return
    at = points(name, dtype)
    at = at[(np.abs(at) <= SLOPE_LIMIT.get((name, dtype), INF)) & (at != 0)]
    if name in STEPS:
        at = at[at != np.rint(at)]  # they jump there
    compiled = dr.read(f"E = sum(i=1..n) {name}(x[i])").compile(dtype=dtype)
    with np.errstate(all="raise"):
        _, gradient = compiled.value_and_grad(x=at)
    info, function = np.finfo(dtype), KNOWN[name].mpmath
    wrong = []
    for u, slope in zip(at, gradient["x"], strict=True):
        many.dps = DIGITS + 2 * math.ceil(abs(math.log10(abs(float(u)) or 1)))
        exact = many.mpf(float(u))
        step = min(abs(exact), 1) * many.mpf(10) ** -40
        wanted = (function(many, exact + step) - function(many, exact - step)) / (2 * step)
        if abs(wanted) >= info.max:
            right = math.isinf(slope)
        else:
            eps = SLOPE_ERROR.get(name, 16) * float(info.eps)
            if name == "sinc":
                eps = 8 * float(info.eps) ** 0.5
            right = abs(many.mpf(float(slope)) - wanted) <= eps * max(1, abs(wanted))
        if not right:
            wrong.append((float(u), float(slope), many.nstr(wanted, 20)))
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize("name", [*ONE_ARGUMENT, *SEVERAL_ARGUMENTS])
def test_a_document_with_each(name):
    arguments = ", ".join(f"{letter}[i]" for letter in "xyz"[: KNOWN[name].arity])
    document = dr.read(f"E = sum(i=1..n) {name}({arguments})")
    if name == "trigamma":
        with pytest.raises(DeltaruleError) as caught:
            document.gradients()
        assert caught.value.code == "E201"
        return
    shown = dr.read(str(document))
    assert shown.equations == document.equations
    assert all(proof.passed for proof in document.check())
    given = {n: np.array([0.3, 0.6]) + k for k, n in enumerate("xyz"[: KNOWN[name].arity])}
    assert np.isfinite(document.compile().value_and_grad(**given)[0]) or name == "acosh"


@pytest.mark.parametrize("name", [n for n in KINKS if n != "cbrt"])
def test_kinks(name):
    """Infinities and NaN never; the value that docs/functions.md states."""
    at = np.array(KINKS[name] or (0.0,))
    _, gradient = dr.read(f"E = sum(i=1..n) {name}(x[i])").compile().value_and_grad(x=at)
    wanted = {
        "leaky_relu": [0.01], "elu": [1.0], "selu": [1.7580993408473769], "hardswish": [0.0, 1.0],
    }  # fmt: skip
    np.testing.assert_allclose(gradient["x"], wanted.get(name, np.zeros(len(at))), rtol=1e-15)


def test_steps_and_poles_are_in_the_table():
    assert set(STEPS) | set(POLES) | set(KINKS) <= set(KNOWN)


# ------------------------------------------------------------------------------ two arguments

PLANE = [
    (0.3, 0.7), (-0.3, 0.7), (0.3, -0.7), (-2.0, -3.0), (1e-200, 1e-200), (-1e-160, 1e-165),
    (1e160, 1e165), (-1e300, 1e290), (1e3, -1e3), (800.0, 100.0), (-5.5, 2.0), (5.5, -2.0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "u", "v"),
    [(n, u, v) for n in ("hypot", "atan2", "logaddexp", "mod") for u, v in PLANE
     if (n != "mod" or np.mod(u, v)) and not (n == "atan2" and max(abs(u), abs(v)) < 1e-150)],
)  # fmt: skip
def test_two_arguments(name, u, v, many):
    """Values and both partial derivatives, without overflow or underflow on the way."""
    many.dps = 900
    function, (a, b) = KNOWN[name].mpmath, (many.mpf(u), many.mpf(v))
    compiled = dr.read(f"E = sum(i=1..n) {name}(x[i], y[i])").compile()
    value, gradient = compiled.value_and_grad(x=[u], y=[v])
    wanted = function(many, a, b)
    assert abs(value - wanted) <= 8e-16 * abs(wanted)
    for letter, (da, db) in {"x": (1, 0), "y": (0, 1)}.items():
        step = min(abs(a), abs(b), 1) * many.mpf(10) ** -40
        above = function(many, a + da * step, b + db * step)
        below = function(many, a - da * step, b - db * step)
        slope, found = (above - below) / (2 * step), float(gradient[letter][0])
        assert abs(many.mpf(found) - slope) <= 2e-15 * max(abs(slope), 1e-300), (letter, found)


@pytest.mark.parametrize(
    ("u", "low", "high", "value", "slopes"),
    [
        (0.5, 0, 1, 0.5, (1, 0, 0)),
        (-0.5, 0, 1, 0, (0, 1, 0)),
        (1.5, 0, 1, 1, (0, 0, 1)),
        (0.0, 0, 1, 0, (1, 0, 0)),
        (1.0, 0, 1, 1, (1, 0, 0)),
        (0.5, 2, 1, 1, (0, 0, 1)),
    ],
)
def test_clip(u, low, high, value, slopes):
    compiled = dr.read("E = sum(i=1..n) clip(x[i], y[i], z[i])").compile()
    found, gradient = compiled.value_and_grad(x=[u], y=[low], z=[high])
    assert found == value
    assert tuple(gradient[n][0] for n in "xyz") == slopes


def test_a_function_of_one_argument_called_with_two():
    with pytest.raises(DeltaruleError) as caught:
        dr.read("E = tanh(x, y)")
    assert caught.value.code == "E106"


# ------------------------------------------------------------------------------ uninterpreted


def test_partial_derivatives_of_an_open_function():
    document = dr.read("E = sum(i=1..n) g(x[i], y[i])")
    gradients = document.gradients()
    assert "g'[1](x[i], y[i])" in str(gradients["x"])
    assert r"\partial_2 g(x_i, y_i)" in gradients.to_latex()
    assert all(proof.passed for proof in document.check())
    assert dr.read(str(document)).equations == document.equations


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (r"\partial_1 g(x, y)", (1, 0)),
        (r"\partial_2 g(x, y)", (0, 2 - 1)),
        (r"\partial_1^2 \partial_2 g(x, y)", (2, 1)),
        (r"\partial_{12} g(x, y)", (1, 1)),
        (r"\partial_2 \partial_1 g(x, y)", (1, 1)),
    ],
)
def test_partial_derivatives_are_read_and_printed(written, order):
    document = dr.read(f"$$E = {written}$$")
    assert document.equations[0].expression.order == order
    assert dr.read(f"$$ {document.to_latex()} $$").equations == document.equations
    assert dr.read(str(document)).equations == document.equations
    assert all(proof.passed for proof in document.check())


def test_meanings_with_several_arguments():
    document = dr.read("E = sum(i=1..n) g(x[i], y[i])")
    given = {"x": [0.3, 1.0], "y": [0.5, -2.0]}
    value, gradient = document.compile(functions={"g": "atan2"}).value_and_grad(**given)
    assert value == pytest.approx(np.arctan2(0.3, 0.5) + np.arctan2(1.0, -2.0))
    formula = document.compile(functions={"g": "g(u, v) = u^2 v / (1 + abs(v))"})
    value, gradient = formula.value_and_grad(**given)
    assert value == pytest.approx(0.09 * 0.5 / 1.5 - 2.0 / 3.0)
    np.testing.assert_allclose(gradient["x"], [0.6 * 0.5 / 1.5, -4.0 / 3.0])


@pytest.mark.parametrize(
    "meaning",
    ["tanh", "g(u) = u", "g(u, v) = u w", "h(u, v) = u", "__import__('os')", "g(u, v) = k(u)"],
)
def test_meanings_that_do_not_fit(meaning):
    with pytest.raises(DeltaruleError) as caught:
        dr.read("E = sum(i=1..n) g(x[i], y[i])").compile(functions={"g": meaning})
    assert caught.value.code == "E307"


# ------------------------------------------------------------------------------ spelling

SPELLINGS = [
    (r"\log_2 x", "log2(x)"), (r"\log_{10} x", "log10(x)"), (r"\arcsin x", "asin(x)"),
    (r"\tanh^{-1}(x)", "atanh(x)"), (r"\sin^{-1} x", "asin(x)"), (r"\sin^2 x", "sin(x)^2"),
    (r"\Gamma(x)", "Gamma(x)"), (r"\Gamma(x + 1)", "Gamma(x + 1)"), (r"\operatorname{erf}(x)", "erf(x)"),
    (r"\mathrm{ReLU}(x)", "relu(x)"), (r"\operatorname{LeakyReLU}(x)", "leaky_relu(x)"),
    (r"\mathrm{GELU}(x)", "gelu(x)"), (r"\mathrm{Swish}(x)", "silu(x)"), (r"\operatorname{Mish}(x)", "mish(x)"),
    (r"\mathrm{HardSwish}(x)", "hardswish(x)"), (r"\mathrm{SELU}(x)", "selu(x)"), (r"\mathrm{ReLU6}(x)", "relu6(x)"),
    (r"\lfloor x \rfloor", "floor(x)"), (r"\operatorname{Tanh}(x)", "tanh(x)"), (r"\operatorname{clamp}(x, 0, 1)", "clip(x, 0, 1)"),
    (r"\operatorname{pow}(x, 3)", "x^3"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "plain"), SPELLINGS)
def test_spellings(latex, plain):
    found = dr.read(f"$$E = {latex}$$").equations[0].expression
    assert found == dr.read(f"E = {plain}").equations[0].expression


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_latex_is_read_back(name):
    document = dr.read(f"E = sum(i=1..n) {name}(x[i])")
    assert dr.read(f"$$ {document.to_latex()} $$").equations == document.equations


@pytest.mark.parametrize(
    "text",
    [
        r"$$y_i = \gamma (x_i - \mu) \quad i = 1..n$$ $$E = \sum_{i=1}^n y_i$$",
        "clip(u) = u^2\nE = sum(i=1..n) clip(x[i])",
        r"$$\Gamma_i = x_i^2, \quad E = \sum_{i=1}^n \Gamma_i$$",
        "E = sum(i=1..n) round * square[i]",
    ],
)
def test_the_author_s_own_symbols_win(text):
    document = dr.read(text)
    assert not any("Gamma(" in str(e) or "clip(" in str(e) for e in [str(document)])
    assert all(proof.passed for proof in document.check())
