"""A runtime for tests: the reference interpreter behind the interface of the compiled ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import domains, walk
from deltarule.equations.nodes import Call, Expr
from deltarule.equations.system import Array, System, defined, inputs
from deltarule.runtimes import layout
from deltarule.runtimes.arithmetic import Float
from deltarule.runtimes.interface import Arrays
from deltarule.runtimes.reference import evaluate


class ByDefinition:
    """Counts its bindings and evaluations."""

    name = "by-definition"

    def __init__(self) -> None:
        self.bindings = 0
        self.evaluations = 0

    def bind(
        self,
        system: System,
        sizes: Mapping[str, int],
        wanted: tuple[str, ...],
        functions: Mapping[str, str],
        dtype: np.dtype[Any],
    ) -> BoundByDefinition:
        self.bindings += 1
        named = tuple(
            replace(e, expression=_named(e.expression, functions)) for e in system.equations
        )
        return BoundByDefinition(
            self, replace(system, equations=named), dict(sizes), wanted, np.dtype(dtype)
        )


@dataclass(frozen=True)
class BoundByDefinition:
    runtime: ByDefinition
    system: System
    sizes: dict[str, int]
    wanted: tuple[str, ...]
    dtype: np.dtype[Any]

    def __call__(self, arrays: Arrays) -> dict[str, NDArray[Any]]:
        self.runtime.evaluations += 1
        given = {
            name: self._elements(self.system.arrays[name], arrays[name])
            for name in inputs(self.system)
        }
        found = evaluate(self.system, self.sizes, given, Float(self.dtype.type))
        assert set(self.wanted) <= set(defined(self.system))
        return {name: self._dense(self.system.arrays[name], found[name]) for name in self.wanted}

    def _elements(self, array: Array, dense: NDArray[Any]) -> dict[tuple[int, ...], Any]:
        assert dense.shape == layout.shape(array, self.sizes)
        integer = array.kind == "integer"
        assert dense.dtype == (np.int64 if integer else self.dtype)
        return {
            point: int(dense[at]) if integer else dense[at] for point, at in self._places(array)
        }

    def _dense(self, array: Array, elements: Mapping[tuple[int, ...], Any]) -> NDArray[Any]:
        dtype = np.dtype(np.int64) if array.kind == "integer" else self.dtype
        dense = np.zeros(layout.shape(array, self.sizes), dtype=dtype)
        for point, at in self._places(array):
            dense[at] = elements[point]
        return dense

    def _places(self, array: Array) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        assert array.support is not None
        lows = [low for low, _ in layout.box(array, self.sizes)]
        points = domains.points(domains.fix(array.support, self.sizes), array.axes)
        return [(p, tuple(s - low for s, low in zip(p, lows, strict=True))) for p in points]


def _named(node: Expr, functions: Mapping[str, str]) -> Expr:
    node = walk.map_children(node, lambda child: _named(child, functions))
    if isinstance(node, Call):
        return replace(node, function=functions.get(node.function, node.function))
    return node
