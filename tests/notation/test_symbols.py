"""What each name of a document is."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (  # j is an index: nothing ends with it
        r"U = \sum_{i<j} d_{ij}, \quad d_{ij} = |x_i - x_j|",
        ["U = sum(j > i) d[i,j]", "d[i,j] = abs(x[i] - x[j])"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_an_inner_product_of_what_may_be_numbers() -> None:
    assert error_of(r"$$y = 2 - \langle 2, 3 \rangle$$").code == "E108"
