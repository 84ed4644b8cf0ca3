"""Which arrays are defined through themselves, which way they run, and what is independent.

h[i,j] from xi[i,j], xi[i,j] from h[i,k] for k < j   -->   h, xi: increasing j, every i independent
"""

from __future__ import annotations

from dataclasses import dataclass

import islpy as isl

from deltarule.equations import affine, dependences, domains
from deltarule.equations.system import System


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The arrays that depend on one another; per axis +1, -1, 0 (independent) or None (both ways)."""

    arrays: tuple[str, ...]
    axes: tuple[str, ...]
    directions: tuple[int | None, ...]

    def in_words(self) -> str:
        """recurrence in increasing j, every i independent"""
        named = list(zip(self.axes, self.directions, strict=True))
        up = [f"increasing {a}" for a, d in named if d == 1]
        down = [f"decreasing {a}" for a, d in named if d == -1]
        both = [f"{a} both ways" for a, d in named if d is None]
        alone = [a for a, d in named if d == 0]
        text = "recurrence in " + ", ".join((*up, *down, *both))
        return text + (f", every {', '.join(alone)} independent" if alone else "")


def recurrences(system: System) -> list[Recurrence]:
    """One entry for each set of arrays that depend on one another, of equal rank."""
    steps = _element_steps(system)
    reach = _closure({(a, b) for a, b in steps})
    found: list[Recurrence] = []
    seen: set[str] = set()
    for name in system.arrays:
        group = tuple(n for n in system.arrays if (name, n) in reach and (n, name) in reach)
        if not group or name in seen:
            continue
        seen.update(group)
        axes = system.arrays[name].axes
        if axes and all(len(system.arrays[n].axes) == len(axes) for n in group):
            inside = [m for (a, b), m in steps.items() if a in group and b in group]
            directions = tuple(_direction(inside, axis) for axis in range(len(axes)))
            found.append(Recurrence(group, axes, directions))
    return found


def _element_steps(system: System) -> dict[tuple[str, str], list[isl.Map]]:
    """{element read -> element defined from it}, by the names of the two arrays."""
    found: dict[tuple[str, str], list[isl.Map]] = {}
    for equation in system.equations:
        for access, inside in dependences.reads(equation):
            if all(affine.is_static(s) for s in access.subscripts):
                key = (access.array, equation.target)
                found.setdefault(key, []).append(
                    dependences.element_map(access, equation, inside, system.sizes)
                )
    return found


def _closure(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    grown = True
    while grown:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        pairs = pairs | more
        grown = bool(more)
    return pairs


def _direction(groups: list[list[isl.Map]], axis: int) -> int | None:
    """The sign of what an axis moves by from a read element to the one defined from it."""
    signs: set[int] = set()
    for maps in groups:
        for part in maps:
            moved = part.reset_tuple_id(isl.dim_type.in_).reset_tuple_id(isl.dim_type.out).deltas()
            for sign in (1, -1):
                if not _with_sign(moved, axis, sign).is_empty():
                    signs.add(sign)
    if len(signs) == 2:
        return None
    return signs.pop() if signs else 0


def _with_sign(moved: isl.Set, axis: int, sign: int) -> isl.Set:
    value = isl.Val.int_from_si(domains.CONTEXT, sign)
    if sign > 0:
        return moved.lower_bound_val(isl.dim_type.set, axis, value)
    return moved.upper_bound_val(isl.dim_type.set, axis, value)
