"""Powers of what functions are, written between them and their arguments."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, under_caret

import deltarule as dr

READ = [
    (r"f(x) = 2 x, \quad y = f^2(u) + f(u)", ["y = (2 u)^2 + 2 u"]),
    (
        r"\tau(z) = \sum_{i=1}^n z_i, \quad y = 3 \tau^2(u) w, \quad z, u \in \mathbb{R}^n",
        ["tau = sum(i=1..n) u[i]", "y = 3 tau^2 w"],
    ),
    (r"f(a, b) = a - b, \quad y = f^2(u, v)", ["y = (u - v)^2"]),
    # a number
    (r"y = u^2 (v + 1), \quad u = 2 v", ["y = u^2 (v + 1)", "u = 2 v"]),
    (
        r"w(n) = 1 - n / N, \quad E = \sum_{n=0}^{N-1} w^2(n)",
        ["w[n] = 1 - 1/N n   for n = 0..N-1", "E = sum(n=0..N-1) w[n]^2"],
    ),
    (
        r"h[n] = a^n, \quad E = \sum_{n=0}^N h^2[n] x^2 (a + b)",
        ["h[n] = a^n   for n = 0..N", "E = sum(n=0..N) h[n]^2 x^2 (a + b)"],
    ),
    (
        r"f(x) = x^2 + 1, \quad E = \sum_{i=1}^n 2 f^3(x_i) c_i",
        ["E = sum(i=1..n) 2 (x[i]^2 + 1)^3 c[i]"],
    ),
    (
        r"f_k(x, y) = w_k x + y, \quad E = \sum_{k=1}^K f_k^2(a, b)",
        ["E = sum(k=1..K) (w[k] a + b)^2"],
    ),
    (r"E = f(z) + \sum_{i=1}^n f^2(x_i)", ["E = f(z) + sum(i=1..n) f(x[i])^2"]),
    # a number, with and without parentheses behind it
    (r"E = a + \sum_{i=1}^n a^2(x_i + b)", ["E = a + sum(i=1..n) a^2 (x[i] + b)"]),
    (r"E = a + \sum_{i=1}^n a^2 (x_i)", ["E = a + sum(i=1..n) a^2 x[i]"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_refused() -> None:
    text = r"$$ E = \sum_{i=1}^n f^2(x_i) $$"
    error = error_of(text)
    assert (error.code, under_caret(error)) == ("E006", "f^2(x_i)")
    assert "(f(x_i))^2" in error.help


def test_what_the_settings_say_is_a_function() -> None:
    text = "---\nfunctions: f = tanh\n---\n$$ E = \\sum_{i=1}^n f^2(x_i) $$"
    assert str(dr.read(text)).startswith("E = sum(i=1..n) tanh(x[i])^2\n")
