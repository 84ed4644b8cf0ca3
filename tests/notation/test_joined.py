"""Square brackets around vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"z = W [h, x] + b, \quad h \in \mathbb{R}^n, x \in \mathbb{R}^m",
        ["z[l] = sum(p=1..m+n) W[l,p] { h[p] if p <= n; x[p-n] otherwise } + b[l]   for l = 1..d"],
    ),
    (  # nothing else is said of x: a vector, as its neighbour
        r"z = W [h; x], \quad h \in \mathbb{R}^n",
        ["z[k] = sum(l=1..m+n) W[k,l] { h[l] if l <= n; x[l-n] otherwise }   for k = 1..d"],
    ),
    (
        r"z = W [h; s], \quad s = x^\top x, \quad h, x \in \mathbb{R}^n",
        [
            "z[k] = sum(l=1..n+1) W[k,l] { h[l] if l <= n; s otherwise }   for k = 1..d",
            "s = sum(j=1..n) x[j] x[j]",
        ],
    ),
    (
        r"z = W [\mathbf{h}; t], \quad \mathbf{h} \in \mathbb{R}^n",
        ["z[k] = sum(l=1..n+1) W[k,l] { h[l] if l <= n; t otherwise }   for k = 1..d"],
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
