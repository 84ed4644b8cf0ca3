"""Equations for the first elements leave the rest to the general one."""

from __future__ import annotations

import pytest

import deltarule as dr

READ = [
    (
        "s[t] = d[t] for t = 1-m..0\ns[t] = a s[t-m] + y[t]\nE = sum(t=1..T) s[t]",
        ["d[t]              if -m < t <= 0", "a s[t-m] + y[t]   if 1 <= t <= T"],
    ),
    (
        "h[t] = x[t] for t = 1..m\nh[t] = a h[t-1] + x[t]\nE = sum(t=1..T) h[t]",
        ["x[t]              if 1 <= t <= m", "a h[t-1] + x[t]   if m < t <= T"],
    ),
    (
        "h[0] = b\nh[t] = a h[t-1]\nh[t] for t = 1..T",
        ["h[0] = b", "h[t] = a h[t-1]   for t = 1..T"],
    ),
    (  # h[t,1] takes nothing out of h[t,i] for i != 1
        "h[t+1,i] = a h[t,i] for i != 1\nh[t,1] = 0 for t = 1..T\nh[1,i] = x[i] for i = 2..n",
        ["h[t+1, i] = a h[t,i]   for t = 1..T-1, i = 2..n"],
    ),
    (  # a corner takes itself out, and what lies before it
        "g[1,1] = 2 d[1,1]\ng[i,j] = g[i-1,j] + g[i,j-1] + d[i,j]\ng[0,j] = 0\ng[i,0] = 0\nD = g[n,m]",
        ["g[1,1] = 2 d[1,1]", "for 1 <= i <= n, 1 <= j <= m, j >= 3-i"],
    ),
    (  # a boundary with a range takes nothing out along it
        "D[i,0] = i for i = 0..n\nD[0,j] = j for j = 1..m\nD[i,j] = D[i-1,j] + D[i,j-1]\nL = D[n,m]",
        ["for i = 1..n, j = 1..m"],
    ),
    (  # elements of a row that has an end, and a band that has one along s
        "a[1,1] = x[1]\na[1,2] = x[2]\na[1,s] = 0 for s > 2\na[t,s] = a[t-1,s] + a[t-1,s-1]\n"
        "a[t,s] = 0 for t = 1..T, s = -1..0\np = a[T,S]\nx[s] for s = 1..S",
        ["a[1,2] = x[2]", "if 2 <= t <= T, 1 <= s <= S"],
    ),
    (  # all that lies on one side, as far as it is read
        "h[t] = a h[t-2] + x[t]\nh[t] = 0 for t <= 0\nh[t] for t = 1..T",
        ["a h[t-2] + x[t]   if 1 <= t <= T", "0                 if -1 <= t <= 0"],
    ),
    (
        "h[t] = a h[t+1] + x[t]\nh[t] = 0 for t > T\nL = h[1]",
        ["a h[t+1] + x[t]   if 1 <= t <= T", "0                 if t = T+1"],
    ),
    (
        "h[t] = a h[t-1] + x[t]\nh[t] = 0 for t <= 0\nx[t] for t = 1..T",
        ["a h[t-1] + x[t]   if 1 <= t <= T", "0                 if t = 0"],
    ),
]


@pytest.mark.parametrize(("text", "cases"), READ)
def test_read(text: str, cases: list[str]) -> None:
    shown = str(dr.read(text))
    assert [c for c in cases if c not in shown] == []
