r"""How far a sum reaches: to the last term that has its index."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.notation.print_text import system_to_text

READ = [
    (r"L = \sum_{i=1}^n y_i p_i + (1 - y_i) q_i", "sum(i=1..n) (y[i] p[i] + (1 - y[i]) q[i])"),
    (r"L = -\sum_{i=1}^n y_i p_i + (1 - y_i) q_i", "-sum(i=1..n) (y[i] p[i] + (1 - y[i]) q[i])"),
    (r"L = -\sum_{i=1}^n y_i \log p_i + (1 - y_i) \log (1 - p_i)",
     "-sum(i=1..n) (y[i] ln(p[i]) + (1 - y[i]) ln(1 - p[i]))"),
    (r"L = -\frac{1}{n} \sum_{i=1}^n x_i - z_i", "-1/n sum(i=1..n) (x[i] - z[i])"),
    # a term without the index, or with another sum of its own, stands outside
    (r"L = -\sum_{i=1}^n x_i + b", "-sum(i=1..n) x[i] + b"),
    (r"L = -\sum_{i=1}^n x_i + \sum_{i=1}^n z_i", "-sum(i=1..n) x[i] + sum(i=1..n) z[i]"),
    (r"y_i = -\sum_{j=1}^n w_{ij} + b_i, \quad i = 1, \dots, m", "-sum(j=1..n) w[i,j] + b[i]"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), READ)
def test_reach(latex: str, expected: str) -> None:
    right = system_to_text(dr.read(latex)).partition(" = ")[2].splitlines()[0]
    assert right.partition("   for")[0] == expected
