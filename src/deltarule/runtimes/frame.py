"""The axes that an expression is evaluated over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deltarule.runtimes.regions import Limits


@dataclass(frozen=True, slots=True)
class Frame:
    """The axes with their limits, and the names that are numbers here (sizes, loops, single points)."""

    limits: Limits
    fixed: Mapping[str, int]

    def shape(self) -> tuple[int, ...]:
        return tuple(high - low + 1 for low, high in self.limits.values())

    def extended(self, more: Limits) -> Frame:
        """With the axes of a reduction; an axis of one point is a number."""
        single = {n: low for n, (low, high) in more.items() if low == high}
        axes = {n: r for n, r in more.items() if n not in single}
        return Frame({**self.limits, **axes}, {**self.fixed, **single})
