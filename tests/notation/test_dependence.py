"""Calls of what an equation defines without arguments."""

from __future__ import annotations

from readings import refusal

import deltarule as dr


def test_the_arguments_are_said_again():
    text = r"$$ y = F(x, \{W_i\}) + x, \quad F = \tanh(W_2 \sigma(W_1 x)) $$"
    assert "y = F + x\n" in str(dr.read(text))


def test_what_the_formula_does_not_read_is_no_argument():
    text = r"$$ y = F(u, W) + u, \quad F = \tanh(W x) $$"
    assert refusal(text) == ("E107", "u")
