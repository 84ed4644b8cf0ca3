"""Plain letters beside a plain matrix times a bold vector."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y = \mathbf{X} \mathbf{w} + b",
        ["y[j] = sum(k=1..m) X[j,k] w[k] + b   for j = 1..d"],
    ),
    (
        r"y = X \mathbf{w} + b, \quad b \in \mathbb{R}",
        ["y[j] = sum(k=1..m) X[j,k] w[k] + b   for j = 1..d"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_refused() -> None:
    assert refusal(r"$$h = \sigma(W \mathbf{x} + b)$$") == ("E006", "b")
