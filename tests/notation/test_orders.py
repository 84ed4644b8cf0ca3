"""Dots from one index to another go up or down as limits and conditions say."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

READ = [
    (
        r"y_t = \sum_{s=1}^t a_t \cdots a_{s+1} x_s, \quad t = 1, \dots, T",
        "y[t] = sum(s=1..t) x[s] prod(k=0..t-s-1) a[t-k]   for t = 1..T",
    ),
    (
        r"y_t = \sum_{s=1}^t (a_{s+1} \cdots a_t) x_s, \quad t = 1, \dots, T",
        "y[t] = sum(s=1..t) x[s] prod(k=s+1..t) a[k]   for t = 1..T",
    ),
    (
        r"P_{ij} = a_i \cdots a_j, \quad 1 \le i \le j \le n",
        "P[i,j] = prod(k=i..j) a[k]   for i = 1..n, j = i..n",
    ),
    (
        r"P_{ij} = a_j \cdots a_{i+1}, \quad 1 \le i \le j \le n",
        "P[i,j] = prod(k=0..j-i-1) a[j-k]   for i = 1..n, j = i..n",
    ),
    (
        r"P_{ij} = \begin{cases} a_i \cdots a_{j+1} & i \ge j \\ 0 & i < j \end{cases}, \quad i, j = 1, \dots, n",
        "P[i,j] = { prod(k=0..i-j-1) a[i-k]   if 1 <= j <= i",
    ),
    (
        r"P_{ij} = \begin{cases} 0 & i < j \\ a_i \cdots a_{j+1} & \text{otherwise} \end{cases}, \quad i, j = 1, \dots, n",
        "P[i,j] = { 0                         if i < j <= n",
    ),
    (
        r"L = \sum_{t=1}^T (x_t + \cdots + x_T)",
        "L = sum(t=1..T) sum(k=t..T) x[k]",
    ),
    # the second term says it
    (
        r"P_{ij} = a_i a_{i-1} \cdots a_{j+1}, \quad i, j = 1, \dots, n",
        "P[i,j] = prod(k=0..i-j-1) a[i-k]   for i = 1..n, j = 1..n",
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    assert printed_lines(f"$${text}$$")[0] == expected


REFUSED = [
    r"P_{ij} = a_i \cdots a_{j+1}, \quad i, j = 1, \dots, n",
    r"P_{ij} = x_i + \cdots + x_j, \quad i, j = 1, \dots, n",
    r"s = \sum_{i=1}^n \sum_{j=1}^n a_i \cdots a_j",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused_where_nothing_says_which(text: str) -> None:
    assert refusal(f"$${text}$$") == ("E006", r"\cdots")
