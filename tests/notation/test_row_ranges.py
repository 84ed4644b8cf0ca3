"""Ranges beside equations: which of them they are said of."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"a_m = x_{2m} + x_{2m-1}, \qquad d_m = x_{2m} - x_{2m-1}, \qquad m = 1, \dots, n",
        ["a[m] = x[2*m] + x[2*m-1]   for m = 1..n", "d[m] = x[2*m] - x[2*m-1]   for m = 1..n"],
    ),
    (
        r"a_m = x_{2m}, \quad b_m = x_{2m-1} \text{ and } c_m = x_m, \quad m = 1, \dots, n",
        [
            "a[m] = x[2*m]   for m = 1..n",
            "b[m] = x[2*m-1]   for m = 1..n",
            "c[m] = x[m]   for m = 1..n",
        ],
    ),
    (  # whatever its readers need of it
        r"y_n = a_n x_n, \quad x_n = b_n^2, \quad z_n = c_n^2, \quad n = 1, \dots, N,"
        r"\qquad s = \sum_{n=1}^{N-1} x_n",
        [
            "y[n] = a[n] x[n]   for n = 1..N",
            "x[n] = b[n]^2   for n = 1..N",
            "z[n] = c[n]^2   for n = 1..N",
            "s = sum(n=1..N-1) x[n]",
        ],
    ),
    (
        r"u_i^{n+1} = u_i^n + u_{i-1}^n + u_{i+1}^n, \quad i = 1, \dots, m, \quad n = 0, \dots, N-1 \\"
        r"u_i^0 = c_i, \quad i = 1, \dots, m, \qquad u_0^n = a_n, \quad u_{m+1}^n = b_n, \quad n = 0, \dots, N",
        [
            "u[n+1, i] = u[n,i] + u[n, i-1] + u[n, i+1]   for n = 0..N-1, i = 1..m",
            "u[0,i] = c[i]   for i = 1..m",
            "u[n,0] = a[n]   for n = 0..N",
            "u[n, m+1] = b[n]   for n = 0..N",
        ],
    ),
    (  # an element that has its own equation is not defined twice
        r"h_t = a h_{t-1} + x_t, \quad y_t = b h_t, \quad t = 0, \dots, T, \quad h_0 = e",
        ["h[t] = a h[t-1] + x[t]   for t = 1..T", "h[0] = e", "y[t] = b h[t]   for t = 0..T"],
    ),
    (  # of the equations that have its indices only
        r"d_j = x_j, \quad c_{ij} = x_i y_j, \quad 1 \leq i \leq n, \quad j = 1, \dots, i",
        ["d[j] = x[j]   for j = 1..n", "c[i,j] = x[i] y[j]   for i = 1..n, j = 1..i"],
    ),
    (  # with what its neighbours read beside it
        r"x_n = b_n^2, \quad z_n = x_{n-1}, \quad n = 2, \dots, N",
        ["x[n] = b[n]^2   for n = 1..N", "z[n] = x[n-1]   for n = 2..N"],
    ),
    (
        r"f_i = x_i^2, \quad d_i = f_{i+1} - f_i, \quad s_i = d_{i+1} - d_i, \quad 1 \leq i \leq n",
        [
            "f[i] = x[i]^2   for i = 1..n+2",
            "d[i] = f[i+1] - f[i]   for i = 1..n+1",
            "s[i] = d[i+1] - d[i]   for i = 1..n",
        ],
    ),
    (
        r"f_i = x_i^2, \quad g_i = f_{i+1} - f_i, \quad i = 1, \dots, n",
        ["f[i] = x[i]^2   for i = 1..n+1", "g[i] = f[i+1] - f[i]   for i = 1..n"],
    ),
    (  # in another row
        r"a_m = x_{2m} \\ d_m = x_m, \quad m = 1, \dots, n",
        ["a[m] = x[2*m]   for m >= 1, 2*m <= n", "d[m] = x[m]   for m = 1..n"],
    ),
    (  # its own range
        r"a_m = x_m, \; m = 1, \dots, n, \quad d_m = x_m, \; m = 2, \dots, n",
        ["a[m] = x[m]   for m = 1..n", "d[m] = x[m]   for m = 2..n"],
    ),
    (
        r"h_t = a h_{t-1} + x_t, \quad h_0 = 0, \quad t = 1, \dots, T",
        ["h[t] = a h[t-1] + x[t]   for t = 1..T", "h[0] = 0"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


REFUSED = [  # nothing is defined outside the range that is stated
    (r"f_t = a g_{t-1}, \quad g_t = b f_{t-1}, \quad t = 1, \dots, T", "g_{t-1}"),
    (
        r"x_n = b_n, \quad p_n = c_n x_n, \quad n = 2, \dots, N, \quad s = \sum_{n=1}^N x_n",
        "x_n $$",
    ),
    (r"f_i = x_i^2, \quad d_i = f_{2i}, \quad i = 1, \dots, n", "f_{2i}"),
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    text = f"$${text} $$"
    error = error_of(text)
    assert error.code == "E102"
    assert error.at.start == text.index(at)
