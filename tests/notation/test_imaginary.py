r"""e^{i x}: the imaginary unit, an index or a number."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (r"y = \sum_{i=1}^n e^{i x}", "y = sum(i=1..n) exp(i x)"),
    (r"y_i = e^{-a i} x_i, \quad i = 1, \dots, n", "y[i] = exp(-a i) x[i]   for i = 1..n"),
    (r"y = e^{i x}, \quad i \in \mathbb{R}", "y = exp(i x)"),
    (r"y = e^{i x}, \quad i = a + b", "y = exp(i x)"),
    (r"P = C (1 + i)^{-n}", "P = C * (1 + i)^(-n)"),
    (r"y = \sum_{i=1}^n e^{x_i}", "y = sum(i=1..n) exp(x[i])"),
]

REFUSED = [
    (r"X_k = \sum_{n=0}^{N-1} x_n e^{-2 \pi i k n / N}", "i"),
    (r"X_k = \sum_{n=0}^{N-1} x_n \exp(-j 2 \pi k n / N)", "j"),
    (r"y = e^{i x} + e^{-i x}", "i"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_refused(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)
