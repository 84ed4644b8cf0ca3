"""Error terms get an equation where the words say that they are errors; where these are silent, E006."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

MODEL = r"$$ y_i = w x_i + r_i, \quad Q = \sum_{i=1}^n r_i^2 $$"


@pytest.mark.parametrize("text, first", [
    (f"Minimise {MODEL}", "r[i] = y[i] - w x[i]   for i = 1..n"),
    (f"The residuals are $r_i$. {MODEL}", "r[i] = y[i] - w x[i]   for i = 1..n"),
    (r"Least squares: $$ y_t = a y_{t-1} + u_t, \quad S = \sum_{t=1}^T u_t^2 $$",
     "u[t] = y[t] - a y[t-1]   for t = 1..T"),
    (r"Noise: $$ Y_{ij} = b_{0j} + b_{1j} x_{ij} + R_{ij}, \quad Q = \sum_{j=1}^N \sum_{i=1}^n R_{ij}^2 $$",
     "R[i,j] = Y[i,j] - (b[0,j] + b[1,j] x[i,j])   for i = 1..n, j = 1..N"),
    (r"White noise: $$ y = X b + u, \quad S = u'u, \quad y \in \mathbb{R}^n, b \in \mathbb{R}^k $$",
     "u[j] = y[j] - sum(l=1..k) X[j,l] b[l]   for j = 1..n"),
])  # fmt: skip
def test_an_error_is_what_is_left_of_the_data(text, first):
    assert printed_lines(text)[0] == first


def test_without_a_word_of_it_both_readings_are_shown():
    assert refusal(MODEL) == ("E006", "r_i")


@pytest.mark.parametrize("text, first", [
    # given by a statement of its own
    (f"Minimise {MODEL} " r"$$ r_i \quad (i = 1, \ldots, n) $$", "y[i] = w x[i] + r[i]   for i = 1..n"),
    # something else reads y
    (r"Errors: $$ y_i = w x_i + b_i, \quad E = \sum_{i=1}^n (y_i - t_i)^2 + b_i^2 $$",
     "y[i] = w x[i] + b[i]   for i = 1..n"),
    # a factor before it
    (r"Noise: $$ z_i = m_i + s_i r_i, \quad Q = \sum_{i=1}^n r_i^2 $$", "z[i] = m[i] + s[i] r[i]   for i = 1..n"),
    # an element reads it
    (r"Noise: $$ y_i = w x_i + b_i, \quad h_i = 2 b_i, \quad Q = \sum_{i=1}^n h_i b_i $$",
     "y[i] = w x[i] + b[i]   for i = 1..n"),
])  # fmt: skip
def test_what_may_be_given_stays(text, first):
    assert printed_lines(text)[0] == first
