"""Vectors and matrices that are written by their parts."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        r"y = W [x; h], x \in \mathbb{R}^n, h \in \mathbb{R}^m, W \in \mathbb{R}^{p \times (n + m)}",
        "y[l] = sum(q=1..m+n) W[l,q] { x[q] if q <= n; h[q-n] otherwise }   for l = 1..p",
    ),
    (
        r"y = [x; 1], x \in \mathbb{R}^n",
        """\
y[k] = { x[k]   if 1 <= k <= n
       ; 1      if k = n+1 }""",
    ),
    (
        r"y = R x, R = \begin{pmatrix} a & 0 \\ 0 & b \end{pmatrix}",
        """\
R[j,k] = { a   if j = 1, k = 1
         ; 0   if j = 1, k = 2
         ; 0   if j = 2, k = 1
         ; b   if j = 2, k = 2 }""",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in str(dr.read(f"$${text}$$"))


REFUSED = [
    (r"y = \beta [x; h] + z, z \in \mathbb{R}^5, x \in \mathbb{R}^2, h \in \mathbb{R}^4", "E108"),
    (r"y = [x; 1] + 1, y \in \mathbb{R}, x \in \mathbb{R}^n", "E108"),
    (r"R = \begin{pmatrix} A & 0 \\ 0 & 1 \end{pmatrix}, A \in \mathbb{R}^{n \times n}", "E008"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(f"$${text}$$")
    assert caught.value.code == code
