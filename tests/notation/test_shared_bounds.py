"""Bounds that several indices share, and lists of conditions that only look alike."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, under_caret

READ = [
    (r"w_{ij} = x_i y_j, \quad 1 \leq i, j \leq n", "w[i,j] = x[i] y[j]   for i = 1..n, j = 1..n"),
    (
        r"w_{ij} = x_i y_j, \quad 0 \leq i, j < n, \quad i \neq j",
        "w[i,j] = x[i] y[j]   for i = 0..n-1, j = 0..n-1, j != i",
    ),
    (
        r"w_{ijk} = x_i y_j z_k \quad \text{for } 1 \leq i, j, k \leq n",
        "w[i,j,k] = x[i] y[j] z[k]   for i = 1..n, j = 1..n, k = 1..n",
    ),
    (
        r"w_{ijk} = \begin{cases} x_i & 1 \leq i, j, k \leq n \\ 0 & \text{otherwise} \end{cases}, \quad i, j, k = 1, \dots, m",
        "w[i,j,k] = { x[i]   if 1 <= k <= n, k <= m, 1 <= j <= n, j <= m, 1 <= i <= n, i <= m",
    ),
    (r"E = \sum_{1 \leq i, j \leq n} z_{ij}", "E = sum(i=1..n, j=1..n) z[i,j]"),
    (
        r"E = \sum_{1 \leq i, j \leq n,\, i \ne j} z_{ij}",
        "E = sum(i=1..n, j=1..n, j != i) z[i,j]",
    ),
    (r"E = \sum_{1 \leq i < j \leq n} z_{ij}", "E = sum(i=1..n-1, j=i+1..n) z[i,j]"),
    # lists of conditions: each index has its bounds elsewhere, or the bounds are indices
    (r"w_{ij} = z_{ij}, \quad 1 \leq i, i \leq n, 1 \leq j, j \leq m", "w[i,j] = z[i,j]   for i = 1..n, j = 1..m"),
    (
        r"E = \sum_{i < j, k < l} w_{ik} z_{jl}, \quad w, z \in \mathbb{R}^{n \times m}",
        "E = sum(i=1..n-1, j=i+1..n, k=1..m-1, l=k+1..m) w[i,k] z[j,l]",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


@pytest.mark.parametrize(
    ("conditions", "wrong"),
    [
        (r"1 \leq i, j \leq n, i \leq m", r"1 \leq i, j \leq n"),  # i has another end
        (r"1 \leq i, j \leq n, 3 \leq j", r"1 \leq i, j \leq n"),
        (r"1 \leq i \text{ and } j \leq n", r"1 \leq i \text{ and } j \leq n"),
        (r"1 \leq i, k \leq n", r"1 \leq i, k \leq n"),  # k is no index of w
    ],
)
def test_two_readings(conditions: str, wrong: str) -> None:
    text = rf"$$ w_{{ij}} = x_i y_j \quad \text{{for }} {conditions} $$"
    error = error_of(text)
    assert (error.code, under_caret(error)) == ("E006", wrong)
    assert r"1 \leq i \leq n" in error.help
