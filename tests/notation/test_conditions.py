"""Conditions of cases: 'or', letters that share a bound, and the rows that a maximum compares."""

from __future__ import annotations

import pytest
from readings import error_of

import deltarule as dr

ROWS = r"\begin{cases} x_i, \\ z_i - d. \end{cases}"

READ = [
    (
        "y[i] = { 1 if x[i] > 1 or x[i] < 0; 0 otherwise } for i = 1..n",
        "y[i] = { 1 if x[i] > 1; 1 if x[i] < 0; 0 otherwise }",
    ),
    (
        "y[i] = { 1 if i = 1 or i = n; 0 otherwise } for i = 1..n",
        "; 1   if i = n, i >= 2",
    ),
    (
        r"$$ z_{ij} = \begin{cases} x_i & \text{if } i, j > 1 \text{ and } x_i > y_j, \\ "
        r"0 & \text{otherwise} \end{cases}, \quad i, j = 1, \dots, n $$",
        "if 2 <= i <= n, 2 <= j <= n",
    ),
    (
        r"$$ h_i = \max \begin{cases} x_i, \\ z_i - d. \end{cases} \quad i = 1, \dots, n $$",
        "h[i] = { x[i] if x[i] >= z[i] - d; z[i] - d otherwise }",
    ),
    (
        r"$$ h_i = \min \left\{ \begin{array}{l} x_i, \\ z_i - d. \end{array} \right. \quad i = 1, \dots, n $$",
        "h[i] = { x[i] if x[i] <= z[i] - d; z[i] - d otherwise }",
    ),
    (
        r"$$ h_i = \max \begin{bmatrix} x_i \\ 0 \end{bmatrix} \quad i = 1, \dots, n $$",
        "h[i] = { x[i] if x[i] >= 0; 0 otherwise }",
    ),
    (
        r"$$ y_i = 1_{x_i > 0} + 2 \cdot 1_{(z_i \neq 0)} \quad i = 1, \dots, n $$",
        "[x[i] > 0] + 2 [z[i] != 0]",
    ),
    (
        r"$$ y_i = x_i, \quad z_j = x_j $$ $$ 1 \leq i \leq n \text{ and } 1 \leq j \leq m $$",
        "z[j] = x[j]   for j = 1..m",
    ),
    (r"$$ y_i \stackrel{\mathrm{def}}{=} 2 x_i $$", "y[i] = 2 x[i]"),
]

REFUSED = [
    ("y[i] = { 1 if i = 1 or i = n and x[i] > 0; 0 otherwise }", "E006", "i = 1 or i = n and"),
    ("y[i] = { 1 if or i = n; 0 otherwise }", "E003", "or"),
    ("y[i] = { 1 if i = n or; 0 otherwise }", "E003", "; 0"),
    ("y[i,j] = { 1 if i, j != i; 0 otherwise }", "E003", "i, j"),  # of j alone
    ("y[i,j] = { 1 if i, j > i; 0 otherwise }", "E003", "i, j"),
    (r"$$ y_i = \max \begin{cases} x_i \\ z_i & i > 2 \end{cases} $$", "E003", "i > 2"),
    (r"$$ y_i = \max \begin{cases} \end{cases} $$", "E003", r"\end"),
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_read(text: str, shown: str) -> None:
    assert shown in str(dr.read(text))


@pytest.mark.parametrize(("text", "code", "place"), REFUSED)
def test_refused(text: str, code: str, place: str) -> None:
    error = error_of(text)
    assert error.code == code
    assert text[error.at.start :].startswith(place)
