r"""{W_h}_{i,j}: what is one name, and where an index runs in the braces."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.notation.print_text import system_to_text

NAMES = [
    (r"z_i = \sum_{j=1}^n {W_h}_{i,j} x_j, \quad i = 1, \dots, m", "W_h[i,j] x[j]"),
    (r"z_i = \sum_{j=1}^n {W_{hh}}_{i,j} x_j, \quad i = 1, \dots, m", "W_hh[i,j] x[j]"),
    (r"z_i = \sum_{j=1}^n {W^1_h}_{i,j} x_j, \quad i = 1, \dots, m", "W1_h[i,j] x[j]"),
    (r"z_i = \sum_{j=1}^n {W^{(1)}}_{i,j} x_j, \quad i = 1, \dots, m", "W1[i,j] x[j]"),
    (r"z_i = {b_1}_i + {b_2}_i, \quad i = 1, \dots, m", "b_1[i] + b_2[i]"),
    (r"y = \sum_{i=1}^n {k_*}_i a_i", "k_star[i] a[i]"),
    # an index runs in the braces
    (r"y_i = \sum_{k=1}^n {x_i}_k^2, \quad i = 1, \dots, m", "x[i,k]^2"),
    (r"y = \sum_{i=1}^m \sum_{k=1}^n {x_i}_k^2", "x[i,k]^2"),
    (r"y_t = \sum_{k=1}^n {h_{t-1}}_k, \quad t = 1, \dots, T", "h[t-1, k]"),
]


@pytest.mark.parametrize(("latex", "found"), NAMES)
def test_names_in_braces(latex, found):
    assert found in system_to_text(dr.read(latex))
