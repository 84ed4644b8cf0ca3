"""Every read of every equation with its slope, and an integer array for the place of each maximum.

y[i] = max(j) x[i,j]   -->   x[i,j] is read with the slope [j = j_star[i]], j_star[i] = argmax(j) x[i,j]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deltarule.equations import affine, domains, matching, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, ArgOp, ArgReduce, Reduce, ReduceOp
from deltarule.equations.system import Array, Equation, System, positive_sizes
from deltarule.equations.vanishing import Vanishing
from deltarule.gradients import naming
from deltarule.gradients.uses import Rules, Use, is_root, uses


@dataclass
class Reads:
    """The reads, the maxima with the equations of their places, and the arrays with those of the places."""

    found: list[tuple[Equation, Use]] = field(default_factory=list)
    places: list[tuple[Reduce, Equation]] = field(default_factory=list)
    arrays: dict[str, Array] = field(default_factory=dict)


def reads_of(system: System) -> Reads:
    """What the equations of real arrays read."""
    result = Reads(arrays=dict(system.arrays))
    zero = Vanishing.of(system.equations) if _has_roots(system) else Vanishing()
    for equation in system.equations:
        if system.arrays[equation.target].kind == "integer":
            continue
        rules = Rules(_PlaceNames(system, result, equation).place_of, system.ties, zero)
        result.found.extend((equation, use) for use in uses(equation.expression, rules))
    return result


def _has_roots(system: System) -> bool:
    nodes = (n for e in system.equations for n in walk.descend(e.expression))
    return any(is_root(n) for n in nodes)


def _known_places(system: System) -> Iterator[tuple[Reduce, Equation]]:
    """The maxima whose places the equations have already, as those of a gradient do."""
    for equation in system.equations:
        place = equation.expression
        if isinstance(place, ArgReduce):
            op: ReduceOp = "max" if place.op == "argmax" else "min"
            yield Reduce(op, (place.index,), place.domain, place.body), equation


@dataclass
class _PlaceNames:
    """Names the place of each maximum in an equation by an integer array of its own."""

    system: System
    reads: Reads
    equation: Equation

    def place_of(self, node: Reduce, indices: tuple[str, ...], domain: Domain) -> Access:
        for known, equation in (*_known_places(self.system), *self.reads.places):
            binding = matching.match(known, node, frozenset(equation.indices))
            if binding is not None:
                place = Access(equation.target, equation.subscripts)
                return affine.substitute_access(place, binding)
        outer = tuple(i for i in (*self.equation.indices, *indices) if i in walk.free_names(node))
        around = domains.intersect(self.equation.domain, domain)
        where = domains.project_onto(around, (*outer, *self.system.sizes))
        return self._new_place(node, outer, domains.gist(where, positive_sizes(self.system)))

    def _new_place(self, node: Reduce, outer: tuple[str, ...], domain: Domain) -> Access:
        index = node.indices[0].rstrip("'")
        node = walk.rename_bound(node, {node.indices[0]: index})
        name = naming.place_name(replace(self.system, arrays=self.reads.arrays), index)
        subscripts = tuple(affine.name(i) for i in outer)
        op: ArgOp = "argmax" if node.op == "max" else "argmin"
        place = ArgReduce(op, index, node.domain, node.body)
        values = self._range(node, index)
        self.reads.arrays[name] = Array(name, outer, domain, "integer", values)
        self.reads.places.append((node, Equation(name, subscripts, outer, domain, place)))
        return Access(name, subscripts)

    def _range(self, node: Reduce, index: str) -> tuple[Affine, Affine] | None:
        """The smallest and largest place, where one bound each says it."""
        over = domains.project_onto(node.domain, (index, *self.system.sizes))
        limits = domains.bounds(over, index)
        if limits is None or len(limits[0]) != 1 or len(limits[1]) != 1:
            return None
        return limits[0][0], limits[1][0]
