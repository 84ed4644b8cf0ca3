"""Ranges beside equations: which of them they are said of."""

from __future__ import annotations

import pytest

import deltarule as dr

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
    (  # what is read has the range that its reader needs
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
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected
