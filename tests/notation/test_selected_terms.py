"""Conditions on elements below sums and products."""

from __future__ import annotations

import pytest
from readings import printed

import deltarule as dr

READ = [
    (
        r"b_k = \sum_{\substack{t=1 \\ \text{s.t. } o_t = k}}^T x_t, \quad o_t \in \{1, \dots, K\}, \quad k = 1, \dots, K",
        "b[k] = sum(t=1..T) { x[t] if k = o[t]; 0 otherwise }   for k = 1..K",
    ),
    (
        r"p = \prod_{i=1, z_i = 1}^n x_i, \quad z_i \in \{0, 1\}",
        "p = prod(i=1..n) { x[i] if z[i] = 1; 1 otherwise }",
    ),
    (r"s = \sum_{i, j = 1}^n x_{ij}", "s = sum(i=1..n, j=1..n) x[i,j]"),
    (r"s = \sum_{n_1 = 1}^m x_{n_1}", "s = sum(n_1=1..m) x[n_1]"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


def test_a_maximum_of_selected_terms_is_refused() -> None:
    """What it is where no term is selected, nothing says."""
    with pytest.raises(dr.DeltaruleError):
        dr.read(r"$$m_k = \max_{i=1, z_i = k}^n x_i, \quad z_i \in \{1, \dots, K\}$$")
