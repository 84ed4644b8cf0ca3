"""Dense arrays for the reference interpreter: storage over the bounding box of a support."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.system import Array, System, inputs
from deltarule.errors import DeltaruleError
from deltarule.runtimes.arithmetic import Arithmetic, Float, Rational
from deltarule.runtimes.points import listed
from deltarule.runtimes.reference import evaluate

Box = tuple[tuple[int, int], ...]  # the smallest and the largest subscript of each axis
Elements = dict[tuple[int, ...], Any]


def box(system: System, name: str, sizes: Mapping[str, int]) -> Box:
    """The bounding box of an array's support; (0, -1) on every axis of an empty one."""
    array = system.arrays[name]
    support = _support(array, sizes)
    extents = [domains.extent(support, axis) for axis in array.axes]
    return tuple((0, -1) if e is None else e for e in extents)


def to_dense(
    system: System,
    name: str,
    sizes: Mapping[str, int],
    elements: Mapping[tuple[int, ...], Any],
    dtype: Any = np.float64,
) -> np.ndarray[Any, Any]:
    """The elements as an array over the bounding box, zero where the support has holes."""
    limits = box(system, name, sizes)
    result = np.zeros([high - low + 1 for low, high in limits], dtype=dtype)
    for point in listed(_support(system.arrays[name], sizes), system.arrays[name].axes):
        if point in elements:
            result[_place(point, limits)] = elements[point]
    return result


def from_dense(system: System, name: str, sizes: Mapping[str, int], array: ArrayLike) -> Elements:
    """The elements on the support of a dense array; E302 where its shape is another."""
    limits = box(system, name, sizes)
    dense = np.asarray(array)
    wanted = tuple(high - low + 1 for low, high in limits)
    if dense.shape != wanted:
        raise DeltaruleError(
            "E302",
            f"the array '{name}' has the shape {dense.shape}, wanted is {wanted}",
            help="pass it over the bounding box of its support",
        )
    known = system.arrays[name]
    points = listed(_support(known, sizes), known.axes)
    return {point: dense[_place(point, limits)] for point in points}


def evaluate_dense(
    system: System,
    sizes: Mapping[str, int],
    arrays: Mapping[str, ArrayLike],
    dtype: type[np.floating[Any]] | Literal["rational"] = np.float64,
) -> dict[str, np.ndarray[Any, Any]]:
    """Every defined array over its bounding box, by definition; fractions for "rational"."""
    arithmetic: Arithmetic[Any] = Rational() if dtype == "rational" else Float(dtype)
    values: dict[str, Elements] = {}
    for name in inputs(system):
        if name not in arrays:
            raise DeltaruleError("E301", f"the array '{name}' is missing")
        elements = from_dense(system, name, sizes, arrays[name])
        convert = int if system.arrays[name].kind == "integer" else _number(arithmetic)
        values[name] = {point: convert(value) for point, value in elements.items()}
    with np.errstate(all="ignore"):
        found = evaluate(system, sizes, values, arithmetic)
    return {
        name: to_dense(system, name, sizes, elements, _storage(system.arrays[name], dtype))
        for name, elements in found.items()
    }


def _number(arithmetic: Arithmetic[Any]) -> Any:
    if isinstance(arithmetic, Float):
        return arithmetic.dtype
    return lambda value: Fraction(value if isinstance(value, Fraction) else value.item())


def _storage(array: Array, dtype: Any) -> Any:
    if array.kind == "integer":
        return np.int64
    return object if dtype == "rational" else dtype


def _support(array: Array, sizes: Mapping[str, int]) -> Domain:
    if array.support is None:
        raise DeltaruleError(
            "E104",
            f"the range of '{array.name}' cannot be inferred",
            at=array.span,
            help=f"declare its support, for example `{array.name}[m] for 0 <= m < H`",
        )
    return domains.fix(array.support, sizes)


def _place(point: tuple[int, ...], limits: Box) -> tuple[int, ...]:
    return tuple(p - low for p, (low, _) in zip(point, limits, strict=True))
