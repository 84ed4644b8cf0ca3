"""Scripts without braces, and other things that TeX has in one way and readers in another."""

from __future__ import annotations

import pytest
from readings import printed, refusal

AS_TEX_HAS_IT = [
    ("y = x^2z", "y = x^2 z"),
    ("y = 2x^2z", "y = 2 x^2 z"),
    ("y = x^2 3", "y = 3 x^2"),
    ("y = 2^8 x", "y = 256 x"),
    ("y = e^xz", "y = exp(x) z"),
    ("y = 2^n+1", "y = 2^n + 1"),
    ("y = 2^{-n}", "y = 2^(-n)"),
    ("y = -x^2", "y = -x^2"),
    ("y = k^+ a - k^- b", "y = k_plus a - k_minus b"),
    ("y = x_+ + x_-", "y = x_plus + x_minus"),
    (r"y = \sum_{i=1}^nx_i", "y = sum(i=1..n) x[i]"),
    (r"y = \sum_{i=1}^n -x_i", "y = sum(i=1..n) (-x[i])"),
    (r"y_i = x_iz_i, \quad i = 1, \dots, n", "y[i] = x[i] z[i]   for i = 1..n"),
    (r"y_i = x^2_i + x_i^{2}, \quad i = 1, \dots, n", "y[i] = x[i]^2 + x[i]^2   for i = 1..n"),
    (r"y = \sum_{n=1}^N a_{n-1}x_{n-1}", "y = sum(n=1..N) a[n-1] x[n-1]"),
    (r"y = \frac12 x + \frac1{n} x", "y = 1/2 x + x/n"),
    (r"y = \sin 2 \pi k t", "y = sin(2 pi k t)"),
    (r"y = \log x^2 + \log(x)^2", "y = ln(x^2) + ln(x)^2"),
    ("y = 1/2 x", "y = 1/2 x"),
    (r"y = \sum_{i=1}^n a_i b_i + c", "y = sum(i=1..n) a[i] b[i] + c"),
    ("P = (n-1)! / k!", "P = Gamma(n - 1 + 1)/Gamma(k + 1)"),
    (r"P = \Gamma x + n!", "P = Gamma x + Gamma(n + 1)"),
]  # fmt: skip

REFUSED = [
    ("y = x_10", "10"),
    ("y = x^10", "10"),
    ("y = 10^10", "10"),
    (r"y = \sum_{i=1}^10 x_i", "10"),
    (r"y = \sum_{i=1}^2n x_i", "2n"),
    (r"y = \sum_{i=1}^n-1 x_i", "n-1"),
    (r"y = \sum_{i=1}^n x_ij", "ij"),
    ("y = x_1j", "1j"),
    ("y = e^-x", "-x"),
    ("y = e^- x", "- x"),
    ("y = x^-1", "-1"),
    ("y = x_-1", "-1"),
    ("y = a/bc", "a/bc"),
    ("y = 1/2x", "1/2x"),
    ("y = x/y z", "x/y z"),
    (r"y = \ln x z", r"\ln x z"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AS_TEX_HAS_IT)
def test_as_tex_has_it(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_braces_are_missing(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)


def test_a_sum_whose_limits_have_no_braces() -> None:
    assert refusal(r"$$ y = \sum_i=1^n x_i $$") == ("E003", "=")


def test_a_function_before_a_sign() -> None:
    assert refusal(r"$$ y = \exp -x^2 $$") == ("E107", r"\exp")
