"""Where the terms of a family differ."""

from __future__ import annotations

import pytest
from test_progressions import form, syntax

from deltarule.notation.term_families import match

ALIKE = [
    (r"\alpha_1 y_{t-1}", r"\alpha_p y_{t-p}", ["1", "t - 1"], False),
    ("x", "x^n", ["1"], True),
    ("1", "x^n", ["0"], True),
    ("1", "n x^{n-1}", ["1", "0"], True),
    (r"\frac{1}{2}", r"\frac{1}{n}", ["2"], False),
    ("f(x_1)", "f(x_n)", ["1"], False),
    ("(a_1 - b)", "(a_n - b)", ["1"], False),
    ("n", "1", ["n"], False),
]


@pytest.mark.parametrize(("term", "last", "integers", "left_out"), ALIKE)
def test_alike(term: str, last: str, integers: list[str], left_out: bool) -> None:
    found = match(syntax(term), syntax(last))
    assert found is not None
    assert list(found.places.values()) == [form(i) for i in integers]
    assert found.left_out == left_out


OTHER = [
    ("a", "b"),
    ("x_1", "y_n"),
    ("f(x_1)", "g(x_n)"),
    ("a_1 b_1", "a_n"),
    ("a_1 + b", "a_n - b"),
]


@pytest.mark.parametrize(("term", "last"), OTHER)
def test_other(term: str, last: str) -> None:
    assert match(syntax(term), syntax(last)) is None
