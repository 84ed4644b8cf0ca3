"""Parts of an axis: x_{1:d}."""

import numpy as np
import pytest
from readings import printed_lines, refusal

import deltarule as dr

X = r"x \in \mathbb{R}^D \\ "

READ = [
    (
        X + r"W \in \mathbb{R}^{m \times d} \\ z = W x_{1:d}",
        ["z[l] = sum(p=1..d) W[l,p] x[p]   for l = 1..m"],
    ),
    (X + r"y = x_{2:3}", ["y[l] = x[l+1]   for l = 1..2"]),
    ("x in R^D\ny = x[d+1..D]", ["y[l] = x[d+l]   for l = 1..D-d"]),
    (
        X + r"y_{1:d} = x_{1:d} \\ y_{d+1:D} = 0",
        ["y[k] = { x[k]   if 1 <= k <= d", "       ; 0      if d < k <= D }"],
    ),
    (
        X + r"\mathbf{y}_{1:d} = x_{1:d} \\ \mathbf{y}_{d+1:D} = 0 \\ L = \|\mathbf{y}\|^2",
        [
            "y[k] = { x[k]   if 1 <= k <= d",
            "       ; 0      if d < k <= D }",
            "L = sum(j=1..D) y[j]^2",
        ],
    ),
    (
        r"x \in \mathbb{R}^T, w \in \mathbb{R}^k \\ y_t = w^\top x_{t-k+1:t}",
        ["y[t] = sum(m=1..k) w[m] x[m+t-k]   for t = k..T"],
    ),
    (
        r"X \in \mathbb{R}^{n \times D}, w \in \mathbb{R}^d \\ y_i = w^\top X_{i,1:d}",
        ["y[i] = sum(m=1..d) w[m] X[i,m]   for i = 1..n"],
    ),
]


@pytest.mark.parametrize(("text", "lines"), READ)
def test_read(text, lines):
    assert printed_lines(text) == lines


REFUSED = [
    (r"x_t \in \mathbb{R}^m \\ y = f(x_{1:T})", "E008", "x_{1:T}"),  # a matrix
    (r"y = a_{1:T}", "E008", "a_{1:T}"),
    (r"x \in \mathbb{R}^n \\ y_i = \sum_j x_{1:i}", "E008", "x_{1:i}"),  # of no one length
    (r"X \in \mathbb{R}^n \\ y = \frac1k \sum_{i=1}^k X_{i:n}", "E008", "X_{i:n}"),  # the i-th in order
    (r"x \in \mathbb{R}^D \\ y_{2:d} = x_{2:d} \\ L = \|y\|^2", "E008", "y_{2:d}"),  # of what length?
    (r"x \in \mathbb{R}^3 \\ y = x_{2:4}", "E102", "x_{2:4}"),
    (r"X \in \mathbb{R}^{n \times n} \\ Y = X_{1:d,1:d}", "E008", "X_{1:d,1:d}"),
    (r"x \in \mathbb{R}^D \\ y = x_{3:2}", "E008", "x_{3:2}"),
    (r"x \in \mathbb{R}^d \\ y = x_{1:d+1} + 0", "E102", "x_{1:d+1}"),
    (r"x \in \mathbb{R}^D \\ y = x_{1:d} \\ z = x_{D+2:d}", "E108", "x_{D+2:d}"),
    ("y = x[1:n]", "E008", ":"),  # programs leave the end out
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text, code, at):
    assert refusal(text) == (code, at)


COUPLING = r"""x \in \mathbb{R}^D, W \in \mathbb{R}^{(D-d) \times d}
\\ y_{1:d} = x_{1:d} \\ y_{d+1:D} = x_{d+1:D} \odot \exp(W x_{1:d}) \\ L = \|y\|^2"""


def test_sizes_keep_their_order():
    system = dr.read(COUPLING)
    assert str(system).splitlines()[-1] == "D - d >= 0"
    for text in (str(system), system.to_latex(), system.to_mathml()):
        assert dr.read(text).orders == system.orders


def test_gradient():
    x, W = np.linspace(-1, 1, 5), np.ones((3, 2)) / 7
    value, gradient = dr.read(COUPLING).compile().value_and_grad(x=x, W=W)
    z = x[2:] * np.exp(W @ x[:2])
    assert np.isclose(value, x[:2] @ x[:2] + z @ z)
    assert np.allclose(gradient["W"], np.outer(2 * z * z, x[:2]))


def test_other_sizes_are_refused():
    with pytest.raises(dr.DeltaruleError, match="contradict"):
        dr.read(COUPLING).compile().value_and_grad(x=np.ones(2), W=np.ones((1, 3)))
