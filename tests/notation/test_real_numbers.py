"""Functions of a real number, numbers beside an array of their letter, and real numbers used as integers."""

from __future__ import annotations

import pytest
from readings import error_of, printed

RANGE = r", \quad i = 1, \ldots, m"
READ = [
    (
        r"S(t) = \prod_{t_i \leq t} d_i, \quad t_i, d_i \in \mathbb{R}" + RANGE,
        "S = prod(i) { d[i] if t_i[i] <= t; 1 otherwise }",
    ),
    (
        r"S(t) = \prod_{i: t_i \leq t} d_i, \quad t \in \mathbb{R}, \quad t_i, d_i \in \mathbb{R}"
        + RANGE,
        "S = prod(i) { d[i] if t_i[i] <= t; 1 otherwise }",
    ),
    (
        r"S(x) = \sum_{i: u_i \leq x} d_i, \quad u_i \in \mathbb{R}" + RANGE,
        "S = sum(i) { d[i] if u[i] <= x; 0 otherwise }",
    ),
    (
        r"S(t) = \sum_{t_i \leq t} d_i, \quad V = S(t)^2, \quad t_i, d_i \in \mathbb{R}" + RANGE,
        "S = sum(i) { d[i] if t_i[i] <= t; 0 otherwise }\nV = S^2",
    ),
    (
        r"F(x) = \frac{1}{n} \sum_{i=1}^n [x_i \leq x]",
        "F = 1/n sum(i=1..n) [x_i[i] <= x]",
    ),
    # a label is no element
    (
        r"f(x) = \begin{cases} x / x_{\max} & x < x_{\max} \\ 1 & \text{otherwise} \end{cases}",
        "f = { x/x_max if x < x_max; 1 otherwise }",
    ),
    # indices: what has a range, and what is compared with integers
    (
        r"F(k) = \sum_{i: u_i \leq k} d_i, \quad u_i \in \{1, \ldots, K\}, \quad k = 1, \ldots, K"
        + RANGE,
        "F[k] = sum(i) { d[i] if k >= u[i]; 0 otherwise }   for k = 1..K",
    ),
    (
        r"F_k = \sum_{i: u_i \leq k} d_i, \quad u_i \in \{1, \ldots, K\}, \quad k = 1, \ldots, K"
        + RANGE,
        "F[k] = sum(i) { d[i] if k >= u[i]; 0 otherwise }   for k = 1..K",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


REFUSED = [
    (r"F_k = \sum_{i: u_i \leq k} d_i, \quad u_i \in \mathbb{R}, \quad k = 1, \ldots, K" + RANGE),
    r"F_k = \sum_{i=1}^m [u_i = k] d_i, \quad u \in \mathbb{R}^m, \quad k = 1, \ldots, K",
    r"F_k = x_{u_k}, \quad u_k \in \mathbb{R}, \quad k = 1, \ldots, K",
]


@pytest.mark.parametrize("text", REFUSED)
def test_integers_that_are_declared_real(text: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == "E107"
    assert "'u' is declared as real" in str(error)
