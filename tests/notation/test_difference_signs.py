"""Signs before a symbol that make another symbol of it."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, refusal

READ = [
    (
        r"\nabla y_t = y_t - y_{t-1}, \quad a_t = \nabla y_t - \phi \, \nabla y_{t-1}, \quad S = \sum_{t=3}^T a_t^2",
        [
            "nabla_y[t] = y[t] - y[t-1]   for t = 2..T",
            "a[t] = nabla_y[t] - phi nabla_y[t-1]   for t = 3..T",
            "S = sum(t=3..T) a[t]^2",
        ],
    ),
    (
        r"\nabla f(x) = 2 a x + b, \quad L = (u - \eta \nabla f(u))^2",
        ["L = (u - eta * (2 a u + b))^2"],
    ),
    (
        r"\Delta x_t = x_t - x_{t-1}, \quad L = \sum_{t=2}^T (\Delta x_t)^2",
        [
            "Delta_x[t] = x[t] - x[t-1]   for t = 2..T",
            "L = sum(t=2..T) Delta_x[t]^2",
        ],
    ),
    (
        r"\Delta V_t = z_t \Delta V_{t-1}, \quad \Delta V_0 = 1, \quad t = 1, \ldots, T",
        ["Delta_V[t] = z[t] Delta_V[t-1]   for t = 1..T", "Delta_V[0] = 1"],
    ),
    (
        r"\Delta x_t = -a g_t, \quad D_t = 2 \Delta x_t^2, \quad t = 1, \ldots, T",
        ["Delta_x[t] = -a g[t]   for t = 1..T", "D[t] = 2 Delta_x[t]^2   for t = 1..T"],
    ),
    (r"y = \frac{a \Delta t}{\Delta x^2} (b - c)", ["y = a Delta_t * (b - c)/Delta_x^2"]),
    (r"y = \Delta \cdot x^2", ["y = Delta x^2"]),
    (  # below it stands the variable
        r"\nabla_w L(w) = 2 w, \quad u_{t+1} = u_t - a \nabla_w L(u_t), \quad u_0 = b, \quad t = 0, \ldots, T",
        ["u[t+1] = u[t] - 2 a u[t]   for t = 0..T", "u[0] = b"],
    ),
    (
        r"\nabla \ln p(x) = -x, \quad y_i = \nabla \ln p(u_i), \quad i = 1, \ldots, n",
        ["y[i] = -u[i]   for i = 1..n"],
    ),
    (
        r"\Delta \ln y_t = \ln y_t - \ln y_{t-1}, \quad s = \sum_{t=2}^T (\Delta \ln y_t)^2",
        [
            "Delta_ln_y[t] = ln(y[t]) - ln(y[t-1])   for t = 2..T",
            "s = sum(t=2..T) Delta_ln_y[t]^2",
        ],
    ),
    (  # a symbol that the function reads is a formula
        r"f(x) = a x, \quad \nabla f(x) = a, \quad u = w - \nabla f(w), \quad L = f(u)",
        ["u = w - a", "L = a u"],
    ),
    (r"\Delta = a - b, \quad y = \Delta x^2", ["Delta = a - b", "y = Delta x^2"]),
    (r"L = \Delta x + \Delta", ["L = Delta x + Delta"]),  # it stands alone too
]

REFUSED = [
    r"L = x^2, \quad y = x - \eta \nabla L",
    r"\nabla x_t = x_t - x_{t-1}, \quad L = \sum_{t=2}^T \nabla x_t \nabla y_t",
    r"L = x^2, \quad \nabla_x L = g",  # says nothing of g
    r"L(w) = w^2, \quad \nabla L(w) = 0",  # a condition
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize("text", REFUSED)
def test_a_gradient_is_refused(text: str) -> None:
    text = f"$${text}$$"
    assert refusal(text) == ("E008", r"\nabla")
    assert error_of(text).at.start == text.rindex(r"\nabla")


def test_a_power_behind_a_sign_of_which_nothing_is_said() -> None:
    assert refusal(r"$$y = a / (\Delta x^2)$$") == ("E006", r"\Delta x^2")
