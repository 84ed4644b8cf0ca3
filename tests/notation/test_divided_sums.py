"""What a slash after the body of a sum, product or maximum divides."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (
        r"z = \sum_{i=1}^n w_i x_i / \sum_{i=1}^n w_i",
        "z = 1/(sum(i=1..n) w[i]) sum(i=1..n) w[i] x[i]",
    ),
    (
        r"z = \sum_{i=1}^n \sum_{j=1}^n a_{ij} x_j \Big/ \sum_{i=1}^n \sum_{j=1}^n a_{ij}",
        "z = 1/(sum(i=1..n) sum(j=1..n) a[i,j]) sum(i=1..n) sum(j=1..n) a[i,j] x[j]",
    ),
    (r"z = \prod_{i=1}^n p_i \Big/ c", "z = 1/c prod(i=1..n) p[i]"),
    (r"z = \prod_{i=1}^n p_i / c", "z = prod(i=1..n) (p[i]/c)"),
    (r"z = \max_{1 \le i \le n} x_i \big/ c", "z = 1/c max(i=1..n) x[i]"),
    (  # the divisor reads the index
        r"z = \sum_{i=1}^n (o_i - e_i)^2 \big/ e_i",
        "z = sum(i=1..n) (o[i] - e[i])^2/e[i]",
    ),
    (
        r"z = \prod_{1 \le i < j \le n} x_i \big/ x_j",
        "z = prod(i=1..n-1, j=i+1..n) x[i]/x[j]",
    ),
    (r"z = a \Big/ b", "z = a/b"),
    (
        "z = sum(i=1..n) w[i] x[i] / sum(i=1..n) w[i]",
        "z = 1/(sum(i=1..n) w[i]) sum(i=1..n) w[i] x[i]",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$" if "\\" in text else text) == expected


def test_a_product_beside_a_small_slash_is_not_divided() -> None:
    """\\prod_i x_i / \\sum_i x_i: by the sum once, or n times?"""
    assert refusal(r"$$z = \prod_{i=1}^n x_i / \sum_{i=1}^n x_i$$") == ("E112", r"\sum_{i=1}^n")
