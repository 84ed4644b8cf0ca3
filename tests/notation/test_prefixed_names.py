"""Words before symbols that are part of their names."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"\operatorname{Re} X_k = \sum_{i=1}^n x_i c_{ik}, \quad \operatorname{Im} X_k = -\sum_{i=1}^n x_i s_{ik}, \quad P_k = (\operatorname{Re} X_k)^2 + (\operatorname{Im} X_k)^2",
        [
            "Re_X[k] = sum(i=1..n) x[i] c[i,k]",
            "Im_X[k] = -sum(i=1..n) x[i] s[i,k]",
            "P[k] = Re_X[k]^2 + Im_X[k]^2",
        ],
    ),
    (
        r"\mathrm{Var} X = a^2, \quad L = 2 \mathrm{Var} X + b",
        ["Var_X = a^2", "L = 2 Var_X + b"],
    ),
    (  # no word on a left side: a product
        r"L = \mathrm{lr} X + b",
        ["L = lr X + b"],
    ),
]

REFUSED = [
    (r"\operatorname{Re} X = a, \quad L = X + \operatorname{Re} X", "E003", r"\operatorname{Re} X"),
    (r"\mathrm{lr} X = a, \quad L = \mathrm{lr} + \mathrm{lr} X", "E003", r"\mathrm{lr} X"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
