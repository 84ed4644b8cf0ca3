"""Sums in plain text, as people type them."""

import pytest
from readings import printed_lines, refusal


def plain(text: str) -> str:
    return f"```deltarule\n{text}\n```\n"


SAME = [
    ("m = 1/T sum_{t=1}^T v[t]", "m = 1/T sum(t=1..T) v[t]"),
    ("m = sum_{t=1}^{T-1} v[t]", "m = sum(t=1..T-1) v[t]"),
    ("y = sum_{i<j} w[i,j]", "y = sum(j > i) w[i,j]"),
    ("y = ∑_{i=1}^n x[i] + ∑_k z[k]", "y = sum(i=1..n) x[i] + sum(k) z[k]"),
    ("y = Σ_{i=1}^n x[i]", "y = sum(i=1..n) x[i]"),
    ("E = sum(y[n]^2, n=0..N-1)", "E = sum(n=0..N-1) y[n]^2"),
    ("E = sum(y[n]^2 for n = 0..N-1)/N", "E = 1/N sum(n=0..N-1) y[n]^2"),
    ("p[i] = exp(z[i])/sum_j exp(z[j])", "p[i] = exp(z[i])/sum(j) exp(z[j])"),
    ("m = max_i x[i] + min_k(a[k]*b[k])", "m = max(i) x[i] + min(k) a[k] b[k]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "read"), SAME)
def test_limits_stand_in_parentheses_below_and_behind(text, read):
    assert printed_lines(plain(text)) == [read]


NAMES = [
    ("sum_i = 2\nm = sum_i q[i]", ["sum_i = 2", "m = sum_i q[i]"]),
    ("m[i] = x[i] / sum_i", ["m[i] = x[i]/sum_i"]),
    ("y[i] = max_len x[i]", ["y[i] = max_len x[i]"]),
    ("y[i] = Σ_i x[i]", ["y[i] = Sigma_i x[i]"]),
]


@pytest.mark.parametrize(("text", "read"), NAMES)
def test_a_name_stays_a_name(text, read):
    assert printed_lines(plain(text)) == read


REFUSED = [
    ("loss = -sum_i y_i*log(p_i)", "E006", "sum_i"),
    ("y = sum_{i=1}^n-1 w[i]", "E003", "-"),
    ("y = sum_i=1^n w[i]", "E003", "="),
]


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_what_would_be_misread_is_refused(text, code, at):
    assert refusal(plain(text)) == (code, at)
