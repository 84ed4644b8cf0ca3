"""Subscripts before brackets."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (
        r"h[n] = h_d[n] w[n], \quad h_d[n] = 2 n",
        ["h[n] = h_d[n] w[n]", "h_d[n] = 2 n"],
    ),
    (
        r"y[n] = h_{\text{lp}}[n] w[n], \quad h_{\text{lp}}[n] = 2 n, \quad h[n] = 3 n",
        ["y[n] = h_lp[n] w[n]", "h_lp[n] = 2 n", "h[n] = 3 n"],
    ),
    (r"y[n] = x_1[n] + x_2[n] + x[n]", ["y[n] = x_1[n] + x_2[n] + x[n]"]),
    # indices: a sum, both sides, elsewhere
    (r"y[n] = \sum_{k=1}^K a_k[n]", ["y[n] = sum(k=1..K) a[k,n]"]),
    (r"y_k[n] = \beta x_k[n]", ["y[k,n] = beta x[k,n]"]),
    (r"y_k[n] = a_k x[n]", ["y[k,n] = a[k] x[n]"]),
    (r"y[n] = x_1[n] + x_2[n]", ["y[n] = x[1,n] + x[2,n]"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_it_is_spelled_as_before() -> None:
    system = dr.read(r"$$ h[n] = h_\omega[n] w[n], \quad h_\omega[n] = 2 n $$")
    assert system.latex["h_omega"] == r"h_{\omega}"
