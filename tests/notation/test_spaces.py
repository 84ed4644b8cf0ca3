"""The dimensions of real spaces."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

SPACES = [
    r"\mathbb{R}^{n \times d}",
    r"\mathbb{R}^{n, d}",
    r"\mathbb{R}^{(n, d)}",
    r"\mathbb{R}^{(n \times d)}",
]


@pytest.mark.parametrize("space", SPACES)
def test_read(space: str) -> None:
    text = rf"$$y = X w, \quad X \in {space}$$"
    assert printed_lines(text) == ["y[j] = sum(k=1..d) X[j,k] w[k]   for j = 1..n"]


def test_sums_are_one_dimension() -> None:
    text = r"$$y = X w, \quad X \in \mathbb{R}^{(n+1) \times (d+1)}$$"
    assert printed_lines(text) == ["y[j] = sum(k=1..d+1) X[j,k] w[k]   for j = 1..n+1"]


def test_no_dimension() -> None:
    assert refusal(r"$$y = X w, \quad X \in \mathbb{R}^{}$$") == ("E003", "}")
