"""System --> a dictionary of plain values, for programs that read what deltarule found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deltarule.equations import affine
from deltarule.equations.nodes import Access
from deltarule.equations.system import Array, System, defined, positive_sizes
from deltarule.notation import print_latex, print_text
from deltarule.notation.print_text import affine_to_text, domain_to_text

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def system_to_json(system: System) -> dict[str, Json]:
    """Title, sizes, arrays with their supports, equations as text and LaTeX, what is wanted.

    `text` and `latex` of an array are its element at the axes, as dE/dxi[i,j]. `support` is the
    text of the ranges, null where it is not known and "" where there is nothing to say.
    `equations` has one entry for each array that is defined, in order.
    """
    return {
        "title": system.title,
        "sizes": list(system.sizes),
        "functions": list(system.functions),
        "objective": system.objective,
        "outputs": list(system.outputs),
        "ties": system.ties,
        "arrays": [_array_to_json(system, array) for array in system.arrays.values()],
        "equations": [
            {
                "array": name,
                "text": print_text.array(system, name),
                "latex": print_latex.array(system, name),
            }
            for name in defined(system)
        ],
        "adjoint_names": [
            {"objective": objective, "array": of, "name": name}
            for (objective, of), name in system.adjoint_names.items()
        ],
    }


def _array_to_json(system: System, array: Array) -> dict[str, Json]:
    values = array.values
    support = array.support
    known = positive_sizes(system)
    element = Access(array.name, tuple(affine.name(axis) for axis in array.axes))
    return {
        "name": array.name,
        "text": print_text.element(system, element),
        "latex": print_latex.element(system, element),
        "kind": array.kind,
        "axes": list(array.axes),
        "support": None if support is None else domain_to_text(support, array.axes, known),
        "values": None if values is None else [affine_to_text(v) for v in values],
        "outside": array.outside,
        "defined": array.name in defined(system),
        "adjoint_of": None if array.adjoint_of is None else list(array.adjoint_of),
    }
