from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from deltarule.equations import affine, domains
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError
from deltarule.pipeline import read
from deltarule.runtimes.arithmetic import Float, Rational
from deltarule.runtimes.reference import evaluate


def exactly(text, sizes, **values):
    """Evaluate over fractions; arrays as dictionaries, lists (from 1) or numbers (scalars)."""
    given = {name: elements(v) for name, v in values.items()}
    found = evaluate(read(text), sizes, given, Rational())
    return {name: unwrapped(v) for name, v in found.items()}


def elements(value):
    if isinstance(value, dict):
        return {p if isinstance(p, tuple) else (p,): v for p, v in value.items()}
    if isinstance(value, list):
        return {(i + 1,): v for i, v in enumerate(value)}
    return {(): value}


def unwrapped(found):
    if set(found) == {()}:
        return found[()]
    return {p[0] if len(p) == 1 else p: v for p, v in found.items()}


@pytest.mark.parametrize(
    ("text", "sizes", "values", "name", "wanted"),
    [
        ("L = sum(i=1..n) a[i]^2", {"n": 3}, {"a": [1, 2, 3]}, "L", 14),
        ("L = prod(i=1..n) a[i]", {"n": 3}, {"a": [2, 3, 4]}, "L", 24),
        ("L = max(i=1..n) a[i]", {"n": 3}, {"a": [2, 5, 4]}, "L", 5),
        ("L = min(i=1..n) a[i]", {"n": 3}, {"a": [3, 2, 4]}, "L", 2),
        ("L = sum(i=1..n) i n", {"n": 3}, {}, "L", 18),
        ("L = sum(i=1..n) 2^i", {"n": 3}, {}, "L", 14),
        ("L = 1/n sum(i=1..n) a[i]", {"n": 2}, {"a": [1, 2]}, "L", Fraction(3, 2)),
        ("b[i] = a[n + 1 - i] for 1 <= i <= n", {"n": 2}, {"a": [5, 7]}, "b", {1: 7, 2: 5}),
        ("b[i] = sum(k=1..i) a[k] for 1 <= i <= n", {"n": 3}, {"a": [1, 2, 4]}, "b", {1: 1, 2: 3, 3: 7}),
        ("L = sum(i=1..n) sum(k=1..i) a[k]", {"n": 3}, {"a": [1, 2, 4]}, "L", 11),
        ("L = sum(i=1..n) [a[i] > 1] a[i]", {"n": 3}, {"a": [1, 2, 4]}, "L", 6),
        ("L = sum(i=1..n) [i != 2] a[i]", {"n": 3}, {"a": [1, 2, 4]}, "L", 5),
        ("L = sum(i=1..n) |a[i]|", {"n": 2}, {"a": [-1, 2]}, "L", 3),
        ("L = sum(i=1..n) {1/a[i] if a[i] != 0; 0 otherwise}", {"n": 2}, {"a": [0, 2]}, "L", Fraction(1, 2)),
        ("L = sum(i=1..n) {a[i]^2 if |a[i]| <= d; 2 d |a[i]| - d^2 otherwise}", {"n": 2}, {"a": [1, -5], "d": 2}, "L", 17),
        ("h[0] = 1\nh[t] = 2 h[t-1] + x[t] for 1 <= t <= T\nL = h[T]", {"T": 3}, {"x": [1, 0, 1]}, "L", 13),
        ("L = sum(i=1..n) [y = i] a[i]\ny in {1, ..., n}", {"n": 3}, {"a": [1, 2, 4], "y": 2}, "L", 2),
        ("L = sum(i=1..n) W[y[i]]\ny[i] in {1, ..., V}", {"n": 2, "V": 3}, {"W": [3, 5, 9], "y": [3, 1]}, "L", 12),
    ],
)  # fmt: skip
def test_values_by_definition(text, sizes, values, name, wanted):
    assert exactly(text, sizes, **values)[name] == wanted


TIE = "p[i] = argmax(l=1..N) a[i,l]\nq[i] = argmin(l=1..N) a[i,l]\nL = sum(i=1..n) b[p[i], q[i]]"


