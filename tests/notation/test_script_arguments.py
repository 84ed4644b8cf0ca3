"""Scripts between a symbol and its arguments: e^2(n), w^T(n), w_t^c(i)."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"e(n) = d(n) - y(n), \quad J = \sum_{n=1}^N e^2(n)",
        ["e[n] = d[n] - y[n]   for n = 1..N", "J = sum(n=1..N) e[n]^2"],
    ),
    (
        r"y(n) = \mathbf{w}^T(n-1) \mathbf{u}(n), \quad \mathbf{w}(n) = a \mathbf{w}(n-1) + \mathbf{u}(n),"
        r"\quad \mathbf{w}(0) = \mathbf{0}, \quad \mathbf{u}(n) \in \mathbb{R}^M, \quad n = 1, \dots, N",
        [
            "y[n] = sum(j=1..M) w[n-1, j] u[n,j]   for n = 1..N",
            "w[n,j] = a w[n-1, j] + u[n,j]   for n = 1..N-1, j = 1..M",
            "w[0,j] = 0   for j = 1..M",
        ],
    ),
    (
        r"s = \sum_{k=1}^n \mathbf{w}^T(k) \mathbf{u}(k), \quad \mathbf{w}(k) \in \mathbb{R}^M",
        ["s = sum(k=1..n) sum(j=1..M) w[k,j] u[k,j]"],
    ),
    (
        r"s_k = w^a(k) + w^b(k) \quad \text{for } k = 1, \dots, n",
        ["s[k] = wa[k] + wb[k]   for k = 1..n"],
    ),
    (
        r"p_t^c(i) \leftarrow \frac{\exp(z_t(i))}{\sum_j \exp(z_t(j))}",
        ["pc[t,i] = exp(z[t,i])/sum(j) exp(z[t,j])"],
    ),
]

DEFINED = [  # on a left side
    (
        r"V^\pi(s) = \sum_{a=1}^m \pi(a|s) Q^\pi(s,a)",
        ["V_pi[s] = sum(a=1..m) pi[a,s] Q_pi[s,a]"],
    ),
    (
        r"\sigma^2(n) = a \sigma^2(n-1) + x(n), \quad \sigma^2(0) = 1, \quad n = 1, \dots, N",
        ["sigma_sq[n] = a sigma_sq[n-1] + x[n]   for n = 1..N", "sigma_sq[0] = 1"],
    ),
    (r"g^k(x) = x + 1, \quad y = g^k(z)", ["y = z + 1"]),
]

PRODUCTS = [  # no array is meant
    (r"y = \sum_{j=1}^n u^2(j-1) + u", ["y = sum(j=1..n) u^2 (j - 1) + u"]),
    (r"s = \sum_{k=1}^n \gamma^k(1-\gamma)", ["s = sum(k=1..n) gamma^k * (1 - gamma)"]),
    (r"s = \sum_{k=1}^n k^2(n-k)", ["s = sum(k=1..n) k^2 (n - k)"]),
]


@pytest.mark.parametrize(("text", "expected"), READ + DEFINED + PRODUCTS)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (r"y = \sum_{j=1}^n x^2(j)", "x^2(j)"),
        (r"z_i = \sum_{k=1}^n w^k(i) x_k \quad \text{for } i = 1, \dots, m", "w^k(i)"),
        (r"s = \sum_{k=1}^n w^T(k) u(k)", "w^T(k)"),
    ],
)
def test_what_nothing_decides_is_refused(text: str, at: str) -> None:
    assert refusal(text) == ("E006", at)
