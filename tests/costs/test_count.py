import subprocess
import sys
from itertools import product

import pytest
import sympy

from costs.four_systems import (
    listed_operations,
    listed_reads,
    same_correlation_gradient,
    softcount_gradient,
    spiral_gradient,
    two_layer_gradient,
)
from deltarule.costs.count import elements, price, undeclared
from deltarule.costs.regimes import evaluate
from deltarule.equations import build, domains
from deltarule.equations.hoist import hoist
from deltarule.equations.nodes import Reduce
from deltarule.equations.system import defined
from deltarule.errors import DeltaruleError
from deltarule.pipeline import derive
from deltarule.pipeline import read as read_text
from runtimes.small_systems import array, box, equation, read, shifted, system, total

n, M, N_i, N_h, N_x, N_y, N, V, D, H, K = sympy.symbols("n M N_i N_h N_x N_y N V D H K")
GRADIENTS = [
    spiral_gradient,
    two_layer_gradient,
    softcount_gradient,
    same_correlation_gradient,
]
WITH_LIMITS = GRADIENTS[:3]


def all_sizes(found, up_to):
    for values in product(range(1, up_to + 1), repeat=len(found.sizes)):
        yield dict(zip(found.sizes, values, strict=True))


def same(found, wanted):
    return sympy.expand(found - wanted) == 0


@pytest.mark.parametrize("made", GRADIENTS)
@pytest.mark.parametrize("which", [0, 1])
def test_prices_equal_listing_every_point(made, which):
    whole = made()[which]
    for found in (whole, hoist(whole)):
        priced = price(found)
        for sizes in all_sizes(found, 3):
            assert priced.at(sizes) == listed_operations(found, sizes), sizes


@pytest.mark.parametrize("made", WITH_LIMITS)
def test_reads_and_writes_equal_listing_every_point(made):
    whole = made()[1]
    priced = price(whole)
    for sizes in all_sizes(whole, 3):
        assert evaluate(priced.counts["reads"], sizes) == listed_reads(whole, sizes)
        written = sum(
            len(list(domains.points(domains.fix(e.domain, sizes), e.indices)))
            for e in whole.equations
        )
        assert evaluate(priced.counts["writes"], sizes) == written


@pytest.mark.parametrize(
    "text",
    [
        "L = sum(i=1..n) a[i] b[i] c[i] / d[i]",
        "L = sum(i=1..n) a[i] sum(k=1..i) b[k]",
        "L = sum(i=1..n) sum(k=1..i) 2 n a[i,k] b[k]^3",
        "h[t] = tanh(h[t-1] u + x[t]) for 1 <= t <= n\nh[0] = x[0]\nL = sum(t=1..n) h[t]^2",
        "b[i] = {exp(a[i]) if a[i] > 9; a[i]^2 otherwise} for 1 <= i <= n",
        "p[i] = exp(x[i]) / sum(k=1..n) exp(x[k]) for 1 <= i <= n\nL = sum(i=1..n) p[i] q[i]",
        "L = sum(i=1..n) prod(k=i..n) a[k] + max(i=1..n) a[i]^-2",
    ],
)
def test_texts_and_their_gradients(text):
    forward = read_text(text)
    for found in (forward, derive(forward).system):
        priced = price(found)
        for size in range(1, 6):
            assert priced.at({"n": size}) == listed_operations(found, {"n": size})


@pytest.mark.parametrize(
    ("made", "array_name", "macs"),
    [
        (spiral_gradient, "xi", n * M * (M - 1) / 2),
        (spiral_gradient, "delta", n * (M - 1) * (M - 2) / 2),
        (spiral_gradient, "dE_dw", n * M * (M - 1) / 2),
        (two_layer_gradient, "z", N_i * N_h * N_x),
        (two_layer_gradient, "f", N_i * N_h * N_y),
        (two_layer_gradient, "dL_dz", N_i * N_h * N_y),
        (two_layer_gradient, "dL_dW1", N_i * N_h * N_x),
        (two_layer_gradient, "dL_dW2", N_i * N_h * N_y),
        (softcount_gradient, "xi", N * V * D),
        (softcount_gradient, "dL_dxi", 0),
        (same_correlation_gradient, "xi", 2 * H * K - K**2 + H - K),
        (same_correlation_gradient, "dL_dw", 2 * H * K - K**2 + H - K),
        (same_correlation_gradient, "dL_dh", 2 * H * K - K**2 + H - K),
    ],
)
def test_macs_of_every_array(made, array_name, macs):
    priced = price(made()[1], (array_name,))
    assert same(priced.macs, macs)
    assert {row.equation.target for row in priced.equations} == {array_name}


