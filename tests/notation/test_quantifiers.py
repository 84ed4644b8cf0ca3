"""Letters that all of an equation holds for, with a range of their own, a shared one or none."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (
        r"x_{ijk} = y_{ij} z_k, \quad \forall i, j, \quad k = 1, \dots, n, \quad y \in \mathbb{R}^{m \times p}",
        "x[i,j,k] = y[i,j] z[k]   for i = 1..m, j = 1..p, k = 1..n",
    ),
    (
        r"x_{ij} = y_{ij}, \quad \forall i, j = 1, \dots, n",
        "x[i,j] = y[i,j]   for i = 1..n, j = 1..n",
    ),
    (
        r"x_{ij} = y_{ij}, \quad i, \quad j = 1, \dots, n",
        "x[i,j] = y[i,j]   for i = 1..n, j = 1..n",
    ),
    (r"y_i = 2 x_i \text{ for all } i, \quad x \in \mathbb{R}^n", "y[i] = 2 x[i]   for i = 1..n"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


def test_a_letter_of_no_left_side_is_no_condition() -> None:
    assert refusal(r"$$y_i = 2 x_i, \quad \forall j$$") == ("E003", "j")
