"""Ranges beside declarations."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (  # of several indices: for those that have them all
        r"$$ g_{ij} = x_i y_j, \quad g_{ii} = y_i $$ $$ 1 \leq i < j \leq n $$",
        ["g[i,j] = x[i] y[j]   for i = 1..n-1, j = i+1..n", "g[i,i] = y[i]   for i = 2..n"],
    ),
    (
        r"y_i = W x_i, \quad x_i \in \mathbb{R}^d, i = 1, \dots, n",
        [
            "y[i,k] = sum(j=1..d) W[k,j] x[i,j]   for i = 1..n, k = 1..m",
        ],
    ),
    (
        r"h_t = \tanh(a h_{t-1} + x_t), h_0 = 0, \quad h_t \in \mathbb{R}, t = 1, \dots, T",
        [
            "h[t] = tanh(a h[t-1] + x[t])   for t = 1..T",
            "h[0] = 0",
        ],
    ),
    (  # apart from the one beside it: said of the others
        r"y_n = 2 x_n - y_{n-1}, \quad y_n = 0 \text{ for } n < 0, \quad n = 0, \dots, N",
        ["y[n] = { 2 x[n] - y[n-1]   if 0 <= n <= N", "       ; 0                 if n = -1 }"],
    ),
    (  # the sum has its own range: this one is said of the equation with the index
        r"z_k = a z_{k-1}, \quad L = \sum_{k=1}^K z_k^2, \quad k = 1, \dots, K, \quad z_0 = e",
        [
            "z[k] = a z[k-1]   for k = 1..K",
            "z[0] = e",
            "L = sum(k=1..K) z[k]^2",
        ],
    ),
]
OPEN = [
    r"y_i = 2 x_i, \quad x_i \in \mathbb{R} \text{ for all } i",
    r"y_i = 2 x_i, \quad x_i \in \mathbb{R}",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_declaration_says_where_its_index_runs(text: str, expected: list[str]) -> None:
    assert printed_lines(text if "$" in text else f"$${text}$$") == expected


@pytest.mark.parametrize("text", OPEN)
def test_one_that_does_not_leaves_it_open(text: str) -> None:
    assert str(dr.read(f"$${text}$$")).startswith("y[i] = 2 x[i]\n")


def test_nothing_is_read_beyond_a_declared_range():
    text = (
        r"y_t = V x_{t-1} \quad (t = 1, \dots, T), \quad V \in \mathbb{R}^{m \times d},"
        r"\quad x_t \in \mathbb{R}^d, \quad t = 1, \dots, T"
    )
    with pytest.raises(dr.DeltaruleError, match="outside its declared support"):
        dr.read(text)
