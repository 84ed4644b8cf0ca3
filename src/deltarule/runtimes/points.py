"""The integer points of domains at given sizes, listed once and looked up by the names around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deltarule.equations import domains, regions
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Expr
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError

Point = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The points over the inner indices for each point of the outer names that they depend on."""

    outer: tuple[str, ...]
    table: dict[Point, list[Point]]

    def at(self, env: Mapping[str, int]) -> list[Point]:
        return self.table.get(tuple(env[name] for name in self.outer), [])


def grouped(
    domain: Domain, indices: tuple[str, ...], context: Domain, sizes: Mapping[str, int]
) -> Grouped:
    """List the points of a reduction's domain inside a context, which bounds the outer names.

    `indices` hide equal names of the context. Raises E104 where a name has no bound.
    """
    inside = domains.fix(domain, {s: n for s, n in sizes.items() if s not in indices})
    outer = tuple(n for n in domains.involved(inside) if n not in indices)
    around = domains.project_out(domains.fix(context, sizes), indices)
    joined = domains.intersect(inside, domains.project_onto(around, outer))
    table: dict[Point, list[Point]] = {}
    for point in listed(joined, (*outer, *indices)):
        table.setdefault(point[: len(outer)], []).append(point[len(outer) :])
    return Grouped(outer, table)


def listed(domain: Domain, indices: tuple[str, ...]) -> list[Point]:
    """All points in lexicographic order; E104 where there is no bound."""
    try:
        return list(domains.points(domain, indices))
    except ValueError as unbounded:
        raise DeltaruleError(
            "E104",
            f"the range of {', '.join(indices)} cannot be inferred",
            seen=str(unbounded),
            help="declare the supports of the arrays, for example `h[m] for 0 <= m < H`",
        ) from None


def limits(domain: Domain, body: Expr, unlimited: bool, arrays: Mapping[str, Array]) -> Domain:
    """The domain of a reduction; one without limits runs where its body's arrays are supported."""
    inside = regions.region(body, arrays) if unlimited else None
    return domain if inside is None else domains.intersect(domain, inside)
