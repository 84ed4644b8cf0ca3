"""Arguments on left sides, as subscripts."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"p(y = k \mid n) = \frac{e^{a_{nk}}}{\sum_{j=1}^K e^{a_{nj}}}, \quad L = -\sum_{n=1}^N \ln p(y = 2 \mid n)",
        [
            "p[k,n] = exp(a[n,k])/sum(j=1..K) exp(a[n,j])   for k = 2, n = 1..N",
            "L = -sum(n=1..N) ln(p[2,n])",
        ],
    ),
    (
        r"J(\mathbf{v}_c, o, \mathbf{U}) = \mathbf{u}_o^\top \mathbf{v}_c, \quad \mathbf{u}_w, \mathbf{v}_c \in \mathbb{R}^d, \quad o \in \{1, \dots, V\}, \quad c \in \{1, \dots, V\}",
        ["J[c,o] = sum(j=1..d) u[o,j] v[c,j]   for c = 1..V, o = 1..V"],
    ),
    # what the formula does not use as a subscript is none
    (
        r"p(y = k \mid x, n) = \frac{e^{a_k}}{\sum_{j=1}^K e^{a_j}}, \quad L = -\ln p(y = 2 \mid x, n)",
        ["p[k] = exp(a[k])/sum(j=1..K) exp(a[j])   for k = 2", "L = -ln(p[2])"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
