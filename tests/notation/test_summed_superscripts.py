"""Powers of what a sum runs over, and elements with this index above."""

from __future__ import annotations

import pytest
from tests.notation.readings import printed_lines, refusal


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r"y = \sum_{n=0}^N a_n x^n", ["y = sum(n=0..N) a[n] x^n"]),
        (r"X_k = \sum_{n=0}^N a_{kn} x^n", ["X[k] = sum(n=0..N) a[k,n] x^n"]),
        (
            r"R^k = \sum_{t=0}^T \gamma^t r_t^k, \quad k = 1, \dots, K",
            ["R[k] = sum(t=0..T) gamma^t r[k,t]   for k = 1..K"],
        ),
        (r"R^\pi = \sum_{t=0}^T \gamma^t r_t", ["R_pi = sum(t=0..T) gamma^t r[t]"]),
        # x stands bare, or is declared or defined: a number
        (r"S^k = \sum_{n=0}^N w_n x^n + x", ["Sk = sum(n=0..N) w[n] x^n + x"]),
        (r"S^k = \sum_{n=0}^N w_n x^n, \quad x \in \mathbb{R}", ["Sk = sum(n=0..N) w[n] x^n"]),
        (r"S^k = \sum_{n=0}^N w_n x^n, \quad x = 2 c", ["Sk = sum(n=0..N) w[n] x^n", "x = 2 c"]),
        (r"E = \sum_{\mu=1}^p \xi_i^\mu", ["E = sum(mu=1..p) xi[mu,i]"]),
        (r"y = \sum_{n=0}^N a_n x^{(n)}", ["y = sum(n=0..N) a[n] x[n]"]),
    ],
)
def test_what_stands_above_a_sum_s_index(text: str, lines: list[str]) -> None:
    assert printed_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "caret"),
    [
        (r"X^k = \sum_{n=0}^N w_n x^n", "x^n"),
        (r"X^k = \sum_{n=0}^N w_n^k x^n", "x^n"),
        (r"y_j^k = \sum_{n=0}^N w_{jn} x^n", "x^n"),
        (r"y = \sum_\mu p_\mu x^\mu", r"x^\mu"),
        (r"y_i = \sum_{k=0}^K a_k x_i^k", "x_i^k"),
    ],
)
def test_a_power_or_an_element(text: str, caret: str) -> None:
    assert refusal(text) == ("E006", caret)
