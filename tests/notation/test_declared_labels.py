"""Letters below a symbol that are labels, as the declarations tell."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (
        r"y = \sum_{i=1}^n p_i W_i x, \quad p = W_g x, \quad W_g \in \mathbb{R}^{n \times d}, W_i \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        [
            "y[l] = sum(i=1..n) p[i] sum(k=1..d) W[i,l,k] x[k]   for l = 1..m",
            "p[j] = sum(k=1..d) W_g[j,k] x[k]   for j = 1..n",
        ],
    ),
    (  # both run
        r"y = \sum_{i=1}^n W_i x, \quad z = \sum_{g=1}^n W_g x, \quad W_g, W_i \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        [
            "y[j] = sum(i=1..n) sum(k=1..d) W[i,j,k] x[k]   for j = 1..m",
            "z[j] = sum(g=1..n) sum(k=1..d) W[g,j,k] x[k]   for j = 1..m",
        ],
    ),
    (  # none does
        r"y = W_i x + W_f x, \quad W_i, W_f \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        ["y[j] = sum(k=1..d) W_i[j,k] x[k] + sum(k=1..d) W_f[j,k] x[k]   for j = 1..m"],
    ),
    (  # one that is not declared is an element
        r"y = \sum_{i=1}^n W_i x, \quad z = W_n x, \quad W_i \in \mathbb{R}^{m \times d}, x \in \mathbb{R}^d",
        ["z[j] = sum(k=1..d) W[n,j,k] x[k]   for j = 1..m"],
    ),
    (  # the elements of what functions are
        r"G(u) = A u, \quad y = \sum_{i=1}^n G(x)_i w_i, \quad w, x \in \mathbb{R}^n",
        ["y = sum(i=1..n) G[i] w[i]"],
    ),
    (
        r"G(u) = 2 u, \quad y = \sum_{i=1}^n G(x)_i w_i, \quad w, x \in \mathbb{R}^n",
        ["y = sum(i=1..n) a[i] w[i]"],
    ),
]  # fmt: skip


NAMES = [
    (  # y_w is an array of its own
        r"s = \sum_{i=1}^n \left( y_w^{(i)} - y_l^{(i)} \right)",
        "y_w[i] for i = 1..n\ny_l[i] for i = 1..n",
        "s = sum(i=1..n) (y_w[i] - y_l[i])",
    ),
    (  # w runs
        r"s = \sum_{i=1}^n \sum_{w=1}^m y_w^{(i)}",
        "y_w[i] for i = 1..n",
        "s = sum(i=1..n) sum(w=1..m) y[i,w]",
    ),
    (  # of another number of subscripts
        r"s = \sum_{i=1}^n y_w^{(i)}",
        "y_w[i,j] for i = 1..n, j = 1..n",
        "s = sum(i=1..n) y[i,w]",
    ),
]


@pytest.mark.parametrize(("text", "declared", "expected"), NAMES)
def test_names_that_a_declaration_has(text: str, declared: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$\n\n```deltarule\n{declared}\n```")[0] == expected


def test_a_function_as_an_argument_has_a_label_below() -> None:
    text = r"L(p_\theta; q) = \sum_{i=1}^n \ln \frac{p_\theta(y_i)}{q(y_i)}"
    lines = printed_lines(f"$${text}$$\n\n```deltarule\ny[i] in {{1..K}} for i = 1..n\n```")
    assert lines[0] == "L = sum(i=1..n) ln(p_theta[y[i]]/q[y[i]])"


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert set(expected) <= set(printed_lines(f"$${text}$$"))
