"""i = j behind an equation whose left side has both indices is a condition."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"w_{ij} = 0, \quad i = j", ["w[i,j] = 0   for j = i"]),
        (
            r"w_{ij} = x_i x_j, \quad i \ne j \\ w_{ij} = 0, \quad i = j",
            ["w[i,j] = { x[i] x[j]   if j != i", "         ; 0           if j = i }"],
        ),
        # equations of their own
        (r"w_i = a x_i, \quad a = b", ["w[i] = a x[i]", "a = b"]),
        (r"w_i = i x_i + j, \quad j = b", ["w[i] = i x[i] + j", "j = b"]),
    ],
)
def test_equal_indices(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines


def test_a_diagonal_that_is_defined_twice() -> None:
    text = r"w_{ij} = x_i x_j, \quad w_{ij} = 0, \quad i = j"
    assert refusal(text) == ("E103", r"w_{ij} = 0, \quad i = j")
