"""Cases that leave out no value of a declared integer."""

from __future__ import annotations

import pytest
from readings import error_of, printed

import deltarule as dr

RANGE = r"\quad u = 1, \dots, n, \quad r_u \in "

WHOLE = [
    (r"1 & r_u > 0 \\ 0 & r_u = 0", r"\{0, \dots, R\}", "{ 1 if r[u] >= 1; 0 otherwise }"),
    (r"1 & r_u = 0 \\ 0 & r_u \ge 1", r"\{0, \dots, R\}", "{ 1 if r[u] = 0; 0 otherwise }"),
    (r"a & r_u = 1 \\ b & r_u = 0", r"\{0, 1\}", "{ a if r[u] = 1; b otherwise }"),
    (
        r"a & r_u = -1 \\ b & 0 = r_u \\ c & 0 < r_u",
        r"\{-1, \dots, R\}",
        "{ a if r[u]+1 = 0; b if r[u] = 0; c otherwise }",
    ),
    (r"a & r_u < 2 \\ b & r_u \ge 2", r"\{1, \dots, 3\}", "{ a if r[u] <= 1; b otherwise }"),
]

PARTIAL = [
    (r"1 & r_u > 0 \\ 0 & r_u = 0", r"\{-1, \dots, R\}"),
    (r"1 & r_u > 1 \\ 0 & r_u = 0", r"\{0, \dots, R\}"),
    (r"1 & r_u = 1 \\ 0 & r_u = 0", r"\{0, \dots, R\}"),
    (r"1 & r_u = 1 \\ 0 & r_u = 0", r"\{0, 1, 2\}"),
    (r"1 & r_u > 0 \\ 0 & s_u = 0", r"\{0, \dots, R\}"),
    (r"1 & r_u > 0 \\ 0 & r_1 = 0", r"\{0, \dots, R\}"),
    (r"1 & r_u > 0 \\ 0 & r_u = 0", r"\mathbb{R}"),
]


def _text(cases: str, values: str) -> str:
    return rf"$$p_u = 2 \begin{{cases}} {cases} \end{{cases}}, {RANGE} {values}$$"


@pytest.mark.parametrize(("cases", "values", "expected"), WHOLE)
def test_whole(cases: str, values: str, expected: str) -> None:
    assert printed(_text(cases, values)) == f"p[u] = 2 {expected}   for u = 1..n"


@pytest.mark.parametrize(("cases", "values"), PARTIAL)
def test_partial(cases: str, values: str) -> None:
    assert error_of(_text(cases, values)).code == "E008"


def test_cases_of_an_index_stay_equations_of_their_own() -> None:
    text = (
        r"$$a_i = \begin{cases} x_i & i = 1 \\ 2 x_i & i > 1 \end{cases}, i \in \{1, \dots, n\}$$"
    )
    assert "2 <= i <= n" in str(dr.read(text))
