"""Subscripts that run round."""

from __future__ import annotations

import pytest
from readings import printed_lines, refusal

import deltarule as dr

READ = [
    (
        r"E = \sum_{i=0}^{N-1} s_i s_{(i+1) \bmod N}",
        [
            "E = sum(i=0..N-1) s[i] s_mod[i+1]",
            "s_mod[n] = { s[n]     if 0 <= n < N",
            "           ; s[N+n]   if -N <= n <= -1",
            "           ; s[n-N]   if N <= n < 2*N }",
        ],
    ),
    (
        r"y_{t,i} = x_{t, (i \bmod N) + 1} \quad (i = 1, \dots, N), \quad t = 1, \dots, T",
        [
            "y[t,i] = x_mod[t,i]   for t = 1..T, i = 1..N",
            "x_mod[t,n] = { x[t, n+1]     if 0 <= n < N",
            "             ; x[t, N+n+1]   if -N <= n <= -1",
            "             ; x[t, n-N+1]   if N <= n < 2*N }   for t = 1..T",
        ],
    ),
    (  # an element applied to it
        r"y(i) = \sum_{j=0}^{N-1} h(j) x((i - j) \bmod N), \quad i = 0, \dots, N-1",
        [
            "y[i] = sum(j=0..N-1) h[j] x_mod[i-j]   for i = 0..N-1",
            "x_mod[n] = { x[n]     if 0 <= n < N",
            "           ; x[N+n]   if -N <= n <= -1",
            "           ; x[n-N]   if N <= n < 2*N }",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: list[str]) -> None:
    assert printed_lines(f"$${text}$$") == expected


def test_the_gradient_runs_round_too():
    system = dr.read(r"E = \sum_{i=0}^{N-1} s_i s_{(i+1) \bmod N}")
    proofs = system.check()
    assert proofs and all(p.passed for p in proofs)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        (r"y_i = i \bmod 2 \quad (i = 1, \dots, N)", "E008", r"i \bmod 2"),
        (r"y_i = \sum_{j=0}^{N-1} x_{i + j \bmod N}", "E006", r"i + j \bmod N"),
        # further than a period to either side
        (
            r"y_i = x_{(2 i + 3) \bmod N} \quad (i = 0, \dots, N-1)",
            "E102",
            r"x_{(2 i + 3) \bmod N}",
        ),
        (r"x_{i \bmod N} = y_i \quad (i = 1, \dots, N)", "E008", r"i \bmod N"),
    ],
)
def test_refused(text: str, code: str, at: str) -> None:
    assert refusal(text) == (code, at)
