"""Symbols whose formulas apply them to shifted arguments are tables."""

from __future__ import annotations

import pytest
from readings import error_of

import deltarule as dr

READ = [
    (
        r"$$ g(i,j) = d(i,j) + g(i-1,j-1), \quad d(i,j) = |a_i - b_j|, \quad g(0,j) = 0, \quad g(i,0) = 0, "
        r"\quad D = g(I,J) $$",
        ["D = g[I,J]", "g[i,j] = d[i,j] + g[i-1, j-1]"],
    ),
    (r"$$ F(n) = F(n-1) + F(n-2), \quad F(0) = a, \quad F(1) = b, \quad y = F(N) $$", ["y = F[N]"]),
    (r"$$ f(x) = f'(x) + x^2, \quad y_i = f(x_i) $$", ["f'("]),  # a function of numbers
]
REFUSED = [
    (r"$$ f(x) = 2 f(x / 2) + x, \quad y = f(z) $$", "E105"),
    (r"$$ f(x) = f(2 x) + x, \quad y = f(z) $$", "E105"),
]


@pytest.mark.parametrize(("text", "parts"), READ[:2])
def test_read(text: str, parts: list[str]) -> None:
    shown = str(dr.read(text))
    assert [p for p in parts if p not in shown] == []


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused(text: str, code: str) -> None:
    assert error_of(text).code == code
