"""Lengths that sums name."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"L = \sum_{i=1}^n x_i^2 + \| x \|_2",
        [
            "L = sum(i=1..n) x[i]^2 + sqrt(sum(j=1..n) x[j]^2)",
        ],
    ),
    (
        r"L = \sum_{j=1}^m (A x)_j",
        [
            "z[k] = sum(l=1..d) A[k,l] x[l]   for k = 1..m",
            "L = sum(j=1..m) z[j]",
        ],
    ),
    (
        r"y = U [a; b], \quad a, b \in \mathbb{R}^n, \quad U \in \mathbb{R}^{m \times 2n}",
        [
            "y[k] = sum(l=1..2*n) U[k,l] { a[l] if l <= n; b[l-n] otherwise }   for k = 1..m",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
