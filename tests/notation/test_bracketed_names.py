"""Names with brackets before their subscripts."""

from __future__ import annotations

import pytest
from readings import printed_lines

import deltarule as dr

READ = [
    (
        r"E[g^2]_t = \rho E[g^2]_{t-1} + g_t^2, \quad E[g^2]_0 = 0, \quad t = 1, \ldots, T",
        ["E_g2[t] = rho E_g2[t-1] + g[t]^2   for t = 1..T", "E_g2[0] = 0"],
    ),
    (
        r"M[g]_t = \frac{a}{b} g_t, \quad M[h]_t = \sqrt{M[g]_t}, \quad t = 1, \ldots, T",
        ["M_g[t] = a g[t]/b   for t = 1..T", "M_h[t] = sqrt(M_g[t])   for t = 1..T"],
    ),
    # a product where nothing defines it
    (r"y_t = a [g]_t", ["y[t] = a g[t]"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(
    "text",
    [
        r"E[g]_t = a g_t, \quad y_t = E g_t, \quad t = 1, \ldots, T",
        r"E[g]_t = a g_t, \quad y_t = E[h]_t, \quad t = 1, \ldots, T",
    ],
)
def test_a_word_that_stands_otherwise_too(text: str) -> None:
    with pytest.raises(dr.DeltaruleError):
        dr.read(f"$${text}$$")
