"""Capital letters with the index of the equation above them."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"h_{l+1} = \tanh(W^l h_l), \quad h_0 = x, \quad l = 0, \dots, L-1 $$ $$ W^l \in \mathbb{R}^{d \times d}",
        "z[l,j] = sum(k=1..d) W[l,j,k] h[l,k]   for l = 0..L-1, j = 1..d",
    ),
    (
        r"h^{l+1} = \tanh(W^l h^l + b^l), \quad h^0 = x, \quad l = 0, \dots, L-1 $$ $$ W^l \in \mathbb{R}^{d \times d}",
        "z[l,j] = sum(k=1..d) W[l,j,k] h[l,k] + b[l,j]   for l = 0..L-1, j = 1..d",
    ),
    (
        r"A_t = P R^t, \quad R \in \mathbb{R}, \quad t = 1, \dots, T",
        "A[t] = P R^t   for t = 1..T",
    ),
    (r"G_t = \gamma^t r_t, \quad t = 1, \dots, T", "G[t] = gamma^t r[t]   for t = 1..T"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert expected in printed_lines(f"$$ {text} $$")


REFUSED = [
    (r"h_{l+1} = \tanh(W^l h_l + b^l), \quad h_0 = x, \quad l = 0, \dots, L-1", "W^l"),
    (r"h_{l+1} = h_l + W_2^l \tanh(h_l), \quad h_0 = x, \quad l = 0, \dots, L-1", "W_2^l"),
]


@pytest.mark.parametrize(("text", "where"), REFUSED)
def test_refused(text: str, where: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", where)
