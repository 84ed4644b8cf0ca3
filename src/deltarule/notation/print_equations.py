"""The statements of a System --> the layouts of their two sides and of their ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deltarule.equations import affine
from deltarule.equations.nodes import Access
from deltarule.equations.system import Array, System, defined, inputs, positive_sizes
from deltarule.notation.print_cases import Branch, Definition, definitions
from deltarule.notation.print_forms import (
    affine_form,
    clauses_form,
    conditions_form,
    domain_form,
    element,
)
from deltarule.notation.print_layout import (
    Cases,
    Comparison,
    Derivative,
    Element,
    Layout,
    Listed,
    Member,
    Verbatim,
)
from deltarule.notation.print_place import Place, default_adjoint
from deltarule.notation.print_terms import expression_at


@dataclass(frozen=True, slots=True)
class Line:
    """left = right for ranges; a declaration has no right side, what holds everywhere no ranges."""

    left: Layout
    right: Layout | None = None
    ranges: Layout | None = None


def equations(system: System, flat: bool) -> Iterator[Line]:
    """The equations, those of an array together, in the order of the arrays' first."""
    for name in defined(system):
        for definition in definitions(system, name):
            yield line(system, definition, flat)


def line(system: System, definition: Definition, flat: bool) -> Line:
    """The definition of an element, its branches as cases where there are several."""
    left = element(system, Access(definition.target, definition.subscripts))
    rows = [_row(system, branch, flat) for branch in definition.branches]
    right = rows[0][0] if len(rows) == 1 else Cases(tuple(rows), stacked=True)
    return Line(left, right, clauses_form(definition.ranges, flat))


def _row(system: System, branch: Branch, flat: bool) -> tuple[Layout, Layout | None]:
    value = expression_at(branch.expression, Place(system, branch.context, flat))
    return value, conditions_form(branch.conditions)


def derivatives(system: System) -> Iterator[Line]:
    """delta[i,j] = dE/dxi[i,j]: what arrays with names of their own are, or are to be, called for."""
    pairs = dict(system.adjoint_names)
    for array in system.arrays.values():
        if array.adjoint_of is None or default_adjoint(system, array.name) is not None:
            continue
        if (
            "d{}_d{}".format(*array.adjoint_of) not in system.arrays
        ):  # what is given of it is a part
            pairs.setdefault(array.adjoint_of, array.name)
    for (objective, of), name in pairs.items():
        known = system.arrays.get(of) or system.arrays.get(name)
        axes = _axes(known) if known is not None else ()
        yield Line(Element(name, axes), Derivative(Element(objective), Element(of, axes)))


def given(system: System, flat: bool) -> Iterator[tuple[Array, Line]]:
    """What is given, each with its values and its range; nothing to declare leaves just the left."""
    for name in inputs(system):
        yield system.arrays[name], declaration(system, system.arrays[name], flat)


def orders(system: System) -> Iterator[Line]:
    """D - d >= 0: what is known of the sizes."""
    for relation in system.orders:
        sides = affine_form(relation.affine, tight=False), affine_form(affine.number(0))
        yield Line(Comparison(sides, (">=",)))


def declaration(system: System, array: Array, flat: bool) -> Line:
    """An array with its values and its range, as far as they are known."""
    shown = element(system, Access(array.name, tuple(affine.name(axis) for axis in array.axes)))
    if array.values is not None:
        low, high = array.values
        shown = Member(shown, affine_form(low), affine_form(high))
    ranges = None
    if array.axes and array.support is not None:
        ranges = domain_form(array.support, array.axes, positive_sizes(system), flat)
    return Line(shown, None, ranges)


def is_declaration(array: Array, line: Line) -> bool:
    """Whether it declares something, a range or the values of an integer, in words that are read."""
    if array.axes and array.support is None:
        return False
    if line.ranges is not None and not _is_notation(line.ranges):
        return False
    return line.ranges is not None or (array.values is not None and not array.axes)


def _is_notation(ranges: Layout) -> bool:
    """Ranges and comparisons that all hold; neither alternatives nor the words of another notation."""
    if isinstance(ranges, Listed):
        return ranges.word != "or" and all(_is_notation(part) for part in ranges.parts)
    return not isinstance(ranges, Verbatim)


def _axes(array: Array) -> tuple[Layout, ...]:
    return tuple(Element(axis) for axis in array.axes)
