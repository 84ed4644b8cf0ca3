r"""Dots below a symbol that are part of its name, \bar{x}_{i.}: an equation has them on its left side."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

MEAN = r"\frac{1}{T} \sum_{t=1}^T x_{it}"
MATRIX = r", \quad W \in \mathbb{R}^{m \times n}"


@pytest.mark.parametrize("dot", [".", r"\cdot", r" \cdot "])
def test_a_mean_over_an_axis(dot):
    mean = rf"\bar{{x}}_{{i{dot}}}"
    text = rf"$$ L = \sum_{{i=1}}^N \sum_{{t=1}}^T (x_{{it}} - {mean})^2, \quad {mean} = {MEAN} $$"
    assert printed_lines(text) == [
        "L = sum(i=1..N) sum(t=1..T) (x[i,t] - x_bar[i])^2",
        "x_bar[i] = 1/T sum(t=1..T) x[i,t]   for i = 1..N",
    ]


def test_those_over_other_axes_have_other_names():
    text = (
        r"$$ L = \sum_{i=1}^m \sum_{j=1}^k (n_{ij} - n_{i.} n_{.j} / n_{..})^2, \quad n_{i.} = \sum_{j=1}^k n_{ij}, \quad "
        r"n_{.j} = \sum_{i=1}^m n_{ij}, \quad n_{..} = \sum_{i=1}^m \sum_{j=1}^k n_{ij} $$"
    )
    assert printed_lines(text) == [
        "L = sum(i=1..m) sum(j=1..k) (n[i,j] - n_dot2[i] n_dot1[j]/n_dot12)^2",
        "n_dot2[i] = sum(j=1..k) n[i,j]   for i = 1..m",
        "n_dot1[j] = sum(i=1..m) n[i,j]   for j = 1..k",
        "n_dot12 = sum(i=1..m) sum(j=1..k) n[i,j]",
    ]


@pytest.mark.parametrize("text, lines", [
    (r"$$ r_i = \|W_{i.}\|^2" + MATRIX + "$$", ["r[i] = sum(k=1..n) W[i,k]^2   for i = 1..m"]),
    (r"$$ c_j = \|W_{.j}\|^2" + MATRIX + "$$", ["c[j] = sum(k=1..m) W[k,j]^2   for j = 1..n"]),
    (r"$$ y = x_{i}. $$", ["y = x_i"]),
    (r"$$ y_i = x_{2 \cdot i}, \quad i = 1, \ldots, n $$", ["y[i] = x[2*i]   for i = 1..n"]),
])  # fmt: skip
def test_other_dots_stay(text, lines):
    assert printed_lines(text) == lines


@pytest.mark.parametrize("text, expected", [
    (r"$$ L = \sum_{i=1}^m (y_i - \bar{x}_{i.})^2 $$", ("E006", r"\bar{x}_{i.}")),  # a mean of what?
    (r"$$ m_{\cdot j} = \sum_{i=1}^n w_{ij} $$", ("E006", r"\cdot")),
    (r"$$ y = a . b $$", ("E001", ".")),
])  # fmt: skip
def test_refused(text, expected):
    assert refusal(text) == expected
