"""Words above symbols under a sum, beside a row of indices on the left side: powers, or elements?"""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

SUM = r"A^{ij} = \sum_{k=1}^n B^{ik} C^{kj}"
READ = [
    (
        rf"{SUM} $$ $$ B, C \in \mathbb{{R}}^{{n \times n}}",
        "A[i,j] = sum(k=1..n) B[i,k] C[k,j]   for i = 1..n, j = 1..n",
    ),
    # numbers have powers
    (
        r"A^{ij} = \sum_{k=1}^n a_{ki} w^{kj}, \quad w = \cos(\theta)",
        "A[i,j] = sum(k=1..n) a[k,i] w^(k j)",
    ),
    (
        r"A^{ij} = \sum_{k=1}^n a_{ki} w^{kj} $$ $$ w \in \mathbb{R}",
        "A[i,j] = sum(k=1..n) a[k,i] w^(k j)",
    ),
    (r"X_k = \sum_{n=0}^{N-1} x_n w^{kn}", "X[k] = sum(n=0..N-1) x[n] w^(k n)"),
]


@pytest.mark.parametrize(("text", "line"), READ)
def test_read(text: str, line: str) -> None:
    assert line in printed_lines(f"$${text}$$")


def test_where_nothing_is_said_it_can_be_read_in_two_ways() -> None:
    assert refusal(f"$${SUM}$$") == ("E006", "B^{ik}")
