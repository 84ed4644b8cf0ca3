"""Long lines break where they are least nested, before an operator."""

from __future__ import annotations

from deltarule.notation.print_wrap import WIDTH, wrap


def test_short_text_stays() -> None:
    text = "E = " + " + ".join(["a"] * 20)
    assert wrap(text, 4) == text


def test_breaks_outside_parentheses_first() -> None:
    inner = "(" + " + ".join(["b"] * 18) + ")"
    lines = wrap(f"E = {inner} + {inner}", 4).split("\n")
    assert lines == [f"E = {inner}", f"    + {inner}"]


def test_breaks_before_a_sum_and_before_for() -> None:
    body = "f[i,j,k] " * 8
    lines = wrap(f"E[i] = {body}sum(k=1..n) {body}  for i = 1..n", 7).split("\n")
    assert lines == [
        f"E[i] = {body.rstrip()}",
        f"       sum(k=1..n) {body.rstrip()}",
        "       for i = 1..n",
    ]


def test_the_column_where_it_starts_counts() -> None:
    text = "a" * 50 + " + " + "b" * 44
    assert wrap(text, 0) == text
    assert wrap(text, 8, start=6) == "a" * 50 + "\n        + " + "b" * 44


def test_no_line_is_longer_than_it_must_be() -> None:
    text = "E = " + " - ".join(f"sum(i=1..n) (a{i}[i] + b{i}[i])" for i in range(12))
    wrapped = wrap(text, 4)
    assert all(len(line) <= WIDTH for line in wrapped.split("\n"))
    assert " ".join(wrapped.split()) == text


def test_text_without_a_place_to_break_stays() -> None:
    text = "name[" + ",".join(["index"] * 40) + "]"
    assert wrap(text, 4) == text
