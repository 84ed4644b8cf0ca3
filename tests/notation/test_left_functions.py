"""Functions on left sides: the logarithm of a square defines the square."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"\ln \mu_i = a x_i, \quad L = \sum_{i=1}^n \mu_i",
        ["mu[i] = exp(a x[i])   for i = 1..n", "L = sum(i=1..n) mu[i]"],
    ),
    (
        r"\ln(\sigma_t^2) = a + b \ln(\sigma_{t-1}^2), \quad L = \sum_{t=1}^T \sigma_t x_t, \quad \sigma_1 = c, \quad t = 2, \dots, T",
        [
            "sigma_sq[t] = exp(a + b ln(sigma_sq[t-1]))   for t = 2..T",
            "sigma_sq[1] = c^2",
            "L = sum(t=1..T) sqrt(sigma_sq[t]) x[t]",
        ],
    ),
    (  # other symbols of the same letter
        r"\sigma_p^2 = \sum_{i=1}^n \sum_{j=1}^n w_i w_j \sigma_{ij}",
        ["sigma_sq_p = sum(i=1..n) sum(j=1..n) w[i] w[j] sigma[i,j]"],
    ),
    (
        r"s_x^2 = \sum_{i=1}^n x_i^2, \quad s_{xy} = \sum_{i=1}^n x_i y_i, \quad r = s_{xy} / s_x",
        [
            "s_sq_x = sum(i=1..n) x[i]^2",
            "s_xy = sum(i=1..n) x[i] y[i]",
            "r = s_xy/sqrt(s_sq_x)",
        ],
    ),
    (  # the square itself as the first element
        r"\sigma_t^2 = a \sigma_{t-1}^2 + b, \quad \sigma_0^2 = c, \quad L = \sum_{t=1}^T \sigma_t",
        [
            "sigma_sq[t] = a sigma_sq[t-1] + b   for t = 1..T",
            "sigma_sq[0] = c",
            "L = sum(t=1..T) sqrt(sigma_sq[t])",
        ],
    ),
    (  # only its logarithm is spoken of
        r"\log p = \sum_{i=1}^n x_i, \quad L = 2 \log p",
        ["log_p = sum(i=1..n) x[i]", "L = 2 log_p"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
