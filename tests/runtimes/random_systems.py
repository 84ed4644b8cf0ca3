"""Hypothesis strategies for small Systems: shifted, strided and mixed subscripts, triangles, sums, maxima."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from deltarule.equations import affine, build, domains
from deltarule.equations.domains import Domain
from deltarule.equations.infer import infer
from deltarule.equations.nodes import Access, Affine, Bracket, Call, Expr, Reduce, Relation, Size
from deltarule.equations.system import Array, Equation, System
from deltarule.runtimes.dense import box

SIZES = ("N", "M")
RANKS = {"a": 1, "b": 2, "c": 2}  # the inputs
BOUND = ("k", "l")  # the letters of sums, outermost first


@st.composite
def systems(draw: st.DrawFn) -> System:
    """p[i], then q[i,j] that may read p, then a scalar or a recurrence that reads q; ranges inferred."""
    line, plane = draw(st.sampled_from(LINES)), draw(st.sampled_from(PLANES))
    p = Access("p", (affine.name("i"),))
    q = Access("q", (affine.name("i"), affine.name("j")))
    first = Equation("p", p.subscripts, ("i",), line, draw(expressions(("i",))))
    second = draw(expressions(("i", "j")))
    if domains.is_subset(domains.intersect(plane, POSITIVE), line):
        second = build.multiply(second, build.add(p, build.ONE))
    equations = [first, Equation("q", q.subscripts, ("i", "j"), plane, second)]
    equations.extend(draw(st.sampled_from(ENDS))(plane, q))
    names = {*RANKS, *(e.target for e in equations)}
    read = {a for e in equations for a in _arrays(e.expression)} | {e.target for e in equations}
    arrays = {n: Array(n) for n in sorted(names & read)}
    outputs = tuple(dict.fromkeys(e.target for e in equations))
    return infer(System(SIZES, arrays, tuple(equations), outputs=outputs))


@st.composite
def expressions(draw: st.DrawFn, scope: tuple[str, ...], depth: int = 3) -> Expr:
    """An expression over the indices in scope that reads the inputs only."""
    kinds = ("read",) if depth == 0 else ("read", "tanh", "product", "sum", "reduce", "bracket")
    kind = draw(st.sampled_from(kinds))
    inner = expressions(scope, max(depth - 1, 0))
    if kind == "tanh":
        return Call("tanh", (draw(inner),))
    if kind == "product":
        return build.multiply(draw(inner), draw(inner))
    if kind == "sum":
        scaled = build.multiply(draw(st.sampled_from(NUMBERS)), draw(inner))
        return build.add(scaled, draw(inner))
    if kind == "reduce":
        return draw(reductions(scope, depth))
    if kind == "bracket":
        relation = Relation(draw(forms(scope)), draw(st.sampled_from((">=", "=", "!="))))
        return build.multiply(Bracket(relation), draw(inner))
    name = draw(st.sampled_from(sorted(RANKS)))
    return Access(name, tuple(draw(forms(scope)) for _ in range(RANKS[name])))


@st.composite
def reductions(draw: st.DrawFn, scope: tuple[str, ...], depth: int) -> Expr:
    """A sum over a box or a triangle, or a maximum over a range that is never empty."""
    index = next((letter for letter in BOUND if letter not in scope), None)
    if index is None:
        return draw(expressions(scope, 0))
    last, here, outer = affine.name("M"), affine.name(index), affine.name(scope[0])
    one = affine.number(1)
    never_empty = (
        domains.between(one, index, last),
        domains.between(outer, index, affine.add(outer, affine.number(2))),
    )
    may_be_empty = (
        domains.between(one, index, affine.subtract(outer, one)),
        domains.between(affine.add(outer, one), index, last),
    )
    op = draw(st.sampled_from(("sum", "sum", "max")))
    ranges = never_empty if op == "max" else never_empty + may_be_empty
    body = draw(expressions((*scope, index), depth - 1))
    if draw(st.booleans()):  # so that the index is surely read
        body = build.multiply(Access("a", (here,)), body)
    return Reduce(op, (index,), draw(st.sampled_from(ranges)), body)


@st.composite
def forms(draw: st.DrawFn, scope: tuple[str, ...]) -> Affine:
    """i, i + 1, -j, 2 k - 1, i - k, …"""
    first = draw(st.sampled_from(scope))
    terms = [(first, draw(st.sampled_from((1, 1, -1, 2))))]
    others = [n for n in scope if n != first]
    if others and draw(st.booleans()):
        terms.append((draw(st.sampled_from(others)), draw(st.sampled_from((1, -1)))))
    return affine.make(terms, draw(st.integers(-2, 2)))


def random_arrays(system: System, sizes: dict[str, int], seed: int) -> dict[str, np.ndarray]:
    """Normal numbers for the inputs, over the bounding boxes of their supports."""
    rng = np.random.default_rng(seed)
    found = {}
    for name in RANKS:
        if name in system.arrays:
            shape = [high - low + 1 for low, high in box(system, name, sizes)]
            found[name] = rng.normal(size=shape)
    return found


# ------------------------------------------------------------------------------ how a System ends


def _scalar(plane: Domain, q: Access) -> list[Equation]:
    """s = sum(i, j) q[i,j]^2 / N."""
    body = build.divide(build.power(q, 2), Size("N"))
    total = Reduce("sum", ("i", "j"), plane, body)
    return [Equation("s", (), (), domains.everything(), total)]


def _forwards(plane: Domain, q: Access) -> list[Equation]:
    """r[i] = tanh(r[i-1] + sum(j) q[i,j]): one element after the other."""
    return _recurrence(plane, q, -1, affine.number(1))


def _backwards(plane: Domain, q: Access) -> list[Equation]:
    """r[i] = tanh(r[i+1] + sum(j) q[i,j])."""
    return _recurrence(plane, q, 1, affine.name("N"))


def _recurrence(plane: Domain, q: Access, step: int, start: Affine) -> list[Equation]:
    here = affine.name("i")
    first = domains.from_relations([domains.equal(here, start)])
    rest = domains.subtract(domains.between(affine.number(1), "i", affine.name("N")), first)
    before = Access("r", (affine.add(here, affine.number(step)),))
    row = Reduce("sum", ("j",), plane, q)
    return [
        Equation("r", (here,), ("i",), first, build.ONE),
        Equation("r", (here,), ("i",), rest, Call("tanh", (build.add(before, row),))),
    ]


def _all_before(plane: Domain, q: Access) -> list[Equation]:
    """r[i] = 1 + sum(l=1..i-1) r[l] / 2 + sum(j) q[i,j]: each element sees all before it."""
    here = affine.name("i")
    past = domains.between(affine.number(1), "l", affine.subtract(here, affine.number(1)))
    half = build.multiply(build.number(Fraction(1, 2)), Access("r", (affine.name("l"),)))
    row = Reduce("sum", ("j",), plane, q)
    right = build.add(build.ONE, Reduce("sum", ("l",), past, half), row)
    inside = domains.between(affine.number(1), "i", affine.name("N"))
    return [Equation("r", (here,), ("i",), inside, right)]


ENDS = (_scalar, _forwards, _backwards, _all_before)

# ------------------------------------------------------------------------------ ranges and numbers


def _box(**ranges: tuple[int | str, str]) -> Domain:
    parts = [
        domains.between(
            affine.number(low) if isinstance(low, int) else affine.name(low), i, affine.name(high)
        )
        for i, (low, high) in ranges.items()
    ]
    return domains.intersect(*parts)


POSITIVE = domains.from_relations(domains.at_least(affine.name(s), affine.number(1)) for s in SIZES)
LINES = (_box(i=(1, "N")), _box(i=(-1, "M")), _box(i=(0, "N")))
PLANES = (
    _box(i=(1, "N"), j=(1, "M")),
    _box(i=(1, "N"), j=(1, "i")),
    _box(i=(1, "N"), j=("i", "N")),
    _box(i=(1, "N"), j=(0, "M")),
)
NUMBERS = tuple(build.number(Fraction(n)) for n in ("-1", "2", "1/3", "-3/2"))


def _arrays(node: Expr) -> set[str]:
    from deltarule.equations import walk

    return {access.array for access in walk.accesses(node)}
