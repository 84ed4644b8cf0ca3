"""A letter for the round that all equations are about is part of names."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"e_m = \sum_{i=1}^n w_i, \quad a_m = \ln e_m, \quad v_i = a_m w_i",
        ["e_m = sum(i=1..n) w[i]", "a_m = ln(e_m)", "v[i] = a_m w[i]   for i = 1..n"],
    ),
    (  # a power, and a left side alone
        r"e_m = \sum_{i=1}^n w_i, \quad a_m = e_m^2, \quad L = a_m + e_m",
        ["e_m = sum(i=1..n) w[i]", "a_m = e_m^2", "L = a_m + e_m"],
    ),
    (  # m runs
        r"e_m = \sum_{i=1}^n w_i + b_m, \quad v_i = w_i \sum_{m=1}^M e_m",
        [
            "e[m] = sum(i=1..n) w[i] + b[m]   for m = 1..M",
            "v[i] = w[i] sum(m=1..M) e[m]   for i = 1..n",
        ],
    ),
]

REFUSED = [
    (r"h_i = \tanh(x_i), \quad y_j = h_i b_j", "h_i"),  # x_i is data
    (r"e_n = \sum_{k=1}^K y_k, \quad z_n = e_n y_n, \quad L = z_n e_2", "e_n"),
    (r"e_m = \sum_{i=1}^n w_i, \quad v_i = w_i e_m, \quad u_m = e_m b_m", "e_m"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "within"), REFUSED)
def test_refused(text: str, within: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == "E101"
    assert f"$${text}$$"[: error.at.end].endswith(within)
