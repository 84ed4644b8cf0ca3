"""Accesses as strided views: an affine access is memory seen through offsets and strides, no copy.

Buffers are allocated once all views are known, with a border of zeros where a view reaches beyond
the array's own box; reads there happen only at points that a mask hides or that count as zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from deltarule.equations.nodes import Affine
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError
from deltarule.runtimes import layout
from deltarule.runtimes.regions import Limits

BUDGET = 2 << 30  # bytes that one System's buffers, or one intermediate, may take


@dataclass(slots=True)
class View:
    """array[subscripts] over a box of axes; an axis that no subscript has is of extent 1."""

    array: str
    starts: tuple[int, ...]  # the subscripts at the low corner of the box
    steps: tuple[tuple[int, ...], ...]  # per subscript, its step along each axis
    extents: tuple[int, ...]
    values: NDArray[Any] = field(default_factory=lambda: np.empty(0), repr=False)


class Workspace:
    """The buffers of all arrays of a System at given sizes."""

    def __init__(
        self, arrays: Mapping[str, Array], sizes: Mapping[str, int], dtype: np.dtype[Any]
    ) -> None:
        self.arrays = arrays
        self.dtype = dtype
        self.boxes = {name: layout.box(array, sizes) for name, array in arrays.items()}
        self.reach = {n: [list(limits) for limits in box] for n, box in self.boxes.items()}
        self.views: list[View] = []
        self.buffers: dict[str, NDArray[Any]] = {}

    def view(
        self, name: str, subscripts: tuple[Affine, ...], limits: Limits, fixed: Mapping[str, int]
    ) -> View:
        """A view to be filled in by `allocate`."""
        axes = tuple(limits)
        corner = {**fixed, **{a: low for a, (low, _) in limits.items()}}
        starts, steps = [], []
        used: set[str] = set()
        for form in subscripts:
            coefficients = {str(n): c for n, c in form.terms}
            starts.append(form.constant + sum(c * corner[n] for n, c in coefficients.items()))
            steps.append(tuple(coefficients.get(a, 0) for a in axes))
            used |= set(coefficients)
        extents = tuple(limits[a][1] - limits[a][0] + 1 if a in used else 1 for a in axes)
        result = View(name, tuple(starts), tuple(steps), extents)
        self._note_reach(result)
        self.views.append(result)
        return result

    def _note_reach(self, view: View) -> None:
        for axis, (start, steps) in enumerate(zip(view.starts, view.steps, strict=True)):
            spans = [s * (e - 1) for s, e in zip(steps, view.extents, strict=True)]
            reach = self.reach[view.array][axis]
            reach[0] = min(reach[0], start + sum(s for s in spans if s < 0))
            reach[1] = max(reach[1], start + sum(s for s in spans if s > 0))

    def allocate(self) -> None:
        """Make the buffers, zero, and point every view into them. Raises E308."""
        total = 0
        for name, reach in self.reach.items():
            shape = tuple(max(0, high - low + 1) for low, high in reach)
            kind = np.dtype(np.int64) if self.arrays[name].kind == "integer" else self.dtype
            total += int(np.prod(shape, dtype=object)) * kind.itemsize
            check_budget(total, f"the arrays up to '{name}'")
            self.buffers[name] = np.zeros(shape, dtype=kind)
        for view in self.views:
            view.values = self._point(view)
        self.views.clear()

    def _point(self, view: View) -> NDArray[Any]:
        buffer = self.buffers[view.array]
        if not view.starts:
            return buffer.reshape(view.extents)
        if 0 in view.extents or buffer.size == 0:
            return np.zeros(view.extents, dtype=buffer.dtype)
        lows = [low for low, _ in self.reach[view.array]]
        corner = tuple(s - low for s, low in zip(view.starts, lows, strict=True))
        strides = tuple(
            sum(
                steps[axis] * stride
                for steps, stride in zip(view.steps, buffer.strides, strict=True)
            )
            for axis in range(len(view.extents))
        )
        at_corner = buffer[tuple(slice(c, None) for c in corner)]
        return as_strided(at_corner, view.extents, strides)

    def own(self, name: str) -> NDArray[Any]:
        """An array's own box within its buffer."""
        if not self.boxes[name]:
            return self.buffers[name]
        window = tuple(
            slice(low - reach[0], high - reach[0] + 1)
            for (low, high), reach in zip(self.boxes[name], self.reach[name], strict=True)
        )
        return self.buffers[name][window]

    def low(self, name: str) -> tuple[int, ...]:
        """The subscripts of the buffer's first element."""
        return tuple(reach[0] for reach in self.reach[name])


def check_budget(size: int, what: str) -> None:
    """Raises E308 when an allocation of `size` bytes is beyond the budget."""
    if size > BUDGET:
        raise DeltaruleError(
            "E308",
            f"{what} would need {size / 2**30:.1f} GiB",
            seen=f"the budget is {BUDGET / 2**30:.0f} GiB",
            help="use smaller sizes",
        )
