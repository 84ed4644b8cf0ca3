"""Rows on the left side, and the T behind a label."""

import pytest
from readings import printed_lines

READ = [
    (r"\mathbf{y}^T = \mathbf{x}^T H + \mathbf{c}^T, \quad H \in \mathbb{R}^{n \times n}",
     ["y[j] = sum(k=1..n) x[k] H[k,j] + c[j]   for j = 1..n"]),
    (r"W^\top = A B, \quad A \in \mathbb{R}^{n \times m}, B \in \mathbb{R}^{m \times p}",
     ["W[l,j] = sum(k=1..m) A[j,k] B[k,l]   for l = 1..p, j = 1..n"]),
    (r"z^{(k+1)T} = z^{(k)T} H, \quad z^{(0)\top} = c^\top, \quad k = 0, \ldots, K - 1, \quad H \in \mathbb{R}^{n \times n}",
     ["z[k+1, j] = sum(l=1..n) z[k,l] H[l,j]   for k = 0..K-1, j = 1..n",
      "z[0,j] = c[j]   for j = 1..n"]),
    (r"s = x^{(1)T} x^{(2)}, \quad x^{(1)}, x^{(2)} \in \mathbb{R}^n", ["s = sum(j=1..n) x1[j] x2[j]"]),
    (r"y = W^{Q\top} x, \quad W^Q \in \mathbb{R}^{n \times m}, x \in \mathbb{R}^n", ["y[k] = sum(j=1..n) WQ[j,k] x[j]   for k = 1..m"]),
    (r"y = a^{2T} + T", ["y = a^(2 T) + T"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), READ)
def test_read(text, lines):
    assert printed_lines(text) == lines
