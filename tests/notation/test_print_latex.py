r"""Systems and expressions as LaTeX, to the letter."""

from __future__ import annotations

import pytest
from print_examples import at, correlation, softcount, spiral, two_layers
from print_expressions import EXPRESSIONS, SYSTEM

from deltarule.equations.nodes import Expr
from deltarule.equations.system import System
from deltarule.notation import print_latex as latex

ARRAYS = [
    (
        spiral(),
        "h",
        r"h_{i,j} = \begin{cases} x_i & j = 1 \\ g(\xi_{i,j}) & 2 \le j \le M \end{cases}",
    ),
    (spiral(), "xi", r"\xi_{i,j} = \sum_{k=1}^{j-1} w_{j,k} h_{i,k}"),
    (spiral(), "E", r"\mathcal{E} = \frac{1}{2} \sum_{i=1}^n (h_{i,M} - y_i)^2"),
    (
        spiral(),
        "delta",
        r"\delta_{i,j} = \begin{cases} (h_{i,M} - y_i)\, g'(\xi_{i,M}) & j = M \\ "
        r"g'(\xi_{i,j}) \sum_{k=j+1}^M \delta_{i,k} w_{k,j} & 2 \le j < M \end{cases}",
    ),
    (
        spiral(),
        "dE_dw",
        r"\frac{\partial \mathcal{E}}{\partial w_{j,k}} = \sum_{i=1}^n \delta_{i,j} h_{i,k}",
    ),
    (
        correlation(),
        "xi",
        r"\xi_{n_1,n_2} = \sum_{m_1} \sum_{m_2} w_{m_1-n_1,m_2-n_2} h_{m_1,m_2}",
    ),
    (
        correlation(),
        "dL_dw",
        r"\frac{\partial \mathcal{L}}{\partial w_{k_1,k_2}} = "
        r"\sum_{n_1} \sum_{n_2} \delta_{n_1,n_2} h_{k_1+n_1,k_2+n_2}",
    ),
    (
        softcount(),
        "h",
        r"h_k = \frac{e^{\xi_k}}{\max_{1 \le \ell \le N_Y} e^{\xi_\ell}}",
    ),
    (softcount(), "L", r"\mathcal{L} = -\sum_{k=1}^{N_Y} \mathbb{1}[k = y] \ln h_k"),
    (softcount(), "l_star", r"\ell^* = \arg\max_{1 \le \ell \le N_Y} \xi_\ell"),
    (
        softcount(),
        "dL_dh",
        r"\frac{\partial \mathcal{L}}{\partial h_k} = -\frac{\mathbb{1}[k = y]}{h_y}",
    ),
    (
        softcount(),
        "dL_dxi",
        r"\frac{\partial \mathcal{L}}{\partial \xi_k} = "
        r"\mathbb{1}[k = \ell^*] - \mathbb{1}[k = y]",
    ),
    (two_layers(), "z1", r"z^{(1)}_{i,j} = \sum_{k=1}^{N_x} W^{(1)}_{j,k} x_{i,k}"),
    (
        two_layers(),
        "L",
        r"\mathcal{L} = \frac{1}{N_i} \sum_{i=1}^{N_i} \sum_{\ell=1}^{N_y} "
        r"(f_{i,\ell} - y_{i,\ell})^2",
    ),
    (
        two_layers(),
        "dL_df",
        r"\frac{\partial \mathcal{L}}{\partial f_{i,\ell}} = "
        r"\frac{2}{N_i} (f_{i,\ell} - y_{i,\ell})",
    ),
    (
        two_layers(),
        "dL_dz1",
        r"\frac{\partial \mathcal{L}}{\partial z^{(1)}_{i,j}} = \sigma'(z^{(1)}_{i,j}) "
        r"\sum_{\ell=1}^{N_y} \frac{\partial \mathcal{L}}{\partial f_{i,\ell}} W^{(2)}_{\ell,j}",
    ),
]


@pytest.mark.parametrize(("system", "name", "expected"), ARRAYS, ids=[a[1] for a in ARRAYS])
def test_array(system: System, name: str, expected: str) -> None:
    assert latex.array(system, name) == expected


@pytest.mark.parametrize(("expression", "_", "expected"), EXPRESSIONS)
def test_expression(expression: Expr, _: str, expected: str) -> None:
    assert latex.expression(SYSTEM, expression) == expected


def test_one_equation_of_several() -> None:
    system = spiral()
    assert latex.equation(system, system.equations[1]) == r"h_{i,j} = g(\xi_{i,j})"


def test_system_is_aligned_and_says_the_ranges() -> None:
    assert latex.system_to_latex(softcount()).splitlines()[:3] == [
        r"\begin{aligned}",
        r"h_k &= \frac{e^{\xi_k}}{\max_{1 \le \ell \le N_Y} e^{\xi_\ell}}"
        r" && \text{for } 1 \le k \le N_Y \\",
        r"\mathcal{L} &= -\sum_{k=1}^{N_Y} \mathbb{1}[k = y] \ln h_k \\",
    ]
    assert latex.system_to_latex(softcount()).endswith("\n\\end{aligned}\n")


def test_elements() -> None:
    system = spiral()
    assert latex.element(system, at("delta", "i", "j")) == r"\delta_{i,j}"
    assert latex.element(system, at("dE_dw", "j", "k")) == (
        r"\frac{\partial \mathcal{E}}{\partial w_{j,k}}"
    )
    assert latex.element(system, at("h", "i", "2*n-j+1")) == "h_{i,2n-j+1}"


@pytest.mark.parametrize(("expression", "_", "latex_text"), EXPRESSIONS)
def test_braces_and_fences_balance(expression: Expr, _: str, latex_text: str) -> None:
    found = latex.expression(SYSTEM, expression)
    assert found.count("{") == found.count("}")
    assert found.count(r"\left") == found.count(r"\right")
