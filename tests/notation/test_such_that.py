"""Sums whose limits are conditions on elements."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (r"L = \sum_{y_i > y_j} w_{ij}", "L = sum(i, j) { w[i,j] if y[i] > y[j]; 0 otherwise }"),
    (
        r"L = \sum_{(i,j) : y_i > y_j} w_{ij}",
        "L = sum(i, j) { w[i,j] if y[i] > y[j]; 0 otherwise }",
    ),
    (r"L = \sum_{y_i = 1} x_i", "L = sum(i) { x[i] if y[i] = 1; 0 otherwise }"),
    (
        r"L_j = \sum_{y_i > y_j} x_i, \quad j = 1, \dots, n",
        "L[j] = sum(i) { x[i] if y[i] > y[j]; 0 otherwise }   for j = 1..n",
    ),
    # an index that stands alone is the one that runs
    (
        r"L_j = \sum_{k \neq y_j} w_{jk}, \quad y_j \in \{1, \dots, K\}",
        "L[j] = sum(k) { w[j,k] if k != y[j]; 0 otherwise }",
    ),
    (r"L = \sum_{n_1 = 1}^{N} x_{n_1}", "L = sum(n_1=1..N) x[n_1]"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


def test_what_the_body_does_not_have_does_not_run() -> None:
    assert error_of(r"$$L = \sum_{y_i = 1} x$$").code == "E003"
