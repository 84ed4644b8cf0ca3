"""What an element that an equation defines without arguments depends on."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

GATES = r"y_i = a_i(x) + c, a_i = e^{b_i}, z_i = d_i(x, t) + t, d_i(x, t) = b_i t, i = 1,\dots,n"

CASES = [
    (GATES, "y[i] = a[i] + c   for i = 1..n"),
    (GATES.replace("a_i(x) + c", "a_i(x) s_i"), "y[i] = a[i] s[i]   for i = 1..n"),
    (
        r"y_i = a_i(\mathbf x) + c, a_i = e^{b_i}, z_i = d_i(\mathbf x), d_i = b_i^2, i = 1,\dots,n",
        "y[i] = a[i] + c   for i = 1..n",
    ),
    (
        r"p(t | \mathbf x) = \sum_{i=1}^m a_i(\mathbf x) e^{-|t - u_i(\mathbf x)|}, a_i = e^{b_i}, "
        r"b_i = \mathbf{w}_i^T \mathbf x, q_i = u_i(\mathbf x), u_i = \mathbf{v}_i^T \mathbf x, "
        r"\mathbf{x} \in \mathbb{R}^d, \mathbf{w}_i \in \mathbb{R}^d, \mathbf{v}_i \in \mathbb{R}^d",
        "q[i] = u[i]   for i = 1..m",
    ),
]


@pytest.mark.parametrize(("text", "line"), CASES)
def test_the_arguments_are_left_out(text: str, line: str):
    assert line in printed_lines(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        # x alone in parentheses, and nothing says that it is no factor
        (r"y_i = a_i(x) + c, a_i = e^{b_i}, z_i = d_i(x), d_i = b_i^2, i = 1,\dots,n", "a_i(x)"),
        # x is a value of which a_i is not computed
        (GATES.replace("+ c", "+ x"), "a_i(x)"),
        # no other symbol depends on x
        (r"y_i = a_i(\mathbf x), a_i = e^{b_i}, i = 1,\dots,n", r"a_i(\mathbf x)"),
        # nothing defines a
        (GATES.replace("a_i = e^{b_i}, ", ""), "a_i(x)"),
    ],
)
def test_otherwise_they_may_be_factors(text: str, at: str):
    assert refusal(text) == ("E006", at)


def test_what_is_no_symbol_is_a_factor():
    text = GATES.replace("a_i(x)", "a_i(x^2)")
    assert "y[i] = a[i] x^2 + c   for i = 1..n" in printed_lines(text)


def test_a_function_with_arguments_on_its_left_side_keeps_them():
    text = r"y_i = a_i(x), a_i(x) = b_i x, z_i = d(x, t), i = 1, \dots, n"
    assert "y[i] = b[i] x   for i = 1..n" in printed_lines(text)
