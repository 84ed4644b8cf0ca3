"""One letter for two things."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"L = \frac{1}{n} \sum_{i=1}^n L_i, \quad L_i = (y_i - x_i)^2",
        ["L = 1/n sum(i=1..n) L_i[i]", "L_i[i] = (y[i] - x[i])^2   for i = 1..n"],
    ),
    (  # a length, and an array of that letter
        r"N_k = \sum_{n=1}^N r_{nk}, \quad w_k = \frac{N_k}{N}, \quad k = 1, \dots, K",
        ["N_k[k] = sum(n=1..N) r[n,k]   for k = 1..K", "w[k] = 1/N N_k[k]   for k = 1..K"],
    ),
    (  # the array is given
        r"s = \sum_{k=1}^K \frac{K_k}{K} x_k",
        ["s = sum(k=1..K) 1/K K_k[k] x[k]"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_a_length_that_is_an_element_is_data() -> None:
    text = r"s_k = \sum_{n=1}^{N_k} x_{kn}, \quad c = \sum_{k=1}^N s_k"
    assert error_of(f"$${text}$$").code in ("E008", "E107")
