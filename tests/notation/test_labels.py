"""Sets whose elements are listed."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"s = \sum_{c \in \{r, g, b\}} w_c \sum_{i=1}^n x_{i,c}",
        [
            "s = w_r sum(i=1..n) x_r[i] + w_g sum(i=1..n) x_g[i] + w_b sum(i=1..n) x_b[i]",
        ],
    ),
    (
        r"h_g = \tanh(W_g x + b_g), \quad g \in \{i, f\}, \quad c = h_f c_0 + h_i z",
        [
            "h_i = tanh(W_i x + b_i)",
            "h_f = tanh(W_f x + b_f)",
            "c = h_f c_0 + h_i z",
        ],
    ),
    (
        r"s = \sum_{k \in \{1, 3, 7\}} a_k^2 + \prod_{q \in \{l, r\}} b_q",
        ["s = a_1^2 + a_3^2 + a_7^2 + b_l b_r"],
    ),
    (
        r"L_{loc}(t^u, v) = \sum_{i \in \{\textrm{x}, \textrm{y}\}} (t^u_i - v_i)^2",
        ["L_loc = (tu_x - v_x)^2 + (tu_y - v_y)^2"],
    ),
    (
        r"L = \sum_{i=1}^n y_i x_i, \quad y_i \in \{-1, 1\}",
        ["L = sum(i=1..n) y[i] x[i]"],
    ),
    (
        r"L = \sum_{i=1}^n x_{i, y_i}, \quad y_i \in \{0, 1\}",  # a range
        ["L = sum(i=1..n) x[i, y[i]]"],
    ),
]

REFUSED = [
    (r"y = \{a, b\}", r"\{a, b\}"),
    (r"y = \arg\max_{c \in \{r, g\}} w_c", r"\{r, g\}"),
    (r"L = \sum_{i=1}^n x_{i, y_i}, \quad y_i \in \{1, 3\}", r"\{1, 3\}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E008", at)
