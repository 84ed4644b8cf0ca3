"""Objectives without a name, and minima over what is no index."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"\min_w \sum_{i=1}^n (y_i - w x_i)^2 + a w^2",
        ["L = sum(i=1..n) (y[i] - w x[i])^2 + a w^2"],
    ),
    (
        r"\arg\min_{w \in \mathbb{R}^d} \left\{ \sum_{i=1}^n (y_i - w^\top x_i)^2 \right\}",
        ["L = sum(i=1..n) (y[i] - sum(j=1..d) w[j] x[i,j])^2"],
    ),
    (
        r"\underset{w}{\min} \quad \sum_{i=1}^n (y_i - w x_i)^2",
        ["L = sum(i=1..n) (y[i] - w x[i])^2"],
    ),
    (  # all of x
        r"\min_{x_*} \sum_{i=1}^n (y_i - x_i)^2",
        ["L = sum(i=1..n) (y[i] - x[i])^2"],
    ),
    (  # L is taken
        r"\min_w \sum_{l=1}^L (y_l - w x_l)^2",
        ["J = sum(l=1..L) (y[l] - w x[l])^2"],
    ),
    (  # named already
        r"\min_w J(w), \quad J(w) = a w^2",
        ["J = a w^2"],
    ),
    (
        r"\min_u \max_v V(u, v) = a u^2 - b v^2",
        ["V = a u^2 - b v^2"],
    ),
    (r"y = \min_k a_k w", ["y = min(k) a[k] w"]),
    (r"y = \min_{k \in \{1, \dots, K\}} k w", ["y = min(k=1..K) k w"]),
]

REFUSED = [
    (r"\min_k a_k w", "E003", r"\min_k"),  # an index
    (r"\max_w a w - w^2", "E003", r"\max_w"),
    (r"\min_w a w^2, \quad w \geq 1", "E008", r"w \geq 1"),  # a constraint
    (r"\min_w J(w) = a w^2, \quad w \geq 1", "E008", r"w \geq 1"),
    (r"J(w) = a w^2, \quad \min_w J(w), \quad w \geq 1", "E008", r"w \geq 1"),
    (r"\min_u \max_v (a u^2 - b v^2)", "E003", r"\min_u"),
    (r"\min_u a w^2", "E003", r"\min_u"),  # no u in it
    (r"\hat{w} = \arg\min_w \sum_{i=1}^n (y_i - w x_i)^2", "E008", r"\arg\min_w"),
    (r"L = \min_w \|y - X w\|^2, \quad X \in \mathbb{R}^{n \times d}", "E008", r"\min_w"),
    (r"L = \max_{k, w} a_k w", "E008", r"\max_{k, w}"),
    (r"\max_a Q(s, a) = V_s", "E003", r"\max_a Q(s, a)"),  # a value, and no definition of Q
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
