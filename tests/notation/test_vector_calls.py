"""Calls of functions that are defined by components."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"y = s(W x), \quad s(z)_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}",
        [
            "u[l] = sum(p=1..m) W[l,p] x[p]   for l = 1..d",
            "s[l] = exp(u[l])/sum(j=1..d) exp(u[j])   for l = 1..d",
            "y[l] = s[l]   for l = 1..d",
        ],
    ),
    (
        r"s(z)_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}, \quad y_i = s(W x_i), \quad W \in \mathbb{R}^{V \times d}",
        [
            "u[i,k] = sum(l=1..d) W[k,l] x[i,l]   for k = 1..V",
            "s[i,k] = exp(u[i,k])/sum(j=1..V) exp(u[i,j])   for k = 1..V",
            "y[i,k] = s[i,k]   for k = 1..V",
        ],
    ),
    (
        r"L = \sum_{i=1}^m D(p_i, q_i), \quad D(P, Q) = \sum_{i=1}^n P_i Q_i",
        [
            "D[i] = sum(j=1..n) p[i,j] q[i,j]   for i = 1..m",
            "L = sum(i=1..m) D[i]",
        ],
    ),
    (
        r"J = D(P, P + Q), \quad D(P, Q) = \sum_{i=1}^n P_i Q_i",
        [
            "z[j] = P[j] + Q[j]   for j = 1..n",
            "D = sum(i=1..n) P[i] z[i]",
            "J = D",
        ],
    ),
    (
        r"L = f(a) + f(b), \quad f(x) = \|x\|^2, \quad a, b \in \mathbb{R}^d",  # numbers
        [
            "f = sum(j=1..d) a[j]^2",
            "f_2 = sum(j=1..d) b[j]^2",
            "L = f + f_2",
        ],
    ),
    (
        r"y = g(a), \quad g(u) = \frac{1}{1 + e^{-u}}, \quad a \in \mathbb{R}^d",  # elements
        ["y[j] = 1/(1 + exp(-a[j]))   for j = 1..d"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_what_a_function_is_called_with_is_no_mere_parameter() -> None:
    """Elements x_i(s) of a function that is called with S_t depend on s."""
    text = (
        r"$$ v(s, c) = \sum_{i=1}^d c_i x_i(s), \quad y_t = v(S_t, w_t), \quad t = 1, \ldots, T $$"
        r"$$ S_t \in \{1, \ldots, N\}, \quad w_t \in \mathbb{R}^d $$"
    )
    assert printed_lines(text) == [
        "v[t] = sum(i=1..d) w[t,i] x[i, S[t]]   for t = 1..T",
        "y[t] = v[t]   for t = 1..T",
    ]


SLICES = [
    (
        r"$$ \mathbf{y}_i = \mathbf{W} \mathbf{U}_{:,i}, \quad i = 1, \ldots, n $$",
        "y[i,j] = sum(k=1..m) W[j,k] U[k,i]   for i = 1..n, j = 1..d",
    ),
    (
        r"$$ \mathbf{y}_i = \mathbf{W} \sigma(\mathbf{X})_{:,i}, i = 1, \ldots, n $$"
        r"$$ \mathbf{X} \in \mathbb{R}^{m \times n}, \mathbf{W} \in \mathbb{R}^{d \times m} $$",
        "y[i,l] = sum(j=1..m) W[l,j] a[j,i]   for i = 1..n, l = 1..d",
    ),
    (
        r"$$ \mathbf{y}_j = \mathbf{W} \sigma(\mathbf{X})_{j,:}, j = 1, \ldots, m $$"
        r"$$ \mathbf{X} \in \mathbb{R}^{m \times n}, \mathbf{W} \in \mathbb{R}^{d \times n} $$",
        "y[j,p] = sum(l=1..n) W[p,l] a[j,l]   for j = 1..m, p = 1..d",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SLICES)
def test_columns_and_rows(text: str, expected: str) -> None:
    assert expected in printed_lines(text)


REFUSED = [
    (r"y = f(a, b), f(x) = \|x\|^2, a, b \in \mathbb{R}^d", "E107"),
    (r"y = f(a), f(x) = x + f(x), a \in \mathbb{R}^d", "E105"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused(text: str, code: str) -> None:
    assert error_of(f"$${text}$$").code == code
