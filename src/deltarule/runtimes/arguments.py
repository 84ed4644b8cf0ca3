"""What a user passes, checked and made ready for a runtime.

Arrays come dense over the bounding box of their support. What stands outside the support is ignored,
whatever it is. Every complaint says what was seen, what was wanted, and how to mend it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import affine
from deltarule.equations.system import Array, System, defined, inputs
from deltarule.errors import DeltaruleError
from deltarule.runtimes import layout
from deltarule.runtimes.shapes import Extents, Shape, shape_text

AnyArray = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Argument:
    """What is wanted of one array at given sizes; `admit` checks a value against it."""

    name: str
    shape: Shape
    dtype: np.dtype[Any]
    base: tuple[int, ...]  # the author's subscripts of the first element
    mask: NDArray[np.bool_] | None  # the elements inside the support, None when all are
    fill: int  # what the runtime gets outside
    values: tuple[int, int] | None  # of an integer array: the smallest and the largest
    values_text: str


def prepare(array: Array, sizes: Mapping[str, int], dtype: np.dtype[Any]) -> Argument:
    """The check of one array. `dtype` is that of real arrays."""
    box = layout.box(array, sizes)
    values, text = None, ""
    if array.values is not None:
        values = (affine.value(array.values[0], sizes), affine.value(array.values[1], sizes))
        text = f"{values[0]}..{values[1]}"
    is_integer = array.kind == "integer"
    return Argument(
        array.name,
        tuple(high - low + 1 for low, high in box),
        np.dtype(np.int64) if is_integer else dtype,
        tuple(low for low, _ in box),
        layout.mask(array, sizes),
        values[0] if values is not None and is_integer else 0,
        values if is_integer else None,
        text,
    )


def admit(argument: Argument, value: AnyArray) -> AnyArray:
    """The array as the runtime takes it: of the runtime's type, in C order, filled outside its support.

    The shape must be right already. Raises E304 for NaN or infinity and E306 for an integer outside
    its range, with the first position in the author's subscripts.
    """
    if value.shape != argument.shape:  # an empty array, of which only one length need be zero
        value = value.reshape(argument.shape)
    if argument.mask is not None:
        value = np.where(argument.mask, value, value.dtype.type(argument.fill))
    if argument.values is not None and value.size:
        _check_range(argument, value, *argument.values)
    result = value if value.dtype == argument.dtype else _convert(value, argument.dtype)
    if result.dtype.kind == "f":
        finite = np.isfinite(result)
        if not finite.all():
            raise _not_finite(argument, value, finite)
    return np.asarray(result, order="C")


def check_names(system: System, given: Iterable[str]) -> None:
    """Raises E110 for a keyword that is neither an input nor a size, E301 for inputs that are missing."""
    given = tuple(given)
    wanted = inputs(system)
    unknown = [name for name in given if name not in wanted and name not in system.sizes]
    if unknown:
        raise _unknown(system, unknown[0])
    missing = [name for name in wanted if name not in given]
    if missing:
        raise _missing(system, missing)


def to_array(array: Array, value: object) -> AnyArray:
    """A number, a list or another library's array as a NumPy array of a type that fits.

    Raises E303 where it holds something else than the real numbers, or the integers, that are wanted.
    """
    try:
        result = np.asarray(value)
    except (TypeError, ValueError) as wrong:
        raise _wrong_type(array, str(wrong)) from None
    kinds = "iu" if array.kind == "integer" else "fiub"
    if result.dtype.kind not in kinds:
        raise _wrong_type(array, f"an array of type {result.dtype}")
    return result


def check_rank(array: Array, extents: Extents, value: AnyArray) -> None:
    """Raises E302 for an array with another number of axes than the equations' subscripts."""
    if value.ndim != len(array.axes):
        raise DeltaruleError(
            "E302",
            f"the array '{array.name}' has the wrong number of axes",
            seen=f"{value.ndim}, of shape {shape_text(value.shape)}",
            help=f"expected {len(array.axes)}: {extents.text(array.name)}",
        )


