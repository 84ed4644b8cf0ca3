"""A letter before parentheses in a subscript."""

from __future__ import annotations

import pytest
from readings import error_of, printed, under_caret

READ = [
    # an element of an array of integers: it has a plain index elsewhere
    (r"y_i = x_{q(i)} w_{q(i+1)}", "y[i] = x[q[i]] w[q[i+1]]"),
    (r"y_i = x_{2(i-1)}", "y[i] = x[2*i-2]"),
]

REFUSED = [
    (r"y_i = \sum_{k=1}^m x_{s(i-1)+k} w_k", "s(i-1)"),
    (r"y_i = \sum_{k=s(i-1)}^{s(i+1)} x_{k}", "s(i-1)"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "caret"), REFUSED)
def test_refused(text: str, caret: str) -> None:
    error = error_of(f"$${text}$$")
    assert (error.code, under_caret(error)) == ("E006", caret)
    assert "s = 2" in error.help
