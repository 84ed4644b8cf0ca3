"""Expressions that differ by a sign at most have one form."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations import signs
from deltarule.equations.nodes import Expr

DECLARED = "\nx[i,k] for i = 1..n, k = 1..d\na[i] for i = 1..n\nb[j] for j = 1..n\n"


def value(text: str, indices: str = "i = 1..n, j = 1..n") -> Expr:
    system = dr.read(f"y[i,j] = {text}   for {indices}{DECLARED}")
    (equation,) = system.equations
    return equation.expression


SAME = [
    ("a[i] - b[j]", "b[j] - a[i]", -1),
    ("(a[i] - b[j])^2", "(b[j] - a[i])^2", 1),
    ("(a[i] - b[j])^3", "(b[j] - a[i])^3", -1),
    ("tanh(a[i] - b[j])", "tanh(b[j] - a[i])", -1),
    ("cos(a[i] - b[j]) a[i]", "cos(b[j] - a[i]) a[i]", 1),
    ("exp(-(a[i] - b[j])^2) (a[i] - b[j])", "exp(-(b[j] - a[i])^2) (b[j] - a[i])", -1),
    ("sum(k=1..d) (x[i,k] - x[j,k])", "sum(l=1..d) (x[j,l] - x[i,l])", -1),
]
DIFFERENT = [
    ("a[i] - b[j]", "a[i] + b[j]"),
    ("exp(a[i] - b[j])", "exp(b[j] - a[i])"),
    ("(a[i] - b[j])^(1/2)", "(b[j] - a[i])^(1/2)"),
    ("sum(k=1..d) (x[i,k] - x[j,k])", "sum(l=1..d-1) (x[j,l] - x[i,l])"),
]


@pytest.mark.parametrize(("one", "other", "sign"), SAME)
def test_same_form(one: str, other: str, sign: int) -> None:
    first, second = signs.apart(value(one)), signs.apart(value(other))
    assert first[1] == second[1]
    assert first[0] * second[0] == sign


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_forms(one: str, other: str) -> None:
    assert signs.apart(value(one))[1] != signs.apart(value(other))[1]
