"""Vectors and matrices on left sides, one after the other: [a; b] = W x."""

import pytest
from readings import printed_lines, refusal

VECTORS = (
    r"W \in \mathbb{R}^{2n \times m}, \quad a, b \in \mathbb{R}^n, \quad x \in \mathbb{R}^m \\ "
)
PARTS = [
    "z[k] = sum(l=1..m) W[k,l] x[l]   for k = 1..2*n",
    "a[j] = z[j]   for j = 1..n",
    "b[j] = z[j+n]   for j = 1..n",
]
MATRICES = r"W \in \mathbb{R}^{2n \times m}, X \in \mathbb{R}^{m \times d}, A, B \in \mathbb{R}^{n \times d} \\ "

READ = [
    (VECTORS + "[a; b] = W x", PARTS),
    (VECTORS + "[a, b] = W x", PARTS),
    (VECTORS + r"\begin{bmatrix} a \\ b \end{bmatrix} = W x", PARTS),
    (
        MATRICES + "[A; B] = W X",
        [
            "z[l,q] = sum(p=1..m) W[l,p] X[p,q]   for l = 1..2*n, q = 1..d",
            "A[j,k] = z[j,k]   for j = 1..n, k = 1..d",
            "B[j,k] = z[j+n, k]   for j = 1..n, k = 1..d",
        ],
    ),
    (
        r"i_t, f_t \in \mathbb{R}^n, W \in \mathbb{R}^{2n \times m}, x_t \in \mathbb{R}^m "
        r"\\ [i_t; f_t] = W x_t, \quad t = 1, \dots, T",
        [
            "z[t,l] = sum(p=1..m) W[l,p] x[t,p]   for t = 1..T, l = 1..2*n",
            "i[t,j] = z[t,j]   for t = 1..T, j = 1..n",
            "f[t,j] = z[t, j+n]   for t = 1..T, j = 1..n",
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), READ)
def test_read(text, lines):
    assert printed_lines(text) == lines


REFUSED = [
    ("[a; b] = W x", "E003", "[a; b]"),
    (VECTORS.replace("2n", "3n") + "[a; b] = W x", "E108", "[a; b]"),
    (VECTORS.replace("a, b", "a") + "[a; b] = W x", "E003", "[a; b]"),
    (VECTORS + "[a; b] = f(x)", "E003", "[a; b]"),
]


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text, code, at):
    assert refusal(text) == (code, at)
