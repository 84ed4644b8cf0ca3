"""Bold capital letters with two subscripts before bold vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"\mathbf{y}_i = \sum_j \mathbf{A}_{ij} \mathbf{x}_j",
        ["y[i,k] = sum(j) A[i,j] x[j,k]   for k = 1..d"],
    ),
    (
        r"\mathbf{u}_{ji} = \mathbf{W}_{ij} \mathbf{x}_i, \quad \mathbf{W}_{ij} \in \mathbb{R}^{m \times n}",
        ["u[j,i,k] = sum(l=1..n) W[i,j,k,l] x[i,l]   for k = 1..m"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_without_a_sum_it_may_be_a_matrix() -> None:
    assert refusal(r"$$\mathbf{u}_{ji} = \mathbf{W}_{ij} \mathbf{x}_i$$") == (
        "E006",
        r"\mathbf{W}_{ij} \mathbf{x}_i",
    )
