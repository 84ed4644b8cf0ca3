"""Parentheses after a symbol: the subscripts of an array, or the arguments of a function."""

from __future__ import annotations

import pytest
from readings import printed_lines

ARRAYS = [
    (  # a size that ranges end with elsewhere is a subscript
        r"f(n) = f(n-1) + x_n, \quad f(0) = 0, \quad y = f(N), \quad n = 1, \dots, N",
        ["f[n] = f[n-1] + x[n]   for n = 1..N", "f[0] = 0", "y = f[N]"],
    ),
    (
        r"a(t) = a(t-1) + x_t, \quad a(0) = 1, \quad b(t,u) = a(t) z(u-1), \quad y = b(T,U),"
        r"\quad 1 \leq t \leq T, \quad 1 \leq u \leq U",
        [
            "a[t] = a[t-1] + x[t]   for t = 1..T",
            "a[0] = 1",
            "b[t,u] = a[t] z[u-1]   for t = 1..T, u = 1..U",
            "y = b[T,U]",
        ],
    ),
    (
        r"w(n+1) = w(n) + m \, u(n), \quad w(0) = 0, \quad y(n) = w(n) u(n), \quad n = 0, \dots, N",
        [
            "w[n+1] = w[n] + m u[n]   for n = 0..N",
            "w[0] = 0",
            "y[n] = w[n] u[n]   for n = 0..N",
        ],
    ),
]

FUNCTIONS = [
    (  # no subscript is bold
        r"K[\mathbf{u}, \mathbf{v}] = \mathbf{u} \cdot \mathbf{v}, \quad s_i = K[\mathbf{k}, \mathbf{m}_i],"
        r"\quad \mathbf{k} \in \mathbb{R}^d",
        ["K[i] = sum(j=1..d) k[j] m[i,j]", "s[i] = K[i]"],
    ),
    (r"y_i = f(x_i) + f(i) \quad (i = 1, \dots, n)", ["y[i] = f(x[i]) + f(i)   for i = 1..n"]),
    (r"f(x) = x^2 + 1, \quad y_i = f(z_i)", ["y[i] = z[i]^2 + 1"]),
    (r"f(x) \in \mathbb{R}, \quad y_i = f(z_i)", ["y[i] = f(z[i])"]),
    (r"y = \sum_{k=1}^n n(k - 1)", ["y = sum(k=1..n) n (k - 1)"]),
]


@pytest.mark.parametrize(("text", "expected"), ARRAYS + FUNCTIONS)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
