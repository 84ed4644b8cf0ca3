"""Equations that say where their value lies."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"y = W x \in \mathbb{R}^m, \quad W \in \mathbb{R}^{m \times n}",
        ["y[j] = sum(k=1..n) W[j,k] x[k]   for j = 1..m"],
    ),
    (
        r"s = w^\top x \in \mathbb{R}, \quad x \in \mathbb{R}^n",
        ["s = sum(j=1..n) w[j] x[j]"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
