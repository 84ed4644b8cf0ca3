"""Gradients of functions that the document does not define."""

from __future__ import annotations

import pytest
from readings import error_of, printed, printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"g_t = \nabla_\theta f_t(\theta_{t-1}), \theta_t = \theta_{t-1} - \alpha g_t, \theta_0 = u, t = 1, \dots, T",
        "g[t] = nabla_f[t]   for t = 1..T",
    ),
    (
        r"v_{t+1} = \mu v_t - c \nabla f(w_t + \mu v_t), w_{t+1} = w_t + v_{t+1}, v_0 = 0, w_0 = u, t = 0, \dots, T",
        "v[t+1] = mu v[t] - c nabla_f[t]   for t = 0..T",
    ),
    (
        r"g_t = \nabla_{\theta_t} J(\theta_t), \theta_{t+1} = \theta_t - \eta g_t, \theta_1 = u, t = 1, \dots, T",
        "g[t] = nabla_J[t]   for t = 1..T",
    ),
    (
        r"w^{(t+1)} = w^{(t)} - \eta \nabla f(w^{(t)}), w^{(0)} = u, t = 0, \dots, T",
        "w[t+1] = w[t] - eta nabla_f[t]   for t = 0..T",
    ),
    (
        r"\hat g = \frac{1}{m} \sum_{i=1}^m \nabla_\theta L_i(\theta), u = \theta - \eta \hat g",
        "g_hat = 1/m sum(i=1..m) nabla_L[i]",
    ),
    (
        r"\mathbf{w} \leftarrow \mathbf{w} - \eta \nabla_{\mathbf{w}} L_{adv}",
        "w_new[j] = w[j] - eta nabla_L_adv[j]   for j = 1..d",
    ),
    (
        r"s_t = \nabla f(x_t)^\top d_t + \|\nabla f(x_t)\|^2, x_t, d_t \in \mathbb{R}^n, t = 1, \dots, T",
        "s[t] = sum(j=1..n) nabla_f[t,j] d[t,j] + sum(j=1..n) nabla_f[t,j]^2   for t = 1..T",
    ),
]


@pytest.mark.parametrize(("text", "line"), READ)
def test_they_are_given(text: str, line: str) -> None:
    assert line in printed_lines(f"$${text}$$")


@pytest.mark.parametrize("text", [text for text, _ in READ])
def test_what_is_printed_means_the_same(text: str) -> None:
    system = dr.read(f"$${text}$$")
    assert printed(f"$${system.to_latex()}$$") == printed(f"$${text}$$")
    assert dr.read(system.to_text()).to_text() == system.to_text()


def test_the_printed_text_says_so() -> None:
    text = str(dr.read(r"$$ w \leftarrow w - \eta \nabla L(w) $$"))
    assert "# nabla_L   # no equation says what it is the gradient of" in text


REFUSED = [
    (r"f(x) = x^2, y_t = \nabla f(x_t), t = 1, \dots, T", r"\nabla"),  # f has an equation
    (r"L = \sum_{i=1}^n x_i^2, u = w - \nabla L(w)", r"\nabla"),
    (r"g = \nabla_x E", r"\nabla"),  # nothing says what x is
    (r"u = w - \eta \nabla L", r"\nabla"),  # at which point?
    (r"y = \nabla^2 f(x) + x", r"\nabla"),
    (r"y = \nabla \cdot f(x) + x", r"\nabla"),
    (r"y = \nabla f(x)^2 + x", r"\nabla"),  # the square of which?
    (r"y = \nabla (f(x) + g(x)) + x", r"\nabla"),
    (r"y_t = \nabla f(x_t) - \nabla f(x_{t-1}) + x_t, t = 2, \dots, T", r"\nabla f(x_{t-1})"),
]


@pytest.mark.parametrize(("text", "at"), REFUSED)
def test_others_are_refused(text: str, at: str) -> None:
    assert refusal(f"$${text}$$") == ("E008", at)


def test_the_help_says_what_to_write() -> None:
    help = error_of(r"$$ f(x) = x^2, u = w - \nabla f(w) $$").help
    assert help is not None
    assert r"\nabla L(x) = …" in help
