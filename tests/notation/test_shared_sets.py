"""Sets that several indices of a sum or maximum share."""

from __future__ import annotations

import pytest
from readings import printed

import deltarule as dr

READ = [
    (
        r"y = \max_{a, b \in \{0, 1\}} x_{ab}",
        "y = max(a=0..1, b=0..1) x[a,b]",
    ),
    (
        r"y = \sum_{i, j,\, k \in \{1, \dots, n\}} x_{ijk}",
        "y = sum(i=1..n, j=1..n, k=1..n) x[i,j,k]",
    ),
    # each has its own
    (
        r"y = \sum_{i \in \{1, \dots, m\}, j \in \{1, \dots, n\}} x_{ij}",
        "y = sum(i=1..m, j=1..n) x[i,j]",
    ),
    # on a line of its own
    (
        r"y = \sum_{\substack{i \\ j \in \{1, \dots, n\}}} x_{ij} a_i, \quad a \in \mathbb{R}^p",
        "y = sum(i=1..p, j=1..n) x[i,j] a[i]",
    ),
    # a range that ends with the letter before is of the next one only
    (
        r"y = \sum_{i, j \in \{1, \dots, i\}} x_{ij} a_i, \quad a \in \mathbb{R}^p",
        "y = sum(i=1..p, j=1..i) x[i,j] a[i]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


def test_in_plain_text() -> None:
    shown = str(dr.read("y = sum(i, j = 1..n) x[i,j]"))
    assert shown.startswith("y = sum(i=1..n, j=1..n) x[i,j]")
