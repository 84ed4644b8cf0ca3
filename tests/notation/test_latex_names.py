"""Brackets after a symbol: subscripts, or a factor that could be none."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y_i = \gamma [(1 - \lambda) f(s_i) + \lambda r_i]",
        "y[i] = gamma * ((1 - lambda) f(s[i]) + lambda r[i])",
    ),
    (r"y_i = w_i [a_i b_i + \frac12]", "y[i] = w[i] (a[i] b[i] + 1/2)"),
    (r"y_i = w(i) [1 - v_i z] + w(i+1)", "y[i] = w[i] (1 - v[i] z) + w[i+1]"),
    (r"y = \sigma[\tanh(x) + 1]", "y = sigma(tanh(x) + 1)"),
    (r"s = \gamma [\mathbf{u}^\top \mathbf{v}]", "s = gamma sum(j=1..d) u[j] v[j]"),
    (r"y_{ij} = x[2 z_i + j], z_i \in \{1,\dots,n\}", "y[i,j] = x[j+2*z[i]]"),
    (r"g_i = w_i \left[ \sum_{j \ne i} N_{ij} \right]^{-1}", "g[i] = w[i]/sum(j != i) N[i,j]"),
    (r"y = a \left[ \frac{x}{2} + 1 \right] + a", "y = a * (1/2 x + 1) + a"),
    (r"y_i = \mathrm{Sign}\bigg[ \sum_j x_{ij} \bigg]", "y[i] = sign(sum(j) x[i,j])"),
    (r"y_i = a_i \left( \frac{x_i}{2} \right)", "y[i] = 1/2 a[i] x[i]"),
    (r"V = \gamma \left[ a K^{-r} + b \right]", "V = gamma * (a K^(-r) + b)"),
    (r"y = a x^{(1 - r/c)} + e^{(1 - r/c)}", "y = a x^(1 - r/c) + exp(1 - r/c)"),
    (r"L = \sum_{\forall j} x_j y_j", "L = sum(j) x[j] y[j]"),
    # subscripts
    (r"y_t = h\left[t\right] + x[t-1]", "y[t] = h[t] + x[t-1]"),
    (r"y_i = x[i + 1]", "y[i] = x[i+1]"),
    (r"y = x[\arg\max_j a_j]", "j_star = argmax(j) a[j]"),
    # the lengths of two vectors
    (r"s = x / \|u\| \|v\|, u, v \in \mathbb{R}^2", "s = x/(sqrt(sum(j=1..2) u[j]^2) sqrt(sum(j=1..2) v[j]^2))"),
    (r"s = \frac{x}{\|u\|} \|v\|, u, v \in \mathbb{R}^2", "s = x sqrt(sum(j=1..2) v[j]^2)/sqrt(sum(j=1..2) u[j]^2)"),
    # a condition
    (r"y_i = \gamma [\frac{x_i}{2} > 3]", "y[i] = gamma [1/2 x[i] > 3]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in printed_lines(f"$${text}$$")


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        (r"y_{ij} = x[(i - 1) n + j]", "E111", "(i - 1) n"),
        (r"L = \mathbb{E}\left[ \sum_i x_i \right]", "E008", r"\mathbb{E}"),
        (r"L = E[\frac{x}{2}]", "E111", r"\frac{x}{2}"),
        (r"y_i = f_i(x_i)", "E006", "f_i(x_i)"),
        (r"s = x / \|u\| c", "E006", r"x / \|u\| c"),
        (r"s = x / \|u\| \|v\| c", "E006", r"x / \|u\| \|v\| c"),
    ],
)
def test_refused(text: str, code: str, wrong: str) -> None:
    assert refusal(f"$${text}$$") == (code, wrong)
