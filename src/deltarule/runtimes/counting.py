"""Counts the operations of every element that is evaluated, by listing the points of its sums.

The rules are those of `costs.rules`; what is not shared with the pricing is the counting: points
are enumerated here, and are polynomials there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deltarule.costs import rules
from deltarule.costs.rules import KINDS, Operations
from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import ArgReduce, Expr, Reduce
from deltarule.equations.system import Array
from deltarule.runtimes.points import Grouped, grouped, limits

Env = Mapping[str, int]
Costs = Callable[[Env], Operations]


@dataclass
class Counter:
    """Operations executed so far."""

    macs: int = 0
    multiplications: int = 0
    additions: int = 0
    divisions: int = 0
    comparisons: int = 0
    calls: int = 0

    def add(self, done: Operations) -> None:
        for kind in KINDS:
            setattr(self, kind, getattr(self, kind) + getattr(done, kind))


def cost(
    node: Expr, context: Domain, sizes: Mapping[str, int], arrays: Mapping[str, Array]
) -> Operations | Costs:
    """What an expression costs: a constant, or a function of the indices around where it varies."""
    if isinstance(node, Reduce | ArgReduce):
        return _loop_cost(rules.loop(node), context, sizes, arrays)
    own = rules.own_cost(node)
    return _total(own, [cost(part, context, sizes, arrays) for part in rules.parts(node)])


def at(found: Operations | Costs, env: Env) -> Operations:
    return found if isinstance(found, Operations) else found(env)


def _total(own: Operations, parts: list[Operations | Costs]) -> Operations | Costs:
    fixed = _sum([own, *(p for p in parts if isinstance(p, Operations))])
    varying = [p for p in parts if not isinstance(p, Operations)]
    if not varying:
        return fixed
    return lambda env: _sum([fixed, *(p(env) for p in varying)])


def _loop_cost(
    loop: rules.Loop, context: Domain, sizes: Mapping[str, int], arrays: Mapping[str, Array]
) -> Costs:
    domain = limits(loop.domain, loop.body, loop.unlimited, arrays)
    points = grouped(domain, loop.indices, context, sizes)
    around = domains.project_out(context, loop.indices)
    inside = domains.intersect(around, domain)
    per_point = _total(loop.per_point, [cost(p, inside, sizes, arrays) for p in loop.parts])
    if isinstance(per_point, Operations):
        return lambda env: _times(per_point, len(points.at(env)))
    return _varying_loop(points, loop.indices, per_point)


def _varying_loop(points: Grouped, indices: tuple[str, ...], per_point: Costs) -> Costs:
    def total(env: Env) -> Operations:
        inner = dict(env)
        found = []
        for point in points.at(env):
            inner.update(zip(indices, point, strict=True))
            found.append(per_point(inner))
        return _sum(found)

    return total


def _sum(found: list[Operations]) -> Operations:
    return Operations(*(sum(getattr(o, kind) for o in found) for kind in KINDS))


def _times(operations: Operations, count: int) -> Operations:
    return Operations(*(getattr(operations, kind) * count for kind in KINDS))
