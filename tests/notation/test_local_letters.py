"""Letters of functions that are also arrays with subscripts of other kinds."""

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
