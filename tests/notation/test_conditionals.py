"""Bars in subscripts."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"p_{j|i} = \frac{w_{ij}}{\sum_{k=1}^n w_{ik}}, \quad p_{ij} = \frac{p_{j|i} + p_{i|j}}{2}, \quad i, j = 1, \dots, n",
        [
            "p_given[j,i] = w[i,j]/sum(k=1..n) w[i,k]   for j = 1..n, i = 1..n",
            "p[i,j] = 1/2 (p_given[j,i] + p_given[i,j])   for i = 1..n, j = 1..n",
        ],
    ),
    (
        r"m_i = \sum_{j=1}^n q_{j \mid i} q_j, \quad i = 1, \dots, n",
        ["m[i] = sum(j=1..n) q_given[j,i] q[j]   for i = 1..n"],
    ),
    (
        r"L = \sum_{i=1}^n \sum_{j=1}^n \sum_{k=1}^n q_{ij|k} q_{i|jk}",
        ["L = sum(i=1..n) sum(j=1..n) sum(k=1..n) q_given[i,j,k] q_given2[i,j,k]"],
    ),
    # everywhere at one place: a comma
    (
        r"v_j = \sum_{i=1}^n c_{ij} u_{j|i}, \quad j = 1, \dots, m",
        ["v[j] = sum(i=1..n) c[i,j] u[j,i]   for j = 1..m"],
    ),
    (
        r"x_{t|t-1} = a x_{t-1|t-1}, \quad x_{t|t} = x_{t|t-1} + k_t, \quad x_{0|0} = 0, \quad t = 1, \dots, T",
        [
            "x[t, t-1] = a x[t-1, t-1]   for t = 1..T",
            "x[t,t] = x[t, t-1] + k[t]   for t = 1..T",
            "x[0,0] = 0",
        ],
    ),
    # an absolute value
    (r"y_i = x_i |w_i|, \quad i = 1, \dots, n", ["y[i] = x[i] abs(w[i])   for i = 1..n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


REFUSED = [
    (r"p_{j|i} = w_{ij} / v_i, \quad C = \sum_{i=1}^n \sum_{j=1}^n p_{ij} \ln q_{ij}", "p_{ij}"),
    (r"p_{ij} = w_{ij}, \quad C = \sum_{i=1}^n \sum_{j=1}^n p_{j|i} \ln q_{j|i}", "p_{j|i}"),
]

GIVEN = [
    r"p_{ij} = p_{j|i} v_i, \quad C = \sum_{i=1}^n \sum_{j=1}^n p_{ij}",  # their equation
    r"C = \sum_{i=1}^n \sum_{j=1}^n p_{j|i} \ln p_{ij}",  # both are given
    r"p_{j|i} = w_{ij}, \quad C = \sum_{i=1}^n \sum_{j=1}^n p_{ij}, \quad p \in \mathbb{R}^{n \times n}",
    r"p_{j|i} = w_{ij}, \quad C = \sum_{i=1}^n p_i \sum_{j=1}^n p_{j|i}",  # marginals
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_one_of_two_is_defined_and_the_other_read(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", at)


@pytest.mark.parametrize("text", GIVEN)
def test_it_may_be_given(text: str) -> None:
    assert any("p_given" in line for line in printed_lines(f"$${text}$$"))


def test_the_name_can_be_read_again() -> None:
    system = dr.read(f"$${READ[0][0]}$$")
    assert str(dr.read(system._repr_latex_())) == str(system)
