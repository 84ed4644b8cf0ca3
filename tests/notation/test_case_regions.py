"""Cases on indices and data: what is said of indices says where the others count."""

from __future__ import annotations

import pytest
from readings import error_of

import deltarule as dr

READ = [
    (  # the first case that holds counts
        "y[i] = { a if x[i] > 0; b if i = 1; c otherwise } for i = 1..n",
        ["{ a if x[i] > 0; b otherwise }   if i = 1", "{ a if x[i] > 0; c otherwise }   if 2 <= i"],
    ),
    (  # x[0] is not read
        "y[i] = { 0 if i = 0; a if i > 0, x[i] = 1; b if i > 0, x[i] != 1 } for i = 0..n",
        ["if i = 0", "; { a if x[i] = 1; b otherwise }   if 1 <= i <= n }", "x[i]   for i = 1..n"],
    ),
    (
        "y[i] = { a if x[i] > 0; b otherwise } for i = 1..n",
        ["y[i] = { a if x[i] > 0; b otherwise }   for i = 1..n"],
    ),
]


@pytest.mark.parametrize(("text", "cases"), READ)
def test_read(text: str, cases: list[str]) -> None:
    shown = str(dr.read(text))
    assert [c for c in cases if c not in shown] == []


def test_cases_that_leave_something_out() -> None:
    assert error_of("y[i] = { 0 if i = 0; a if i > 0, x[i] = 1 } for i = 0..n").code == "E008"
