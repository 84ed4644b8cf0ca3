"""Ranges of letters that run nowhere in the equation that they are said of."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

REFUSED = [
    (r"z = 2^{-i} x_i, \quad i = 1, \dots, n", "i"),
    (r"L = r_t A_t, \quad t = 1, \dots, T", "t"),
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", at)


READ = [
    (r"z_i = 2^{-i} x_i, \quad i = 1, \dots, n", "z[i] = 2^(-i) x[i]   for i = 1..n"),
    (r"L = \sum_t r_t, \quad t = 1, \dots, T", "L = sum(t=1..T) r[t]"),
    (r"y = w_i x + b", "y = w_i x + b"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected
