"""Functions of vectors that are called with several shapes, or with what tells the shapes of their letters."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (  # x is what the formula is for, and an input
        r"f(x) = x \sigma(x), \quad y = f(W x), \quad W \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        [
            "z[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..m",
            "y[j] = z[j] sigma(z[j])   for j = 1..m",
        ],
    ),
    (
        r"f(u) = \|u\|^2, \quad L = f(W x) + f(x), \quad W \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        [
            "z[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..m",
            "f = sum(j=1..m) z[j]^2",
            "f_2 = sum(k=1..d) x[k]^2",
            "L = f + f_2",
        ],
    ),
    (  # functions within one another
        r"n(u) = \|u\|^2, \quad f(u) = n(u) + n(V u), \quad L = f(W x), \quad W \in \mathbb{R}^{m \times d}, V \in \mathbb{R}^{q \times m}",
        [
            "z[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..m",
            "n = sum(j=1..m) z[j]^2",
            "u[l] = sum(j=1..m) V[l,j] z[j]   for l = 1..q",
            "n_2 = sum(l=1..q) u[l]^2",
            "f = n + n_2",
            "L = f",
        ],
    ),
    (  # a function that only another one calls
        r"n(u) = \|u\|^2, \quad f(v) = n(v) + 1, \quad L = f(x), \quad x \in \mathbb{R}^d",
        ["n = sum(j=1..d) x[j]^2", "f = n + 1", "L = f"],
    ),
    (  # what it is called with says that u is a vector
        r"f(u) = A u, \quad y = f(x), \quad x \in \mathbb{R}^d",
        ["f[k] = sum(j=1..d) A[k,j] x[j]   for k = 1..m", "y[k] = f[k]   for k = 1..m"],
    ),
    (
        r"f(u) = A u, \quad y = f(x), \quad x \in \mathbb{R}^d, A \in \mathbb{R}",
        ["y[j] = A x[j]   for j = 1..d"],
    ),
    (  # shapes that fit: one copy, whose letters tell what u is
        r"f(x) = A x, \quad y = f(u), \quad A \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        ["f[j] = sum(k=1..d) A[j,k] u[k]   for j = 1..m", "y[j] = f[j]   for j = 1..m"],
    ),
    (  # a word that a formula of numbers defines
        r"\mathrm{act}(u) = u \sigma(u), \quad y = \mathrm{act}(W x), \quad W \in \mathbb{R}^{m \times d}",
        ["z[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..m", "y[j] = z[j] sigma(z[j])   for j = 1..m"],
    ),
]  # fmt: skip

REFUSED = [
    (  # nothing about calls
        r"y = W x + b, \quad W \in \mathbb{R}^{m \times d}, b \in \mathbb{R}^d, x \in \mathbb{R}^m",
        "E108",
        "x",
    ),
    (  # does not fit within one call
        r"f(u) = A u, \quad y = f(W x), \quad A \in \mathbb{R}^{m \times d}, W \in \mathbb{R}^{q \times d}",
        "E108",
        "W x",
    ),
    (  # a function that calls itself
        r"f(u) = \|u\|^2 f(V u), \quad L = f(W x), \quad W \in \mathbb{R}^{m \times d}, V \in \mathbb{R}^{q \times m}",
        "E105",
        r"f(u) = \|u\|^2 f(V u)",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
