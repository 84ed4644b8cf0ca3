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
    ("E = sum(i=1..n) f[c[i]]\nf[k] = W[k]^2\nc[i] in 1..m for i = 1..n", "W", "k = 1..m"),
    ("y[k] = sum(i=1..n) x[i,k]\nx[i,k] for k = 1..K", "x", "i = 1..n, k = 1..K"),
    ("y[k] = sum(i=1..n) x[i,k]\nx[i,k] for k = 1..K", "y", "k = 1..K"),
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


def test_an_open_sum_says_nothing_of_the_indices_inside_it():
    system = dr.read("y[i] = sum(k != i) sum(l) x[i,l] x[k,l]\nx[i,l] for i = 1..n, l = 1..d")
    assert str(system).startswith(
        "y[i] = sum(k=1..n, k != i) sum(l) x[i,l] x[k,l]   for i = 1..n\n"
    )


def test_sums_side_by_side_may_share_a_letter():
    system = dr.read(
        "E = sum(i) (sum(k=1..2) x[i,k] + sum(k=5..6) z[i,k])\n"
        "x[i,k] for i = 1..n, k = 1..2\nz[i,k] for i = 1..n, k = 5..6"
    )
    found = system.compile().evaluate(x=[[1.0, 2.0]], z=[[3.0, 4.0]], n=1)
    assert found["E"] == 10


SQUARES = "u[i] = x[i]^2 for i = 1..n\n"


@pytest.mark.parametrize(
    ("border", "terms"),
    [
        ("u[0] = u[n]\nu[n+1] = u[1]", 1 + 4 + 9),  # elements once more
        ("u[0] = 5\nu[n+1] = 7", 5 + 1 + 4 + 9 + 7),
        ("u[0] = 2 u[1]", 2 + 1 + 4 + 9),
    ],
)
def test_a_sum_over_all_elements_takes_copies_at_a_border_once(border, terms):
    system = dr.read(f"E = sum(i) u[i]\n{SQUARES}{border}")
    assert system.compile(of="E").evaluate(x=[1.0, 2.0, 3.0])["E"] == terms
    assert all(proof.passed for proof in system.check(of="E"))


def test_a_recurrence_that_only_repeats_is_no_border():
    system = dr.read("u[0] = a\nu[i] = u[i-1] for i = 1..n\nE = sum(i) u[i]")
    assert system.compile().evaluate(a=2.0, n=3)["E"] == 8


def test_a_diagonal_runs_as_the_other_elements():
    system = dr.read(
        "C = sum(i != j) p[i,j] ln(q[i,j])\nq[i,j] = x[i] x[j]\nq[i,i] = 0\n"
        "p[i,j] for i = 1..n, j = 1..n, i != j"
    )
    assert "q[i,i] = 0   for i = 1..n" in str(system)
    assert all(proof.passed for proof in system.check(wrt=["x", "p"]))


OPEN = [
    r"$$a_t = 1 - b_t, \quad y_t = a_t x_0 + b_t x_t$$",  # the first element alone
    r"$$L = \sum_i c_{ii} + \sum_i \sum_{j \ne i} c_{ij}, \quad c_{ij} = x_i x_j$$",  # the diagonal
]


@pytest.mark.parametrize("text", OPEN)
def test_an_element_or_a_diagonal_gives_no_range(text):
    assert "x" in unknown_ranges(dr.read(text))


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


def test_that_a_number_is_even_is_no_bound():
    system = dr.read("y[k] = b[k] + b[2 k]")
    assert "mod" not in str(system)
    assert set(unknown_ranges(system)) == {"y", "b"}
