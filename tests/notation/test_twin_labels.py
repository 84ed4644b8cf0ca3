"""Letters that two definitions of one array differ in."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"a_{p,i} = b_p x_i^2, \quad a_{q,j} = b_q y_j, \quad L = \sum_{i=1}^n a_{p,i} + \sum_{j=1}^m a_{q,j}",
        [
            "a_p[i] = b_p x[i]^2   for i = 1..n",
            "a_q[j] = b_q y[j]   for j = 1..m",
            "L = sum(i=1..n) a_p[i] + sum(j=1..m) a_q[j]",
        ],
    ),
    (
        r"x_u = W_u z_u + b, \quad x_v = W_v z_v + c, \quad y = x_u^\top x_v, \quad z_u, z_v \in \mathbb{R}^d, \quad b \in \mathbb{R}^k",
        [
            "x_u[l] = sum(j=1..d) W_u[l,j] z_u[j] + b[l]   for l = 1..k",
            "x_v[l] = sum(j=1..d) W_v[l,j] z_v[j] + c[l]   for l = 1..k",
            "y = sum(l=1..k) x_u[l] x_v[l]",
        ],
    ),
    (
        r"s_i = w x_i, \quad s_j = v x_j, \quad C = \ln(1 + e^{s_j - s_i})",
        ["s_i = w x_i", "s_j = v x_j", "C = ln(1 + exp(s_j - s_i))"],
    ),
]

REFUSED = [
    # one of them is a size
    (
        r"a_{p,i} = x_i^2, \quad a_{n,i} = y_i, \quad L = \sum_{i=1}^n a_{p,i} + a_{n,i}",
        "E101",
        "p",
    ),
    # they run
    (r"s_i = w x_i, \quad s_j = v x_j, \quad C = \sum_{i,j} s_i s_j", "E103", "s_j = v x_j"),
    # nothing reads one of them alone
    (r"s_i = w x_i, \quad s_j = v x_j", "E103", "s_j = v x_j"),
    # rows of a declared matrix
    (
        r"d_p = f_p^\top f_p, \quad d_q = f_q^\top f_q + b, \quad L = d_p - d_q, \quad f \in \mathbb{R}^{n \times k}",
        "E101",
        "p",
    ),
    # defined once
    (r"a_{p,i} = x_i^2, \quad L = \sum_{i=1}^n a_{p,i} + b_q", "E101", "p"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)


def test_in_plain_text_they_are_indices() -> None:
    text = "a[p,i] = x[i]\na[q,i] = y[i]\nL = sum(i=1..n) a[p,i] + a[q,i]"
    assert refusal(text)[0] in ("E101", "E103")
