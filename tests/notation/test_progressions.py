"""Integers in even steps."""

from __future__ import annotations

import pytest

from deltarule.notation.latex import parse
from deltarule.notation.progressions import (
    Form,
    Scope,
    combine,
    content,
    divided,
    form_of,
    progression,
)
from deltarule.notation.syntax import Chain, Syntax
from deltarule.source import Source


def syntax(text: str) -> Syntax:
    source = Source("test.tex", f"x = {text}")
    relation = parse(source, 0, len(source.text))[0].relation
    assert isinstance(relation, Chain)
    return relation.operands[1]


def form(text: str) -> Form:
    found = form_of(syntax(text))
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["i 1", "n m", "x^2", "n / 2", "1.5"])
def test_what_is_no_form(text: str) -> None:
    assert form_of(syntax(text)) is None


def test_arithmetic() -> None:
    assert combine(form("2 n + 1"), form("n - 3"), -1) == form("n + 4")
    assert content(form("4 n - 6")) == 2
    assert divided(form("2 n - 4"), 2) == form("n - 2")
    assert divided(form("n - 2"), 2) is None


EVEN = [
    (["1"], "p", "1", "p"),
    (["0", "1", "2"], "n", "0", "n"),
    (["2", "4"], "2 n", "1", "n"),
    (["n", "n - 1"], "1", "0", "n - 1"),
    (["t"], "T", "t", "T"),
    (["i"], "i + h - 1", "i", "i + h - 1"),
]


@pytest.mark.parametrize(("shown", "last", "low", "high"), EVEN)
def test_even_steps(shown: list[str], last: str, low: str, high: str) -> None:
    found = progression([[form(s) for s in shown]], [form(last)], Scope(frozenset("t")))
    assert found is not None
    assert (found.low, found.high) == (form(low), form(high))


UNEVEN = [(["1", "2", "4"], "n"), (["1", "3"], "n"), (["1", "n"], "m")]


@pytest.mark.parametrize(("shown", "last"), UNEVEN)
def test_uneven_steps(shown: list[str], last: str) -> None:
    assert progression([[form(s) for s in shown]], [form(last)], Scope(frozenset())) is None


def test_two_sequences_go_as_far() -> None:
    one = [[form("1")], [form("t - 1")]]
    assert progression(one, [form("p"), form("t - p")], Scope(frozenset("t"))) is not None
    assert progression(one, [form("p"), form("t - q")], Scope(frozenset("t"))) is None
