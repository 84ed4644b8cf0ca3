"""Identity matrices of a size."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"B = A + I_N, \quad A \in \mathbb{R}^{N \times N}",
        "B[j,k] = A[j,k] + [j = k]   for j = 1..N, k = 1..N",
    ),
    (
        r"y = A x + \mathbf{I}_2 z, \quad A \in \mathbb{R}^{2 \times n}",
        "y[j] = sum(k=1..n) A[j,k] x[k] + z[j]   for j = 1..2",
    ),
    (
        r"B = A^\top A + \lambda I_d",
        "B[j,k] = sum(l=1..m) A[l,j] A[l,k] + lambda [j = k]   for j = 1..d, k = 1..d",
    ),
    (
        r"y = I_x u, \quad u \in \mathbb{R}^n",
        "y[k] = sum(j=1..n) I_x[k,j] u[j]   for k = 1..d",
    ),
    (
        r"B = I_x - I_y, \quad B \in \mathbb{R}^{m \times n}",
        "B[j,k] = I_x[j,k] - I_y[j,k]   for j = 1..m, k = 1..n",
    ),
    (
        r"y = I_1 x + z, \quad x \in \mathbb{R}^n",
        "y[k] = sum(j=1..n) I_1[k,j] x[j] + z[k]   for k = 1..d",
    ),
    (
        r"y = I_n x, \quad I_n \in \mathbb{R}^{m \times n}",
        "y[j] = sum(k=1..n) I_n[j,k] x[k]   for j = 1..m",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$") == [expected]


def test_the_size_is_its_length() -> None:
    text = (
        r"$$B = A + I_n, \quad A \in \mathbb{R}^{N \times N}, \quad z \in \mathbb{R}^n, w = B z$$"
    )
    assert error_of(text).code == "E108"


def test_elements_of_a_sum_with_the_identity() -> None:
    text = r"$$B = A + I_n, \quad d_i = \sum_{j=1}^n B_{ij}$$"
    assert printed_lines(text) == [
        "B[k,l] = A[k,l] + [k = l]   for k = 1..n, l = 1..n",
        "d[i] = sum(j=1..n) B[i,j]   for i = 1..n",
    ]