@pytest.mark.parametrize("made", [spiral_gradient, two_layer_gradient, softcount_gradient])
def test_one_polynomial_for_all_sizes(made):
    assert len(price(made()[1]).counts["macs"]) == 1


def test_another_polynomial_where_a_case_is_empty():
    """At M = 1 there is no delta[i,M], and h[i,M] - y[i] is subtracted once per token only."""
    priced = price(spiral_gradient()[1])
    assert same(priced.additions, 3 * n)
    assert [priced.at({"n": 10, "M": m}).additions for m in (1, 2, 3)] == [20, 30, 30]


def test_the_softcount_loss_in_full():
    """Per token and class: two exponentials and a logarithm, a maximum, a bracket, a division."""
    priced = price(hoist(softcount_gradient()[0]))
    assert same(priced.macs, N * V * D)
    assert same(priced.calls, 3 * N * V)
    assert same(priced.comparisons, 2 * N * V)
    assert same(priced.divisions, N * V)
    assert same(priced.multiplications, N * V)
    assert same(priced.additions, N * V)
    assert same(priced.reads, N * V * (2 * D + 5))
    assert same(priced.writes, 2 * N * V + N + 1)


def test_a_sum_that_does_not_move_is_paid_at_every_point_until_it_is_hoisted():
    forward = read_text("p[i] = exp(x[i]) / sum(k=1..n) exp(x[k]) for 1 <= i <= n")
    assert same(price(forward).calls, n + n**2)
    assert same(price(hoist(forward)).calls, 2 * n)


def test_an_index_may_hide_one_around():
    """b[i] = sum(i=1..3) a[i]: the inner i runs by itself."""
    inner = total(box(i=(1, 3)), "i", read("a", "i"))
    found = system(
        "n",
        [array("a", "i", box(i=(1, 3))), array("b", "i", box(i=(1, "n")))],
        [equation(read("b", "i"), "i", box(i=(1, "n")), inner)],
        outputs=("b",),
    )
    assert same(price(found).additions, 3 * n)


def test_number_of_elements():
    forward = spiral_gradient()[0]
    found = elements(forward.arrays["w"], forward)
    assert [evaluate(found, {"M": m, "n": 1}) for m in (1, 2, 5)] == [0, 1, 10]


UNDECLARED = "\\xi[n] = \\sum_{m} w[m - n] h[m]"


def test_an_unknown_range_says_what_to_declare():
    layer = read_text(UNDECLARED)
    with pytest.raises(DeltaruleError) as caught:
        price(layer)
    assert caught.value.code == "E203"
    assert caught.value.help == "declare the support of w, h"
    assert caught.value.at is not None
    with pytest.raises(DeltaruleError, match="its range is not known") as caught:
        elements(layer.arrays["w"], layer)
    assert caught.value.help == "declare the support of w"


def test_of_an_adjoint_the_array_that_it_belongs_to_is_named():
    gradient = derive(read_text(UNDECLARED)).system
    assert undeclared(gradient, defined(gradient)) == ("w", "h")


def test_strides_that_need_a_division_are_an_error():
    half = domains.from_relations(
        [domains.at_least(shifted("n", 0), build_twice("i")), domains.at_least(*at_least_one("i"))]
    )
    body = build.multiply(read("a", "i"), read("b", "i"))
    found = system(
        "n",
        [array("a", "i", half), array("b", "i", half), array("L")],
        [equation(read("L"), "", box(), Reduce("sum", ("i",), half, body))],
        "L",
    )
    with pytest.raises(DeltaruleError, match="no polynomial form"):
        price(found)


def build_twice(index):
    return shifted(index, index)


def at_least_one(index):
    return shifted(index, 0), shifted(1, 0)


def test_sympy_is_not_imported_before_something_is_shown():
    program = (
        "import sys; import deltarule.cli, deltarule.costs.report; "
        "from deltarule.pipeline import read; from deltarule.costs.count import price; "
        "price(read('L = sum(i=1..n) a[i] b[i]')); sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
