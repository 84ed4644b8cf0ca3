"""Cases without 'otherwise': which leave nothing out, and which do."""

from __future__ import annotations

import pytest
from readings import printed, refusal

WHOLE = [
    (r"a & x < c \\ b & x \ge c", "{ a if x < c; b otherwise }"),
    (r"a & x < c \\ b & c \le x", "{ a if x < c; b otherwise }"),
    (r"a & |x| \le c \\ b & |x| > c", "{ a if abs(x) <= c; b otherwise }"),
    (r"a & 1 < |x| \\ b & 1 \ge |x|", "{ a if 1 < abs(x); b otherwise }"),
    (
        r"x - c & x > c \\ x + c & x < -c \\ 0 & |x| \le c",
        "{ x - c if x > c; x + c if x < -c; 0 otherwise }",
    ),
    (
        r"x & |x - a| < 1 \\ 0 & x - a \ge 1 \\ b & x - a \le -1",
        "{ x if abs(x - a) < 1; 0 if x - a >= 1; b otherwise }",
    ),
    (
        r"a & x < 0 \\ b & 0 \le x < 1 \\ c & x \ge 1",
        "{ a if x < 0; b if 0 <= x, x < 1; c otherwise }",
    ),
]

PARTIAL = [
    r"a & x < c \\ b & x > c",
    r"x - c & x > c \\ x + c & x < -c \\ 0 & |x| < c",
    r"a & |x| \le c \\ b & x > c",
    r"a & x > 0 \text{ and } y > 0 \\ b & x \le 0",
    r"a & x \ne 0 \\ b & x = 1",
    r"a & 0 \le x < 1 \\ b & 1 \le x \le 2",
]


@pytest.mark.parametrize(("cases", "expected"), WHOLE)
def test_whole(cases: str, expected: str) -> None:
    assert printed(rf"$$y = \begin{{cases}} {cases} \end{{cases}}$$") == f"y = {expected}"


@pytest.mark.parametrize("cases", PARTIAL)
def test_partial(cases: str) -> None:
    shown = rf"\begin{{cases}} {cases} \end{{cases}}"
    assert refusal(f"$$y = {shown}$$") == ("E008", shown)
