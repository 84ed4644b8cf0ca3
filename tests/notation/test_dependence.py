"""Calls of what an equation defines without arguments."""

from __future__ import annotations

import pytest

import deltarule as dr


def test_the_arguments_are_said_again():
    text = r"$$ y = F(x, \{W_i\}) + x, \quad F = \tanh(W_2 \sigma(W_1 x)) $$"
    assert "y = F + x\n" in str(dr.read(text))


def test_what_the_formula_does_not_read_is_no_argument():
    text = r"$$ y = F(u, W) + u, \quad F = \tanh(W x) $$"
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text)
    at = caught.value.at
    assert caught.value.code == "E107"
    assert at is not None and text[at.start : at.end] == "u"
