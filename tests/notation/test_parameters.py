"""Functions that are defined with elements, powers and subscripts as their parameters."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y_{nk} = f_k(\mathbf{x}_n), \quad f_k(\mathbf{x}) = \mathbf{w}_k^\top \mathbf{x} + b_k, \quad \mathbf{w}_k \in \mathbb{R}^d",
        [
            "f[k,n] = sum(j=1..d) w[k,j] x[n,j] + b[k]",
            "y[n,k] = f[k,n]",
        ],
    ),
    (
        r"D = d(u, v), \quad d(x_i, x_j) = \sqrt{\sum_{k=1}^m (x_{ik} - x_{jk})^2}",
        [
            "d = sqrt(sum(k=1..m) (u[k] - v[k])^2)",
            "D = d",
        ],
    ),
    (
        r"L = \sum_{i=1}^n \ell(y_i, w x_i), \quad \ell(y_i, f_i) = \ln(1 + e^{-y_i f_i})",
        ["L = sum(i=1..n) ln(1 + exp(-y[i] w x[i]))"],
    ),
    (
        r"L = \sum_{i=1}^n d(\mathbf{a}_i, \mathbf{c}_{\pi_i}), \quad d(\mathbf{a}_i, \mathbf{b}_j) = \|\mathbf{a}_i - \mathbf{b}_j\|^2, \quad \pi_i \in \{1, \dots, m\}",
        [
            "d[i] = sum(j=1..p) (a[i,j] - c[pi[i], j])^2   for i = 1..n",
            "L = sum(i=1..n) d[i]",
        ],
    ),
    (
        r"L = q(u | m, v) q(u | 0, s^2), \quad q(x | \mu, \sigma^2) = \frac{1}{\sigma} e^{-(x - \mu)^2 / (2 \sigma^2)}",
        ["L = exp(-(u - m)^2/(2 sqrt(v)^2)) exp(-u^2/(2 s^2))/(sqrt(v) s)"],
    ),
    (
        r"y_i = k(x_0, x_i), \quad k(x_0, x) = e^{-(x - x_0)^2 / \lambda}, \quad i = 1, \dots, n",
        ["y[i] = exp(-(x[i] - x[0])^2/lambda)   for i = 1..n"],
    ),
    (  # nothing else is said of f: it is one number
        r"f(x_0) = \sum_{i=1}^n k(x_0, x_i), \quad k(x_0, x) = e^{-(x - x_0)^2 / \lambda}",
        ["f = sum(i=1..n) exp(-(x[i] - x[0])^2/lambda)"],
    ),
    (
        r"y_i = k(u, x_i), \quad k(x_0, x) = e^{-(x - x_0)^2 / \lambda}, \quad i = 1, \dots, n",
        ["y[i] = exp(-(x[i] - u)^2/lambda)   for i = 1..n"],
    ),
    (
        r"p_k = s(z_k), \quad s(z_i) = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}",  # an array
        [
            "p[k] = s[k]   for k = 1..K",
            "s[i] = exp(z[i])/sum(j=1..K) exp(z[j])   for i = 1..K",
        ],
    ),
]

REFUSED = [
    (
        r"L = s(u_1), \quad s(z_i) = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}",
        "E107",
        "u_1",
    ),
    (
        # x_1 is an element here: the formula reads another one of the array
        r"y_i = k(u_i, v_i), \quad k(x_1, x_2) = x_1 - x_2 + x_3, \quad s = \sum_{i=1}^n x_i, \quad i = 1, \dots, n",
        "E003",
        "k(x_1, x_2)",
    ),
    (
        r"L = g(u_1, v_2), \quad g(a_i, b_i) = c_i a_i b_i",
        "E107",
        "u_1",
    ),
    (
        r"L = g(a_1, b_2), \quad g(a_i, b_i) = c_i a_i b_i + h(a_1, 3)",  # which c?
        "E107",
        "g(a_1, b_2)",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
