"""What stands above a symbol: a power, an index, or part of its name."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, refusal

READ = [
    (
        r"x_k^- = a x_{k-1}, x_k = x_k^- + u_k, x_0 = 0, k = 1, \dots, N",
        [
            "x_minus[k] = a x[k-1]   for k = 1..N",
            "x[k] = x_minus[k] + u[k]   for k = 1..N",
            "x[0] = 0",
        ],
    ),
    (
        r"y^+ = \max(0, y), y = 2 x - 1, z = y^+ + y",
        [
            "y_plus = { 0 if 0 >= y; y otherwise }",
            "y = 2 x - 1",
            "z = y_plus + y",
        ],
    ),
    (  # A and B count nothing, whatever stands in the word BT
        r"L_{BT} = \sum_{b=1}^N z^A_b z^B_b",
        ["L_BT = sum(b=1..N) zA[b] zB[b]"],
    ),
    (r"y = a x^{(1 - r/c)} + e^{(1 - r/c)}", ["y = a x^(1 - r/c) + exp(1 - r/c)"]),
    (  # an index of the left side stays one under a sum over another letter
        r"w_k^i = \frac{a_i e^{x_k^i}}{\sum_{j=1}^n a_j e^{x_k^j}}, \quad i = 1, \dots, n, \quad L_k = \sum_{i=1}^n w_k^i x_k^i",
        [
            "w[i,k] = a[i] exp(x[i,k])/(sum(j=1..n) a[j] exp(x[j,k]))   for i = 1..n",
            "L[k] = sum(i=1..n) w[i,k] x[i,k]",
        ],
    ),
    (  # t is shifted above x: an index, though it is a value in k(t - 1)
        r"x_{t+1}^t = a x_t^{t-1} + k(t-1), \quad x_1^0 = 1, \quad t = 1, \ldots, T",
        ["x[t, t+1] = a x[t-1, t] + k[t-1]   for t = 1..T", "x[0,1] = 1"],
    ),
    (  # its range says so too
        r"x_i^t = a y_i^{t-1} + b t, \quad t = 1, \ldots, T",
        ["x[t,i] = a y[t-1, i] + b t   for t = 1..T"],
    ),
    (  # but a value that nothing counts is a label above, and a power elsewhere
        r"G_t^\lambda = (1 - \lambda) \sum_{n=1}^{N} \lambda^{n-1} V_{t+n}",
        ["G_lambda[t] = (1 - lambda) sum(n=1..N) lambda^(n - 1) V[n+t]"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_where_nothing_defines_it_it_can_be_read_in_two_ways() -> None:
    assert error_of(r"$$y = a x^+ - b x$$").code == "E006"


def test_under_a_sum_it_can_be_read_in_two_ways() -> None:
    assert refusal(r"$$y_i = \sum_{k=1}^n a_k x_i^k, \quad i = 1, \dots, m$$") == ("E006", "x_i^k")


LABELS = [
    (r"a_t = b^i_{lo} + c_t / T_i", "b^i_{lo}"),
]


@pytest.mark.parametrize(("text", "at"), LABELS)
def test_a_label_elsewhere_is_no_exponent(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", at)


def test_an_index_is_an_exponent() -> None:
    shown = printed_lines(r"$$h_t = m_t / (1 - \beta_1^t), \quad t = 1, \dots, T$$")
    assert shown[0] == "h[t] = m[t]/(1 - beta_1^t)   for t = 1..T"


@pytest.mark.parametrize(
    ("text", "caret"),
    [
        (r"\hat{A}_t^G = \sum_{l=0}^T \gamma^l \delta_{t+l}^V", r"\delta_{t+l}^V"),
        (r"W^Q = a, \quad y = x^P", "x^P"),
    ],
)
def test_a_capital_letter_above_beside_labels(text: str, caret: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", caret)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("y = x^P", "y = x^P"),
        (r"W^Q = a, \quad y = x^P + P", "y = x^P + P"),
        (
            r"Y = X W^Q, \quad X \in \mathbb{R}^{n \times d}",
            "Y[j,l] = sum(k=1..d) X[j,k] WQ[k,l]   for j = 1..n, l = 1..m",
        ),
    ],
)
def test_a_capital_letter_above(text: str, line: str) -> None:
    assert line in printed_lines(f"$${text}$$")
