"""Subscripts that are calls."""

from __future__ import annotations

import pytest
from readings import error_of, printed_lines

READ = [
    (
        r"h_{\mathcal{N}(v)} = \sum_u A_{v,u} x_u, \quad z_v = h_{\mathcal{N}(v)} + x_v",
        [
            "h_N[v] = sum(u) A[v,u] x[u]",
            "z[v] = h_N[v] + x[v]",
        ],
    ),
    (
        r"h_{\mathcal{N}(v)}^k = a h^{k-1}_v, \quad h_v^k = \tanh(h^k_{\mathcal{N}(v)}), \quad h_v^0 = x_v, "
        r"\quad k = 1, \dots, K",
        [
            "h_N[k,v] = a h[k-1, v]   for k = 1..K",
            "h[k,v] = tanh(h_N[k,v])   for k = 1..K",
            "h[0,v] = x[v]",
        ],
    ),
]

REFUSED = [
    (r"y_{\pi(i)} = x_i, \quad z_i = y_i", "E008"),
    (r"h_{p(v)} = x_v, \quad p(v) = a v", "E008"),
    (r"h_{p(v)} = x_v, \quad p(v) \in \{1, \dots, n\}", "E008"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_on_a_left_side_they_are_part_of_the_name(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_not_where_the_document_says_what_they_are(text: str, code: str) -> None:
    assert error_of(f"$${text}$$").code == code
