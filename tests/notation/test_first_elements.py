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
]


@pytest.mark.parametrize(("text", "cases"), READ)
def test_read(text: str, cases: list[str]) -> None:
    shown = str(dr.read(text))
    assert [c for c in cases if c not in shown] == []
