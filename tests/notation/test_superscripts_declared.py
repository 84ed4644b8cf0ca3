"""Declared symbols with a letter above: names, or elements of an array of matrices."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"W^{k+1} = W^k M, \quad W^1 = A, \quad k = 1, \dots, K, \quad W^k, A \in \mathbb{R}^{n \times n}",
        [
            "W[k+1, j, l] = sum(m=1..n) W[k,j,m] M[m,l]   for k = 1..K, j = 1..n, l = 1..n",
            "W[1,j,l] = A[j,l]   for j = 1..n, l = 1..n",
        ],
    ),
    (
        r"y = W^Q x, \quad W^Q \in \mathbb{R}^{m \times n}",
        ["y[j] = sum(k=1..n) WQ[j,k] x[k]   for j = 1..m"],
    ),
    (
        r"h^l = W^l h^{l-1} + b^l, \quad W^l \in \mathbb{R}^{n \times n}, \quad b^l \in \mathbb{R}^n, \quad h^0 = x, \quad l = 1, \ldots, L",
        [
            "h[l,j] = sum(k=1..n) W[l,j,k] h[l-1, k] + b[l,j]   for l = 1..L, j = 1..n",
            "h[0,j] = x[j]   for j = 1..n",
        ],
    ),
    (
        r"q_i = W^q x_i, \quad k_i = W^k x_i, \quad W^q, W^k \in \mathbb{R}^{m \times n}, \quad i = 1, \ldots, N",
        [
            "q[i,j] = sum(l=1..n) Wq[j,l] x[i,l]   for i = 1..N, j = 1..m",
            "k[i,j] = sum(l=1..n) Wk[j,l] x[i,l]   for i = 1..N, j = 1..m",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
