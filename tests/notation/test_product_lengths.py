"""Lengths that are products of sizes."""

import pytest
from readings import printed_lines, refusal


def test_a_product_is_a_size_of_its_own():
    text = r"""W \in \mathbb{R}^{hd \times m}, \quad y = W x, \quad V \in \mathbb{R}^{m \times (d \cdot h)},
        \quad u = V y, \quad z = \frac{1}{hd} \sum_{i=1}^{h \cdot d} y_i"""
    assert printed_lines(text) == [
        "y[j] = sum(k=1..m) W[j,k] x[k]   for j = 1..h_d",
        "u[k] = sum(j=1..h_d) V[k,j] y[j]   for k = 1..m",
        "z = 1/h_d sum(i=1..h_d) y[i]",
    ]


def test_columns_of_what_elements_define():
    text = r"""D_{ij} = \exp((X W)_{ij}), \quad Y = D^\top X,
        \quad X \in \mathbb{R}^{m \times d}, W \in \mathbb{R}^{d \times (n \cdot p)}"""
    assert printed_lines(text)[1:] == [
        "D[i,j] = exp(z[i,j])   for i = 1..m, j = 1..n_p",
        "Y[p,l] = sum(k=1..m) D[k,p] X[k,l]   for p = 1..n_p, l = 1..d",
    ]


REFUSED = [
    (r"W \in \mathbb{R}^{hd \times m}, y = W x, \quad V \in \mathbb{R}^{h \times d}, u = V v", "E111", "hd"),
    (r"W \in \mathbb{R}^{hd \times m}, y = h d W x", "E111", "hd"),
    (r"y_i = \sum_{j=1}^{n \cdot p} x_{ij}", "E111", r"n \cdot p"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_what_else_speaks_of_both_factors_is_refused(text, code, at):
    assert refusal(text) == (code, at)
