"""Words among subscripts are parts of names."""

from __future__ import annotations

import pytest
from tests.notation.readings import printed_lines, refusal


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"L_{out,i} = \sum_{j=1}^n w_{ij} x_j", ["L_out[i] = sum(j=1..n) w[i,j] x[j]"]),
        (
            r"L_{out,i} = \sum_{j=1}^n w_{ij} L_{in,j}",
            ["L_out[i] = sum(j=1..n) w[i,j] L_in[j]"],
        ),
        (
            r"h_{enc,t} = a h_{enc,t-1} + x_t, \quad h_{enc,0} = 0, \quad t = 1, \dots, T",
            ["h_enc[t] = a h_enc[t-1] + x[t]   for t = 1..T", "h_enc[0] = 0"],
        ),
        (r"L_{tot} = \sum_{i=1}^n w_{tot,i} x_i", ["L_tot = sum(i=1..n) w_tot[i] x[i]"]),
        # indices
        (r"x_{ijk,l} = a_{ijk} b_l", ["x[i,j,k,l] = a[i,j,k] b[l]"]),
        (r"y_{ikm,l} = a_{ik} b_m c_l", ["y[i,k,m,l] = a[i,k] b[m] c[l]"]),
        (r"z_{ij,kl} = x_{ij} x_{kl}", ["z[i,j,k,l] = x[i,j] x[k,l]"]),
        (r"y_l = \sum_{i,k,m} x_{ikm,l}", ["y[l] = sum(i, k, m) x[i,k,m,l]"]),
    ],
)
def test_words_are_no_rows_of_indices(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines


def test_a_word_of_letters_that_are_customary_indices_is_refused() -> None:
    assert refusal(r"L_{lin,i} = \sum_{j=1}^n w_{ij} x_j") == ("E006", "lin")
