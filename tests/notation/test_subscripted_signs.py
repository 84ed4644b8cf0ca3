"""Signs with a subscript before a symbol."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (
        r"\delta_t V = r_t + V_{t+1} - V_t, \quad w_s = \sum_{t=s}^{N} a \delta_t V, \quad s = 1, \ldots, N",
        [
            "delta_V[t] = r[t] + V[t+1] - V[t]   for t = 1..N",
            "w[s] = sum(t=s..N) a delta_V[t]   for s = 1..N",
        ],
    ),
    # without such an equation it is a product
    (
        r"w = \sum_{t=1}^{N} \delta_t V",
        ["w = sum(t=1..N) delta[t] V"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\delta_t V = r_t + V_{t+1}, \quad w_t = \delta_t + 1, \quad t = 1, \ldots, N",
        r"\delta_t V = r_t + V_{t+1}, \quad w_t = \delta_t U, \quad t = 1, \ldots, N",
    ],
)
def test_a_sign_that_stands_without_the_symbol(text: str) -> None:
    with pytest.raises(dr.DeltaruleError):
        dr.read(f"$${text}$$")
