"""Names and their LaTeX."""

from __future__ import annotations

import pytest

from deltarule.notation.print_latex_names import braced, function_to_latex, name_to_latex

NAMES = [
    # name, alone, with subscripts to follow
    ("x", "x", "x"),
    ("xi", r"\xi", r"\xi"),
    ("Sigma", r"\Sigma", r"\Sigma"),
    ("l", r"\ell", r"\ell"),
    ("l_star", r"\ell^*", r"\ell^*"),
    ("y_hat", r"\hat{y}", r"\hat{y}"),
    ("xi_bar", r"\bar{\xi}", r"\bar{\xi}"),
    ("N_Y", "N_Y", "{N_Y}"),
    ("n_1", "n_1", "{n_1}"),
    ("n_12", "n_{12}", "{n_{12}}"),
    ("d_in", r"d_{\mathrm{in}}", r"{d_{\mathrm{in}}}"),
    ("s_alpha", r"s_\alpha", r"{s_\alpha}"),
    ("W1", "W_1", "W^{(1)}"),
    ("W12", "W_{12}", "W^{(12)}"),
    ("loss", r"\mathrm{loss}", r"\mathrm{loss}"),
    ("k'", "k'", "k'"),
    ("a_b_c", "{a_b}_c", "{{a_b}_c}"),
]


@pytest.mark.parametrize(("name", "alone", "before_subscripts"), NAMES)
def test_name(name: str, alone: str, before_subscripts: str) -> None:
    assert name_to_latex(name, {}) == alone
    assert name_to_latex(name, {}, has_subscripts=True) == before_subscripts


def test_the_authors_spelling_wins() -> None:
    spelling = {"L": r"\mathcal{L}", "sigma": "s", "W1": "W^{[1]}"}
    assert name_to_latex("L", spelling) == r"\mathcal{L}"
    assert name_to_latex("W1", spelling, has_subscripts=True) == "W^{[1]}"
    assert function_to_latex("sigma", spelling) == "s"


@pytest.mark.parametrize(
    ("function", "latex"),
    [("g", "g"), ("sigma", r"\sigma"), ("tanh", r"\tanh"), ("relu", r"\operatorname{relu}")],
)
def test_function(function: str, latex: str) -> None:
    assert function_to_latex(function, {}) == latex


@pytest.mark.parametrize(
    ("text", "expected"),
    [("i", "i"), ("2", "2"), (r"\ell", r"\ell"), ("12", "{12}"), ("-1", "{-1}")],
)
def test_braces_only_where_needed(text: str, expected: str) -> None:
    assert braced(text) == expected
