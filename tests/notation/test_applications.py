"""The number pi before parentheses; other heads are tested with the documents."""

from __future__ import annotations

import pytest
from readings import error_of, printed

READ = [
    (r"y_i = \sin(x_i) / (\pi (x_i - 1))", "y[i] = sin(x[i])/(pi (x[i] - 1))"),
    (r"y = \pi(a + b)^2 + \pi", "y = pi (a + b)^2 + pi"),
    (
        r"V(s) = \sum_{a=1}^A \pi(s, a) Q(s, a), \quad s = 1, \dots, S",
        "V[s] = sum(a=1..A) pi[s,a] Q[s,a]   for s = 1..S",
    ),
    (r"I = g_K n (V - E) + g_L (V - U)", "I = g_K n * (V - E) + g_L * (V - U)"),
    (r"I = g_K n (V - E) + g_L (V)", "I = g_K n * (V - E) + g_L(V)"),
    (r"I = g_K + g_L (V - U)", "I = g_K + g_L * (V - U)"),
    (r"y_i = x_{\pi(i)} w_{\pi(i+1)}", "y[i] = x[pi[i]] w[pi[i+1]]"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed(f"$${text}$$") == expected


def test_the_number_is_no_array() -> None:
    assert error_of(r"$$ y_i = \pi(i) + \pi $$").code == "E106"