def test_the_first_place_wins_a_tie():
    rows = [[1, 3, 3, 1], [2, 0, 0, 2]]
    a = {(i + 1, k + 1): v for i, row in enumerate(rows) for k, v in enumerate(row)}
    b = {(k, m): 10 * k + m for k in range(1, 5) for m in range(1, 5)}
    found = exactly(TIE, {"N": 4, "n": 2}, a=a, b=b)
    assert found == {"p": {1: 2, 2: 1}, "q": {1: 1, 2: 2}, "L": 21 + 12}
    assert type(found["p"][1]) is int


def test_a_declared_constant_stands_outside_the_support():
    system = read("o[t] = x[t] - x[t-2] for 1 <= t <= T")
    ranges = domains.between(affine.number(1), "t", affine.name("T"))
    padded = Array("x", ("t",), ranges, outside=7)
    system = replace(system, arrays={**system.arrays, "x": padded})
    given = {"x": {(t,): Fraction(t) for t in (1, 2, 3)}}
    assert evaluate(system, {"T": 3}, given, Rational())["o"] == {(1,): -6, (2,): -5, (3,): 2}


def test_a_sum_without_limits_runs_over_the_supports():
    text = (
        "xi[n] = sum(m) w[m - n] h[m] for 0 <= n <= 4\nh[m] for 0 <= m < H\nw[k] for -1 <= k <= 1"
    )
    h, w = [3, 1, 4, 1, 5], [2, 7, 1]
    found = exactly(text, {"H": 5}, h=dict(enumerate(h)), w={k: w[k + 1] for k in (-1, 0, 1)})
    assert list(found["xi"].values()) == np.correlate(h, w, "same").tolist()


def test_a_bracket_that_does_not_hold_absorbs_infinity():
    system = read("L = sum(k=1..N) [y = k] ln(a[k])\ny in {1, ..., N}")
    given = {"a": {(1,): np.float64(0), (2,): np.float64(1)}, "y": {(): 2}}
    with np.errstate(divide="ignore"):
        assert evaluate(system, {"N": 2}, given, Float())["L"][()] == 0


def test_softcount_in_floats():
    xi = np.array([0.3, -1.2, 0.9])
    system = read("softcount")
    names = {name for name in system.arrays if system.arrays[name].kind == "integer"}
    [label] = names
    given = {"xi": {(k + 1,): v for k, v in enumerate(xi)}, label: {(): 2}}
    found = evaluate(system, {system.sizes[0]: 3}, given, Float())
    assert found[system.objective][()] == pytest.approx(xi.max() - xi[1], rel=1e-14)


def test_a_perturbation_is_added_before_anything_reads_it():
    system = read("b[i] = 2 a[i]\nL = sum(i=1..n) b[i]^2")
    given = {"a": {(1,): Fraction(1), (2,): Fraction(3)}}
    found = evaluate(system, {"n": 2}, given, Rational(), added={"b": {(1,): Fraction(5)}})
    assert found["b"] == {(1,): 7, (2,): 6}
    assert found["L"][()] == 49 + 36


@pytest.mark.parametrize("text", [
    "h[0] = 0\nh[t] = h[t-1] + x[t] for 1 <= t <= T\nL = h[T]",
    "L = h[1]\nh[t] = h[t+1] + x[t] for 1 <= t < T\nh[t] = x[t] for t = T",
])  # fmt: skip
def test_a_recurrence_may_be_longer_than_the_stack(text):
    assert exactly(text, {"T": 3000}, x=[1] * 3000)["L"] == 3000


@pytest.mark.parametrize(
    ("text", "sizes", "values", "code", "said"),
    [
        ("L = sum(i=1..n) a[i]", {}, {"a": [1]}, "E305", "the size n must be given"),
        ("L = sum(i=1..n) a[i]", {"n": 1}, {}, "E301", "the array 'a' is missing"),
        ("L = sum(i=1..n) a[i]", {"n": 2}, {"a": [1]}, "E302", "lacks the element a[2]"),
        (
            "L = sum(i=1..n) W[y[i]]\ny[i] in {1, ..., V}",
            {"n": 1, "V": 2},
            {"W": [1, 2], "y": [3]},
            "E102",
            "W[3] is read",
        ),
    ],
)
def test_errors_name_the_element(text, sizes, values, code, said):
    system = read(text)
    given = {name: elements(v) for name, v in values.items()}
    with pytest.raises(DeltaruleError) as caught:
        evaluate(system, sizes, given, Rational())
    assert caught.value.code == code
    assert said in caught.value.message
