"""What a recurrence must compute, from what is wanted of it."""

from __future__ import annotations

import pytest

import deltarule as dr
from deltarule.equations import affine, demand, domains
from deltarule.equations.dependences import element_name
from deltarule.equations.system import positive_sizes

MATRIX_CHAIN = """
m[i,j] = min(i <= k < j) (m[i,k] + m[k+1,j])   for 1 <= i < j <= n
m[i,i] = 0   for i = 1..n
"""

NEEDED = [
    # equations, array, the element wanted, at these sizes, elements needed
    ("h[t] = u h[t-1] for t = 1..T\nh[0] = 0", "h", [3], {"T": 5}, [(0,), (1,), (2,), (3,)]),
    ("b[t] = u b[t+1] for t = 1..T-1\nb[T] = 0", "b", [3], {"T": 5}, [(3,), (4,), (5,)]),
    ("y[t] = u y[t-2] for t = 2..T\ny[0] = 0\ny[1] = 0", "y", [4], {"T": 9}, [(0,), (2,), (4,)]),
    (MATRIX_CHAIN, "m", [2, 3], {"n": 4}, [(2, 2), (2, 3), (3, 3)]),
    (MATRIX_CHAIN, "m", [2, 4], {"n": 5}, [(2, 2), (2, 3), (2, 4), (3, 3), (3, 4), (4, 4)]),
]


@pytest.mark.parametrize(("text", "name", "element", "sizes", "expected"), NEEDED)
def test_what_is_computed_from_what(text, name, element, sizes, expected):
    system = dr.read(text)
    names = tuple(element_name(axis) for axis in range(len(element)))
    wanted = domains.from_relations(
        domains.equal(affine.name(n), affine.number(e)) for n, e in zip(names, element, strict=True)
    )
    found = needed(system, {name: wanted})
    assert list(domains.points(domains.fix(found[name], sizes), names)) == expected


def test_what_nobody_wants_is_not_needed():
    found = needed(dr.read("h[t] = u h[t-1] for t = 1..T\nh[0] = 0"), {})
    assert domains.is_empty(found["h"])


def test_no_answer_is_none(monkeypatch):
    monkeypatch.setattr(demand, "MOST_OPERATIONS", 1)
    assert steps(dr.read("h[t] = u h[t-1] for t = 1..T\nh[0] = 0")) is None


def steps(system):
    return demand.steps(system.equations, ranks(system), system.sizes, positive_sizes(system))


def needed(system, wanted):
    closed = steps(system)
    assert closed is not None
    return demand.needed(wanted, closed, ranks(system))


def ranks(system):
    return {e.target: len(e.subscripts) for e in system.equations}
