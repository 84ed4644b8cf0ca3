"""Names that look like elements of a vector that the document defines."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

P = r"p = \operatorname{softmax}(W x + b), \quad W \in \mathbb{R}^{K \times d}"

REFUSED = [
    (rf"L = -\log p_y, \quad {P}", "p_y"),
    (rf"L = p_1 + p_2, \quad {P}", "p_1"),
    (
        r"L = -\log \hat{y}_c, \quad \hat{y} = W x + b, \quad W \in \mathbb{R}^{K \times d}",
        r"\hat{y}_c",
    ),
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E101", at)


READ = [
    (rf"L = -\log p_y, \quad {P}, \quad y \in \{{1, \dots, K\}}", "L = -ln(p[y])"),
    (rf"L = -\log p_y, \quad {P}, \quad p_y \in \mathbb{{R}}", "L = -ln(p_y)"),
    (rf"L = p_0 + u^\top p, \quad {P}", "L = p_0 + sum(j=1..K) u[j] p[j]"),
    (rf"L = p_{{\text{{max}}}} - u^\top p, \quad {P}", "L = p_max - sum(j=1..K) u[j] p[j]"),
    (
        r"h = W x, \quad y = U h + V h_a, \quad W, U, V \in \mathbb{R}^{d \times d}",
        "h[j] = sum(k=1..d) W[j,k] x[k]   for j = 1..d",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected
