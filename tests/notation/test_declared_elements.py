"""Elements of declared arrays are no numbers of their own."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"y = b_1 + b_2, \quad b \in \mathbb{R}^2", "y = b[1] + b[2]"),
    (r"y = \sum_i x_i^2 + x_1, \quad x \in \mathbb{R}^D", "y = sum(i) x[i]^2 + x[1]"),
    (r"y_i = 2 b_i, \quad b \in \mathbb{R}^D", "y[i] = 2 b[i]   for i = 1..D"),
    (r"y = x_T - x_1, \quad x \in \mathbb{R}^T", "y = x[T] - x[1]"),
    (r"y = W_{12} + W_{21}, \quad W \in \mathbb{R}^{2 \times 2}", "y = W[1,2] + W[2,1]"),
    (r"y = x_{12}, \quad x \in \mathbb{R}^{20}", "y = x[12]"),
    # declared itself, not declared, or a label that is no index
    (r"y = \|x\| + \|x_1\|, \quad x, x_1 \in \mathbb{R}^D",
     "y = sqrt(sum(j=1..D) x[j]^2) + sqrt(sum(j=1..D) x_1[j]^2)"),
    (r"y = b_1 + b_2", "y = b_1 + b_2"),
    (r"y = W_1 x, \quad W, W_1 \in \mathbb{R}^{m \times n}",
     "y[j] = sum(k=1..n) W_1[j,k] x[k]   for j = 1..m"),
    (r"y = b_{\max} \sum_i b_i, \quad b \in \mathbb{R}^D", "y = b_max sum(i) b[i]"),
]  # fmt: skip

REFUSED = [
    (r"y = b_i, \quad b \in \mathbb{R}^D", "i"),
    (r"y = p_{ln}, \quad p \in \mathbb{R}^{L \times N}", "n"),
    (r"y = x^\top x + x_i, \quad x \in \mathbb{R}^D", "i"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


AMBIGUOUS = [
    (r"y = W_1 x, \quad W \in \mathbb{R}^{m \times n}, x \in \mathbb{R}^n", "W_1"),
    (r"y = W_{12}, \quad W \in \mathbb{R}^{2 \times 20}", "W_{12}"),
    (r"y = W_{12}, \quad W \in \mathbb{R}^{2 \times 2 \times 3}", "W_{12}"),
]


@pytest.mark.parametrize(("text", "at"), AMBIGUOUS)
def test_a_row_or_a_symbol_of_its_own(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", at)


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", at)
