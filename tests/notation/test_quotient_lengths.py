"""Lengths that are quotients of sizes."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, under_caret


def test_a_quotient_is_a_size_of_its_own() -> None:
    text = r"""$$ s = W_2 \tanh(W_1 z), \quad W_1 \in \mathbb{R}^{\frac{C}{r} \times C},
        W_2 \in \mathbb{R}^{C \times C / r}, V \in \mathbb{R}^{C \times C/r \times C/r},
        u = \sum_j V_{1,j,j} $$"""
    assert printed_lines(text) == [
        "z1[k] = sum(l=1..C) W_1[k,l] z[l]   for k = 1..C_r",
        "a[k] = tanh(z1[k])   for k = 1..C_r",
        "s[l] = sum(k=1..C_r) W_2[l,k] a[k]   for l = 1..C",
        "u = sum(j) V[1,j,j]",
    ]


@pytest.mark.parametrize(
    "text",
    [
        r"y = r W x, \quad W \in \mathbb{R}^{\frac{C}{r} \times C}",  # r is a number
        r"y = W x, \quad W \in \mathbb{R}^{\frac{C}{2} \times C}",
        r"y = W x, \quad W \in \mathbb{R}^{\frac{C \times H}{r} \times C}",
        r"y = W x, \quad W \in \mathbb{R}^{\frac{C}{r} \times C}, V \in \mathbb{R}^{r \times C}, z = V x",
    ],
)
def test_what_else_speaks_of_the_divisor_is_refused(text: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == "E111"
    assert under_caret(error).startswith(r"\frac{C")
