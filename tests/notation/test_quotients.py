"""Quotients and powers before parentheses, and numbers with an exponent of ten."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (r"y = \frac{1}{n} (a + b)", "y = (a + b)/n"),
    (r"y = \frac{1}{n (a + b)}", "y = 1/(n * (a + b))"),
    (r"y = 1/n \sum_{i=1}^n x_i", "y = 1/n sum(i=1..n) x[i]"),
    (r"y = a/(b + c) \cdot (d + g)", "y = a * (d + g)/(b + c)"),
    (r"y = x/f(a)", "y = x/f(a)"),
    (r"y = A^{-1} (x - b)", "y = (x - b)/A"),
    (r"y = g^{-1} x", "y = x/g"),
    (r"y = 2e x", "y = 2 e x"),
    (r"y = 10^{-3} x", "y = 0.001 x"),
]

REFUSED = [
    (r"y = 1/n (a + b)", "1/n (a + b)"),
    (r"y = 1/n(a + b)", "1/n(a + b)"),
    (r"y = (a+b)/(c+d)(g+h)", "(a+b)/(c+d)(g+h)"),
    (r"y = f^{-1}(x)", "f^{-1}(x)"),
    (r"y = f^{-1}(x), \quad f(x) = x^3", "f^{-1}(x)"),
    (r"y = 1e-3 x", "1e-3"),
    (r"y = 2.5e3 x", "2.5e3"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_refused(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)


def test_a_space_ends_a_denominator_in_plain_text() -> None:
    assert printed("y = 1/n (a + b)") == "y = (a + b)/n"
