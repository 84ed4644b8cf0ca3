"""Conditions on the smallest or largest of several indices."""

from __future__ import annotations

import pytest

import deltarule as dr

SQUARE = " for i = 0..n, j = 0..n"
READ = [
    ("y[i,j] = { a if min(i, j) = 0; b otherwise }" + SQUARE, "b   if 1 <= i <= n, 1 <= j <= n"),
    ("y[i,j] = { a if min(i, j) > 0; b otherwise }" + SQUARE, "a   if 1 <= i <= n, 1 <= j <= n"),
    ("y[i,j] = { a if 2 <= max(i, j); b otherwise }" + SQUARE, "b   if 0 <= i <= 1, 0 <= j <= 1"),
    ("y[i,j] = { a if max(i, j) < 2; b otherwise }" + SQUARE, "a   if 0 <= i <= 1, 0 <= j <= 1"),
    ("y[i,j] = { a if max(i, j) = n; b otherwise }" + SQUARE, "b   if 0 <= i < n, 0 <= j < n"),
    ("y[i,j] = { a if min(i, j) != 0; b otherwise }" + SQUARE, "a   if 1 <= i <= n, 1 <= j <= n"),
    ("y[i,j] = { a if min(x[i], j) > 0; b otherwise }" + SQUARE, "{ a if { "),  # data
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_read(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))
