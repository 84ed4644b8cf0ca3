"""Sums whose indices an equation ties together."""

from __future__ import annotations

import numpy as np
import pytest
from readings import printed, refusal

import deltarule as dr
from deltarule.equations import affine, domains
from deltarule.equations.nodes import Reduce

DECLARED = "\n```deltarule\na[k] for k = 1..p\nb[l] for l = 1..q\n```\n"

SIZES = domains.from_relations(domains.at_least(affine.name(n), affine.number(1)) for n in "pq")

READ = [
    (
        r"c_n = \sum_{i+j=n} a_i b_j",
        "c[n] = sum(i, j = n-i, 1 <= j < n, n-p <= j <= q) a[i] b[j]   for n = 2..p+q",
    ),
    (
        r"c_n = \sum_{\substack{i, j \\ \text{s.t. } 2 (i-1) + j = n}} a_i b_j, \quad n = 1, \dots, q",
        "c[n] = sum(i, j = n-2*i+2, 1 <= j <= n, j >= n-2*p+2) a[i] b[j] for n = 1..q",
    ),
    (
        r"c_n = \sum_{i=1}^p \sum_{j=1}^q a_i b_j [i + j = n], \quad n = 2, \dots, p + q",
        "c[n] = sum(i=1..p) sum(j=1..q) a[i] b[j] [i+j = n]   for n = 2..p+q",
    ),
]

REFUSED = [
    (r"c_n = \sum_{i=1}^n \sum_{j=i} a_i b_j", r"\sum_{j=i}"),
    (r"c_n = \sum_{i=1} a_i", r"\sum_{i=1}"),
    (r"c_n = \sum_{m+k=n} a_n", r"\sum_{m+k=n}"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert " ".join(printed(f"$${text}$${DECLARED}").split()) == " ".join(expected.split())


def test_what_is_printed_is_read_again() -> None:
    first = dr.read(f"$$ c_n = \\sum_{{i+j=n}} a_i b_j $${DECLARED}")
    (one,), (other,) = first.equations, dr.read(str(first)).equations
    assert one.domain == other.domain
    assert isinstance(one.expression, Reduce) and isinstance(other.expression, Reduce)
    within = [domains.intersect(e.domain, e.expression.domain, SIZES) for e in (one, other)]
    assert within[0] == within[1]


def test_it_is_what_is_computed() -> None:
    text = r"y_{mn} = \sum_{i+k=m} \sum_{j+l=n} x_{ij} w_{kl}, \quad x \in \mathbb{R}^{p \times q}, \quad w \in \mathbb{R}^{2 \times 2}"
    x, w = np.arange(6.0).reshape(2, 3), np.array([[1.0, 2.0], [3.0, 5.0]])
    expected = np.zeros((3, 4))
    for k in range(2):
        for i in range(2):
            expected[k : k + 2, i : i + 3] += w[k, i] * x
    found = dr.read(f"$${text}$$").compile().evaluate(x=x, w=w, p=2, q=3)["y"]
    assert np.allclose(found, expected)


@pytest.mark.parametrize(("text", "caret"), REFUSED)
def test_refused(text: str, caret: str) -> None:
    text = f"$${text}$$"
    assert refusal(text) == ("E003", caret)


def test_a_parameter_is_not_let_run() -> None:
    text = r"f(u, j) = \tanh(u) \sum_{i + j = n} a_i b_j, \quad y_k = f(x_k, 2 k)"
    shown = str(dr.read(f"$${text}$$"))
    assert shown.startswith("y[k] = tanh(x[k]) sum(i=n-2*k..n-2*k) a[i] b[2*k]")
