"""Sets that a condition selects."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

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
    (  # how many, where the set's letter already runs
        r"L = \sum_{i=1}^n \sum_{p \in P(i)} \frac{z_{ip}}{|P(i)|}, \quad P(i) = \{p \in [n] : y_p > y_i\}",
        [
            "L = sum(i=1..n) sum(p=1..n) "
            "{ z[i,p]/(sum(j=1..n) { 1 if y[j] > y[i]; 0 otherwise }) if y[p] > y[i]; 0 otherwise }"
        ],
    ),
    (
        r"m_p = |P(p)|, \quad P(i) = \{p \in [n] : y_p > y_i\}",
        ["m[p] = sum(j=1..n) { 1 if y[j] > y[p]; 0 otherwise }   for p = 1..n"],
    ),
    (  # beside a sum over the letter, none is changed
        r"m_i = \frac{1}{|P(i)|} \sum_{p \in P(i)} x_p, \quad P(i) = \{p \in [n] : y_p > y_i\}",
        [
            "m[i] = 1/(sum(p=1..n) { 1 if y[p] > y[i]; 0 otherwise })",
            "       sum(p=1..n) { x[p] if y[p] > y[i]; 0 otherwise }   for i = 1..n",
        ],
    ),
    (  # all but some, with = and \equiv; what I is, stays
        r"L = \sum_{i \in I} \sum_{a \in A(i)} z_{ia}, \quad A(i) \equiv I \setminus \{i\}, I = \{1, \ldots, 2N\}",
        ["L = sum(i=1..2*N) sum(a=1..2*N, a != i) z[i,a]"],
    ),
    (
        r"m_i = |A(i)|, \quad I = \{1, \ldots, n\}, \quad A(i) = I \setminus \{i\}, \quad i = 1, \ldots, n",
        ["m[i] = sum(j=1..n, j != i) 1   for i = 1..n"],
    ),
    (  # above, too
        r"s_{ri} = \sum_{j \in \mathcal{N}_i^r} x_j, \quad \mathcal{N}_i^r = \{j \in [n] : a_{rij} = 1\}, "
        r"\quad a_{rij} \in \{0, 1\}",
        ["s[r,i] = sum(j=1..n) { x[j] if a[r,i,j] = 1; 0 otherwise }"],
    ),
    (r"y_i = \{ |x_i| \}", ["y[i] = abs(x[i])"]),
    (r"y_i = 2 \{ |x_i| + |z_i| \}", ["y[i] = 2 (abs(x[i]) + abs(z[i]))"]),
]

REFUSED = [
    (r"y_i = \{i | q_i\}", "E003", "q_i"),
    (r"y = \sum_{j \in N_i^2} x_j, \quad N_i = \{j : x_j > i\}", "E008", "N_i^2"),
    (r"y = x \{j : x_j > 0\}", "E008", r"\{j : x_j > 0\}"),
    (r"S = \{j : x_j > 0\}, \quad y = 2 S", "E008", "S"),
    (r"S = \{j : x_j > 0\}, \quad S = \{j : x_j > 1\}, y = \sum_{j \in S} x_j", "E103", r"S = \{j : x_j > 1\}"),
    (r"m = \max_{j \in S} x_j, \quad S = \{j \in [n] : x_j > 0\}", "E008", "x_j > 0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


@pytest.mark.parametrize(("text", "code", "at"), REFUSED)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(f"$${text}$$") == (code, at)
