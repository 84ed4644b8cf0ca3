import time

import claims_by_hand as by_hand
import pytest

import deltarule as dr
from deltarule.gradients.reverse import derive
from deltarule.pipeline import read
from deltarule.proofs.prove import prove
from deltarule.proofs.report import describe

SPIRAL = (by_hand.SPIRAL, by_hand.SPIRAL_GRADIENT, by_hand.SPIRAL_ADJOINTS)
TWO_LAYERS = (by_hand.TWO_LAYERS, by_hand.TWO_LAYERS_GRADIENT, by_hand.TWO_LAYERS_ADJOINTS)
SOFTCOUNT = (by_hand.SOFTCOUNT, by_hand.SOFTCOUNT_GRADIENT, by_hand.SOFTCOUNT_ADJOINTS)


def proofs_of(case, old="", new="", seed=0):
    text, gradient, adjoints = case
    assert old in gradient
    forward = by_hand.system(text)
    whole = by_hand.system(text + gradient.replace(old, new, 1), adjoints)
    found = prove(forward, whole, tuple(adjoints.values()), seed)
    return {proof.array: proof for proof in found}


@pytest.mark.parametrize("case", [SPIRAL, TWO_LAYERS, SOFTCOUNT], ids=["spiral", "two", "soft"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_right_gradient_is_proved(case, seed):
    for proof in proofs_of(case, seed=seed).values():
        assert proof.passed, proof
        assert proof.trials >= 3
        if proof.method == "exact":
            assert 0 < proof.error_bound < 1e-12
        else:
            assert proof.digits >= 50


@pytest.mark.parametrize(
    ("case", "old", "new", "caught", "still_right"),
    [
        (SPIRAL, "(h[i,j] - y[i])", "(y[i] - h[i,j])", "xi", ""),
        (SPIRAL, "(h[i,j] - y[i])", "h[i,j]", "xi", ""),
        (SPIRAL, "w[k,j] for", "w[j,k] for", "xi", ""),
        (SPIRAL, "sum(k=j+1..M)", "sum(k=j+2..M)", "xi", ""),
        (SPIRAL, "d[i,j] h[i,k]", "d[i,j] h[i,j]", "w", "xi"),
        (SPIRAL, "sum(i=1..n)", "sum(i=2..n)", "w", "xi"),
        (SPIRAL, "for 1 <= k < j, j <= M", "for 2 <= k < j, j <= M", "w", "xi"),
        (SPIRAL, "for 1 <= k < j, j <= M", "for 1 <= k <= j, 2 <= j, j <= M", "w", "xi"),
        (SPIRAL, "g'(xi[i,j]) sum", "g''(xi[i,j]) sum", "xi", ""),
        (TWO_LAYERS, "2/N_i", "1/N_i", "f", ""),
        (TWO_LAYERS, "2/N_i", "2/N_y", "f", ""),
        (TWO_LAYERS, "s'(z[i,j]) ", "", "z", "f"),
        (TWO_LAYERS, "Z[i,j] x[i,k]", "-Z[i,j] x[i,k]", "V", "W"),
        (TWO_LAYERS, "F[i,l] h[i,j]", "F[i,l] z[i,j]", "W", "V"),
        (SOFTCOUNT, "[k = p] - [k = y]", "[k = p] + [k = y]", "xi", "h"),
        (SOFTCOUNT, "[k = p] - [k = y]", "-[k = y]", "xi", "h"),
        (SOFTCOUNT, "/ h[y]", "/ h[p]", "h", "xi"),
        (SOFTCOUNT, "argmax", "argmin", "xi", "h"),
    ],
)
def test_a_wrong_gradient_is_caught(case, old, new, caught, still_right):
    proofs = proofs_of(case, old, new)
    assert not proofs[caught].passed
    assert proofs[caught].error_bound is None
    if still_right:
        assert proofs[still_right].passed, proofs[still_right]


def test_the_wrong_element_is_named():
    wrong = "for 1 <= k < j, j <= M\n"
    case = (*SPIRAL[:1], SPIRAL[1].replace(wrong, "for 1 <= k < j, j < M\n"), SPIRAL[2])
    proof = proofs_of(case)["w"]
    assert "G[4,1] is not the derivative at M = 4, n = 5" in proof.detail
    assert describe(proof).startswith("w: NOT proved at M = 4, n = 5: G[4,1]")


def test_an_element_outside_the_support_is_named():
    proof = proofs_of(SPIRAL, "1 <= k < j, j <= M", "1 <= k <= j, 2 <= j, j <= M")["w"]
    assert "G[2,2] is outside the support of its array" in proof.detail


DERIVED = {
    "spiral": ("spiral", ("w", "x", "y", "xi", "h"), "exact"),
    "correlation": ("correlation", ("w", "h"), "exact"),
    "softcount": ("softcount", ("xi", "h"), "precise"),
    "two-layer": ("two-layer", ("W1", "W2", "x"), "exact"),
    "minimum": ("L = min(k=1..N) (a[k] - b)^2", ("a", "b"), "precise"),
    "product": ("L = prod(k=1..N) (1 + a[k])", ("a",), "precise|exact"),
    "root": ("L = sum(k=1..N) sqrt(a[k])", ("a",), "precise"),
    "logarithm": ("L = sum(k=1..N) ln(a[k] - b[k])", ("a", "b"), "precise"),
    "recurrence": ("h[0] = 1\nh[t] = g(u h[t-1] + x[t]) for 1 <= t <= T\nL = h[T]", "ux", "exact"),
    "quotient": ("p[k] = a[k] / sum(l=1..N) a[l]\nL = sum(k=1..N) c[k] p[k]", ("a",), "exact"),
    "constant power": ("L = sum(k=1..N) 2^k a[k]^3", ("a",), "exact"),
    "data in cases": (
        "L = sum(i=1..n) {r[i]^2 if |r[i]| <= d; 2 d |r[i]| - d^2 otherwise}",
        ("r",),
        "precise",
    ),
    "a layer of two outputs": (
        "p[i] = g(u[i])\nq[i,k] = p[i] v[k] for 1 <= i <= n, 1 <= k <= m",
        ("u", "v"),
        "exact",
    ),
}


@pytest.mark.parametrize(("text", "wrt", "method"), DERIVED.values(), ids=DERIVED)
def test_derived_gradients_are_proved_in_time(text, wrt, method):
    forward = read(text)
    derivation = derive(forward, wrt)
    before = time.perf_counter()
    proofs = prove(forward, derivation.system, tuple(wrt))
    assert time.perf_counter() - before < 1.5
    for proof in proofs:
        assert proof.passed, proof
        assert proof.method in method


def test_special_sizes_are_tried_too():
    forward = read("spiral")
    [proof] = prove(forward, derive(forward, ("x",)).system, ("x",))
    assert proof.passed
    assert proof.sizes == {"M": 4, "n": 5} or proof.sizes == {"n": 4, "M": 5}
    assert "M = 1" in proof.detail


def test_a_point_that_cannot_tell_says_so():
    forward = read("L = sum(k=1..N) relu(-1 - a[k]^2)")
    [proof] = prove(forward, derive(forward, ("a",)).system, ("a",))
    assert proof.passed
    assert proof.detail == "both sides are zero at every point tried"


def test_a_gradient_that_is_not_there_is_not_proved():
    forward = by_hand.system(by_hand.SPIRAL)
    [proof] = prove(forward, forward, ("w",))
    assert not proof.passed
    assert "no gradient with respect to 'w'" in proof.detail


UNDEFINED_SOMEWHERE = [
    ("s = 1/(n - 4) sum(i=1..n) x[i]^2", "n = 5"),
    ("s = 1/(n - 4) sum(i=1..n) exp(x[i])", "n = 5"),
    ("y[k] = sin(k - n/2) x[k]/(k - n/2)   for k = 0..n", "n = 5"),
]


@pytest.mark.parametrize(("text", "sizes"), UNDEFINED_SOMEWHERE)
def test_sizes_without_a_value_are_left_out(text, sizes):
    for proof in dr.read(text).check():
        assert proof.passed
        assert sizes in describe(proof)


@pytest.mark.parametrize(
    "text", ["s = sum(i=1..n) x[i]/(n - n)", "s = sum(i=1..n) ln(-1 - x[i]^2)"]
)
def test_equations_without_a_value(text):
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text).check()
    assert caught.value.code == "E204"


def test_a_slope_far_smaller_than_the_value_is_proved():
    """Behind exp(-2000 x^2) 50 digits of the slope need more than the 120 that are tried first."""
    system = dr.read("s = sum(i=1..n) (1 + exp(-2000 x[i]^2) a[i])^2")
    for proof in system.check():
        assert proof.passed
        assert proof.digits is None or proof.digits >= 50


def test_a_wrong_slope_far_smaller_than_the_value_is_not_proved():
    right = dr.read("s = sum(i=1..n) (1 + exp(-200 x[i]^2) a[i])^2")
    wrong = dr.read("s = sum(i=1..n) (1 + exp(-200 x[i]^2) 2 a[i])^2").derivation(["a"])
    (proof,) = prove(right, wrong.system, ("a",))
    assert not proof.passed
