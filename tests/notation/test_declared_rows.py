"""Declarations with more subscripts than an array is written with."""

from __future__ import annotations

import pytest
from readings import error_of, printed

READ = [
    (
        r"a_i = 2 w_{i - 1}, \quad i = 1, \dots, k",
        "w[r,c] for r = 0..k-1, c = 1..d",
        "a[i,j] = 2 w[i-1, j]   for i = 1..k, j = 1..d",
    ),
    (
        r"y = W x",
        "W[i,j] for i = 1..m, 1 <= j <= n",
        "y[j] = sum(k=1..n) W[j,k] x[k]   for j = 1..m",
    ),
    # as many as are written
    (
        r"a_i = 2 w_i",
        "w[r] for r = 1..k",
        "a[i] = 2 w[i]   for i = 1..k",
    ),
]

REFUSED = [
    (r"y_i = 2 x_i", "x[i,j] for i = 1..m, j = 0..n"),
    (r"y_i = 2 x_i", "x[i,j] for i = 1..m, j = 1..i"),
    (r"y_i = x_i + x_{i1}", "x[i,j] for i = 1..m, j = 1..n"),
]


@pytest.mark.parametrize(("text", "declared", "expected"), READ)
def test_read(text: str, declared: str, expected: str) -> None:
    assert printed(f"$${text}$$\n```deltarule\n{declared}\n```\n") == expected


@pytest.mark.parametrize(("text", "declared"), REFUSED)
def test_refused(text: str, declared: str) -> None:
    assert error_of(f"$${text}$$\n```deltarule\n{declared}\n```\n").code == "E106"
