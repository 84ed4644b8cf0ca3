"""Ranges and starts in parentheses behind an equation, (n = 0, …, N - 1; s[-1] = 0), read as without them."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal


@pytest.mark.parametrize("text, lines", [
    ("y[i,j] = x[i,j]   (i = 1..n, j = 1..m)", ["y[i,j] = x[i,j]   for i = 1..n, j = 1..m"]),
    ("y[i,j] = x[i,j]   (i = 1..n; j = 1..m)", ["y[i,j] = x[i,j]   for i = 1..n, j = 1..m"]),
    ("s[n] = x[n] + s[n-1] - s[n-2]   (n = 0, 1, ..., N-1; s[-1] = s[-2] = 0)",
     ["s[n] = x[n] + s[n-1] - s[n-2]   for n = 0..N-1", "s[-1] = 0", "s[-2] = 0"]),
    (r"$$ y_i = a y_{i-1} \quad (i = 1, \ldots, n; y_0 = 0) $$",
     ["y[i] = a y[i-1]   for i = 1..n", "y[0] = 0"]),
])  # fmt: skip
def test_each_is_a_condition_or_an_equation(text, lines):
    assert printed_lines(text) == lines


@pytest.mark.parametrize("text, expected", [
    ("y[i] = x[i]   (i = 1..n; L)", ("E003", "L")),
    ("y[i] = a y[i-1]   (y[0] = 0)", ("E006", "y[i-1]   (y[0] = 0)")),  # y of something?
])  # fmt: skip
def test_anything_else_is_refused(text, expected):
    assert refusal(text) == expected
