r"""Words set as text are labels."""

import pytest
from readings import printed_lines

WORDS = [r"{\rm th}", r"{\it th}", r"{\sf th}", r"\mathit{th}", r"\mathnormal{th}", r"\operatorname{th}",
         r"\mbox{\tiny th}", r"\textrm{th}", r"\mathrm{th}"]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_below_or_above_is_part_of_the_name(word):
    braced = word if word.startswith("{") else f"{{{word}}}"
    text = rf"y_t = S_t U_{braced} + V_t^{braced} + U_t, \quad t = 1, \ldots, T"
    assert printed_lines(text) == ["y[t] = S[t] U_th + V_th[t] + U[t]   for t = 1..T"]


def test_a_letter_in_italics_may_be_an_index():
    assert printed_lines(r"L = \sum_{i=1}^n x_{\mathit{i}}") == ["L = sum(i=1..n) x[i]"]


def test_a_word_in_a_range_is_none_that_runs():
    text = r"h_i = x_i^{\text{old}} + b_{\text{old}}, \quad 1 \le i \le N_{\text{old}}"
    assert printed_lines(text) == ["h[i] = x_old[i] + b_old   for i = 1..N_old"]
