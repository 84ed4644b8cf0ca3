r"""Intervals without an end, [0, n): remarks on numbers, ranges one step shorter of integers."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal


@pytest.mark.parametrize("space", [
    "[0, 1)", "(0, 1]", r"\left[0, 1\right)", r"[0, \infty)", "(a, b]", "(0, 1)", "[0, 1]",
])  # fmt: skip
def test_of_a_number_they_are_remarks(space):
    assert printed_lines(rf"$$ L = p^2, \quad p \in {space} $$") == ["L = p^2"]


@pytest.mark.parametrize("text, line", [
    (r"$$ y_i = x_i, \quad i \in [0, n) $$", "y[i] = x[i]   for i = 0..n-1"),
    (r"$$ y_i = x_i, \quad i \in (0, n] $$", "y[i] = x[i]   for i = 1..n"),
    (r"$$ y_i = x_i, \quad i \in [0, n] $$", "y[i] = x[i]   for i = 0..n"),
    (r"$$ L = \sum_{i \in [0, n)} x_i $$", "L = sum(i=0..n-1) x[i]"),
    ("y[i] = x[i] for i in [0, n)", "y[i] = x[i]   for i = 0..n-1"),
])  # fmt: skip
def test_of_integers_they_are_ranges(text, line):
    assert printed_lines(text) == [line]


@pytest.mark.parametrize("text, expected", [
    (r"$$ y_i = x_i, \quad i \in (0, n) $$", ("E006", "(0, n)")),
    (r"$$ L = p^2, \quad p \in [0, 1)] $$", ("E002", "]")),
    (r"$$ L = [p + 1) $$", ("E002", ")")),
])  # fmt: skip
def test_refused(text, expected):
    assert refusal(text) == expected
