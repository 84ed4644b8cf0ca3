"""A = (a_{ij}): a matrix and its elements."""

import pytest
from readings import printed_lines, refusal

SPACES = r", \quad x \in \mathbb{R}^n, \quad b \in \mathbb{R}^m"
STATED = [
    r"A = (a_{ij})",
    r"A = [a_{ij}]",
    r"\mathbf{A} = (a_{jk})",
    r"A = (a_{ij}) \in \mathbb{R}^{m \times n}",
]


@pytest.mark.parametrize("stated", STATED)
def test_elements_are_those_of_the_matrix(stated):
    matrix = stated.partition(" =")[0]
    text = (
        rf"r = \|{matrix} x - b\|^2, \quad y_i = \sum_{{j=1}}^n a_{{ij}} x_j, \quad {stated}"
        + SPACES
    )
    lines = printed_lines(text)
    assert lines[-1] == "y[i] = sum(j=1..n) A[i,j] x[j]   for i = 1..m"
    assert "a[" not in "\n".join(lines)


def test_a_vector_has_elements_too():
    text = (
        r"L = \|y - t\|^2 + \sum_{i=1}^n u_i^2, \quad \mathbf{t} = (u_i), \quad y \in \mathbb{R}^n"
    )
    assert printed_lines(text) == ["L = sum(j=1..n) (y[j] - t[j])^2 + sum(i=1..n) t[i]^2"]


def test_what_nothing_is_said_of_is_refused():
    text = r"r = \|A x - b\|^2, \quad y_i = \sum_{j=1}^n a_{ij} x_j" + SPACES
    assert refusal(text) == ("E006", "A")


TWO = [
    r"y_i = A \sum_{j=1}^n a_{ij} x_j",
    r"r = A x - b, \quad y_i = \sum_{j=1}^n a_{ij} x_j, \quad A, a \in \mathbb{R}^{m \times n}" + SPACES,
    r"r = A x - b, \quad a_{ij} = b_i x_j, \quad y_i = \sum_{j=1}^n a_{ij} x_j" + SPACES,
]  # fmt: skip


@pytest.mark.parametrize("text", TWO)
def test_two_arrays_stay_two(text):
    lines = printed_lines(text)
    assert any("a[i,j]" in line or "a[j,k]" in line for line in lines)
