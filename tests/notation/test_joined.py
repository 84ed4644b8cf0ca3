"""Square brackets around vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"z = W [h, x] + b, \quad h \in \mathbb{R}^n, x \in \mathbb{R}^m",
        ["z[l] = sum(p=1..m+n) W[l,p] { h[p] if p <= n; x[p-n] otherwise } + b[l]   for l = 1..d"],
    ),
    (
        r"z = W [x], \quad x \in \mathbb{R}^m, W \in \mathbb{R}^{d \times m}",
        ["z[k] = sum(j=1..m) W[k,j] x[j]   for k = 1..d"],
    ),
    (r"y[t] = W[t, k] x[k]", ["y[t] = W[t,k] x[k]"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
