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
