"""Equations of one element under conditions that exclude each other are the cases of one."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal


@pytest.mark.parametrize("text, first", [
    ("y[i] = x[i] if x[i] > 0\ny[i] = 0 if x[i] <= 0\nL = sum(i=1..n) y[i]",
     "y[i] = { x[i] if x[i] > 0; 0 otherwise }   for i = 1..n"),
    ("y[i] = x[i] if x[i] > 0\ny[i] = 0 if 0 >= x[i]\nL = sum(i=1..n) y[i]",
     "y[i] = { x[i] if x[i] > 0; 0 otherwise }   for i = 1..n"),
    ("y[i] = x[i] if x[i] > 0\ny[i] = 0 otherwise\nL = sum(i=1..n) y[i]",
     "y[i] = { x[i] if x[i] > 0; 0 otherwise }   for i = 1..n"),
    ("y = a if x > 1\ny = b if x < 0\ny = c otherwise", "y = { a if x > 1; b if x < 0; c otherwise }"),
    (r"$$ y_i = x_i \text{ if } x_i > 0, \quad y_i = 0 \text{ otherwise}, \quad i = 1, \ldots, n $$",
     "y[i] = { x[i] if x[i] > 0; 0 otherwise }   for i = 1..n"),
])  # fmt: skip
def test_they_are_cases(text, first):
    assert printed_lines(text)[0] == first


def test_conditions_on_indices_are_ranges():
    lines = printed_lines("y[i] = a if i <= n\ny[i] = b if i > n\nL = sum(i=1..2*n) y[i]")
    assert lines[:2] == ["y[i] = { a   if 1 <= i <= n", "       ; b   if n < i <= 2*n }"]


@pytest.mark.parametrize("text, expected", [
    ("y[i] = x[i] if x[i] > 0\ny[i] = 0 if x[i] < 0\nL = sum(i=1..n) y[i]", ("E008", "x[i] > 0")),  # nothing at 0
    ("y[i] = x[i] if x[i] > 0\ny[i] = 0 if z[i] <= 0\nL = sum(i=1..n) y[i]", ("E008", "x[i] > 0")),
    ("y[i] = x[i]\ny[i] = 0 otherwise\nL = sum(i=1..n) y[i]", ("E003", "otherwise")),
])  # fmt: skip
def test_what_leaves_a_gap_is_refused(text, expected):
    assert refusal(text) == expected
