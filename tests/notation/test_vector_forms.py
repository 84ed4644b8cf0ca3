"""Ways of writing matrices and vectors."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y_j = W_{j,:} x, \quad W \in \mathbb{R}^{m \times d}",
        [
            "y[j] = sum(l=1..d) W[j,l] x[l]   for j = 1..m",
        ],
    ),
    (
        r"y_j = W_j x, \quad W \in \mathbb{R}^{m \times d}",
        [
            "y[j] = sum(l=1..d) W[j,l] x[l]   for j = 1..m",
        ],
    ),
    (
        r"y_j = x^\top W_{:,j}, \quad W \in \mathbb{R}^{d \times m}",
        [
            "y[j] = sum(k=1..d) x[k] W[k,j]   for j = 1..m",
        ],
    ),
    (
        r"E = \sum_{i=1}^n \sum_{j=1}^m (V_{ij} - (WH)_{ij})^2",
        [
            "z[k,l] = sum(p=1..d) W[k,p] H[p,l]   for k = 1..n, l = 1..m",
            "E = sum(i=1..n) sum(j=1..m) (V[i,j] - z[i,j])^2",
        ],
    ),
    (
        r"Y = V (B)^\top, \quad V \in \mathbb{R}^{n \times d}, \quad B \in \mathbb{R}^{m \times d}",
        [
            "Y[j,l] = sum(k=1..d) V[j,k] B[l,k]   for j = 1..n, l = 1..m",
        ],
    ),
    (
        r"y = W \operatorname{concat}(x, h), \quad x \in \mathbb{R}^n, \quad h \in \mathbb{R}^m",
        [
            "y[l] = sum(p=1..m+n) W[l,p] { x[p] if p <= n; h[p-n] otherwise }   for l = 1..d",
        ],
    ),
    (
        r"L = \| A \|_{Fro}^2",
        [
            "L = sum(j=1..d) sum(k=1..m) A[j,k]^2",
        ],
    ),
    (
        r"Y = A B \odot C",
        [
            "z[j,k] = sum(l=1..p) A[j,l] B[l,k]   for j = 1..d, k = 1..m",
            "Y[j,k] = z[j,k] C[j,k]   for j = 1..d, k = 1..m",
        ],
    ),
    (
        r"y = A \odot B x",
        [
            "z[j,k] = A[j,k] B[j,k]   for j = 1..d, k = 1..m",
            "y[j] = sum(k=1..m) z[j,k] x[k]   for j = 1..d",
        ],
    ),
    (
        r"Y = \operatorname{diag}(d) X",
        [
            "Y[j,k] = d[j] X[j,k]   for j = 1..m, k = 1..p",
        ],
    ),
    (
        r"H = X W + b, \quad X \in \mathbb{R}^{n \times d}, \quad W \in \mathbb{R}^{d \times h}, \quad b \in \mathbb{R}^{1 \times h}",
        [
            "H[j,l] = sum(k=1..d) X[j,k] W[k,l] + b[1,l]   for j = 1..n, l = 1..h",
        ],
    ),
    (
        r"y = x W + b, \quad x \in \mathbb{R}^d",
        [
            "y[k] = sum(j=1..d) x[j] W[j,k] + b[k]   for k = 1..m",
        ],
    ),
    (
        r"x = B u + z, \quad y = C x, \quad B \in \mathbb{R}^{n \times 1}, C \in \mathbb{R}^{1 \times n}, "
        r"u, y \in \mathbb{R}, z \in \mathbb{R}^n",
        [
            "x[j] = u B[j,1] + z[j]   for j = 1..n",
            "y = sum(j=1..n) C[1,j] x[j]",
        ],
    ),
    (
        r"x = B u, \quad B \in \mathbb{R}^{n \times m}, u \in \mathbb{R}^m",
        [
            "x[j] = sum(k=1..m) B[j,k] u[k]   for j = 1..n",
        ],
    ),
]

REFUSED = [
    (r"y = W x, \quad y \in \mathbb{R}, W \in \mathbb{R}^{m \times n}", "E108", "W x"),
    (r"y = \mathbf{x} \times \mathbf{z}", "E006", r"\mathbf{x} \times \mathbf{z}"),
    (r"L = \ln |A|, \quad A \in \mathbb{R}^{n \times n}", "E006", r"|A|"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
