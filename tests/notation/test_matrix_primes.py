"""Primes that transpose matrices, and those that may mean another matrix."""

from __future__ import annotations

import pytest
from readings import error_of, printed

SQUARE = r", \quad G \in \mathbb{R}^{n \times n}"
READ = [
    ("S = G + G'" + SQUARE, "S[j,k] = G[j,k] + G[k,j]   for j = 1..n, k = 1..n"),
    (
        r"S = G_0 + \sum_{v=1}^q (G_v + G_v'), \quad G_v \in \mathbb{R}^{n \times n}",
        "S[j,k] = G[0,j,k] + sum(v=1..q) (G[v,j,k] + G[v,k,j])   for j = 1..n, k = 1..n",
    ),
    (
        r"P = F F', \quad F \in \mathbb{R}^{n \times m}",
        "P[j,l] = sum(k=1..m) F[j,k] F[l,k]   for j = 1..n, l = 1..n",
    ),
    (
        r"S = G + G', \quad G = \mathbf{x} \mathbf{x}^\top, \quad \mathbf{x} \in \mathbb{R}^n",
        "S[j,k] = G[j,k] + G[k,j]   for j = 1..n, k = 1..n\n"
        "G[j,k] = x[j] x[k]   for j = 1..n, k = 1..n",
    ),
    # the prime makes another symbol: of a vector, where it is declared, where it is defined
    (r"s = x + x', \quad x \in \mathbb{R}^n", "s[j] = x[j] + x'[j]   for j = 1..n"),
    (
        r"S = G + G', \quad G, G' \in \mathbb{R}^{n \times n}",
        "S[j,k] = G[j,k] + G'[j,k]   for j = 1..n, k = 1..n",
    ),
    (
        r"S = G + G', \quad G' = a G, \quad a \in \mathbb{R}" + SQUARE,
        "S[j,k] = G[j,k] + G'[j,k]   for j = 1..n, k = 1..n\n"
        "G'[j,k] = a G[j,k]   for j = 1..n, k = 1..n",
    ),
    ("s = a + a'", "s = a + a'"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


REFUSED = [
    r"P = V F', \quad F \in \mathbb{R}^{n \times m}, \quad V \in \mathbb{R}^{m \times m}",
    r"h = W x + F' z, \quad W, F \in \mathbb{R}^{n \times m}, \quad x \in \mathbb{R}^m",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == "E006"
    assert r"write 'F^\top' for the transpose" in str(error)
