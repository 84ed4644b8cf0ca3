r"""f(x)_i = …: an array where nothing calls f, a function where something does."""

from __future__ import annotations

import pytest
from readings import printed_lines

READ = [
    (r"f(x)_i = e^{x_i} / \sum_{j=1}^n e^{x_j}, \quad i = 1, \dots, n",
     "f[i] = exp(x[i])/sum(j=1..n) exp(x[j])   for i = 1..n"),
    (r"g(x)_i = x_i - x_{i-1}, \quad i = 2, \dots, n", "g[i] = x[i] - x[i-1]   for i = 2..n"),
    (r"f(x)_i = e^{x_i} / \sum_j e^{x_j}, \quad y = f(z), \quad z \in \mathbb{R}^n",
     "f[k] = exp(z[k])/sum(j) exp(z[j])   for k = 1..n"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), READ)
def test_read(latex: str, expected: str) -> None:
    assert expected in printed_lines(latex)