def to_size(name: str, value: object) -> int:
    """A size that was passed by name. Raises E303 where it is no integer."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise DeltaruleError(
            "E303",
            f"the size '{name}' must be an integer",
            seen=f"{value!r}"[:60],
            help=f"for example {name}=32",
        )
    return int(value)


def position_text(name: str, base: tuple[int, ...], position: Iterable[int]) -> str:
    """An element in the author's subscripts: storage (1, 2) with bases (2, 1)  -->  w[3,3]."""
    subscripts = [str(low + int(at)) for low, at in zip(base, position, strict=True)]
    return f"{name}[{','.join(subscripts)}]" if subscripts else name


def wanted(extents: Extents, name: str) -> str:
    """What to pass: `(n, M - 1)`, `integers (n,)`, or `of unknown shape`."""
    array = extents.system.arrays[name]
    shape = extents.text(name) if array.support is not None else "of unknown shape"
    if array.kind == "real":
        return shape
    return f"integers {shape}" if array.axes else "an integer"


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean 'xi'? `, or nothing."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.5)
    return f"did you mean '{by_lower[close[0]]}'? " if close else ""


def _convert(value: AnyArray, dtype: np.dtype[Any]) -> AnyArray:
    with np.errstate(over="ignore"):  # what is too large for float32 is reported as infinity is
        return value.astype(dtype)


def _not_finite(argument: Argument, value: AnyArray, finite: NDArray[np.bool_]) -> DeltaruleError:
    first = tuple(np.argwhere(~finite)[0])
    count = int(finite.size - np.count_nonzero(finite))
    where = position_text(argument.name, argument.base, first)
    others = f", and {count - 1} more" if count > 1 else ""
    return DeltaruleError(
        "E304",
        f"the array '{argument.name}' holds NaN or infinity",
        seen=f"{where} = {float(value[first])}{others}",
        help="every element inside the support must be a finite number: leave out or replace these",
    )


def _check_range(argument: Argument, value: AnyArray, low: int, high: int) -> None:
    smallest, largest = int(value.min()), int(value.max())
    if smallest >= low and largest <= high:
        return
    first = tuple(np.argwhere((value < low) | (value > high))[0])
    where = position_text(argument.name, argument.base, first)
    help = f"the equations read it as a number in {argument.values_text}"
    if smallest == low - 1 and largest < high:
        help += f": it seems to count from {low - 1}, so pass {argument.name} + 1"
    elif smallest > low and largest == high + 1:
        help += f": it seems to count from {low + 1}, so pass {argument.name} - 1"
    raise DeltaruleError(
        "E306",
        f"the array '{argument.name}' holds an integer outside {argument.values_text}",
        seen=f"{where} = {int(value[first])}",
        help=help,
    )


def _wrong_type(array: Array, seen: str) -> DeltaruleError:
    wanted = "integers" if array.kind == "integer" else "real numbers"
    help = "pass an array of type float64, float32 or an integer type"
    if array.kind == "integer":
        help = f"convert it if its values are whole: {array.name}.astype(int)"
    return DeltaruleError(
        "E303", f"the array '{array.name}' must hold {wanted}", seen=seen[:100], help=help
    )


def _unknown(system: System, name: str) -> DeltaruleError:
    accepted = (*inputs(system), *system.sizes)
    if name in defined(system):
        why = f"'{name}' is computed by the equations and cannot be passed"
    else:
        why = f"the equations have no input '{name}'"
    hint = suggestion(name, accepted)
    return DeltaruleError(
        "E110",
        why,
        help=f"{hint}inputs: {', '.join(inputs(system))}; sizes: {', '.join(system.sizes) or 'none'}",
    )


def _missing(system: System, missing: list[str]) -> DeltaruleError:
    extents = Extents(system)
    shown = [f"{n} {wanted(extents, n)}" for n in inputs(system)]
    plural = "arrays" if len(missing) > 1 else "array"
    return DeltaruleError(
        "E301",
        f"the {plural} {', '.join(repr(n) for n in missing)} must be passed",
        help=f"inputs: {'; '.join(shown)}",
    )
