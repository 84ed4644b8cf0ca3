r"""Derivatives that a text asks for or states are no equations of the system."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

MODEL = r"$$ z = W x, \quad L = \|z\|^2, \quad x \in \mathbb{R}^n $$"
READ = ["z[k] = sum(j=1..n) W[k,j] x[j]   for k = 1..d", "L = sum(k=1..d) z[k]^2"]


@pytest.mark.parametrize("claim", [
    r"\frac{\partial L}{\partial W} = 2 z x^\top",
    r"\frac{dL}{dW} = 2 z x^\top",
    r"\frac{\partial L}{\partial W_{ij}} = 2 z_i x_j",
    r"\frac{\partial L}{\partial z} = 2 z, \quad \frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} x^\top",
    r"\frac{\partial L}{\partial W} = ?",
    r"\nabla_W L = \ ?",
])  # fmt: skip
def test_it_is_left_to_the_derivation(claim):
    assert printed_lines(f"{MODEL} Show that $$ {claim} $$") == READ


def test_of_a_function_and_in_plain_text():
    assert printed_lines("E = sum(i=1..n) x[i]^2\ndE/dx[i] = 2 x[i]") == ["E = sum(i=1..n) x[i]^2"]


@pytest.mark.parametrize("text, caret", [
    (r"$$ \frac{dx}{dt} = -k x $$", r"\frac{dx}{dt}"),  # it defines x
    (r"$$ V_0 = 3 t, \quad \frac{dV}{dt} = 3 x $$", r"\frac{dV}{dt}"),  # V_0 is not V
    # a derivative in place of the true one
    (r"$$ L = (\operatorname{sign}(x) - t)^2, \quad \frac{dL}{dx} = 2 (x - t) $$", r"\frac{dL}{dx}"),
    (r"The surrogate is $$ L = x^2, \quad \frac{dL}{dx} = 3 x $$", r"\frac{dL}{dx}"),
    (r"$$ x = a, \quad \frac{dx}{dt} = 3 x, \quad y = t $$", r"\frac{dx}{dt}"),  # no t in x
])  # fmt: skip
def test_a_differential_equation_is_refused(text, caret):
    assert refusal(text) == ("E003", caret)


@pytest.mark.parametrize("text", [r"$$ y = ? $$", r"$$ y = ? + x $$", r"$$ y = x ? z $$"])
def test_nothing_else_is_asked_for(text):
    assert refusal(text) == ("E001", "?")


def test_a_name_for_a_derivative_stays():
    lines = printed_lines(MODEL + r"$$ \delta = \frac{\partial L}{\partial z} $$")
    assert lines == [*READ, "delta[k] = dL/dz[k]"]
