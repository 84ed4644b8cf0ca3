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
    (r"y = \ln a / b", "y = ln(a)/b"),
    (r"y = \ln(a)/b", "y = ln(a)/b"),
    (r"y = x^2/2", "y = 1/2 x^2"),
    (r"y = 10^{-3} x", "y = 0.001 x"),
]

REFUSED = [
    (r"y = 1/n (a + b)", "1/n (a + b)"),
    (r"y = 1/n(a + b)", "1/n(a + b)"),
    (r"y = (a+b)/(c+d)(g+h)", "(a+b)/(c+d)(g+h)"),
    (r"y = f^{-1}(x)", "f^{-1}(x)"),
    (r"y = 1e-3 x", "1e-3"),
    (r"y = 2.5e3 x", "2.5e3"),
    (r"L = \sum_i p_i \ln p_i/q_i", r"\ln p_i/q_i"),
    (r"y = \sin x/x", r"\sin x/x"),
    (r"y = x^1/2", "1/2"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_refused(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)


def test_a_space_ends_a_denominator_in_plain_text() -> None:
    assert printed("y = 1/n (a + b)") == "y = (a + b)/n"


def test_the_largest_of_one_number() -> None:
    assert refusal(r"$$ y_t = \max(x_t) $$") == ("E003", r"\max(x_t)")
    assert printed(r"$$ y = \max(x), \quad x \in \mathbb{R}^n $$") == "y = max(j=1..n) x[j]"
