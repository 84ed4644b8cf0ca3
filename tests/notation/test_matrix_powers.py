"""Powers of declared square matrices."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

SQUARE = r", \quad A \in \mathbb{R}^{n \times n}"

READ = [
    (
        r"y = A^2 x" + SQUARE,
        [
            "z[j,k] = sum(l=1..n) A[j,l] A[l,k]   for j = 1..n, k = 1..n",
            "y[j] = sum(k=1..n) z[j,k] x[k]   for j = 1..n",
        ],
    ),
    (
        r"y_j = A^j x, \quad j = 0, \dots, L" + SQUARE,
        [
            "y[j,k] = sum(l=1..n) A_pow[j,k,l] x[l]   for j = 0..L, k = 1..n",
            "A_pow[0,k,l] = [k = l]   for k = 1..n, l = 1..n",
            "A_pow[q,k,l] = sum(m=1..n) A[k,m] A_pow[q-1, m, l]   for q = 1..L, k = 1..n, l = 1..n",
        ],
    ),
    (
        r"y_j = c_{jj}^j, \quad z = A x, \quad j = 0, \dots, L" + SQUARE,
        [
            "y[j] = c[j,j]^j   for j = 0..L",
            "z[k] = sum(l=1..n) A[k,l] x[l]   for k = 1..n",
        ],
    ),
]

REFUSED = [
    (r"h_l = \tanh(A^l h_{l-1}), \quad h_0 = x, \quad l = 1, \dots, L" + SQUARE, "E008", "A^l"),
    (r"y = A^{-1} x" + SQUARE, "E008", "A^{-1}"),
    (r"y = A^{1/2} x" + SQUARE, "E008", "A^{1/2}"),
    (r"y = A^j x" + SQUARE, "E008", "A^j"),
    (r"y_j = A^{j-2} x, \quad j = 0, \dots, L" + SQUARE, "E102", "A^{j-2}"),
    (r"y = A^2 \tanh(A^1 x)" + SQUARE, "E008", "A^2"),
    (r"y_j = A^j x, \quad j = 0, \dots, L, \quad A \in \mathbb{R}^{m \times n}", "E008", "A^j"),
    (r"I_i = x_i, \quad y_j = A^j b, \quad j = 0, \dots, L" + SQUARE, "E008", "A^j"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
