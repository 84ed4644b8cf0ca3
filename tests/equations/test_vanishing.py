"""Where an expression is zero whatever the inputs are."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations import domains
from deltarule.equations.vanishing import Vanishing

DECLARED = "\nx[i,k] for i = 1..n, k = 1..d\na[i] for i = 1..n\nb[j] for j = 1..n\n"

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
    zero = domains.intersect(Vanishing().zero(equation.expression), equation.domain)
    assert domains.contains(zero, {"i": 2, "j": 2, "n": 3, "d": 3}) == expected
    assert not domains.contains(zero, {"i": 2, "j": 1, "n": 3, "d": 3})


DEFINED = [
    ("1 - c[t-1]", {1}),
    ("(1 - c[t]) c[t-1]", {0}),
    ("c[t] - c[t-1]", set()),
    ("2 c[t-1] - 2 + z[2 t]", {1}),
    ("(1 - c[t])^2 + z[t]", {0}),
    ("1 + c[t-1]", set()),
    ("1 - c[t-1] - r[t-1]^2", {1}),
]


@pytest.mark.parametrize(("text", "zero_at"), DEFINED)
def test_numbers_that_equations_define(text: str, zero_at: set[int]) -> None:
    system = dr.read(
        f"y[t] = {text}   for t = 1..T\nc[t] = c[t-1] a[t]   for t = 1..T\nc[0] = 1\n"
        "z[t] = 0   for t = 0..2 T\nr[t] = sqrt(1 - c[t]) a[t+1]   for t = 0..T\n"
    )
    expression = system["y"].system.equations[0].expression
    zero = Vanishing.of(system.equations).zero(expression)
    found = {t for t in range(4) if domains.contains(zero, {"t": t, "T": 4})}
    assert found == zero_at
