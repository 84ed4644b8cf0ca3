import pytest

from deltarule.costs import rules
from deltarule.costs.rules import Operations
from deltarule.equations import domains
from deltarule.equations.nodes import Reduce
from deltarule.pipeline import read


def expression(text):
    return read(text).equations[-1].expression


@pytest.mark.parametrize(
    ("body", "contracted"),
    [
        ("a[i] b[i]", True),
        ("a[i] (b[i] - c[i])", True),
        ("2 a[i]", False),
        ("n a[i]", False),
        ("a[i]", False),
        ("a[i] a[i]", False),
        ("a[i] / b[i]", False),
        ("[i = 2] a[i]", False),
        ("(a[i] + b[i])", False),
        ("exp(a[i]) b[i]", True),
    ],
)
def test_what_a_contraction_is(body, contracted):
    node = expression(f"L = sum(i=1..n) {body}")
    assert isinstance(node, Reduce)
    assert rules.is_contraction(node) is contracted


def test_a_maximum_is_no_contraction():
    assert not rules.is_contraction(expression("L = max(i=1..n) a[i] b[i]"))


def test_nested_sums_are_one():
    node = rules.flatten(expression("L = sum(i=1..n) sum(k=1..i) sum(l=k..i) a[i,k] b[k,l]"))
    assert node.indices == ("i", "k", "l")
    count = len(list(domains.points(domains.fix(node.domain, {"n": 3}), node.indices)))
    assert count == 1 + 3 + 6


def test_an_inner_index_that_hides_an_outer_name_is_renamed():
    inner = expression("L = sum(k=1..n) a[k] b[k]")
    around = domains.rename(inner.domain, {"k": "i"})
    tied = domains.intersect(around, domains.rename(inner.domain, {}))  # constrains k outside
    node = rules.flatten(Reduce("sum", ("i",), tied, inner))
    assert node.indices[0] == "i"
    assert node.indices[1] not in ("i", "k")
    assert len(list(domains.points(domains.fix(node.domain, {"n": 3, "k": 1}), node.indices))) == 9


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("L = a + b + c", Operations(additions=2)),
        ("L = a b c", Operations(multiplications=2)),
        ("L = -a b", Operations(multiplications=1)),
        ("L = a / b", Operations(divisions=1)),
        ("L = b^-1 c^-1", Operations(divisions=2)),
        ("L = a^3", Operations(multiplications=2)),
        ("L = a^-3", Operations(multiplications=2, divisions=1)),
        ("L = a b^-3", Operations(multiplications=2, divisions=1)),
        ("L = sqrt(a)", Operations(calls=1)),
        ("L = a^b", Operations(calls=1)),
        ("L = exp(a)", Operations(calls=1)),
        ("L = a", Operations()),
    ],
)
def test_the_cost_of_one_node(text, own):
    assert rules.own_cost(expression(text)) == own


def test_the_cost_of_a_reduction_is_per_point():
    loop = rules.loop(expression("L = sum(i=1..n) sum(k=1..i) 2 a[i] b[k] c[i,k]"))
    assert loop.indices == ("i", "k")
    assert loop.per_point == Operations(macs=1, multiplications=2)
    assert len(loop.parts) == 4
