"""Several signs of equality in one statement."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (  # what is summed over indices is an array, not an open function
        r"z_c = F(u_c) = \frac{1}{H} \sum_{i=1}^H \sum_{j=1}^K u_c(i,j)",
        ["z[c] = 1/H sum(i=1..H) sum(j=1..K) u[c,i,j]"],
    ),
    (  # an open function of several arguments says nothing
        r"y_l = 2 x_l = f(x_l, w_l)",
        ["y[l] = 2 x[l]"],
    ),
    (  # W stands for W_1 and W_2
        r"s = F(z, W) = \sigma(W_2 \tanh(W_1 z)), \quad z \in \mathbb{R}^n, W_1 \in \mathbb{R}^{m \times n}, W_2 \in \mathbb{R}^{d \times m}",
        [
            "z1[k] = sum(j=1..n) W_1[k,j] z[j]   for k = 1..m",
            "a[k] = tanh(z1[k])   for k = 1..m",
            "z2[l] = sum(k=1..m) W_2[l,k] a[k]   for l = 1..d",
            "s[l] = sigma(z2[l])   for l = 1..d",
        ],
    ),
    (  # what is called elsewhere is a definition
        r"y = f(x, w) = 2 x, \quad z = f(u, w)",
        ["y = 2 x", "z = 2 u"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected
