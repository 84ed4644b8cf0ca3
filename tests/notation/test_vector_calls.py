"""Calls of functions that are defined by components."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        r"y = s(W x), \quad s(z)_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}",
        [
            "u[l] = sum(p=1..m) W[l,p] x[p]   for l = 1..d",
            "s[l] = exp(u[l])/sum(j=1..d) exp(u[j])   for l = 1..d",
            "y[l] = s[l]   for l = 1..d",
        ],
    ),
    (
        r"s(z)_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}, \quad y_i = s(W x_i), \quad W \in \mathbb{R}^{V \times d}",
        [
            "u[i,k] = sum(l=1..d) W[k,l] x[i,l]   for k = 1..V",
            "s[i,k] = exp(u[i,k])/sum(j=1..V) exp(u[i,j])   for k = 1..V",
            "y[i,k] = s[i,k]   for k = 1..V",
        ],
    ),
    (
        r"L = \sum_{i=1}^m D(p_i, q_i), \quad D(P, Q) = \sum_{i=1}^n P_i Q_i",
        [
            "D[i] = sum(j=1..n) p[i,j] q[i,j]   for i = 1..m",
            "L = sum(i=1..m) D[i]",
        ],
    ),
    (
        r"J = D(P, P + Q), \quad D(P, Q) = \sum_{i=1}^n P_i Q_i",
        [
            "z[j] = P[j] + Q[j]   for j = 1..n",
            "D = sum(i=1..n) P[i] z[i]",
            "J = D",
        ],
    ),
    (
        r"L = f(a) + f(b), \quad f(x) = \|x\|^2, \quad a, b \in \mathbb{R}^d",  # numbers
        [
            "f = sum(j=1..d) a[j]^2",
            "f_2 = sum(j=1..d) b[j]^2",
            "L = f + f_2",
        ],
    ),
    (
        r"y = g(a), \quad g(u) = \frac{1}{1 + e^{-u}}, \quad a \in \mathbb{R}^d",  # elements
        ["y[j] = 1/(1 + exp(-a[j]))   for j = 1..d"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected
