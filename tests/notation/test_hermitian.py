r"""A^H of a real matrix is its transpose; beside a bare A of which nothing is said, it is refused."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

REAL = r"A \in \mathbb{R}^{m \times n}, b \in \mathbb{R}^m"


@pytest.mark.parametrize("above", ["H", r"{\mathrm{H}}", r"{\mathsf{H}}"])
def test_of_a_real_matrix_it_is_the_transpose(above):
    text = rf"$$ x = A^{above} b, \quad {REAL} $$"
    assert printed_lines(text) == ["x[k] = sum(j=1..m) A[j,k] b[j]   for k = 1..n"]


@pytest.mark.parametrize("text, caret", [
    (r"$$ x = A^H b, \quad r = A x - b, \quad b \in \mathbb{R}^n $$", "A^H"),
    (r"$$ x = \mathbf{A}^{\mathsf{H}} \mathbf{b}, \quad r = \mathbf{A} \mathbf{x} $$",
     r"\mathbf{A}^{\mathsf{H}}"),
    (r"$$ s = (A b)^H b, \quad b \in \mathbb{R}^n $$", "(A b)^H"),
])  # fmt: skip
def test_of_any_other_matrix_it_is_refused(text, caret):
    assert refusal(text) == ("E008", caret)


@pytest.mark.parametrize("text, first", [
    (r"$$ x = W^H b, \quad y = W^O x, \quad b \in \mathbb{R}^n $$",
     "x[k] = sum(j=1..n) WH[k,j] b[j]   for k = 1..d"),  # labels
    (r"$$ x = A^{\text{H}} b, \quad r = A x - b, \quad b \in \mathbb{R}^n $$",
     "x[k] = sum(j=1..n) AH[k,j] b[j]   for k = 1..d"),
    (r"$$ y = x^H + H $$", "y = x^H + H"),  # a power
])  # fmt: skip
def test_other_exponents_stay(text, first):
    assert printed_lines(text)[0] == first
