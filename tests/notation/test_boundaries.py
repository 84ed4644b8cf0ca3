"""Boundaries of one array that get one value, each with the conditions on its own index."""

from __future__ import annotations

import pytest

import deltarule as dr

GENERAL = (
    r"H_{ij} = H_{i-1,j} + H_{i,j-1} + x_{ij}, \quad 1 \leq i \leq n \text{ and } 1 \leq j \leq m"
)

READ = [
    (
        rf"$$ H_{{k0}} = H_{{0l}} = 0 \quad \text{{for }} 0 \leq k \leq n, 0 \leq l \leq m $$ $$ {GENERAL} $$",
        ["H[k,0] = 0   for k = 0..n", "H[0,l] = 0   for l = 1..m"],
    ),
    (
        r"$$ h_0 = c_0 = 0, \quad c_t = h_{t-1} + x_t \text{ for } t = 1, \dots, T, "
        r"\quad h_t = h_{t-1} c_{t-1} \text{ for } t = 1, \dots, T $$",
        ["h[0] = 0", "c[0] = 0"],
    ),
    (  # with an index above, and at a size
        r"$$ U_i^{n+1} = k U_{i-1}^n + k U_{i+1}^n, \quad U_i^0 = \eta_i, \quad i = 1, \ldots, m, "
        r"\quad U_0^n = U_{m+1}^n = 0, \quad n = 0, 1, \ldots, N $$",
        [
            "U[n+1, i] = k U[n, i-1] + k U[n, i+1]   for n = 0..N-1, i = 1..m",
            "U[n,0] = 0   for n = 0..N",
            "U[n, m+1] = 0   for n = 0..N",
        ],
    ),
    (  # of two arrays, on one side
        r"$$ f_n = a f_{n-1} + b g_{n-1} + x_n, \quad g_n = b f_{n-1} + c g_{n-1}, \quad n = 0, \dots, N, "
        r"\quad f_n = g_n = 0 \text{ for } n < 0 $$",
        ["; 0                            if n = -1 }", "; 0                     if n = -1 }"],
    ),
    (  # without other equations they are forms of one value
        r"$$ f_n = g_n = 2, \quad n = 1, \dots, N $$",
        ["g[n] = 2   for n = 1..N", "f[n] = g[n]   for n = 1..N"],
    ),
    (  # an index above on the left, forms of one value on the right
        r"$$ y^t = a x^t = b^t, \quad t = 1, \dots, T $$",
        ["y[t] = b[t]   for t = 1..T"],
    ),
    (  # names in between are forms of one value
        r"$$ y = u = 2 x, \quad z = 3 u $$",
        ["u = 2 x", "y = u"],
    ),
]


@pytest.mark.parametrize(("text", "parts"), READ)
def test_read(text: str, parts: list[str]) -> None:
    shown = str(dr.read(text))
    assert [p for p in parts if p not in shown] == []
