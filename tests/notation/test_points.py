r"""f(x) with x beside the data x_i: which are of one kind, and where x_i is a component."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (r"f(x) = \sum_{i=1}^n a_i k(x_i, x), \quad k(u, v) = u^\top v",
     "k[i] = sum(j=1..d) x_i[i,j] x[j]   for i = 1..n"),
    (r"f(x) = \sum_{i=1}^n a_i k(x_i, x), \quad k(x, x') = \exp(-g \|x - x'\|^2)",
     "k[i] = exp(-g sum(j=1..d) (x_i[i,j] - x[j])^2)   for i = 1..n"),
    (r"f(x) = \frac{1}{n h} \sum_{i=1}^n K\left(\frac{x - x_i}{h}\right), \quad K(u) = e^{-u^2}",
     "f = 1/(n h) sum(i=1..n) exp(-((x - x_i[i])/h)^2)"),
    # components of the argument
    (r"f(x) = \sum_{i=1}^n w_i x_i", "f = sum(i=1..n) w[i] x[i]"),
    (r"f(x) = \sum_{i=1}^n w_i x_i + \|x\|^2, \quad x \in \mathbb{R}^n",
     "f = sum(i=1..n) w[i] x[i] + sum(j=1..n) x[j]^2"),
    # no argument of a function
    (r"s = \sum_{i=1}^n (x_i - m)^2, \quad m = \frac{1}{n} \sum_{i=1}^n x_i", "s = sum(i=1..n) (x[i] - m)^2"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), READ)
def test_read(latex: str, expected: str) -> None:
    assert expected in printed_lines(latex)
