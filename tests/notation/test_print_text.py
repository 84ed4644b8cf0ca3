"""Systems and expressions as plain text, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from print_examples import (
    arrays,
    at,
    correlation,
    define,
    form,
    ranges,
    softcount,
    spiral,
    two_layers,
)
from print_expressions import EXPRESSIONS, SYSTEM

from deltarule.equations import build, domains
from deltarule.equations.nodes import Expr, Reduce
from deltarule.equations.system import Array, System
from deltarule.notation import print_text as text

SPIRAL = """\
# Spiral network
h[i,j] = { x[i]         if j = 1
         ; g(xi[i,j])   if 2 <= j <= M }   for i = 1..n
xi[i,j] = sum(k=1..j-1) w[j,k] h[i,k]   for i = 1..n, j = 2..M
E = 1/2 sum(i=1..n) (h[i,M] - y[i])^2
delta[i,j] = { (h[i,M] - y[i]) g'(xi[i,M])                   if j = M
             ; g'(xi[i,j]) sum(k=j+1..M) delta[i,k] w[k,j]   if 2 <= j < M }   for i = 1..n
dE/dw[j,k] = sum(i=1..n) delta[i,j] h[i,k]   for j = 2..M, k = 1..j-1
delta[i,j] = dE/dxi[i,j]

# given
x[i]     for i = 1..n
y[i]     for i = 1..n
w[j,k]   for j = 2..M, k = 1..j-1
"""

CORRELATION = """\
xi[n_1,n_2] = sum(m_1, m_2) w[m_1-n_1, m_2-n_2] h[m_1,m_2]
dL/dh[m_1,m_2] = sum(n_1, n_2) delta[n_1,n_2] w[m_1-n_1, m_2-n_2]
dL/dw[k_1,k_2] = sum(n_1, n_2) delta[n_1,n_2] h[k_1+n_1, k_2+n_2]
delta[n_1,n_2] = dL/dxi[n_1,n_2]

# given
# w[k_1,k_2]   in a range that is not known
# h[m_1,m_2]   in a range that is not known
# delta[n_1,n_2]   in a range that is not known
"""

SOFTCOUNT = """\
h[k] = exp(xi[k])/max(l=1..N_Y) exp(xi[l])   for k = 1..N_Y
L = -sum(k=1..N_Y) [k = y] ln(h[k])
l_star = argmax(l=1..N_Y) xi[l]
dL/dh[k] = -[k = y]/h[y]   for k = 1..N_Y
dL/dxi[k] = [k = l_star] - [k = y]   for k = 1..N_Y

# given
xi[l]         for l = 1..N_Y
y in 1..N_Y
"""

TWO_LAYERS = """\
z1[i,j] = sum(k=1..N_x) W1[j,k] x[i,k]   for i = 1..N_i, j = 1..N_h
h[i,j] = sigma(z1[i,j])   for i = 1..N_i, j = 1..N_h
f[i,l] = sum(j=1..N_h) W2[l,j] h[i,j]   for i = 1..N_i, l = 1..N_y
L = 1/N_i sum(i=1..N_i) sum(l=1..N_y) (f[i,l] - y[i,l])^2
dL/df[i,l] = 2/N_i * (f[i,l] - y[i,l])   for i = 1..N_i, l = 1..N_y
dL/dz1[i,j] = sigma'(z1[i,j]) sum(l=1..N_y) dL/df[i,l] W2[l,j]   for i = 1..N_i, j = 1..N_h
dL/dW1[j,k] = sum(i=1..N_i) dL/dz1[i,j] x[i,k]   for j = 1..N_h, k = 1..N_x

# given
x[i,k]    for i = 1..N_i, k = 1..N_x
y[i,l]    for i = 1..N_i, l = 1..N_y
W1[j,k]   for j = 1..N_h, k = 1..N_x
W2[l,j]   for l = 1..N_y, j = 1..N_h
"""


@pytest.mark.parametrize(
    ("build_system", "expected"),
    [
        (spiral, SPIRAL),
        (correlation, CORRELATION),
        (softcount, SOFTCOUNT),
        (two_layers, TWO_LAYERS),
    ],
)
def test_system(build_system: Callable[[], System], expected: str) -> None:
    assert text.system_to_text(build_system()) == expected


@pytest.mark.parametrize(("expression", "expected", "_"), EXPRESSIONS)
def test_expression(expression: Expr, expected: str, _: str) -> None:
    assert text.expression(SYSTEM, expression) == expected


def test_one_equation_of_several() -> None:
    system = spiral()
    assert text.equation(system, system.equations[1]) == (
        "h[i,j] = g(xi[i,j])   for i = 1..n, j = 2..M"
    )


def test_the_name_of_a_derivative_is_a_statement_until_it_is_derived() -> None:
    system = correlation()
    known = {n: a for n, a in system.arrays.items() if n in ("xi", "w", "h")}
    given = replace(system, arrays=known, equations=system.equations[:1])
    assert text.system_to_text(given).splitlines()[:2] == [
        "xi[n_1,n_2] = sum(m_1, m_2) w[m_1-n_1, m_2-n_2] h[m_1,m_2]",
        "delta[n_1,n_2] = dL/dxi[n_1,n_2]",
    ]


def test_an_adjoint_with_a_name_of_its_own_keeps_it() -> None:
    system = spiral()
    assert text.element(system, at("delta", "i", "j")) == "delta[i,j]"
    assert text.element(system, at("dE_dw", "j", "k")) == "dE/dw[j,k]"
    assert text.element(system, at("dE_dx", "i")) == "dE_dx[i]"


def test_declarations_of_inputs() -> None:
    system = System(
        ("N", "T"),
        arrays(
            Array("s"),
            Array("y", ("i",), ranges(i=(1, "N")), "integer", (form(0), form("T-1"))),
            Array("c", kind="integer"),
            Array("x", ("t",), ranges(t=(1, "T")), outside=0),
            Array("free", ("t",), domains.everything()),
        ),
        (),
    )
    assert text.system_to_text(system) == (
        "\n# given\n"
        "# s\n"
        "y[i] in 0..T-1   for i = 1..N\n"
        "# c\n"
        "x[t]             for t = 1..T   # 0 elsewhere\n"
        "# free[t]\n"
    )


def test_context_of_enclosing_sums_is_not_repeated() -> None:
    """The inner sum's domain repeats what the outer sum and the equation say: it is not printed."""
    inner = build.multiply(at("a", "k"), at("b", "l"))
    outer_domain = ranges(i=(1, "n"), k=(1, "i"))
    inner_domain = domains.intersect(outer_domain, ranges(l=(1, "k")))
    inner_sum = Reduce("sum", ("l",), inner_domain, inner)
    nested = define(at("c", "i"), Reduce("sum", ("k",), outer_domain, inner_sum))
    equation = replace(nested, indices=("i",), domain=ranges(i=(1, "n")))
    system = System(("n",), {}, (equation,))
    assert text.equation(system, equation) == (
        "c[i] = sum(k=1..i) sum(l=1..k) a[k] b[l]   for i = 1..n"
    )


def test_long_equations_break_before_terms() -> None:
    terms = [build.multiply(at(f"weight{n}", "i"), at(f"input{n}", "i")) for n in range(6)]
    equation = define(at("a", "i"), build.add(*terms), i=(1, "n"))
    assert text.equation(System(("n",), {}, (equation,)), equation) == (
        "a[i] = weight0[i] input0[i] + weight1[i] input1[i] + weight2[i] input2[i]"
        " + weight3[i] input3[i]\n"
        "       + weight4[i] input4[i] + weight5[i] input5[i]   for i = 1..n"
    )
