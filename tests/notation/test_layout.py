"""Rows of alignment with several equations, notes and ranges."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

import deltarule as dr

READ = [
    (r"\begin{align} a &= b + 1 & c &= d^2 \end{align}", ["a = b + 1", "c = d^2"]),
    (
        r"\begin{align*} y_t &= 2 x_t & t &= 1, \dots, T \end{align*}",
        ["y[t] = 2 x[t]   for t = 1..T"],
    ),
    (
        r"\begin{alignat}{2} y_t &= 2 x_t \quad && \text{for } t = 1, \dots, T \end{alignat}",
        ["y[t] = 2 x[t]   for t = 1..T"],
    ),
    (r"\begin{align} \text{A}:& & a &= b \\ \text{B}:& & c &= d \end{align}", ["a = b", "c = d"]),
    (r"\begin{eqnarray} a &=& b + c \\ &+& d \end{eqnarray}", ["a = b + c + d"]),
    (r"\begin{align} a = & b + \\ & c & d = & e \end{align}", ["a = b + c", "d = e"]),
    (r"y_i = x_i^2 \; (i = 1, \dots, n)", ["y[i] = x[i]^2   for i = 1..n"]),
    (r"y_i = x_i (1 \le i \le n), \; z_i = y_i + 1", ["y[i] = x[i]   for i = 1..n",
                                                     "z[i] = y[i] + 1   for i = 1..n"]),
    (r"y_i = a_i (i \in \{1, \dots, n\})", ["y[i] = a[i]   for i = 1..n"]),
    (r"\begin{align} L = {}& a + c \\ & {} + b \end{align}", ["L = a + c + b"]),
    (r"\begin{align} L & {}= a \\ &{}+ b \end{align}", ["L = a + b"]),
    (r"L = a \boldsymbol{\cdot} b \bm{+} c", ["L = a b + c"]),
    (r"L \pmb{=} a \boldsymbol\cdot b", ["L = a b"]),
    (r"y_i = I(0 \le x_i \le 1)", ["y[i] = [0 <= x[i], x[i] <= 1]"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    equations = str(dr.read(f"$${text}$$")).split("\n\n")[0].split("\n")
    assert [e for e in equations if e] == expected


@pytest.mark.parametrize(
    "text",
    [r"L = a {}_2 + b", r"L = \frac{a}{} + b", r"L = a_{} + b", r"L = \sqrt{} + b", r"L = a + {}"],
)
def test_empty_braces_that_miss_something(text: str) -> None:
    assert error_of(f"$${text}$$").code == "E003"


def test_a_range_in_parentheses_in_plain_text() -> None:
    assert str(dr.read("y[i] = x[i] (i = 1..n)")).startswith("y[i] = x[i]   for i = 1..n")


JOINED = [
    (
        r"e = \vec{a}^\top [\vec{x} \| \vec{h}]",
        "e = sum(j=1..d+m) a[j] { x[j] if j <= d; h[j-d] otherwise }",
    ),
    (
        r"e = \mathbf{a} \cdot [\vec{x} \| \vec{h}]",
        "e = sum(j=1..d+m) a[j] { x[j] if j <= d; h[j-d] otherwise }",
    ),
    (
        r"h = \tanh([x \| y]), \quad x, y \in \mathbb{R}^n",
        "h[k] = tanh({ x[k] if k <= n; y[k-n] otherwise })   for k = 1..2*n",
    ),
    (
        r"y = s [\| x \|_2 + 1], \quad x \in \mathbb{R}^n",
        "y = s * (sqrt(sum(j=1..n) x[j]^2) + 1)",
    ),
    (
        r"y = [a \|b\|_2 c_1 + d], \quad b \in \mathbb{R}^n",
        "y = a sqrt(sum(j=1..n) b[j]^2) c_1 + d",
    ),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_one_pair_of_bars_joins_and_two_are_a_norm(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$") == [expected]


@pytest.mark.parametrize(
    ("text", "code"), [(r"y = [a \| b \| c]", "E006"), (r"L = D[p \| q]", "E006")]
)
def test_other_bars_in_brackets(text: str, code: str) -> None:
    assert error_of(f"$${text}$$").code == code
