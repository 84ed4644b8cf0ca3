"""Labels beside indices."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"\Delta_{t,d} = \ln(1 + e^{x_{t,d} + b_{\Delta,d}})",
        [
            "Delta[t,d] = ln(1 + exp(x[t,d] + b_Delta[d]))",
        ],
    ),
    (
        r"a_i = W_{k,E} E_i, \quad W_{k,E} \in \mathbb{R}^{d \times e}, \quad E_i \in \mathbb{R}^e",
        [
            "a[i,j] = sum(k=1..e) W_kE[j,k] E[i,k]   for j = 1..d",
        ],
    ),
]

KEPT = [
    (
        r"s_i = W_{i,y}, \quad y \in \{1, \dots, K\}",
        [
            "s[i] = W[i,y]",
        ],
    ),
    (
        r"s_i = \sum_{x=1}^n W_{i,x}, \quad x_i = 2 z_i",
        [
            "s[i] = sum(x=1..n) W[i,x]",
            "x[i] = 2 z[i]",
        ],
    ),
    (
        r"h_i = 2 x_i, \quad q_{i,h} = A_{i,h} x_i",
        [
            "h[i] = 2 x[i]",
            "q[i,h] = A[i,h] x[i]",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_an_array_of_reals_is_no_index(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "expected"), KEPT)
def test_what_runs_or_is_an_integer_stays(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_a_place_of_a_maximum_is_no_label() -> None:
    assert error_of(r"$$y_i = \arg\max_k a_{ik}, \quad s_i = W_{y,i}$$").code == "E106"
