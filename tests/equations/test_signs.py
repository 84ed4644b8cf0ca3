"""Expressions that differ by a sign at most have one form."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations import domains, signs
from deltarule.equations.nodes import Expr
from deltarule.equations.vanishing import vanishing

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


ZERO = [
    ("x[i,1] - x[j,1]", True),
    ("sum(k=1..d) (x[i,k] - x[j,k])^2", True),
    ("abs(a[i] - a[j])", True),
    ("a[i] (x[i,1] - x[j,1])", True),
    ("a[i] - b[j]", False),
    ("a[i] + a[j]", False),
    ("exp(a[i] - a[j])", False),
    ("x[i,1] - x[j,1] + 1", False),
]


@pytest.mark.parametrize(("text", "expected"), ZERO)
def test_zero_on_the_diagonal(text: str, expected: bool) -> None:
    system = dr.read(f"y[i,j] = {text}   for i = 1..n, j = 1..n{DECLARED}")
    (equation,) = system.equations
    zero = domains.intersect(vanishing(equation.expression), equation.domain)
    assert domains.contains(zero, {"i": 2, "j": 2, "n": 3, "d": 3}) == expected
    assert not domains.contains(zero, {"i": 2, "j": 1, "n": 3, "d": 3})
