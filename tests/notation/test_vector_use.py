"""Ranks of symbols by their use."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (  # a gate multiplies element by element
        r"\mathbf{m}_t = \mathbf{x}_t [\mathbf{1} - w_t \mathbf{e}_t], \quad \mathbf{e}_t \in \mathbb{R}^d, \quad t = 1, \dots, T",
        ["m[t,j] = x[t,j] (1 - w[t] e[t,j])   for t = 1..T, j = 1..d"],
    ),
    (
        r"J = \frac{1}{2} D(P \| M), \quad D(P \| Q) = \sum_{x=1}^n P(x) \ln \frac{P(x)}{Q(x)}, \quad M = \frac{1}{2} (P + Q)",
        [
            "D = sum(x=1..n) P[x] ln(P[x]/M[x])",
            "J = 1/2 D",
            "M[j] = 1/2 (P[j] + Q[j])   for j = 1..n",
        ],
    ),
    (
        r"y = \gamma \odot (x - \mu), \quad \mu = \frac{1}{n} \sum_{i=1}^n x_i",
        [
            "y[j] = gamma[j] (x[j] - mu)   for j = 1..n",
            "mu = 1/n sum(i=1..n) x[i]",
        ],
    ),
    (
        r"\mu = W h, \quad L = \sum_{k=1}^d (x_k - \mu_k)^2",
        [
            "mu[j] = sum(l=1..m) W[j,l] h[l]   for j = 1..d",
            "L = sum(k=1..d) (x[k] - mu[k])^2",
        ],
    ),
    (
        r"c = \sum_{i=1}^n \alpha_i h_i, \quad \alpha = \operatorname{softmax}(e), \quad e_i = v^\top h_i",
        [
            "c[j] = sum(i=1..n) alpha[i] h[i,j]   for j = 1..d",
            "alpha[k] = exp(e[k])/sum(l=1..n) exp(e[l])   for k = 1..n",
            "e[i] = sum(j=1..d) v[j] h[i,j]   for i = 1..n",
        ],
    ),
    (
        r"\boldsymbol{\mu}_i = U_i \mathbf{x}, \quad \boldsymbol{\mu} = \sum_{i=1}^n g_i \boldsymbol{\mu}_i, \quad U_i \in \mathbb{R}^{m \times d}",
        [
            "mu_i[i,j] = sum(k=1..d) U[i,j,k] x[k]   for i = 1..n, j = 1..m",
            "mu[j] = sum(i=1..n) g[i] mu_i[i,j]   for j = 1..m",
        ],
    ),
    (
        r"y_j = \sum_{i=1}^n x_i z_{i,j}, \quad m = \max(x)",
        [
            "y[j] = sum(i=1..n) x[i] z[i,j]",
            "m = max(k=1..n) x[k]",
        ],
    ),
    (
        r"D = \| G(x) - G(y) \|_2, \quad x, y \in \mathbb{R}^d",
        [
            "z[j] = G(x[j]) - G(y[j])   for j = 1..d",
            "D = sqrt(sum(j=1..d) z[j]^2)",
        ],
    ),
    (
        r"h_i = \tanh(\sum_{j=1}^n A_{ij} W u_j), \quad u_j \in \mathbb{R}^d",
        [
            "h[i,l] = tanh(sum(j=1..n) A[i,j] sum(k=1..d) W[l,k] u[j,k])   for l = 1..m",
        ],
    ),
]

REFUSED = [
    (r"L = \sum_{i=1}^n w_i + f(w)", "E106", r"w"),
    (r"E = \sum_{i=1}^n (w_i x_i - w)^2", "E106", r"w"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
