"""What limits bind, and what they only say of elements."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

CLUSTERS = "\n```deltarule\nc[j] in {1..k} for j = 1..n\n```"
J = "J = sum(i=1..k) sum(j{}) {{ x[j] m[i] if i = c[j]; 0 otherwise }}"

READ = [
    (r"J = \sum_{i=1}^k \sum_{j : c_j = i} x_j m_i" + "$$" + CLUSTERS, J.format("")),
    (r"J = \sum_{i=1}^k \sum_{j \,\mid\, c_j = i} x_j m_i" + "$$" + CLUSTERS, J.format("")),
    (
        r"J = \sum_{i=1}^k \sum_{\substack{j = 1 \\ c_j = i}}^n x_j m_i" + "$$" + CLUSTERS,
        J.format("=1..n"),
    ),
    (
        r"J = \sum_{i, j : y_i = 1, y_j = 0} z_{ij} $$",
        "J = sum(i, j) { z[i,j] if y[i] = 1, y[j] = 0; 0 otherwise }",
    ),
    (r"J = \prod_{j : y_j = 1} x_j $$", "J = prod(j) { x[j] if y[j] = 1; 1 otherwise }"),
    # limits
    (r"J = \sum_{k=1}^n \sum_{n_1 = 1}^N x_{k,n_1} $$", "J = sum(k=1..n) sum(n_1=1..N) x[k,n_1]"),
    (r"J = \sum_{i, j = 1}^n z_{ij} $$", "J = sum(i=1..n, j=1..n) z[i,j]"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}")[0] == expected


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        (r"J = \max_{j : y_j = 1} x_j", "E008", "y_j = 1"),
        (r"J = \sum_{i : n_1 = 3} x_i", "E003", r"\sum_{i : n_1 = 3}"),
    ],
)
def test_refused(text: str, code: str, wrong: str) -> None:
    assert refusal(f"$${text}$$") == (code, wrong)
