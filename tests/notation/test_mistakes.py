"""What is refused with a hint of what was meant, and what stands close to it and is read."""

from __future__ import annotations

import pytest
from readings import error_of, under_caret

import deltarule as dr
from deltarule.source import Source, Span, name_of, one_line


def plain(equations: str) -> str:
    return f"```deltarule\n{equations}\n```\n"


def latex(equations: str) -> str:
    return f"$$\n{equations}\n$$\n"


@pytest.mark.parametrize(
    ("text", "code", "wrong", "hint"),
    [
        (latex("y = max_{k} x_k"), "E006", "max", r"write \max"),
        (latex("y = W^(1) x"), "E003", "(", "between braces"),
        (latex(r"y = a &lt; b"), "E001", "&lt;", "as it is shown"),
        (plain("y = x&#179;"), "E001", "&#179;", "as it is shown"),
        (plain("y = x<sup>2</sup>"), "E001", "<sup>", "x^2"),
        (plain("y = a – b"), "E001", "–", "minus sign"),
        (plain("y = ‘x’"), "E001", "‘", "without quotes"),
        (plain("y = 2 х"), "E001", "х", "did you mean x?"),
        (plain("y = x₂"), "E001", "₂", "x_2"),
        (plain("y = 2\u200b x"), "E001", "\u200b", "cannot be seen"),
        (plain("y = x / / 2"), "E003", "/", ""),
        (plain("h -= 2"), "E003", "-=", "h[t] = h[t-1]"),
        (plain("E = sum(i=n..1) x[i]"), "E003", "n..1", "1..n"),
        (plain("E = sum(i=5..1) x[i]"), "E003", "5..1", "1..n"),
        (plain("h[y[i]] = x[i] for i = 1..n"), "E008", "h[y[i]]", "sum"),
        (plain("E = x[1] + tanh"), "E107", "tanh", "tanh(…)"),
    ],
)
def test_the_hint_says_what_was_meant(text, code, wrong, hint):
    error = error_of(text)
    assert (error.code, under_caret(error)) == (code, wrong)
    assert hint in error.help


@pytest.mark.parametrize(
    "text",
    [
        latex("y = e x p"),
        latex(r"y = \exp(x) + \mathrm{exp}(z)"),
        latex("s = u m (x + 1)"),
        latex(r"\begin{aligned} a &= b \\ &\qquad + c \end{aligned}"),
        plain("y[i] = { 1 if a < x[i]; 0 otherwise } for i = 1..n"),
        plain("E = sum(i=1..0) x[i] + y"),
        plain("E = sum(i=n..2*n) x[i]"),
        plain("E = sum(i=n..3) x[i]"),
        "\ufeffE = 2 x",
        "a = b\r\nc = d\r\n",
    ],
)
def test_what_stands_close_to_it_is_read(text):
    assert dr.read(text).equations


def test_functions_that_call_one_another_keep_their_arguments():
    system = dr.read("f(u) = u^2\ng(u) = f(u) + 1\nE = g(x)")
    assert not system.sizes
    assert system.compile().value(x=3.0) == 10.0


def test_a_derivative_belongs_to_an_array_of_the_equations():
    error = error_of("E = xs^2\ndelta = dE/dxz")
    assert under_caret(error) == "dE/dxz"
    assert "did you mean xs?" in error.help
    assert error_of("E = x^2\nd = dE/dx\nd = 2 x").code == "E107"


def test_characters_that_cannot_be_seen_are_named():
    assert name_of("§") == "'§'"
    assert name_of("\u200b") == "U+200B (zero width space)"
    assert name_of("\x1b") == "U+001B"
    assert name_of("\u0301") == "U+0301 (combining acute accent)"


def test_messages_stay_on_one_line():
    assert one_line("found 'a\n  b'") == "found 'a b'"
    assert one_line(f"found '{'x' * 200}'") == f"found '{'x' * 60}…'"
    assert one_line("\x1b[31m") == "\ufffd[31m"


def test_the_excerpt_has_no_control_characters():
    source = Source("t", "a\t= \x1b[31m b\r\nc = d")
    shown = str(dr.DeltaruleError("E003", "wrong", at=Span(source, 4, 5), seen="here"))
    assert shown.splitlines()[3:5] == ["1  | a = \ufffd[31m b", "   |     ^ here"]
