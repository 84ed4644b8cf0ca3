"""Definitions of what brackets mean."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (
        r"\langle x, y \rangle = \sum_{k=1}^n w_k x_k y_k, \quad L = \langle a, b \rangle",
        ["inner = sum(k=1..n) w[k] a[k] b[k]", "L = inner"],
    ),
    (
        r"\langle x, y \rangle_M = x^\top M y, \quad L = \langle a, b \rangle_M + \langle a, b \rangle, \quad M \in \mathbb{R}^{n \times n}",
        [
            "z[j] = sum(k=1..n) M[j,k] b[k]   for j = 1..n",
            "inner = sum(j=1..n) a[j] z[j]",
            "L = inner + sum(j=1..n) a[j] b[j]",
        ],
    ),
    (
        r"[z]_+ = \max(z, 0), \quad L = \sum_{i=1}^n [1 - y_i f_i]_+",
        ["L = sum(i=1..n) { 1 - y[i] f[i] if 1 - y[i] f[i] >= 0; 0 otherwise }"],
    ),
    (
        r"|u| = \sqrt{u^2 + \epsilon}, \quad L = \sum_{i=1}^n |x_i - y_i|",
        ["L = sum(i=1..n) sqrt((x[i] - y[i])^2 + epsilon)"],
    ),
    (
        r"\|v\|_s = \sum_{k=1}^n |v_k|^s, \quad L = \|v\|_s + \|v\|_1",
        ["norm = sum(k=1..n) abs(v[k])^s", "L = norm + sum(j=1..n) abs(v[j])"],
    ),
    (
        r"|a| + |b| = c",  # an equation in the wrong order, no definition
        None,
    ),
    (r"|x| = 3", None),  # does not say what the brackets do
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str] | None) -> None:
    if expected is None:
        with pytest.raises(dr.DeltaruleError, match="left side"):
            dr.read(f"$${text}$$")
        return
    assert printed_lines(f"$${text}$$") == expected
