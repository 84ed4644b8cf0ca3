"""Operators in bold."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"s = \sum_{i=1}^n x_i \boldsymbol{\cdot} y_i \mathbf{ + } a",
        "s = sum(i=1..n) x[i] y[i] + a",
    ),
    (r"y_i = x_i \bm{-} a_i", "y[i] = x[i] - a[i]"),
]


@pytest.mark.parametrize(("text", "line"), READ)
def test_read(text: str, line: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == line
