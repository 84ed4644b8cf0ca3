"""Two bold vectors side by side."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"z_i = \mathbf{w}_i \mathbf{x} + b_i, \quad \mathbf{x}, \mathbf{w}_i \in \mathbb{R}^d",
        ["z[i] = sum(j=1..d) w[i,j] x[j] + b[i]"],
    ),
    (
        r"p = \sigma(2 \mathbf{w} \mathbf{x} + b), \quad \mathbf{x} \in \mathbb{R}^d",
        ["p = sigma(2 sum(j=1..d) w[j] x[j] + b)"],
    ),
]

REFUSED = [
    (
        r"\mathbf{z} = \mathbf{w} \mathbf{x}, \quad \mathbf{x} \in \mathbb{R}^d",
        r"\mathbf{w} \mathbf{x}",
    ),
    (
        r"z = \mathbf{w} \mathbf{x} + \mathbf{b}, \quad \mathbf{x} \in \mathbb{R}^d",  # a vector after all
        r"\mathbf{w} \mathbf{x}",
    ),
    (
        r"K = \mathbf{w} \mathbf{x}, \quad \mathbf{x} \in \mathbb{R}^d",  # or an outer product
        r"\mathbf{w} \mathbf{x}",
    ),
    (
        r"z = \mathbf{w} \mathbf{x}, \quad z, \mathbf{x} \in \mathbb{R}^d",
        r"\mathbf{w} \mathbf{x}",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_number_is_their_inner_product(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_elsewhere_they_have_no_product(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E108", at)
