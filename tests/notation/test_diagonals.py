"""Diagonal matrices and their powers."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"D_{ii} = \sum_j A_{ij}, \quad P = D^{-1} A, \quad y = P x, \quad A \in \mathbb{R}^{n \times n}",
        [
            "D[i,i] = sum(j) A[i,j]   for i = 1..n",
            "P[k,l] = A[k,l]/D[k,k]   for k = 1..n, l = 1..n",
            "y[k] = sum(l=1..n) P[k,l] x[l]   for k = 1..n",
        ],
    ),
    (
        r"D_{ii} = \sum_j A_{ij}, \quad L = D - A, \quad y = L x, \quad A \in \mathbb{R}^{n \times n}",
        [
            "D[i,i] = sum(j) A[i,j]   for i = 1..n",
            "L[k,l] = [k = l] D[k,k] - A[k,l]   for k = 1..n, l = 1..n",
            "y[k] = sum(l=1..n) L[k,l] x[l]   for k = 1..n",
        ],
    ),
    (
        r"D = \operatorname{diag}(A \mathbf{1}), \quad L = I - D^{-1/2} A D^{-1/2}, "
        r"\quad A \in \mathbb{R}^{n \times n}",
        [
            "D[j,k] = [j = k] sum(l=1..n) A[j,l]   for j = 1..n, k = 1..n",
            "z[j,k] = A[j,k]/sqrt(D[k,k])   for j = 1..n, k = 1..n",
            "L[j,k] = [j = k] - z[j,k]/sqrt(D[j,j])   for j = 1..n, k = 1..n",
        ],
    ),
    (
        r"D_{ii} = d_i, \quad y = x^\top D x, \quad x \in \mathbb{R}^n",
        [
            "D[i,i] = d[i]   for i = 1..n",
            "z[j] = D[j,j] x[j]   for j = 1..n",
            "y = sum(j=1..n) x[j] z[j]",
        ],
    ),
]

REFUSED = [
    (r"y = A^{-1} x, \quad A \in \mathbb{R}^{n \times n}", "A^{-1}"),
    (r"D_{ij} = 2 A_{ij}, \quad y = D^{-1} x", "D^{-1}"),
    (r"D_{ii} = \sum_j A_{ij}, \quad y = D^{-1} x, \quad z_{ij} = D_{ij}", "D^{-1}"),
    (r"D_{ii} = a_i, \quad D_{ij} = b_{ij}, \quad y = D^{-1} x", "D^{-1}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_a_matrix_with_other_elements_is_not_diagonal(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E008", at)


CONSTANT = [
    (r"W_{ii} = 0, \quad y = W x, \quad W \in \mathbb{R}^{n \times n}", "W_{ii} = 0"),
    (r"y_i = \sum_{j=1}^n w_{ij} x_j, \quad w_{ii} = 0", "w_{ii} = 0"),
]


@pytest.mark.parametrize(("text", "at"), CONSTANT)
def test_a_constant_diagonal_may_be_that_of_a_given_matrix(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", at)


def test_a_constant_diagonal_beside_other_elements() -> None:
    text = (
        r"w_{ij} = \sum_{p=1}^m x_{pi} x_{pj} \text{ for } i \neq j, \quad w_{ii} = 0, "
        r"\quad y_i = \sum_{j=1}^n w_{ij} s_j, \quad i = 1, \dots, n"
    )
    assert "w[i,i] = 0" in str(dr.read(f"$${text}$$"))


def test_a_diagonal_matrix_is_no_number() -> None:
    text = r"D = \operatorname{diag}(d), \quad z = D^2 x I_m y, \quad x \in \mathbb{R}^m"
    assert error_of(f"$${text}$$").code == "E108"
