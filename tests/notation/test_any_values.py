"""Elements of integer arrays that stand for any value."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

DECLARED = "\n\n```deltarule\nw[t] in {1..K} for t = 1..T\n```"

READ = [
    (
        r"L = \sum_{t=2}^T \ln p(w_t | w_{t-1}), \quad p(w_a | w_b) = \frac{e^{u_{w_a} v_{w_b}}}{\sum_{k=1}^K e^{u_k v_{w_b}}}",
        [
            "L = sum(t=2..T) ln(p[w[t], w[t-1]])",
            "p[w_a,w_b] = exp(u[w_a] v[w_b])/sum(k=1..K) exp(u[k] v[w_b])   for w_a = 1..K, w_b = 1..K",
        ],
    ),
    (  # one of them only
        r"L = \sum_{t=1}^T c(w_t), \quad c(w_a) = u_{w_a}^2",
        ["L = sum(t=1..T) c[w[t]]", "c[w_a] = u[w_a]^2   for w_a = 1..K"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$${DECLARED}") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # a runs over data: what if two words are the same?
        (r"p(w_a) = u_{w_a} x_a, \quad L = \sum_{a=1}^T p(w_a)", "E008"),
        (r"p(w_t) = u_{w_t}, \quad L = \sum_{t=1}^T p(w_t)", "E008"),
    ],
)
def test_a_letter_that_runs_is_refused(text: str, code: str) -> None:
    assert error_of(f"$${text}$${DECLARED}").code == code
