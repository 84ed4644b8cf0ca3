"""One equation for an element under several letters, and conditions that they share."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"C_u, C_v = \begin{cases} a & \text{for } u, v = 0 \\ 1 & \text{otherwise} \end{cases}, \quad S_{uv} = C_u C_v x_{uv}, \quad u, v = 0, \dots, 7",
        [
            "C[v] = { a   if v = 0",
            "       ; 1   if 1 <= v <= 7 }",
            "S[u,v] = C[u] C[v] x[u,v]   for u = 0..7, v = 0..7",
        ],
    ),
    (
        r"C_u, C_v, C_w = \begin{cases} a & u, v, w > 1 \\ 1 & \text{otherwise} \end{cases}, \quad y = \sum_{u=1}^n C_u",
        [
            "C[w] = { a   if 2 <= w <= n",
            "       ; 1   if w = 1 }",
            "y = sum(u=1..n) C[u]",
        ],
    ),
    (
        r"C(u), C(v) = \begin{cases} a & u, v = b \\ 1 & \text{otherwise} \end{cases}, \quad y = C(2) C(3) x",
        ["y = { a if 2 = b; 1 otherwise } { a if 3 = b; 1 otherwise } x"],
    ),
    (  # of both, where both are indices of one element
        r"z_{ij} = \begin{cases} a & i, j = 1 \\ x_i & \text{otherwise} \end{cases}, \quad i, j = 1, \dots, n",
        [
            "z[i,j] = { a      if i = 1, j = 1",
            "         ; x[i]   if 1 <= j <= n, 1 <= i <= n, j >= 3-i }",
        ],
    ),
    (
        r"z_{ij} = \mathbb{1}[x_i, y_j > 0], \quad i, j = 1, \dots, n",
        ["z[i,j] = [x[i] > 0] [y[j] > 0]   for i = 1..n, j = 1..n"],
    ),
    ("y = { a if u, v > 1; b otherwise }", ["y = { a if u > 1, v > 1; b otherwise }"]),
]

REFUSED = [
    (r"y = \begin{cases} a & u, 1 = v \\ b & \text{otherwise} \end{cases}", "E003", "u"),
    (r"y = \begin{cases} a & u, v + 1 = 2 \\ b & \text{otherwise} \end{cases}", "E003", "u"),
    (
        r"C_u, C_v = u x_v, \quad S_{uv} = C_u C_v, \quad u, v = 1, \dots, n",
        "E101",
        "u",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$" if "\\" in text else text) == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
