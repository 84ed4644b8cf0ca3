"""Rows of an array that is defined by its elements."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

ROWS = "p[i,k] = exp(u[i,k])/sum(l=1..n) exp(u[i,l])   for i = 1..m, k = 1..n"
READ = [
    (
        r"u_{ij} = a_j b_i, \quad j \in \{1, \ldots, n\} $$ $$ p_i = \operatorname{softmax}(u_i) $$ "
        r"$$ i = 1, \ldots, m",
        ROWS,
    ),
    (
        r"u^i_j = a_j b_i, \quad j \in (1, \ldots, n) $$ $$ p^i = \operatorname{softmax}(u^i) $$ "
        r"$$ i = 1, \ldots, m",
        ROWS,
    ),
    (  # elements, not rows; no letter of the sum is that of a size
        r"u_i = a_i, \quad p_i = \operatorname{softmax}(u_i), \quad i = 1, \ldots, j",
        "p[i] = exp(u[i])/sum(m) exp(u[m])   for i = 1..j",
    ),
]


@pytest.mark.parametrize(("text", "line"), READ)
def test_read(text: str, line: str) -> None:
    assert line in printed_lines(f"$${text}$$")


def test_without_a_range_a_row_has_no_length() -> None:
    text = r"u_{ij} = a_j b_i, p_i = \operatorname{softmax}(u_i), i = 1, \ldots, m"
    assert error_of(f"$${text}$$").code == "E106"
