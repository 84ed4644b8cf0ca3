"""A letter before parentheses in a subscript."""

from __future__ import annotations

import pytest

import deltarule as dr

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
    assert str(dr.read(f"$${text}$$")).partition("\n\n# given")[0] == expected


@pytest.mark.parametrize(("text", "caret"), REFUSED)
def test_refused(text: str, caret: str) -> None:
    text = f"$${text}$$"
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text)
    at = caught.value.at
    assert caught.value.code == "E006"
    assert at is not None and text[at.start : at.end] == caret
    assert "s = 2" in caught.value.help
