"""What each name of a document is."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (  # j is an index: nothing ends with it
        r"U = \sum_{i<j} d_{ij}, \quad d_{ij} = |x_i - x_j|",
        ["U = sum(j > i) d[i,j]", "d[i,j] = abs(x[i] - x[j])"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected


def test_an_inner_product_of_what_may_be_numbers() -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(r"$$y = 2 - \langle 2, 3 \rangle$$")
    assert caught.value.code == "E108"
