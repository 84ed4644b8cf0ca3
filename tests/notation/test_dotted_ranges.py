"""Ranges whose middle is dots: one comma or two, several first numbers, no last number."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"y_k = x_k, \quad k = 0, \dots n - 1", ["y[k] = x[k]   for k = 0..n-1"]),
    (r"y_k = x_k \quad (k = 1, 2, \dots n)", ["y[k] = x[k]   for k = 1..n"]),
    (r"y_k = x_k, \quad k = 1, 2, 3, \dots, n", ["y[k] = x[k]   for k = 1..n"]),
    (r"y_k = x_k, \quad k = T, T-1, T-2, \dots, 1", ["y[k] = x[k]   for k = 1..T"]),
    (
        r"z = \sum_{k=1}^n y_k, \quad y_k = x_k \quad (k = 1, 2, \ldots)",
        ["z = sum(k=1..n) y[k]", "y[k] = x[k]   for k = 1..n"],
    ),
    (
        r"z = \sum_{t=1}^n y_t, \quad y_t = x_t, \quad t = n, n-1, \ldots",
        ["z = sum(t=1..n) y[t]", "y[t] = x[t]   for t = 1..n"],
    ),
    (
        r"y_k = x_k, \quad k = 2, 3, \ldots, \quad z = y_4",
        ["y[k] = x[k]   for k = 4", "z = y[4]"],
    ),
    (  # the comma ends the range
        r"y_k = x_k, k = 2, 3, \ldots, z = y_4",
        ["y[k] = x[k]   for k = 4", "z = y[4]"],
    ),
    (  # 12 stays one number
        r"y_k = x_{12} x_k, \quad k = 1, \dots, n",
        ["y[k] = x[12] x[k]   for k = 1..n"],
    ),
    ("y[k] = x[k] for k = 1, 2, 3, ..., n", ["y[k] = x[k]   for k = 1..n"]),
]

REFUSED = [
    (r"y_k = x_k, \quad k = 2, 4, \ldots", "E008", r"2, 4, \ldots"),
    (r"y_k = x_k, \quad k = 1, 2, 4, \ldots, n", "E008", r"1, 2, 4, \ldots, n"),
    (r"L = \sum_i x_{y_i}, \quad y_i \in \{0, 1, \dots\}", "E008", r"\dots"),
    (r"y_k = x_k, \quad k = 0, 1, \dots, \quad z = y_{-1}", "E102", "y_{-1}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$" if "\\" in text else text) == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
