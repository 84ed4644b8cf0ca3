"""Boxes around domains: the ranges that a vectorised operation runs over, as loops advance.

The bounds are affine in the loop variables where isl finds them so; they are found once, and each
turn of a loop only evaluates them. A domain that fills its box needs no mask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine
from deltarule.runtimes import layout

Limits = dict[str, tuple[int, int]]
Bounds = tuple[list[Affine], list[Affine]]


class Region:
    """Where an operation runs: `indices` of its own, over `axes` that are given around it.

    `required` is the condition that its points must meet, `around` what is known to hold of the
    axes. Sizes are numbers already; all other names (loops, single points) get theirs in `limits`.
    """

    def __init__(
        self, around: Domain, required: Domain, indices: tuple[str, ...], axes: tuple[str, ...]
    ) -> None:
        self.indices = indices
        self.required = required
        self.whole = domains.intersect(around, required)
        names = (*indices, *axes)
        self.outer = tuple(n for n in domains.involved(self.whole) if n not in names)
        self.bounds = {i: self._bounds(self.whole, i) for i in indices}
        self.exact = self._fills({a: self._bounds(around, a) for a in axes if a not in indices})

    def _bounds(self, domain: Domain, index: str) -> Bounds | None:
        over = domains.project_onto(domain, (index, *self.outer))
        found = domains.bounds(over, index)
        if found is None or not found[0] or not found[1]:
            return None
        return found

    def _fills(self, axes: Mapping[str, Bounds | None]) -> bool:
        """Whether every point of the box meets the condition, wherever the loops are."""
        parts = [domains.project_onto(self.whole, self.outer)]
        for index, found in {**self.bounds, **axes}.items():
            if found is None:
                return False
            here = affine.name(index)
            relations = [domains.at_least(here, low) for low in found[0]]
            relations += [domains.at_least(high, here) for high in found[1]]
            parts.append(domains.from_relations(relations))
        return domains.is_subset(domains.intersect(*parts), self.required)

    def runs(self, fixed: Mapping[str, int]) -> bool:
        """Whether there is any point where the outer names have these numbers."""
        here = {n: fixed[n] for n in self.outer}
        return not domains.is_empty(domains.fix(self.whole, here))

    def limits(self, fixed: Mapping[str, int]) -> Limits | None:
        """The box of the indices where the outer names have these numbers; None when it is empty."""
        result: Limits = {}
        for index in self.indices:
            found = self.bounds[index]
            if found is None:
                extent = self._extent(index, fixed)
            else:
                low = max(affine.value(f, fixed) for f in found[0])
                high = min(affine.value(f, fixed) for f in found[1])
                extent = (low, high) if low <= high else None
            if extent is None:
                return None
            result[index] = extent
        return result

    def _extent(self, index: str, fixed: Mapping[str, int]) -> tuple[int, int] | None:
        here = domains.fix(self.whole, {n: fixed[n] for n in self.outer})
        return domains.extent(here, index)

    def mask(self, fixed: Mapping[str, int], limits: Limits) -> NDArray[Any] | None:
        """Which points of a box meet the condition; None when all do."""
        if self.exact:
            return None
        known = {n: fixed[n] for n in domains.names_of(self.required) if n in fixed}
        return layout.inside(domains.fix(self.required, known), limits)


def volume(domain: Domain, indices: tuple[str, ...]) -> int:
    """The number of points of the box around a domain of numbers; huge when it is unbounded."""
    result = 1
    for index in indices:
        over = domains.project_onto(domain, (index,))
        if not domains.is_bounded_in(over, index):
            return 1 << 62
        found = domains.extent(over, index)
        if found is None:
            return 0
        result *= found[1] - found[0] + 1
    return result
