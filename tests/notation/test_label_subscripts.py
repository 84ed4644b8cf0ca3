"""Subscripts that are labels beside others of the same symbol that count."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"R_p = \sum_{i=1}^n w_i R_i, \quad L = (R_p - r_f)^2",
        ["R_p = sum(i=1..n) w[i] R[i]", "L = (R_p - r_f)^2"],
    ),
    (
        r"\sigma_p^2 = \sum_{i=1}^n w_i^2 \sigma_i^2, \quad S = \mu / \sigma_p",
        ["sigma_p_sq = sum(i=1..n) w[i]^2 sigma[i]^2", "S = mu/sqrt(sigma_p_sq)"],
    ),
    (
        r"V_{tot} = \sum_{i=1}^n V_i, \quad d_i = a (b - V_{tot}) V_i, \quad i = 1, \dots, n",
        ["V_tot = sum(i=1..n) V[i]", "d[i] = a * (b - V_tot) V[i]   for i = 1..n"],
    ),
    (
        r"m_t = \beta_{1t} m_{t-1} + \beta_2 g_t, \quad m_0 = 0, \quad t = 1, \dots, T",
        ["m[t] = beta_1[t] m[t-1] + beta_2 g[t]   for t = 1..T", "m[0] = 0"],
    ),
    (r"y_i = x_{1,i} + x_{2,i}", ["y[i] = x[1,i] + x[2,i]"]),  # as many subscripts everywhere
    (r"y_{ijk} = x_{ijk}^2", ["y[i,j,k] = x[i,j,k]^2"]),  # indices
    (
        r"\beta_t = a \beta_{t+1}, \quad \beta_n = b, \quad t = 1, \dots, n - 1",  # the last element
        ["beta[t] = a beta[t+1]   for t = 1..n-1", "beta[n] = b"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_an_element_of_a_sum_over_all_depends_on_itself() -> None:
    assert error_of(r"$$y_i = \sum_{j=1}^n w_{ij} y_j$$").code == "E105"
