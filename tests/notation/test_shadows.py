"""A sum over a letter that is an index around it."""

from __future__ import annotations

import pytest
from readings import error_of, printed

READ = [
    (
        r"p_c = \frac{e^{s_c}}{\sum_{c=1}^n e^{s_c}}",
        "p[c] = exp(s[c])/sum(k=1..n) exp(s[k])   for c = 1..n",
    ),
    (
        r"\gamma_t(i) = \frac{\alpha_t(i)}{\sum_{i=1}^N \alpha_t(i)}, \quad t = 1, \dots, T",
        "gamma[t,i] = alpha[t,i]/sum(j=1..N) alpha[t,j]   for t = 1..T, i = 1..N",
    ),
]

REFUSED = [
    r"y_i = \sum_{i=1}^n w_i x_i",
    r"y_i = w(j) \sum_{i=1}^n w(i) x_i",  # i stands outside nowhere
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    assert error_of(f"$${text}$$").code == "E112"
