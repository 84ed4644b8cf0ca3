"""Primes that transpose."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        r"\ell = \sum_{i=1}^n (y_i - \mathbf{x}_i' \boldsymbol\beta)^2",
        [
            "ell = sum(i=1..n) (y[i] - sum(j=1..d) x[i,j] beta[j])^2",
        ],
    ),
    (
        r"b = X'X \beta",
        [
            "z[k] = sum(j=1..d) X[k,j] beta[j]   for k = 1..m",
            "b[j] = sum(k=1..m) X[k,j] z[k]   for j = 1..d",
        ],
    ),
    (
        r"L = (y - X \beta)' (y - X \beta)",
        [
            "z[j] = y[j] - sum(k=1..m) X[j,k] beta[k]   for j = 1..d",
            "L = sum(j=1..d) z[j] z[j]",
        ],
    ),
    (
        r"k = (\mathbf{x}^\top \mathbf{x}')^2",
        [
            "k = (sum(j=1..d) x[j] x'[j])^2",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected
