"""Sizes from shapes: the extents of an array's bounding box, as functions of the sizes, are solved.

    x[i] for 1 <= i <= n,  x.shape = (100,)                        -->  n = 100
    w[j,k] for 2 <= j <= M, 1 <= k < j,  w.shape = (31, 31)         -->  M = 32

isl does the solving, so extents may have several pieces and divisions (a stride).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import islpy as isl

from deltarule.equations import affine, domains
from deltarule.equations.domains import CONTEXT, Domain
from deltarule.equations.nodes import Affine
from deltarule.equations.system import Array, System, positive_sizes
from deltarule.errors import DeltaruleError

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """The length of one axis of a bounding box."""

    less_one: isl.PwAff  # largest minus smallest subscript, where there are any elements
    sizes: Domain  # the context: sizes are positive
    text: str  # `M - 1`, for messages

    def solve(self, length: int) -> Domain:
        """The sizes at which the axis is this long."""
        space = isl.LocalSpace.from_space(self.less_one.get_domain_space())
        wanted = isl.Aff.val_on_domain(space, isl.Val.int_from_si(CONTEXT, length - 1))
        found = self.less_one.eq_set(isl.PwAff.from_aff(wanted))
        if length == 0:
            found = self.less_one.domain().complement()
        return domains.intersect(Domain(found), self.sizes)


@dataclass(frozen=True, slots=True)
class _Clue:
    """What one given shape, or one given size, says about the sizes."""

    where: Domain
    array: str
    text: str


class Extents:
    """The extents of a System's arrays; each is found once, when first asked for."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._context = positive_sizes(system)
        self._known: dict[str, tuple[Extent, ...]] = {}

    def of(self, name: str) -> tuple[Extent, ...]:
        """One per axis. Raises E104 where a range is not known or has no end."""
        if name not in self._known:
            array = self.system.arrays[name]
            self._known[name] = tuple(self._extent(array, axis) for axis in array.axes)
        return self._known[name]

    def text(self, name: str) -> str:
        """The shape in the author's sizes: `(M - 1, M - 1)`; `number` for a scalar."""
        return shape_text(tuple(extent.text for extent in self.of(name)))

    def _extent(self, array: Array, axis: str) -> Extent:
        if array.support is None:
            raise _unknown_range(array)
        inside = domains.intersect(array.support, self._context)
        along = domains.project_onto(inside, (axis, *self.system.sizes))
        line = domains.to_isl_set(along, (axis,))
        try:
            less_one = line.dim_max(0).sub(line.dim_min(0))
        except isl.Error:
            raise _unknown_range(array) from None
        return Extent(less_one, self._context, _extent_text(along, axis, less_one))


def infer_sizes(
    system: System, extents: Extents, shapes: Mapping[str, Shape], given: Mapping[str, int]
) -> dict[str, int]:
    """The number of every size of the System.

    `shapes` are those of the arrays that were passed, of the right rank; `given` are sizes that were
    passed as keywords. Raises E302 for a shape that no sizes allow, E305 for shapes that contradict
    one another (naming them) and for a size that is left open.
    """
    clues = [_given_clue(size, number) for size, number in given.items()]
    clues += [_shape_clue(extents, name, shape) for name, shape in shapes.items()]
    found = domains.intersect(positive_sizes(system), *(clue.where for clue in clues))
    if domains.is_empty(found):
        raise _contradiction(system, extents, clues, shapes)
    return {size: _number(system, extents, found, size) for size in system.sizes}


def shape_text(shape: Iterable[object]) -> str:
    """(3, 5); a vector's (100,); `a number` for a scalar."""
    parts = [str(part) for part in shape]
    if not parts:
        return "a number"
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def form_text(form: Affine) -> str:
    """M - 1, 2*K + 1."""
    parts = [(c, str(a) if abs(c) == 1 else f"{abs(c)}*{a}") for a, c in form.terms]
    parts.sort(key=lambda part: part[0] < 0)
    if form.constant or not parts:
        parts.append((form.constant, str(abs(form.constant))))
    first = ("-" if parts[0][0] < 0 else "") + parts[0][1]
    return first + "".join(f" {'-' if c < 0 else '+'} {t}" for c, t in parts[1:])


def _given_clue(size: str, number: int) -> _Clue:
    where = domains.from_relations([domains.equal(affine.name(size), affine.number(number))])
    return _Clue(where, "", f"{size} = {number} is given")


