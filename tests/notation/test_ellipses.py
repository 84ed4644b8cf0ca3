"""Dots between terms and factors."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines, refusal, under_caret

import deltarule as dr

READ = [
    (r"E = x_1 + x_2 + \dots + x_n", "E = sum(k=1..n) x[k]"),
    (r"E = x_1 + \cdots + x_n", "E = sum(k=1..n) x[k]"),
    (r"S = 1 + x + x^2 + \cdots + x^n", "S = sum(k=0..n) x^k"),
    (r"S = 1 + 2x + 3x^2 + \cdots + n x^{n-1}", "S = sum(k=1..n) k x^(k - 1)"),
    (r"H = 1 + \frac{1}{2} + \cdots + \frac{1}{n}", "H = sum(k=1..n) 1/k"),
    (r"s = x_2 + x_4 + \cdots + x_{2n}", "s = sum(k=1..n) x[2*k]"),
    (r"y = a_1 b_n + a_2 b_{n-1} + \cdots + a_n b_1", "y = sum(k=1..n) a[k] b[n-k+1]"),
    (r"y_i = w_{i1} x_1 + \cdots + w_{in} x_n + b_i", "y[i] = sum(k=1..n) w[i,k] x[k] + b[i]"),
    (r"s = a_{11} + a_{12} + \cdots + a_{1n}", "s = sum(k=1..n) a[1,k]"),
    (r"s = a_{21} x_1 + \cdots + a_{2n} x_n", "s = sum(k=1..n) a[2,k] x[k]"),
    (r"t = a_{11} + \cdots + a_{nn}", "t = sum(k=1..n) a[k,k]"),
    (r"y_t = c + \beta_1 x_{1t} + \cdots + \beta_k x_{kt}", "y[t] = c + sum(j=1..k) beta[j] x[j,t]"),
    (r"y = x_1 - x_2 - \cdots - x_n", "y = x[1] - sum(k=2..n) x[k]"),
    (r"h = \alpha_0 + \alpha_1 y_1^2 + \cdots + \alpha_p y_p^2",
     "h = alpha[0] + sum(k=1..p) alpha[k] y[k]^2"),
    (r"q = e^{-x_1} + \cdots + e^{-x_n}", "q = sum(k=1..n) exp(-x[k])"),
    (r"z = h^{(1)} + \cdots + h^{(L)}", "z = sum(k=1..L) h[k]"),
    (r"y = \frac{x_1 + \cdots + x_n}{n}", "y = 1/n sum(k=1..n) x[k]"),
    (r"P = p_1 p_2 \cdots p_n", "P = prod(k=1..n) p[k]"),
    (r"P = c \cdot p_1^{a_1} \cdot \ldots \cdot p_n^{a_n}", "P = c prod(k=1..n) p[k]^a[k]"),
    (r"P = (1 - b_1)(1 - b_2) \cdots (1 - b_T)", "P = prod(k=1..T) (1 - b[k])"),
    (r"G_t = R_{t+1} + \gamma R_{t+2} + \cdots + \gamma^{T-t-1} R_T",
     "G[t] = sum(k=0..T-t-1) gamma^k R[k+t+1]"),
    (r"y = x_1 \odot \cdots \odot x_n, \quad x_i \in \mathbb{R}^d",
     "y[j] = prod(k=1..n) x[k,j]   for j = 1..d"),
]  # fmt: skip

REFUSED = [
    (r"E = x_2 + \cdots + x_{2n}", "E006", "two ways: in steps of 1, or in steps of 2"),
    (r"E = x_1 + x_2 + \cdots", "E008", "nothing says where these dots end"),
    (r"E = a + b + \cdots + z", "E008", "not of one form"),
    (r"E = x_1 + x_3 + x_4 + \cdots + x_n", "E008", "in even steps"),
    (r"E = x_1 + x_2 + x_4 + \cdots + x_n", "E008", "in even steps"),
    (r"E = x_1 + x_3 + \cdots + x_n", "E008", "in even steps"),
    (r"E = a_1 b_1 a_2 b_2 \cdots a_n b_n", "E008", "not of one form"),
    (r"E = x_1 - x_2 + x_3 - \cdots + x_n", "E008", "different signs"),
    (r"E = x_1 y_1 + \cdots + x_n y_m", "E008", "in even steps"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


@pytest.mark.parametrize(("text", "code", "message"), REFUSED)
def test_refused_at_the_dots(text: str, code: str, message: str) -> None:
    error = error_of(f"$${text}$$")
    assert (error.code, under_caret(error)) == (code, r"\cdots")
    assert message in error.message


def test_matrices_are_not_multiplied_element_by_element() -> None:
    text = r"z = W_L \cdots W_1 x, \quad W_l \in \mathbb{R}^{n \times n}"
    assert refusal(f"$${text}$$") == ("E008", r"W_L \cdots W_1")


def test_the_index_is_a_letter_that_the_document_does_not_have() -> None:
    assert str(dr.read(r"$$y = x_1 + \cdots + x_n, z = k j$$")).startswith("y = sum(i=1..n) x[i]")


def test_parallel_ellipses_within_another() -> None:
    text = r"s = (a_{11} + \cdots + a_{1n}) + \cdots + (a_{m1} + \cdots + a_{mn})"
    assert str(dr.read(f"$${text}$$")).startswith("s = sum(j=1..m) sum(k=1..n) a[j,k]")


def test_dots_between_numbers_are_a_range() -> None:
    assert str(dr.read(r"$$y_i = 2 x_i \quad i = 1 \ldots n$$")).startswith(
        "y[i] = 2 x[i]   for i = 1..n"
    )


def test_dots_below_a_matrix_are_its_leading_axis() -> None:
    text = (
        r"z_{ij} = x^\top W_{\cdots ij}, x \in \mathbb{R}^d, W \in \mathbb{R}^{d \times m \times k}"
    )
    assert str(dr.read(f"$${text}$$")).startswith(
        "z[i,j] = sum(l=1..d) x[l] W[l,i,j]   for i = 1..m, j = 1..k"
    )
