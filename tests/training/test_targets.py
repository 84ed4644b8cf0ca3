"""What is read off equations: the prediction, its non-linearity, and which columns may be scaled."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations.check import check
from deltarule.equations.meanings import bind_functions
from deltarule.notation import print_text
from deltarule.training.absorbed import is_absorbed
from deltarule.training.targets import last_nonlinearity, prediction_of, with_prediction

LINEAR = "f[i] = b*x[i] for 1 <= i <= n\n\n"
LOGITS = "s[i,k] = sum(d=1..D) W[k,d] x[i,d] for 1 <= i <= n, 1 <= k <= K\n\n"
SHARES = LOGITS + "p[i,k] = exp(s[i,k]) / sum(l=1..K) exp(s[i,l])\n\n"

PREDICTIONS = [
    ("spiral", "y_predicted[i] = h[i,M]"),
    ("two-layer", "y_predicted[i,l] = f[i,l]"),
    (LINEAR + "L = sum(i=1..n) (f[i] - y[i])^2", "y_predicted[i] = f[i]"),
    (LINEAR + "L = sum(i=1..n) (y[i] - f[i])^2", "y_predicted[i] = f[i]"),
    (LINEAR + "L = sum(i=1..n) (2*f[i] - y[i])^2", "y_predicted[i] = 2 f[i]"),
    (LINEAR + "L = sum(i=1..n) (exp(f[i]) - y[i])^2", "y_predicted[i] = exp(f[i])"),
    (LINEAR + "L = sum(i=1..n) abs(f[i] + b - y[i])", "y_predicted[i] = f[i] + b"),
    (LINEAR + "L = sum(i=1..n) (f[i] + y[i])^2", "y_predicted[i] = -f[i]"),
    (LINEAR + "r[i] = y[i] - f[i]\n\nL = sum(i=1..n) r[i]^2", "y_predicted[i] = f[i]"),
    ("L = sum(i=1..n) (a + b*x[i] - y[i])^2", "y_predicted[i] = a + b x[i]"),
    (
        SHARES + "L = -sum(i=1..n) sum(k=1..K) [k = y[i]] ln(p[i,k])",
        "y_predicted[i] = argmax(k=1..K) p[i,k]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PREDICTIONS)
def test_the_prediction_is_what_the_target_is_compared_with(text, expected):
    system = dr.read(text)
    prediction = prediction_of(system, "y")
    layer = with_prediction(system, prediction)
    check(layer)
    assert layer.outputs == ("y_predicted",)
    printed = print_text.array(layer, "y_predicted").partition("   for")[0]
    assert printed == expected


@pytest.mark.parametrize(
    "text",
    [
        LINEAR + "L = -sum(i=1..n) y[i] ln(f[i])",  # a product, not a difference
        LINEAR + "L = sum(i=1..n) (f[i] - 2*y[i])^2",  # half of it would be compared
        LINEAR + "L = sum(i=1..n) ln(1 + y[i]) f[i]",  # nothing but a number is compared
        "L = sum(t=2..T) (y[t] - c*y[t-1])^2",  # predicted from itself
        "L = sum(i=1..n) sum(j=1..n) x[j] (y[i] - c[j])^2",  # several predictions per element
        LINEAR + "L = sum(i=1..n-1) (f[i] - y[i])^2 + y[n]^2",  # not all of y
    ],
)
def test_what_is_not_a_prediction_is_not_taken_for_one(text):
    assert prediction_of(dr.read(text), "y") is None


@pytest.mark.parametrize(
    ("text", "functions", "expected"),
    [
        ("spiral", {"g": "tanh"}, "tanh"),
        ("two-layer", {"sigma": "tanh"}, None),
        (LINEAR + "L = sum(i=1..n) (exp(f[i]) - y[i])^2", {}, "exp"),
        ("f[i] = softplus(b*x[i]) for 1 <= i <= n\n\nL = sum(i=1..n) (f[i] - y[i])^2", {}, "softplus"),
        (LINEAR + "L = sum(i=1..n) (f[i] - y[i])^2", {}, None),
    ],
)  # fmt: skip
def test_the_nonlinearity_that_a_prediction_comes_out_of(text, functions, expected):
    system = bind_functions(dr.read(text), functions)
    assert last_nonlinearity(system, prediction_of(system, "y").expression) == expected


@pytest.mark.parametrize(
    ("text", "column", "trained", "expected"),
    [
        ("spiral", "x", ["w"], True),  # through h[i,1] = x[i]
        ("two-layer", "x", ["W1", "W2"], True),
        ("L = sum(i=1..n) (exp(-(x[i] - c)^2) - y[i])^2", "x", ["c"], True),
        ("L = sum(i=1..n) (b*sin(x[i]) - y[i])^2", "x", ["b"], True),
        (LINEAR + "L = -sum(i=1..n) y[i] ln(f[i])", "y", ["b"], False),
        (LINEAR + "L = -sum(i=1..n) y[i] ln(f[i]) + c*b^2", "y", ["b"], False),
        (LINEAR + "L = c * sum(i=1..n) y[i] ln(f[i])", "y", ["b", "c"], False),
    ],
)
def test_only_columns_whose_units_the_parameters_absorb_are_scaled(text, column, trained, expected):
    assert is_absorbed(dr.read(text), column, trained) is expected