def _shape_clue(extents: Extents, name: str, shape: Shape) -> _Clue:
    solved = [e.solve(n) for e, n in zip(extents.of(name), shape, strict=True)]
    where = domains.intersect(domains.everything(), *solved)
    return _Clue(where, name, f"{name} {extents.text(name)} has shape {shape_text(shape)}")


def _number(system: System, extents: Extents, found: Domain, size: str) -> int:
    """The one number that the shapes allow for a size."""
    try:
        span = domains.extent(found, size)
    except DeltaruleError:  # it has no bound
        span = None
    if span is not None and span[0] == span[1]:
        return span[0]
    seen = "" if span is None else f"anything in {span[0]}..{span[1]} fits the shapes"
    raise DeltaruleError(
        "E305",
        f"the shapes do not say what the size '{size}' is",
        seen=seen,
        help=f"pass it by name, for example {size}={span[1] if span else 32}",
    )


def _contradiction(
    system: System, extents: Extents, clues: list[_Clue], shapes: Mapping[str, Shape]
) -> DeltaruleError:
    """E302 where one shape is impossible by itself, E305 naming a smallest set that disagrees."""
    context = positive_sizes(system)
    for clue in clues:
        if clue.array and domains.is_empty(domains.intersect(clue.where, context)):
            return _impossible(system, extents, clue, clues, shapes[clue.array])
    core = list(clues)
    for clue in clues:
        rest = [c for c in core if c is not clue]
        if domains.is_empty(domains.intersect(context, *(c.where for c in rest))):
            core = rest
    if len(core) == 1:  # a size that was given as zero or less
        return DeltaruleError(
            "E305", "a size is at least 1", seen=core[0].text, help="pass a positive number"
        )
    names = [clue.array for clue in core if clue.array]
    between = f"the shapes of {_listed(names)}" if len(names) > 1 else f"the shape of '{names[0]}'"
    what = "contradict each other" if len(names) > 1 else "contradicts the size that was given"
    return DeltaruleError(
        "E305",
        f"{between} {what}",
        seen="; ".join(clue.text for clue in core),
        help="sizes of the same name must agree: change one of the shapes",
    )


def _impossible(
    system: System, extents: Extents, clue: _Clue, clues: list[_Clue], shape: Shape
) -> DeltaruleError:
    others = domains.intersect(positive_sizes(system), *(c.where for c in clues if c is not clue))
    return DeltaruleError(
        "E302",
        f"the array '{clue.array}' has the wrong shape",
        seen=shape_text(shape),
        help=f"expected {extents.text(clue.array)}{_in_numbers(extents, clue.array, others)}",
    )


def _in_numbers(extents: Extents, name: str, found: Domain) -> str:
    """`, here (31, 31)` where the other shapes say it."""
    lengths = []
    for extent in extents.of(name):
        pieces = _constant_pieces(extent.less_one.intersect_domain(found.set), found)
        values = {aff.get_constant_val().to_python() for _, aff in pieces}
        if len(values) != 1:
            return ""
        lengths.append(values.pop() + 1)
    numbers = shape_text(lengths)
    return "" if numbers == extents.text(name) else f", here {numbers}"


def _constant_pieces(function: isl.PwAff, found: Domain) -> list[tuple[isl.Set, isl.Aff]]:
    """The pieces of a function of the sizes that is constant where they are found; else nothing."""
    pieces = function.gist(found.set).get_pieces()
    names = range(function.dim(isl.dim_type.param))
    if any(aff.involves_dims(isl.dim_type.param, n, 1) for _, aff in pieces for n in names):
        return []
    return list(pieces)


def _extent_text(along: Domain, axis: str, less_one: isl.PwAff) -> str:
    limits = domains.bounds(along, axis)
    if limits is not None and len(limits[0]) == 1 and len(limits[1]) == 1:
        length = affine.subtract(limits[1][0], limits[0][0])
        return form_text(affine.add(length, affine.number(1)))
    pieces = [str(aff).split("{ [(")[1].split(")] }")[0] for _, aff in less_one.get_pieces()]
    return " or ".join(f"{piece} + 1" for piece in dict.fromkeys(pieces)) or "0"


def _listed(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]


def _unknown_range(array: Array) -> DeltaruleError:
    axes = ",".join(array.axes)
    ranges = ", ".join(f"0 <= {axis} < N" for axis in array.axes)
    return DeltaruleError(
        "E104",
        f"the range of '{array.name}' cannot be inferred",
        at=array.span,
        help=f"declare it, for example {array.name}[{axes}] for {ranges}",
    )
