"""Bounds of numbers are no ranges."""

from __future__ import annotations

import pytest
from tests.notation.readings import printed_lines, refusal

import deltarule as dr

RANGE = r", \quad i = 1, \dots, n"
PLAIN = ["y[i] = a x[i]^b   for i = 1..n"]


@pytest.mark.parametrize(
    "said",
    [
        r"0 \leq a < 1",
        r"0 < a < 1, \quad 0 \leq b \leq 1",
        r"a > 0, b \ne 0",
        r"a, b > 0",
        r"0 < a, b < 1",
        r"|a| < 1",
        r"a + b < 1",
        r"0 \leq a \leq b \leq 1",
        r"a \in (0, 1)",
        r"a, b \in [0, 1]",
        r"x_i \in [0, 1]",
        r"b \geq 1",
        r"n \geq 2, a < 1",
    ],
)
def test_bounds_of_numbers_say_nothing_of_ranges(said: str) -> None:
    for text in (
        rf"y_i = a x_i^b, \quad {said}{RANGE}",
        rf"y_i = a x_i^b{RANGE}, \quad {said}",
        rf"y_i = a x_i^b{RANGE} \\ {said}",
    ):
        system = dr.read(text)
        assert printed_lines(text) == PLAIN, text
        assert {"a", "b", "x"} <= set(system.arrays)
        assert all(array.kind == "real" for array in system.arrays.values()), text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            r"z_t = \gamma \lambda z_{t-1} + x_t, \quad 0 \leq \lambda < 1, \quad t = 1, \dots, T, \quad z_0 = 0",
            ["z[t] = gamma lambda z[t-1] + x[t]   for t = 1..T", "z[0] = 0"],
        ),
        (
            r"y_t = \phi_1 y_{t-1} + \phi_2 x_t, \quad \phi_1, \phi_2 > 0, \quad t = 1, \dots, T, \quad y_0 = 0",
            ["y[t] = phi_1 y[t-1] + phi_2 x[t]   for t = 1..T", "y[0] = 0"],
        ),
        (r"0 < \lambda < 1, \quad y = \lambda x", ["y = lambda x"]),
        # what counts stays an integer
        (r"y_i = x_i + i, \quad 0 \leq i \leq 1", ["y[i] = x[i] + i   for i = 0..1"]),
        (
            r"w(n) = \cos n, \quad 0 \leq n < N",
            ["w[n] = cos(n)   for n = 0..N-1"],
        ),
        (
            r"y_i = k x_i, \quad k < i, i \leq n",
            ["y[i] = k x[i]   for i = k+1..n"],
        ),
        (
            r"L = \sum_{i=1}^n \ln p_{i,c_i}, \quad c_i \in [1, K]",
            ["L = sum(i=1..n) ln(p[i, c[i]])"],
        ),
    ],
)
def test_what_counts_is_no_number(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines


def test_a_declared_integer_stays_one() -> None:
    assert dr.read(r"y_i = a x_i^2, \quad x_i \in \{0, 1\}").arrays["x"].kind == "integer"
    assert dr.read(r"p = q_{c}, \quad c \in [1, K]").arrays["c"].kind == "integer"


@pytest.mark.parametrize(
    ("text", "code", "caret"),
    [
        (r"y = x^2, \quad x < 0 \\ y = x, \quad x \geq 1", "E008", "x < 0"),
        (r"y_i = x_i^2 \text{ if } c > 0", "E008", "c > 0"),
        (r"y = a x, \quad y > 0", "E008", "y > 0"),
        (r"y_i = a x_i, \quad x_i > 0", "E008", "x_i > 0"),
        ("y <= 2 x", "E003", "<="),
        ("y[i] = x[i]\nM >= 2", "E003", ">="),
    ],
)
def test_what_a_condition_on_a_number_chooses_is_refused(text: str, code: str, caret: str) -> None:
    assert refusal(text) == (code, caret)
