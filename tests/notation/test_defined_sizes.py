"""Sizes that an equation gives."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (r"y = \sum_{t=1}^N x_t, \quad N = 5", ["y = sum(t=1..5) x[t]"]),
    (
        r"y = \frac{1}{N} \sum_{t=1}^N x_t, \quad N = 2 q + 1, \quad z_i = x_i \quad (i = 1, \dots, q)",
        ["y = 1/(2 q + 1) sum(t=1..2*q+1) x[t]", "z[i] = x[i]   for i = 1..q"],
    ),
    (
        r"y = \sum_{t=1}^M x_t + N, \quad M = 2 N, \quad N = q + 1",
        ["y = sum(t=1..2*q+2) x[t] + q + 1"],
    ),
    (
        r"y = V x, \quad V \in \mathbb{R}^{m \times d}, \quad d = 3 k",
        ["y[j] = sum(l=1..3*k) V[j,l] x[l]   for j = 1..m"],
    ),
    (  # a number like others: no range ends with it
        r"n = a + b, \quad y = \frac{x}{n}",
        ["n = a + b", "y = x/n"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(
    "text",
    [
        r"y = \sum_{t=1}^N x_t, \quad N = \sum_i z_i",
        r"y = \sum_{t=1}^M x_t, \quad M = N + 1, \quad N = M - 1",
        r"y = \sum_{t=1}^M x_t, \quad M = N + 1, \quad N = e^z",
        r"y = \sum_{t=1}^N x_t, \quad N = 2 a, \quad a \in \mathbb{R}",
    ],
)
def test_what_data_give_ends_no_range(text: str) -> None:
    with pytest.raises(dr.DeltaruleError, match="a range that depends on data"):
        dr.read(f"$${text}$$")
