r"""Elements in a row with dots between them."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"z = [ x_1 \cdots x_n ]^\top", "z[j] = x[j]   for j = 1..n"),
    (r"z = [ x_1 x_2 \cdots x_n ]", "z[j] = x[j]   for j = 1..n"),
    (r"z = \left( x_1^2 \cdots x_n^2 \right)^T", "z[j] = x[j]^2   for j = 1..n"),
    (r"z = \left[ \cos(b_1) \cdots \cos(b_D) \right]', b \in \mathbb{R}^D",
     "z[j] = cos(b[j])   for j = 1..D"),
    (r"z = [ x_0 \cdots x_{n-1} ]^\top", "z[j] = x[j-1]   for j = 1..n"),
    (r"z = [ x_n \cdots x_1 ]^\top", "z[j] = x[n-j+1]   for j = 1..n"),
    (r"z = a [ x_1 \cdots x_n ]^\top", "z[j] = a x[j]   for j = 1..n"),
    (r"k = z^\top z, z = [ \cos(b_1) \cdots \cos(b_D) ]^\top, b \in \mathbb{R}^D",
     "k = sum(l=1..D) z[l] z[l]"),
    (r"k = z^\top z, z = [ x_1 \cdots x_D ], z \in \mathbb{R}^D", "k = sum(l=1..D) z[l] z[l]"),
    # no bracket that makes a vector of them: products
    (r"y = x_1 \cdots x_n", "y = prod(k=1..n) x[k]"),
    (r"y = 2 (x_1 \cdots x_n), x \in \mathbb{R}^n", "y = 2 prod(k=1..n) x[k]"),
    (r"y = [ x_1 \cdots x_n ]^{1/n}", "y = (prod(k=1..n) x[k])^(1/n)"),
    (r"y = \log [ x_1 \cdots x_n ]", "y = ln(prod(k=1..n) x[k])"),
]  # fmt: skip

REFUSED = [
    (r"y = 2 [ x_1 \cdots x_n ]", "E006", r"[ x_1 \cdots x_n ]"),
    (r"y = a [ x_1 \cdots x_n ]", "E006", r"a [ x_1 \cdots x_n ]"),
    (r"k = z^\top z, z = [ x_1 \cdots x_n ]", "E006", r"[ x_1 \cdots x_n ]"),
    (r"p = [ x_1 \cdots x_n ], p \in \mathbb{R}", "E108", r"x_1 \cdots x_n"),
    (
        r"X = [ \mathbf{x}_1 \cdots \mathbf{x}_n ], \quad Y = X W",
        "E008",
        r"\mathbf{x}_1 \cdots \mathbf{x}_n",
    ),
    (r"z = [ x_1 y_1 \cdots x_n y_m ]^\top", "E008", r"\cdots"),
    (r"z = f(x)'", "E003", "f(x)"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in printed_lines(f"$${text}$$")


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
