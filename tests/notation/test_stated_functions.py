"""What parentheses after a symbol hold."""

from __future__ import annotations

import pytest
from readings import error_of, refusal

import deltarule as dr

TEXT = (
    r"$$ y = W \delta(V x), \quad W \in \mathbb{R}^{m \times n}, V \in \mathbb{R}^{n \times d} $$"
)


def test_a_letter_before_a_product_may_be_a_number() -> None:
    assert refusal(TEXT) == ("E006", r"\delta(V x)")


def test_unless_the_author_says_that_it_is_a_function() -> None:
    shown = str(dr.read(f"---\nfunctions: delta = relu\n---\n{TEXT}"))
    assert "relu(z[k])" in shown


HEAD = "---\nfunctions: e_q = tanh, h_q = relu\n---\n"
RANGE = r", \quad t = 1, \ldots, T $$"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$ y_t = e_q^{(t)}(x_t) + h_q(b_t)", "y[t] = tanh(x[t]) + relu(b[t])   for t = 1..T"),
        (r"$$ y_t = a_t h_{q}^{(t)}(x_t) e_q(t)", "y[t] = a[t] relu(x[t]) tanh(t)   for t = 1..T"),
        (r"$$ y_t = e_q(h_q(x_t)) e^{x_t}", "y[t] = tanh(relu(x[t])) exp(x[t])   for t = 1..T"),
    ],
)
def test_a_name_with_scripts_is_a_function_where_a_setting_says_so(
    text: str, expected: str
) -> None:
    assert str(dr.read(HEAD + text + RANGE)).startswith(expected)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"$$ y_t = e_q(x_t) h_q(x_t) a_q^{(t)}(x_t)", "E006"),  # nothing is said of a_q
        (r"$$ y_t = e_q^{(2)}(x_t) h_q(x_t)", "E110"),  # a second derivative?
        (r"$$ y_t = e_q(x_t) h_q(x_t) e^{(t)}(x_t)", "E006"),
    ],
)
def test_others_stay_as_they_are(text: str, code: str) -> None:
    assert error_of(HEAD + text + RANGE).code == code
