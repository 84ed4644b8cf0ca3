"""Ranges that nobody declared, as the printer writes them."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations.infer import unknown_ranges
from deltarule.equations.system import positive_sizes
from deltarule.notation import print_text

RANGES = [
    # equations, array, range
    ("E = sum(i=1..n) x[i]^2", "x", "i = 1..n"),
    ("E = sum(i=1..n) x[i+1] x[i]", "x", "i = 1..n+1"),
    ("E = sum(i=0..n-1) x[2 i]", "x", None),  # every second element: not a range
    ("E = sum(j=1..n, k=1..j) w[j,k]", "w", "j = 1..n, k = 1..j"),
    ("h[i] = x[i]^2\nE = sum(i=1..n) h[i]", "h", "i = 1..n"),
    ("h[i] = x[i]^2\nE = sum(i=1..n) h[i]", "x", "i = 1..n"),
    ("h[t] = u h[t-1] + x[t]\nh[0] = 0\nE = sum(t=1..T) h[t]", "x", "t = 1..T"),
    ("h[t] = u h[t-1] + x[t]\nh[0] = 0\nE = sum(t=1..T) h[t]", "h", "t = 0..T"),
    ("y[i] = x[i] sum(k=1..n) x[k]", "y", "i = 1..n"),
    ("y[t] = sum(k) w[k] x[t+k]\nw[k] for 0 <= k < K\nx[t] for 0 <= t < N", "y", "t = 1-K..N-1"),
    ("y[t] = sum(k) w[k] x[t+k]\nw[k] for 0 <= k < K\ny[t] for 0 <= t < N", "x", "k = 0..K+N-2"),
    ("E = sum(i=1..n) W[c[i]]\nc[i] in 1..m", "W", "k = 1..m"),
    ("E = sum(i=1..n) W[c[i]]\nW[k] for k = 1..m", "c", "i = 1..n"),
    ("y[t] = x[t] + x[t-1] for t = 1..T\nx[t] = 0 for t <= 0", "x", "t = 1..T"),
]


@pytest.mark.parametrize(("text", "name", "expected"), RANGES)
def test_range(text, name, expected):
    system = dr.read(text)
    array = system.arrays[name]
    shown = print_text.domain_to_text(array.support, array.axes, positive_sizes(system))
    if expected is not None:
        letters = dict(
            zip(array.axes, [p.split(" = ")[0] for p in expected.split(", ")], strict=True)
        )
        for mine, theirs in letters.items():
            shown = shown.replace(mine, theirs)
        assert shown == expected
    else:
        assert "floor" in shown or "mod" in shown


VALUES = [
    ("L = -sum(k=1..K) [y = k] x[k]", "y", "1..K"),
    ("L = sum(i=1..n) W[c[i]]\nW[k] for k = 0..m-1", "c", "0..m-1"),
    ("p = argmax(k=1..K) x[k]\nL = x[p]", "p", None),
]


@pytest.mark.parametrize(("text", "name", "expected"), VALUES)
def test_values_of_integers(text, name, expected):
    array = dr.read(text).arrays[name]
    assert array.kind == "integer"
    if expected is not None:
        assert "..".join(print_text.affine_to_text(v) for v in array.values) == expected


def test_what_nothing_determines_stays_open():
    system = dr.read("y[n] = sum(m) w[m-n] x[m]")
    assert unknown_ranges(system) == ["w", "x", "y"]
    assert str(system.gradients()["x"]) == "dL/dx[m] = sum(n) dL/dy[n] w[m-n]"
    with pytest.raises(dr.DeltaruleError) as caught:
        system.compile().vjp(w=[1.0], x=[1.0])
    assert caught.value.code == "E104"


def test_a_case_that_nothing_reads_is_left_out():
    text = "h[n] = w[n]   for n = 0..M\nw[n] = { 1 - n/M if 0 <= n <= M; 0 otherwise }"
    assert str(dr.read(text)).splitlines()[1] == "w[n] = 1 - 1/M n   for n = 0..M"
    text = "h[n] = w[n]   for n = 0..M+1\nw[n] = { 1 - n/M if 0 <= n <= M; 0 otherwise }"
    assert len(dr.read(text).equations) == 3
