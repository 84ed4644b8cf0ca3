"""What one System says otherwise than another, in words: names, declarations, ranges and definitions."""

from __future__ import annotations

from deltarule.equations import domains
from deltarule.equations.compare import same_array
from deltarule.equations.dependences import by_element
from deltarule.equations.domains import Domain
from deltarule.equations.system import (
    Array,
    System,
    defined,
    equations_of,
    inputs,
    positive_sizes,
)


def difference(one: System, other: System) -> str | None:
    """What the second System says otherwise than the first, in words; None where both say the same.

    Names count, and so do the supports of what is given; titles, spellings and the letters of axes do
    not. Sizes for which the first leaves an array without elements are not compared.
    """
    for what, here, there in (
        ("sizes", set(one.sizes), set(other.sizes)),
        ("functions", set(one.functions), set(other.functions)),
        ("inputs", set(inputs(one)), set(inputs(other))),
        ("definitions", set(defined(one)), set(defined(other))),
        ("objective", one.objective, other.objective),
        ("outputs", set(one.outputs), set(other.outputs)),
        ("names of derivatives", dict(one.adjoint_names), dict(other.adjoint_names)),
        ("ties", one.ties, other.ties),
    ):
        if here != there:
            return f"{what}: {here} against {there}"
    for name, array in one.arrays.items():
        if found := _difference_of_array(array, other.arrays[name]):
            return f"{name}: {found}"
    for name in inputs(one):
        mine, theirs = one.arrays[name], other.arrays[name]
        if not _same_support(mine, theirs, positive_sizes(one)):
            return f"{name} is given elsewhere"
    sizes = _sizes_with_elements(one)
    for name in defined(one):
        if not same_array(one, other, name, sizes=sizes):
            return f"{name} is defined otherwise"
    return None


def _sizes_with_elements(system: System) -> Domain:
    """The sizes for which every defined array has an element."""
    sizes = positive_sizes(system)
    for name in defined(system):
        whole = domains.unite(*(e.domain for e in equations_of(system, name)))
        sizes = domains.intersect(sizes, domains.project_onto(whole, system.sizes))
    return sizes


def _difference_of_array(one: Array, other: Array) -> str | None:
    """What two declarations say otherwise, ranges aside."""
    for what, mine, theirs in (
        ("rank", len(one.axes), len(other.axes)),
        ("kind", one.kind, other.kind),
        ("values", one.values, other.values),
        ("value elsewhere", one.outside, other.outside),
    ):
        if mine != theirs:
            return f"{what} {mine} against {theirs}"
    return None


def _same_support(one: Array, other: Array, sizes: Domain) -> bool:
    """Whether both live on the same elements, whatever letters their axes have."""
    if one.support is None or other.support is None:
        return one.support is other.support
    mine, theirs = by_element(one.support, one.axes), by_element(other.support, other.axes)
    return domains.intersect(mine, sizes) == domains.intersect(theirs, sizes)
