"""Bars around a capital letter."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"J = |X| - 2 X", ["J = abs(X) - 2 X"]),
        (r"J = |X - Y|", ["J = abs(X - Y)"]),
        (r"J = |x|", ["J = abs(x)"]),
        (r"J = |X|, \quad X \in \mathbb{R}", ["J = abs(X)"]),
        (r"J = |X|, \quad X = a - b", ["J = abs(X)", "X = a - b"]),
        (r"J = \sum_i \sum_j |X_{ij}|", ["J = sum(i) sum(j) abs(X[i,j])"]),
        (r"J = \operatorname{abs}(X)", ["J = abs(X)"]),
        (r"J = \frac{1}{|B|} \sum_{i \in B} l_i", ["J = 1/n_B sum(i=1..n_B) l[i]"]),
    ],
)
def test_absolute_values_and_numbers_of_elements(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines
    system = dr.read(text)
    assert printed_lines(f"$${system.to_latex()}$$") == lines


@pytest.mark.parametrize(
    ("text", "caret"),
    [
        (r"J = \frac{1}{|B|} \sum_{i=1}^n l_i", "|B|"),
        (r"J = \frac{1}{|\mathcal{B}|} \sum_{i=1}^n l_i", r"|\mathcal{B}|"),
        (r"J_i = \frac{1}{|N_i|} \sum_{j=1}^n a_{ij}", "|N_i|"),
        (r"J_i = \frac{1}{|\mathcal{N}(i)|} \sum_{j=1}^n a_{ij}", r"|\mathcal{N}(i)|"),
        (r"s = \sum_{i=1}^n \frac{f(q_i, D) (k + 1)}{f(q_i, D) + k b \frac{|D|}{a}}", "|D|"),
        (r"L = \frac{1}{2} \ln |\Sigma| + a", r"|\Sigma|"),
    ],
)
def test_what_may_be_a_set_is_refused(text: str, caret: str) -> None:
    assert refusal(text) == ("E006", caret)
