r"""Letters that are indices nowhere else: V_{th}, V_r, k [A], and W_{ij} x_j without a sum."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    (r"s_t = [V_t \geq V_{\text{th}}]", "s[t] = [V[t] >= V_th]"),
    (r"y_t = x_{tN}, \quad N = 5, \quad t = 1, \dots, T", "y[t] = x[t,5]   for t = 1..T"),
    (r"y = \frac{1}{n} \sum_{i=1}^n x_i - x_n", "y = 1/n sum(i=1..n) x[i] - x[n]"),
    (r"y = \frac{1}{n} \sum_i x_i - x_n", "y = 1/n sum(i) x[i] - x[n]"),
    (r"y_i = \sum_j W_{ij} x_j", "y[i] = sum(j) W[i,j] x[j]"),
    (r"L = x_j w_{jk}", "L = x_j w_jk"),  # labels all
    (r"y = k \cdot [A]^m [B]^n", "y = k A^m B^n"),
    (r"y = h[T], \quad h[t] = a h[t-1] + x[t], \quad h[0] = 0, \quad t = 1, \dots, T", "y = h[T]"),
    ("y = E^{(0)} - x", "y = E0 - x"),
    (r"p_k = a^k b", "p[k] = a^k b"),
    (r"y_{i,j} = x_{i+1,j} + x_{i+2j,1}", "y[i,j] = x[i+1, j] + x[i+2*j, 1]"),
    (r"s_x^2 = \sum_{n=1}^N (x_n - \bar{x})^2", "s_sq_x = sum(n=1..N) (x[n] - x_bar)^2"),
    (r"y_x = x^2, \quad x = 1, \dots, n", "y[x] = x^2   for x = 1..n"),
    (r"L = \sum_x y_x, \quad y_x = x^2", "L = sum(x) y[x]"),
]  # fmt: skip

LABELS = [
    (r"s_t = [V_t \geq V_{th}]", "V_{th}"),
    (r"y_t = x_t - E_{th}", "E_{th}"),
    (r"y_t = V_t - V_r", "V_r"),
    (r"L = \sum_i x_{ij}", "x_{ij}"),
    (r"y = \frac{V_{max} [S]}{K_m + [S]}", "V_{max} [S]"),
    (r"y = k [A]^m [B]^n", "k [A]"),
    (r"E = E^0 - r \ln Q", "E^0"),
    (r"y_{ij} = x_{i+1j} + x_{i-1j}", "i+1j"),
    (r"F_x = -k x, \quad v_x = F_x / m", "F_x"),
    (r"F_\theta = -k \theta", r"F_\theta"),
    (r"MU_x = a x^{a-1} z^{1-a}", "MU_x"),
]

NO_INDICES = [
    (r"y_i = W_{ij} x_j", "W_{ij}"),
    (r"y_{ij} = A_{ik} B_{kj}", "A_{ik}"),
    (r"y_i = W_{ij} x_j, \quad j = 1, \dots, n", "W_{ij}"),
    (r"y_t = a_{tk} + b_k", "a_{tk}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), LABELS)
def test_a_label_or_an_element(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)


@pytest.mark.parametrize(("text", "place"), NO_INDICES)
def test_an_index_that_runs_nowhere(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E101", place)


def test_it_is_summed_over_where_the_settings_say_so() -> None:
    text = "---\neinstein: yes\n---\n$$ y_i = W_{ij} x_j, \\quad i = 1, \\dots, m $$"
    assert "sum(j)" in printed(text)
