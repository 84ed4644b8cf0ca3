import pytest

from deltarule.equations import affine, domains
from deltarule.equations.regions import preimage, region
from deltarule.equations.system import Array
from deltarule.pipeline import read

SUPPORTS = {"a": range(3), "b": range(1, 5), "c": range(7, 9)}


def arrays(system):
    known = dict(system.arrays)
    for name, span in SUPPORTS.items():
        low, high = affine.number(span[0]), affine.number(span[-1])
        known[name] = Array(name, ("s",), domains.between(low, "s", high))
    return known


@pytest.mark.parametrize(
    ("body", "points"),
    [
        ("a[m]", {0, 1, 2}),
        ("a[m - 3]", {3, 4, 5}),
        ("a[-m]", {-2, -1, 0}),
        ("a[2 m]", {0, 1}),
        ("a[m] b[m]", {1, 2}),
        ("a[m] + b[m]", {0, 1, 2, 3, 4}),
        ("a[m] c[m]", set()),
        ("(a[m] + c[m]) b[m - 2]", set()),
        ("a[m]^2", {0, 1, 2}),
        ("2 exp(a[m])", {0, 1, 2}),
        ("sum(l) a[m - l] c[l]", {7, 8, 9, 10}),
        ("sum(l=0..1) a[m - l]", {0, 1, 2, 3}),
    ],
)
def test_where_an_expression_can_differ_from_zero(body, points):
    system = read(f"x[m] = {body}")
    found = region(system.equations[0].expression, arrays(system))
    assert {m for (m,) in domains.points(found, ("m",))} == points


def test_without_arrays_there_is_no_limit():
    system = read("x[m] = 3 m for 1 <= m <= 2")
    assert region(system.equations[0].expression, system.arrays) is None


def test_a_subscript_that_is_data_may_be_anywhere():
    system = read("x[i] = W[y[i], i] for 1 <= i <= n\ny[i] in {1, ..., V}")
    found = preimage(system.equations[0].expression, system.arrays)
    assert set(domains.involved(found)) - {"V"} == {"i", "n"}
