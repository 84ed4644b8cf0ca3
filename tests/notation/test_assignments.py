"""Assignments as the equations that they stand for."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (  # a recurrence, whose first element is defined
        r"m_t \leftarrow b m_{t-1} + (1 - b) g_t, \quad m_0 \leftarrow 0, \quad h_t \leftarrow m_t / (1 - b^t), \quad t = 1, \dots, T",
        [
            "m[t] = b m[t-1] + (1 - b) g[t]   for t = 1..T",
            "m[0] = 0",
            "h[t] = m[t]/(1 - b^t)   for t = 1..T",
        ],
    ),
    (
        r"w_i \leftarrow w_i - \eta g_i, \quad i = 1, \dots, n",
        ["w_new[i] = w[i] - eta g[i]   for i = 1..n"],
    ),
]

REFUSED = [
    r"w_i \leftarrow w_i - \eta g_i, \quad L = \sum_{i=1}^n w_i^2",
    r"x_i \leftarrow x_{i+1}, \quad L = \sum_{i=1}^n x_i^2",  # the old x_{i+1}, or the new one?
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_what_comes_after_may_mean_the_old_or_the_new_value(text: str) -> None:
    assert error_of(f"$${text}$$").code == "E006"
