"""Sizes that have a number, by a setting or by an equation."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, under_caret

READ = [
    (
        "---\nfix: s = 2\n---\n$$ y_i = \\sum_{k=1}^m x_{s(i-1)+k} w_k + s (a + b)^2, \\quad i = 1, \\dots, n $$",
        ["y[i] = sum(k=1..m) x[2*i+k-2] w[k] + 2 (a + b)^2   for i = 1..n"],
    ),
    (
        r"$$ y_i = \sum_{k=1}^m x_{(i-1) s + k}, \quad i = 1, \dots, n $$ $$ s = 3 $$",
        ["y[i] = sum(k=1..m) x[3*i+k-3]   for i = 1..n"],
    ),
    (
        r"$$ y = \sum_{i=1}^n x_{s i + 1}, \text{ where } s = 2 $$",
        ["y = sum(i=1..n) x[2*i+1]"],
    ),
    ("y = sum(i=1..n) x[i] / n\nn = 10", ["y = sum(i=1..10) 0.1 x[i]"]),
    ("---\nfix: d_k = 4\n---\n$$ y = \\sum_{i=1}^{d_k} x_i / \\sqrt{d_k} $$", ["y = sum(i=1..4) x[i]/sqrt(4)"]),
    # two subscripts stay two
    ("---\nfix: s = 2\n---\n$$ y = \\sum_{i=1}^n x_{si} $$", ["y = sum(i=1..n) x[2,i]"]),
    # what is no size keeps its equation
    ("y = s x\ns = 2", ["y = s x", "s = 2"]),
    # what runs has no number
    ("y[i] = x[i] for i = 3", ["y[i] = x[i]   for i = 3"]),
    ("y[k] = sum(i=1..k) x[i]   for k = 2", ["y[k] = sum(i=1..k) x[i]   for k = 2"]),
]  # fmt: skip

REFUSED = [
    ("---\nfix: s = two\n---\ny = s x", "E110", "write fix: s = 2, d = 3"),
    ("---\nfix: s = -1\n---\ny = s x", "E110", "write fix: s = 2, d = 3"),
    ("---\nfix: t = 2\n---\ny = s x", "E110", "write fix: s = 2"),
    ("---\nfix: i = 2\n---\ny[i] = x[i]", "E110", "only sizes have one"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(text) == expected


@pytest.mark.parametrize(("text", "code", "advice"), REFUSED)
def test_refused(text: str, code: str, advice: str) -> None:
    error = error_of(text)
    assert error.code == code
    assert error.help.startswith(advice)


def test_a_stride_without_a_number_says_how_to_give_it_one():
    text = r"$$ y_i = \sum_{k=1}^m x_{(i-1) s + k} $$"
    error = error_of(text)
    assert (error.code, under_caret(error)) == ("E111", "(i-1) s")
    assert "s = 2" in error.help
