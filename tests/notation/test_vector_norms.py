"""Norms of vectors and matrices."""

from __future__ import annotations

import pytest
from readings import error_of, under_caret

import deltarule as dr

SPACES = r"$$ A \in \mathbb{R}^{m \times n}, v \in \mathbb{R}^n, p, q \in \mathbb{R} $$"

READ = [
    (r"\|v\|", "sqrt(sum(k=1..n) v[k]^2)"),
    (r"\|v\|^2", "sum(k=1..n) v[k]^2"),
    (r"\|v\|_2^3", "sqrt(sum(k=1..n) v[k]^2)^3"),
    (r"\|A\|_F^2", "sum(j=1..m) sum(k=1..n) A[j,k]^2"),
    (r"\|v\|_1", "sum(k=1..n) abs(v[k])"),
    (r"\|v\|_1^2", "(sum(k=1..n) abs(v[k]))^2"),
    (r"\|v\|_\infty", "max(k=1..n) abs(v[k])"),
    (r"\|v\|_p^p", "sum(k=1..n) abs(v[k])^p"),
    (r"\|v\|_p", "(sum(k=1..n) abs(v[k])^p)^(1/p)"),
    (r"\|v\|_p^q", "(sum(k=1..n) abs(v[k])^p)^(q/p)"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    shown = str(dr.read(f"$$L = {text}$$ {SPACES}"))
    assert shown.splitlines()[0] == f"L = {expected}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"L = \|W\|_2, \quad W \in \mathbb{R}^{m \times n}", "E006"),
        (r"L = \|W\|_1, \quad W \in \mathbb{R}^{m \times n}", "E006"),
        (r"L = \|v\|_0, \quad v \in \mathbb{R}^n", "E008"),
    ],
)
def test_norms_that_are_refused(text: str, code: str) -> None:
    error = error_of(f"$${text}$$")
    assert error.code == code
    assert under_caret(error).startswith(r"\|")
