"""Sets whose size is a length."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"Q = X W, \quad X \in \mathbb{R}^{|x| \times d}, W \in \mathbb{R}^{d \times m}",
        [
            "Q[j,l] = sum(k=1..d) X[j,k] W[k,l]   for j = 1..n_x, l = 1..m",
        ],
    ),
    (
        r"z = U h, \quad U \in \mathbb{R}^{|V| \times d}, \quad L = \sum_{w=1}^{|V|} z_w",
        [
            "z[j] = sum(k=1..d) U[j,k] h[k]   for j = 1..n_V",
            "L = sum(w=1..n_V) z[w]",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_letter_between_bars_counts(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_not_one_that_stands_elsewhere_too() -> None:
    text = r"y = W x, \quad x \in \mathbb{R}^n, W \in \mathbb{R}^{m \times |x|}"
    assert error_of(f"$${text}$$").code == "E108"
