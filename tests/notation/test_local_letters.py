"""Letters of functions that are also symbols of the document."""

from __future__ import annotations

import pytest
from readings import printed_lines

W = r", \quad \mathbf{w}_t \in \mathbb{R}^d, \quad t = 1, \ldots, T $$"

READ = [
    (
        r"$$ f(\mathbf{w}) = \sum_{i=1}^d w_i^2, \quad u_t = f(\mathbf{w}_t) w_{t,1}" + W,
        ["f[t] = sum(i=1..d) w[t,i]^2   for t = 1..T", "u[t] = f[t] w[t,1]   for t = 1..T"],
    ),
    (
        r"$$ f(w) = \sum_{i=1}^d w_i^2, \quad u_k = f(x_k) w_k, \quad x_k \in \mathbb{R}^d, k = 1, \ldots, K $$",
        ["f[k] = sum(i=1..d) x[k,i]^2   for k = 1..K", "u[k] = f[k] w[k]   for k = 1..K"],
    ),
    (  # the same w in both places: no letter of its own
        r"$$ f(\mathbf{w}) = \sum_{i=1}^d w_i^2, \quad u = f(\mathbf{w}), \quad \mathbf{w} \in \mathbb{R}^d $$",
        ["f = sum(i=1..d) w[i]^2", "u = f"],
    ),
    (  # x is a vector of the document; that of the formula is any number
        r"$$ s(x) = \frac{1}{1 + e^{-x}}, \quad y = s(w^\top x + b), \quad w, x \in \mathbb{R}^n $$",
        ["y = 1/(1 + exp(-(sum(j=1..n) w[j] x[j] + b)))"],
    ),
    (
        r"$$ s(x) = \max(0, x), \quad u = w^\top \mathbf{x} + b, \quad y = s(u) $$",
        ["u = sum(j=1..d) w[j] x[j] + b", "y = { 0 if 0 >= u; u otherwise }"],
    ),
    (  # the function is called with this x alone: the formula is about it
        r"$$ f(x) = \tanh(w^\top x + b), \quad L = (f(x) - y)^2, \quad w, x \in \mathbb{R}^n $$",
        ["f = tanh(sum(j=1..n) w[j] x[j] + b)", "L = (f - y)^2"],
    ),
    (  # the w of another definition is a letter of its own too
        r"$$ v(\mathbf{w}) = \sum_{i=1}^d w_i a_i, \quad g(\mathbf{w}) = 2 \|\mathbf{w}\|^2 $$"
        r"$$ u_t = v(\mathbf{w}_t) + g(\mathbf{w}_t), \quad \mathbf{w}_t \in \mathbb{R}^d, t = 1, \ldots, T $$",
        [
            "v[t] = sum(i=1..d) w[t,i] a[i]   for t = 1..T",
            "g[t] = 2 sum(j=1..d) w[t,j]^2   for t = 1..T",
            "u[t] = v[t] + g[t]   for t = 1..T",
        ],
    ),
    (  # numbers beside vectors
        r"$$ v(s, \mathbf{w}) = \sum_{i=1}^d w_i x_i(s), \quad \delta_t = v(S_t, \mathbf{w}_t) $$"
        r"$$ \mathbf{b}_t = 2 \mathbf{x}(S_t) $$"
        r"$$ \mathbf{u}_t = \alpha \delta_t \mathbf{z}_t, \quad t = 1, \ldots, T $$"
        r"$$ S_t \in \{1, \ldots, N\}, \mathbf{w}_t, \mathbf{z}_t \in \mathbb{R}^d, \mathbf{x}(s) \in \mathbb{R}^d $$",
        [
            "v[t] = sum(i=1..d) w[t,i] x[S[t], i]   for t = 1..T",
            "delta[t] = v[t]   for t = 1..T",
            "b[t,j] = 2 x[S[t], j]   for t = 1..T, j = 1..d",
            "u[t,j] = alpha delta[t] z[t,j]   for t = 1..T, j = 1..d",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(text) == expected
