"""Every step of an explanation is an equality: both sides are computed at random numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import deltarule as dr
from deltarule import catalog
from deltarule.equations import affine, build, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Call, Expr
from deltarule.equations.objectives import objective_of, scalars
from deltarule.equations.system import Array, Equation, System, inputs
from deltarule.gradients.naming import adjoint_name
from deltarule.gradients.reverse import Derivation, derive, loss_name
from deltarule.gradients.trace import USE
from deltarule.notation.document import front_matter
from deltarule.proofs.bounded import bounded
from deltarule.proofs.draw import draw_arrays
from deltarule.proofs.sizes import choose, near
from deltarule.runtimes.precise import OutsideTheReals, Precise
from deltarule.runtimes.reference import evaluate
from deltarule.source import Source

PAPERS = Path(__file__).parents[1] / "notation" / "papers"
EVERY = 6  # of the published documents
NO_VALUE = {
    "ddim",  # the slope by alpha[0] = 1, which nothing needs, is 0/0 before it is dropped
    "knapsack_kellerer",  # a step inside a case on data reads what is there only in that case
    "supcon",  # its sums over other examples of a class may be empty at small sizes
}
RANGES = [
    (Fraction(1), Fraction(2)),
    (Fraction(1, 20), Fraction(19, 20)),
    (Fraction(-1), Fraction(1)),
]
Elements = dict[tuple[int, ...], Any]
TEXTS = [
    "y[t] = sum(k=0..K-1) w[k] x[t+k]   for t = 1..N\nx[t] for 1 <= t < N+K\nL = sum(t=1..N) tanh(y[t])",
    "m[i] = max(j=1..n) x[i,j]   for i = 1..p\nL = sum(i=1..p) m[i]^2",
    "y[i] = prod(j=1..i) x[j]   for i = 1..n\nL = sum(i=1..n) sin(y[i])",
    "z[i] = W[c[i]] x[i]   for i = 1..n\nc[i] in 1..C\nL = sum(i=1..n) exp(z[i])",
    "E = sum(i=1..n, j=1..n) sqrt(sum(k=1..d) (x[i,k] - x[j,k])^2)",
]


def documents() -> list[Any]:
    """The catalog, some of the published equations, and the texts above."""
    found = [pytest.param(dr.read(name), id=name) for name in catalog.names()]
    for path in sorted(PAPERS.glob("*.md"))[::EVERY]:
        settings = front_matter(Source(path.name, path.read_text("utf-8")))
        if not {"refused", "pending"} & set(settings) and path.stem not in NO_VALUE:
            found.append(pytest.param(dr.read(path), id=path.stem))
    return found + [pytest.param(dr.read(text), id=text.split("\n")[0]) for text in TEXTS]


@pytest.mark.parametrize("system", documents())
def test_both_sides_of_each_step_are_equal(system: System) -> None:
    candidates = scalars(system)
    system = objective_of(system, candidates[0] if len(candidates) > 1 else None)
    derivation = derive(system)
    pairs = [*_rules(derivation), *_chains(system, derivation)]
    if not any(system.arrays[n].kind == "real" for n in inputs(system)):
        assert not pairs
        return
    for (before, after, _), one, other in zip(pairs, *_values(derivation, pairs), strict=True):
        for point, value in one.items():
            assert abs(value - other[point]) <= 1e-20 * (1 + abs(value)), (before, after)


def _rules(derivation: Derivation) -> Iterable[tuple[Expr, Expr, Domain]]:
    for step in derivation.trace.steps:
        yield step.before, step.after, step.context


def _chains(system: System, derivation: Derivation) -> Iterable[tuple[Expr, Expr, Domain]]:
    """What a reader is told of the uses, and what the rule of total derivatives made of them."""
    objective = system.objective or loss_name(system)

    def with_cotangents(node: Expr) -> Expr:
        if isinstance(node, Call) and node.function == USE:
            reader, slope = node.args
            assert isinstance(reader, Access)
            cotangent = Access(adjoint_name(system, objective, reader.array), reader.subscripts)
            return build.multiply(cotangent, slope)
        return walk.map_children(node, with_cotangents)

    for part in derivation.trace.contributions:
        yield with_cotangents(part.chain), part.result, part.domain


def _values(
    derivation: Derivation, pairs: Sequence[tuple[Expr, Expr, Domain]]
) -> tuple[list[Elements], list[Elements]]:
    """Both sides of each pair at all points of its domain, at small sizes and random numbers."""
    collected = derivation.trace.collected
    assert collected is not None
    equations, arrays = list(collected.equations), dict(collected.arrays)
    for number, (before, after, where) in enumerate(pairs):
        for side, expression in (("one", before), ("other", after)):
            equation = _equation(f"{side}{number}", expression, where, collected, (before, after))
            equations.append(equation)
            arrays[equation.target] = Array(equation.target, equation.indices, equation.domain)
    sides = tuple(e.target for e in equations[len(collected.equations) :])
    whole = replace(collected, arrays=arrays, equations=tuple(equations), outputs=sides)
    found = _evaluated(bounded(whole))
    return [found[n] for n in sides[::2]], [found[n] for n in sides[1::2]]


def _equation(
    name: str, expression: Expr, where: Domain, system: System, pair: tuple[Expr, Expr]
) -> Equation:
    """name[i0,i1] = expression, where the indices are all letters that are no sizes."""
    names = {n for side in pair for n in walk.free_names(side)} | set(domains.names_of(where))
    free = sorted(names - set(system.sizes))
    letters = {n: f"i{position}" for position, n in enumerate(free)}
    values = {n: affine.name(new) for n, new in letters.items()}
    domain = domains.rename(where, {n: letters[n] for n in letters if n in domains.names_of(where)})
    axes = tuple(letters.values())
    subscripts = tuple(affine.name(a) for a in axes)
    return Equation(name, subscripts, axes, domain, walk.substitute(expression, values))


def _evaluated(system: System) -> dict[str, Elements]:
    """All arrays at the first numbers at which they have values."""
    wanted = {n: system.arrays[n] for n in inputs(system)}
    places = [other for sizes in choose(system) for other in near(sizes, system)]
    for sizes, ends in product(places, RANGES):
        source, arithmetic = random.Random(0), Precise(40, 0)
        real = partial(_real, source, arithmetic, ends)
        try:
            drawn = draw_arrays(wanted, sizes, real, source.randint)
            return evaluate(system, sizes, drawn, arithmetic)
        except (ZeroDivisionError, OutsideTheReals):
            continue
    raise AssertionError("no numbers were found at which all steps have values")


def _real(
    source: random.Random, arithmetic: Precise, ends: tuple[Fraction, Fraction], name: str
) -> Any:
    low, high = ends
    return arithmetic.number(low + (high - low) * Fraction(source.random()))
