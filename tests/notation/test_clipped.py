"""Positions that are the larger or smaller of several."""

from __future__ import annotations

import numpy as np
import pytest
from readings import printed

import deltarule as dr

READ = [
    (
        r"a_{ij} = w_{\max(-k, \min(k, j-i))}, \quad i, j = 1, \dots, n",
        "a[i,j] = { w[k] if j >= i+k; w[-k] if i >= j+k; w[j-i] otherwise }   for i = 1..n, j = 1..n",
    ),
    (
        r"y_i = x_{2 \min(i+1, n)}, \quad i = 1, \dots, n",
        "y[i] = { x[2*i+2] if i < n; x[2*n] otherwise }   for i = 1..n",
    ),
    (
        r"y_i = x_{\min(i+1, n, m)}, \quad i = 1, \dots, n",
        "y[i] = { x[i+1] if i < n, i < m; x[n] if m >= n; x[m] otherwise }   for i = 1..n",
    ),
    # the sizes decide
    (r"y = x_{\max(n, 1)}", "y = x[n]"),
    (r"y = x_{\min(-n, n)}", "y = x[-n]"),
    # a value, and no position
    (r"y = \max(x_1, a)", "y = { x_1 if x_1 >= a; a otherwise }"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


def test_it_is_what_is_computed() -> None:
    system = dr.read(
        r"$$ y_i = x_{\max(1, i-1)} - x_{\min(n, i+1)}, \quad i = 1, \dots, n, \quad x \in \mathbb{R}^n $$"
    )
    x = np.array([3.0, 5.0, 11.0, 2.0])
    found = system.compile().evaluate(x=x, n=4)["y"]
    assert np.allclose(found, x[[0, 0, 1, 2]] - x[[1, 2, 3, 3]])


def test_very_many_are_refused() -> None:
    inner = "i"
    for _ in range(7):
        inner = rf"\max({inner}, 2)"
    with pytest.raises(dr.DeltaruleError, match="whole multiples"):
        dr.read(rf"$$ y_i = x_{{{inner}}}, \quad i = 1, \dots, n $$")
