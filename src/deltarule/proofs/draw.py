"""Random points for a proof: elements of inputs and of directions, by the author's subscripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from deltarule.equations import affine, domains
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError
from deltarule.runtimes.points import listed

T = TypeVar("T")
Points = dict[str, dict[tuple[int, ...], T]]


def draw_arrays(
    arrays: Mapping[str, Array],
    sizes: Mapping[str, int],
    real: Callable[[str], T],
    integer: Callable[[int, int], int],
) -> Points[T]:
    """`real(name)` for every element; integer arrays get Python ints within their range."""
    found: Points[T] = {}
    for name, array in arrays.items():
        if array.kind == "integer":
            low, high = values(array, sizes)
            drawn = {p: integer(low, high) for p in subscripts(array, sizes)}
            found[name] = cast("dict[tuple[int, ...], T]", drawn)
        else:
            found[name] = {p: real(name) for p in subscripts(array, sizes)}
    return found


def subscripts(array: Array, sizes: Mapping[str, int]) -> list[tuple[int, ...]]:
    """All elements of an array; E104 where its support is not known."""
    if array.support is None:
        raise DeltaruleError(
            "E104",
            f"the range of '{array.name}' cannot be inferred",
            at=array.span,
            help=f"declare its support, for example `{array.name}[m] for 0 <= m < H`",
        )
    return listed(domains.fix(array.support, sizes), array.axes)


def values(array: Array, sizes: Mapping[str, int]) -> tuple[int, int]:
    """The smallest and the largest value of an integer array; E104 where they are not known."""
    if array.values is None:
        raise DeltaruleError(
            "E104",
            f"the values of the integer array '{array.name}' have no known range",
            at=array.span,
            help=f"declare them, for example `{array.name} \\in \\{{1, \\dots, N\\}}`",
        )
    low, high = array.values
    return affine.value(low, sizes), affine.value(high, sizes)
