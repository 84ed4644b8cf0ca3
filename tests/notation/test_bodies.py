"""How far sums reach."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (r"L = \sum_j w_j + b_j", "L = sum(j) (w[j] + b[j])"),
    (r"L = \sum_i a_i \sum_j w_{ij} + b_i", "L = sum(i) (a[i] sum(j) w[i,j] + b[i])"),
    (r"L = \sum_l w_l \sum_n r_{ln} + p_{ln}", "L = sum(l) w[l] sum(n) (r[l,n] + p[l,n])"),
    (r"L = \sum_l w_l \sum_n r_{ln} + p_{ln} + q_l",
     "L = sum(l) (w[l] sum(n) (r[l,n] + p[l,n]) + q[l])"),
    (r"L = \frac{1}{\sum_l w_l \sum_n r_{ln} + p_{ln}}",
     "L = 1/(sum(l) w[l] sum(n) (r[l,n] + p[l,n]))"),
    (r"L = -\sum_i y_i \log p_i + (1 - y_i) \log (1 - p_i)",
     "L = -sum(i) (y[i] ln(p[i]) + (1 - y[i]) ln(1 - p[i]))"),
    (r"C = 1 - \sum_l w_l \sum_n r_{ln} + p_{ln}", "C = 1 - sum(l) w[l] sum(n) (r[l,n] + p[l,n])"),
    (r"J = \sum_{k=1}^N (x(k) - r(k))^2 + (y(k) - s(k))^2 + c",
     "J = sum(k=1..N) ((x[k] - r[k])^2 + (y[k] - s[k])^2) + c"),
    (r"J = \sum_k x_k^2 + f(\sum_k y_k)", "J = sum(k) x[k]^2 + f(sum(k) y[k])"),
    (r"J_k = \sum_l x(l)^2 + y(k)", "J[k] = sum(l) x[l]^2 + y[k]"),
    # an index that the left side or a sum around binds is no sign
    (r"y_i = c - \sum_j w_{ij} + b_i", "y[i] = c - sum(j) w[i,j] + b[i]"),
    (r"L = \sum_i a_i \left( \sum_j w_{ij} + b_i \right)", "L = sum(i) a[i] (sum(j) w[i,j] + b[i])"),
    (r"L = 1 - \sum_j w_j + \sum_j b_j", "L = 1 - sum(j) w[j] + sum(j) b[j]"),
    (r"L = 1 - \sum_j w_j + b", "L = 1 - sum(j) w[j] + b"),
    # constants of products
    (r"y = \prod_{i=1}^n c p_i", "y = prod(i=1..n) (c p[i])"),
    (r"y = \prod_{i=1}^n (p_i c) d_i", "y = prod(i=1..n) (p[i] c d[i])"),
    (r"y = c \prod_{i=1}^n p_i", "y = c prod(i=1..n) p[i]"),
]  # fmt: skip

REFUSED = [
    (r"C = 1 - \sum_{l=1}^L w_l - p_l", "E006", "p_l"),
    (r"y = \prod_{i=1}^n p_i c", "E006", "c"),
    (r"p_i = \prod_{j=1}^{i-1} (1 - v_j) v_i", "E006", "v_i"),
    (r"L = \sum_l w_l \left( \sum_n r_{ln} \right) + p_{ln}", "E101", "n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
