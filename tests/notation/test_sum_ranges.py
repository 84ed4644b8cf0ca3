"""Ranges of indices that only sums bind."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr
from deltarule.equations import affine, domains
from deltarule.equations.nodes import Relation

READ = [
    (r"L = \sum_i x_i, \quad i = 1, \dots, n", "L = sum(i=1..n) x[i]"),
    (r"L = \sum_i x_i $$ $$ i \in \{1, \dots, n\}", "L = sum(i=1..n) x[i]"),
    (
        r"y_j = \sum_i x_{ij}, \quad i = 1, \dots, n, \quad j = 1, \dots, m",
        "y[j] = sum(i=1..n) x[i,j]   for j = 1..m",
    ),
    (
        r"L = \sum_{i \neq j} w_{ij}, \quad i, j = 1, \dots, n",
        "L = sum(i=1..n, j=1..n, j != i) w[i,j]",
    ),
    (
        r"L = \sum_{i < j} w_{ij}, \quad 1 \leq i, j \leq n",
        "L = sum(i=1..n-1, j=i+1..n) w[i,j]",
    ),
    (
        r"L = \sum_{1 \leq i \neq j \leq n} w_{ij}",
        "L = sum(i=1..n, j=1..n, j != i) w[i,j]",
    ),
    # a left side has the index: the range is that of the equation
    (
        r"h_i = x_i^2, \quad L = \sum_i h_i, \quad i = 1, \dots, n",
        "h[i] = x[i]^2   for i = 1..n",
    ),
    # an integer that data give
    (r"L = -\ln p_c, \quad c \in \{1, \dots, K\}", "L = -ln(p[c])"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (r"L = \sum_{i=1}^m x_i, \quad i = 1, \dots, n", "i"),  # two ranges
        (r"L = \sum_i x_i + z_i, \quad i = 1, \dots, n", "i"),
    ],
)
def test_a_range_of_something_else(text: str, wrong: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", wrong)


def test_what_is_said_of_a_size_stays() -> None:
    system = dr.read(r"$$y_i = x_i, \quad i = 1, \dots, n, \quad n \geq 2$$")
    (equation,) = system.equations
    without_two = domains.from_relations([Relation(affine.make([("n", -1)], 1), ">=")])
    assert domains.are_disjoint(equation.domain, without_two)
