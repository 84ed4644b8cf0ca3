"""Where the elements of an array are stored: dense over the bounding box of its support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError

Box = tuple[tuple[int, int], ...]


def box(array: Array, sizes: Mapping[str, int]) -> Box:
    """The smallest and largest subscript along each axis; high < low where there are no elements.

    Raises E104 when the support is not known.
    """
    if array.support is None:
        axes = ",".join(array.axes)
        raise DeltaruleError(
            "E104",
            f"the range of '{array.name}' cannot be inferred",
            at=array.span,
            help=f"declare it, for example {array.name}[{axes}] for "
            + ", ".join(f"0 <= {a} < N" for a in array.axes),
        )
    here = domains.fix(array.support, sizes)
    found = [domains.extent(here, axis) for axis in array.axes]
    return tuple(f if f is not None else (0, -1) for f in found)


def shape(array: Array, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(high - low + 1 for low, high in box(array, sizes))


def mask(array: Array, sizes: Mapping[str, int]) -> NDArray[np.bool_] | None:
    """True at the elements inside the support; None when that is the whole box."""
    if array.support is None or not array.axes:
        return None
    limits = dict(zip(array.axes, box(array, sizes), strict=True))
    return inside(domains.fix(array.support, sizes), limits)


def inside(domain: Domain, limits: Mapping[str, tuple[int, int]]) -> NDArray[np.bool_] | None:
    """Which points of a box lie in a domain over its axes; None when all do."""
    whole = domains.intersect(domains.everything(), *(_range(n, *r) for n, r in limits.items()))
    if domains.is_subset(whole, domain):
        return None
    extents = tuple(high - low + 1 for low, high in limits.values())
    conjunctions = domains.relations(domain)
    if conjunctions is None:
        return _by_points(domain, limits, extents)
    grid = _grid(limits)
    result: NDArray[np.bool_] = np.zeros(extents, dtype=bool)
    for conjunction in conjunctions:
        holds: NDArray[np.bool_] = np.ones(extents, dtype=bool)
        for relation in conjunction:
            value: Any = relation.affine.constant
            for atom, coefficient in relation.affine.terms:
                value = value + coefficient * grid[str(atom)]
            holds &= {"=": value == 0, "!=": value != 0, ">=": value >= 0}[relation.op]
        result |= holds
    return result


def _range(name: str, low: int, high: int) -> Domain:
    from deltarule.equations import affine

    return domains.between(affine.number(low), name, affine.number(high))


def _grid(limits: Mapping[str, tuple[int, int]]) -> dict[str, NDArray[np.int64]]:
    """Each name's values along its own axis, ready to broadcast."""
    count = len(limits)
    return {
        name: np.arange(low, high + 1).reshape([-1 if i == axis else 1 for i in range(count)])
        for axis, (name, (low, high)) in enumerate(limits.items())
    }


def _by_points(
    domain: Domain, limits: Mapping[str, tuple[int, int]], extents: tuple[int, ...]
) -> NDArray[np.bool_]:
    """For domains with divisibilities: point by point, over the axes that have a condition."""
    whole = domains.intersect(domains.everything(), *(_range(n, *r) for n, r in limits.items()))
    condition = domains.gist(domain, whole)
    involved = [n for n in limits if domains.involves(condition, n)]
    narrow = domains.intersect(condition, *(_range(n, *limits[n]) for n in involved))
    shape = tuple(e if n in involved else 1 for n, e in zip(limits, extents, strict=True))
    result = np.zeros([limits[n][1] - limits[n][0] + 1 for n in involved], dtype=bool)
    for point in domains.points(domains.project_onto(narrow, involved), tuple(involved)):
        result[tuple(p - limits[n][0] for n, p in zip(involved, point, strict=True))] = True
    return np.array(np.broadcast_to(result.reshape(shape), extents))
