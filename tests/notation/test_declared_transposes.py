"""Declarations of transposes."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"y = C x, \quad x, C^\top \in \mathbb{R}^n",
        [
            "y = sum(j=1..n) C[j] x[j]",
        ],
    ),
    (
        r"y = C^\top s, \quad C^\top \in \mathbb{R}^n, \quad s \in \mathbb{R}",
        [
            "y[j] = s C[j]   for j = 1..n",
        ],
    ),
    (
        r"y_t = C_t h_t, \quad h_t, C_t^\top \in \mathbb{R}^n, \quad t = 1, \dots, T",
        [
            "y[t] = sum(j=1..n) C[t,j] h[t,j]   for t = 1..T",
        ],
    ),
    (
        r"y = W x, \quad W^\top \in \mathbb{R}^{n \times m}",
        [
            "y[j] = sum(k=1..n) W[j,k] x[k]   for j = 1..m",
        ],
    ),
    (
        r"y_j = \sum_{k=1}^n C_k x_{jk}, \quad C^\top \in \mathbb{R}^n",
        [
            "y[j] = sum(k=1..n) C[k] x[j,k]",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
