r"""Symbols that stand before parentheses only: \alpha (x - y) and f(x + b), or E006."""

from __future__ import annotations

import pytest
from readings import printed, refusal

READ = [
    # products: letters that are numbers by custom
    (r"w_i = \alpha (x_i - y_i)", "w[i] = alpha * (x[i] - y[i])"),
    (r"I = A(B - C)", "I = A * (B - C)"),
    (r"y = x (1 - x)", "y = x * (1 - x)"),
    (r"v(t) = v_0 + a (t - t_0)", "v = v_0 + a * (t - t_0)"),
    # products: the symbol is a factor elsewhere, or one with another label is
    (r"F_i = k (U_{i-1} + U_{i+1}) - 2 k U_i", "F[i] = k * (U[i-1] + U[i+1]) - 2 k U[i]"),
    (r"\dot{x} = \sigma (y - x) + \sigma", "x_dot = sigma * (y - x) + sigma"),
    (r"I = J - \bar{g}_K n^4 (V - E_K) - \bar{g}_L (V - E_L)",
     "I = J - g_bar_K n^4 (V - E_K) - g_bar_L * (V - E_L)"),
    # products: an index that runs
    (r"c_n = \sum_{k=1}^n k (n - k)", "c[n] = sum(k=1..n) k * (n - k)"),
    (r"y_i = i (i + 1) x_i, \quad i = 1, \dots, n", "y[i] = i * (i + 1) x[i]   for i = 1..n"),
    # products: elements
    (r"y_i = \sum_j k_{ij} (v_i - e_j)", "y[i] = sum(j) k[i,j] (v[i] - e[j])"),
    (r"y_i = \sum_j g_j (v_i - e_j)", "y[i] = sum(j) g[j] (v[i] - e[j])"),
    # functions: by custom, and where nobody would write parentheses to multiply
    ("y = f(x + b)", "y = f(x + b)"),
    (r"h = \sigma (w x + b)", "h = sigma(w x + b)"),
    (r"y = V(2 x) + K(x^2)", "y = V(2 x) + K(x^2)"),
    (r"y = K(x - y_0) + K(x)", "y = K(x - y_0) + K(x)"),
    (r"c_n = \sum_{k=1}^n f(n - k)", "c[n] = sum(k=1..n) f[n-k]"),
    # the author says it
    (r"y_i = k \cdot (U_{i-1} + U_{i+1})", "y[i] = k * (U[i-1] + U[i+1])"),
    (r"y = k(a - b), \quad k(x) = x^2", "y = (a - b)^2"),
]  # fmt: skip

REFUSED = [
    (r"y_i = k (U_{i-1} + U_{i+1})", r"k (U_{i-1} + U_{i+1})"),
    (r"I = K (S_A - E_A)", r"K (S_A - E_A)"),
    (r"v = V_1 \left( \frac{r}{r + s} \right)", r"V_1 \left( \frac{r}{r + s} \right)"),
    (r"v_{t+1} = v_t + \kappa (\theta - v_t)", r"\kappa (\theta - v_t)"),
    (r"y = W \delta(V x)", r"\delta(V x)"),
    # functions by custom that hold a difference, or stand before a space
    (r"y_i = g (v_i - E)", "g (v_i - E)"),
    (r"y_t = x_t + h (u_t + v_t)", "h (u_t + v_t)"),
    (r"x_t = \mu + \phi (x_{t-1} - \mu)", r"\phi (x_{t-1} - \mu)"),
    (r"\dot{x} = \sigma (y - x)", r"\sigma (y - x)"),
    (r"x = a + \mathrm{dt} (a - b)", r"\mathrm{dt} (a - b)"),
    (r"y_i = \sum_j w_j \phi_j(x_i - c_j)", r"\phi_j(x_i - c_j)"),
    (r"h_l = \sigma_l(W_l h_{l-1} + b_l), \quad h_0 = x", r"\sigma_l(W_l h_{l-1} + b_l)"),
    # numbers by custom at another time
    (r"y(t) = a x(t - \tau)", r"x(t - \tau)"),
    (r"y(t) = \sum_i w_i s(t - t_i)", "s(t - t_i)"),
    (r"y(t) = \sum_i w_i \epsilon(t - t_i)", r"\epsilon(t - t_i)"),
    (r"y(t) = \sum_j w_j x_j(t - \tau_j)", r"x_j(t - \tau_j)"),
]  # fmt: skip

PLAIN = [
    ("y[i] = k(U[i-1] + U[i+1])", "y[i] = k(U[i-1] + U[i+1])"),
    ("y = f(x - b)", "y = f(x - b)"),
    ("y[i] = w[i] (x[i] - b)", "y[i] = w[i] (x[i] - b)"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$$ {text} $$").splitlines()[0] == expected


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_refused(text: str, place: str) -> None:
    assert refusal(f"$$ {text} $$") == ("E006", place)


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_what_follows_at_once_in_plain_text_is_called(text: str, expected: str) -> None:
    assert printed(text) == expected


def test_a_space_in_plain_text_may_multiply() -> None:
    assert refusal("y[i] = k (U[i-1] + U[i+1])") == ("E006", "k (U[i-1] + U[i+1])")


def test_a_setting_says_that_it_is_a_function_without_a_meaning() -> None:
    text = "---\nfunctions: k = open, f = tanh\n---\n$$ y = k (a - b) + f(x) $$"
    assert printed(text) == "y = k(a - b) + tanh(x)"
