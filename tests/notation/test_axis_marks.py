"""Asterisks and dots below symbols: all of an axis, unless they may be part of a name."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

ROWS = r", \quad W \in \mathbb{R}^{m \times n}"

READ = [
    (r"c_j = \|W_{*,j}\|^2", ["c[j] = sum(k=1..m) W[k,j]^2   for j = 1..n"]),
    (r"c_j = \|W_{*j}\|^2", ["c[j] = sum(k=1..m) W[k,j]^2   for j = 1..n"]),
    (r"r_i = \|W_{i,\ast}\|^2", ["r[i] = sum(k=1..n) W[i,k]^2   for i = 1..m"]),
    (r"r_i = \|W_{i*}\|^2", ["r[i] = sum(k=1..n) W[i,k]^2   for i = 1..m"]),
    (r"s = \|W_{*,1}\|^2 w^*", ["s = w_star sum(j=1..m) W[j,1]^2"]),
    (r"c_j = \|W_{\cdot j}\|^2", ["c[j] = sum(k=1..m) W[k,j]^2   for j = 1..n"]),
    (r"U_{*,j} = W_{*,j} x_j", ["U[k,j] = x[j] W[k,j]   for k = 1..m, j = 1..n"]),
    (r"y_{:,j} = \sum_{i=1}^m W_{ij}", ["y[p,j] = sum(i=1..m) W[i,j]   for p = 1..d, j = 1..n"]),
]

REFUSED = [
    (r"c_j = \|W_{*,j}\|^2 + x_*", "E006", "*"),
    (r"c = W_{*,*} x", "E006", "*"),
    (r"\bar{w}_{\cdot j} = \frac{1}{m} \sum_{i=1}^m W_{ij}", "E006", r"\cdot"),
    (r"\bar{w}_{*,j} = \frac{1}{m} \sum_{i=1}^m W_{ij}", "E006", "*"),
    (r"y = (x *) W_{1,2}", "E003", "*"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}{ROWS}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}{ROWS}$$") == (code, at)


def test_an_asterisk_between_symbols_is_an_operator() -> None:
    assert printed_lines(r"$$ y_i = \sum_j x_j * w_{i-j} $$") == ["y[i] = sum(j) x[j] w[i-j]"]


def test_a_mark_on_the_left_alone_is_refused() -> None:
    assert refusal(r"$$ m_{\cdot j} = \sum_{i=1}^n w_{ij} $$") == ("E006", r"\cdot")
