"""Functions with a value as their subscript."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"P_s(j) = \frac{e^{s_j}}{\sum_{k=1}^n e^{s_k}}, \quad L = -\sum_{j=1}^n P_y(j) \ln P_z(j), \quad y, z \in \mathbb{R}^n",
        [
            "P_y[j] = exp(y[j])/sum(k=1..n) exp(y[k])   for j = 1..n",
            "P_z[j] = exp(z[j])/sum(k=1..n) exp(z[k])   for j = 1..n",
            "L = -sum(j=1..n) P_y[j] ln(P_z[j])",
        ],
    ),
    (
        r"D_\theta(x) = \sigma(\theta^\top x), \quad L = \ln D_\phi(a) + \ln(1 - D_\psi(b)), \quad \phi, \psi, a, b \in \mathbb{R}^d",
        [
            "D_phi = sigma(sum(j=1..d) phi[j] a[j])",
            "D_psi = sigma(sum(j=1..d) psi[j] b[j])",
            "L = ln(D_phi) + ln(1 - D_psi)",
        ],
    ),
    (
        r"D_p(q) = \sum_x p_x \ln \frac{p_x}{q_x}, \quad J = D_a(b) + D_b(a), \quad a, b \in \mathbb{R}^n",
        [
            "D_a = sum(x) a[x] ln(a[x]/b[x])",
            "D_b = sum(x) b[x] ln(b[x]/a[x])",
            "J = D_a + D_b",
        ],
    ),
    (
        r"f_a(x) = a x^2, \quad f_b(x) = b x, \quad L = f_a(u) + f_b(u)",  # each has its own
        ["L = a u^2 + b u"],
    ),
    (
        r"p_\theta(x) = \theta e^{-\theta x}, \quad L = \ln p_\theta(u)",  # one member only
        ["L = ln(theta exp(-theta u))"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
