"""Limits that are the larger or smaller of several, and halves of sizes."""

from __future__ import annotations

import pytest
from readings import printed, refusal

import deltarule as dr
from deltarule.equations import domains
from deltarule.equations.nodes import Reduce

READ = [
    (
        r"y_i = \sum_{j=\max(0,i-n/2)}^{\min(N-1,i+n/2)} x_j, \quad 0 \le i < N",
        "y[i] = sum(0 <= j < N, 2*j+n >= 2*i, 2*j <= 2*i+n) x[j]   for i = 0..N-1",
    ),
    (
        r"y_i = \max_{\max(1, i-k) \le j \le \min(n, i+k)} x_j, \quad i = 1, \dots, n",
        "y[i] = max(1 <= j <= n, i-k <= j <= i+k) x[j]   for i = 1..n",
    ),
    (r"y_i = x_{2i}, \quad i = 1, \dots, n/2", "y[i] = x[2*i]   for i >= 1, 2*i <= n"),
    (
        r"y = \sum_{i, j = 1}^{n/2} x_{ij}",
        "y = sum(i >= 1, 2*i <= n, j >= 1, 2*j <= n) x[i,j]",
    ),
    # a value, and no limit
    (r"y = \sum_{i=1}^n x_i n / 2", "y = sum(i=1..n) 1/2 n x[i]"),
]

# the limits, n, and what runs between them
LIMITS = [
    (r"\sum_{i=1}^{n/2}", 5, [1, 2]),
    (r"\sum_{i=n/2+1}^{n}", 5, [3, 4, 5]),
    (r"\sum_{i=-n/2}^{n/2}", 5, [-2, -1, 0, 1, 2]),
    (r"\sum_{i=-n/2}^{n/2-1}", 4, [-2, -1, 0, 1]),
    (r"\sum_{i=-\frac{n-1}{2}}^{\frac{n-1}{2}}", 4, [-1, 0, 1]),
    (r"\sum_{i=\frac{1-n}{2}}^{\frac{n-1}{2}}", 4, [-1, 0, 1]),
    (r"\sum_{i=\lceil n/2 \rceil}^{\lfloor 3n/2 \rfloor}", 3, [2, 3, 4]),
    (r"\sum_{i=\frac{1}{2} n}^{n - \frac{n}{3}}", 7, [3, 4, 5]),
]

REFUSED = [
    (r"y = \sum_{i=1}^{n/m} x_i", r"n/m"),
    (r"y = \sum_{i=1}^{n/2+m/3} x_i", r"n/2"),
    (r"y = \sum_{i=1}^{\max(n, m)} x_i", r"\max(n, m)"),
    (r"y = x_{n/2}", r"n/2"),
    (r"y_i = \sum_{j=(i-n)/2}^{i} x_j", r"(i-n)/2"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


@pytest.mark.parametrize(("limits", "n", "expected"), LIMITS)
def test_what_runs_between_the_limits(limits: str, n: int, expected: list[int]) -> None:
    (equation,) = dr.read(f"$$ y = {limits} x_i $$").equations
    assert isinstance(equation.expression, Reduce)
    found = domains.points(domains.fix(equation.expression.domain, {"n": n}), ("i",))
    assert [i for (i,) in found] == expected


@pytest.mark.parametrize(("text", "caret"), REFUSED)
def test_refused(text: str, caret: str) -> None:
    text = f"$${text}$$"
    assert refusal(text) == ("E111", caret)
