"""Sets that a condition selects."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        r"s = \sum_{j \in S} x_j, \quad S = \{j \in [n] : x_j > 0\}",
        ["s = sum(j=1..n) { x[j] if x[j] > 0; 0 otherwise }"],
    ),
    (  # with its own letter
        r"s = \sum_{k \in S(z)} z_k^2, \quad S(z) := \{j \in [n] \mid z_j > t\}",
        ["s = sum(k=1..n) { z[k]^2 if z[k] > t; 0 otherwise }"],
    ),
    (  # for each j; how many there are
        r"m_j = \frac{1}{|I_j|} \sum_{i \in I_j} x_i, \quad I_j = \{i | q_i = j\}, \quad q_i \in \{1, \dots, K\} \; (i = 1, \dots, n)",
        [
            "m[j] = 1/(sum(i) { 1 if j = q[i]; 0 otherwise }) sum(i) { x[i] if j = q[i]; 0 otherwise }"
        ],
    ),
    (  # of indices alone
        r"s_i = \sum_{j \in N_i} x_j, \quad N_i = \{j : i \le j \le i + 1\}, \quad i = 1, \dots, n",
        ["s[i] = sum(j=i..i+1) x[j]   for i = 1..n"],
    ),
    (r"s = |\{i \in [n] : x_i > 0\}|", ["s = sum(i=1..n) { 1 if x[i] > 0; 0 otherwise }"]),
    (
        r"p = \prod_{j \in S} x_j, \quad S = \{j \in [n] : x_j > 0\}",
        ["p = prod(j=1..n) { x[j] if x[j] > 0; 1 otherwise }"],
    ),
    (r"y_i = \{ |x_i| \}", ["y[i] = abs(x[i])"]),
    (r"y_i = 2 \{ |x_i| + |z_i| \}", ["y[i] = 2 (abs(x[i]) + abs(z[i]))"]),
]

REFUSED = [
    (r"y_i = \{i | q_i\}", "E003", "q_i"),
    (r"y = x \{j : x_j > 0\}", "E008", r"\{j : x_j > 0\}"),
    (r"S = \{j : x_j > 0\}, \quad y = 2 S", "E008", "S"),
    (r"S = \{j : x_j > 0\}, \quad S = \{j : x_j > 1\}, y = \sum_{j \in S} x_j", "E103", r"S = \{j : x_j > 1\}"),
    (r"m = \max_{j \in S} x_j, \quad S = \{j \in [n] : x_j > 0\}", "E008", "x_j > 0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    shown = str(dr.read(f"$${text}$$"))
    assert shown.partition("\n\n# given")[0].splitlines() == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(f"$${text}$$")
    error = caught.value
    assert error.at is not None
    assert (error.code, error.at.source.text[error.at.start : error.at.end]) == (code, at)
