"""What moving one weight touches, as a System: every weight's new objective at once.

    xi[j] = sum(k) w[j,k] h[k],  w moved at (p,q)
        -->  xi_new[p,q,j] = xi[j] + (w_moved[j,q] - w[j,q]) h[q]   for j = p

The place of the moved weight becomes further indices p. isl finds which elements of each array depend
on it (`reach`); those get equations of their own, all others are read from the evaluation before
the move. Sums are not summed again: the changes of their touched terms are added, exactly (a difference of
products with one changed factor is the other factors times its difference).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deltarule.equations import affine, domains, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Expr, Reduce
from deltarule.equations.system import Array, Equation, System, defined, positive_sizes
from deltarule.runtimes import layout
from deltarule.runtimes.changes import Changes
from deltarule.runtimes.points import limits
from deltarule.runtimes.reach import reach

FAR = 2**40  # the origin of chunks along an axis that has no single lower end


@dataclass(frozen=True, slots=True)
class Perturbed:
    """The System of a moved array: `objective` has the place of the moved weight as subscripts.

    Inputs are `moved`, the array with every weight after its step, and `needed`: arrays of the System
    before. Further sizes say which weights are moved: a box, from the first to the last along each axis.
    """

    system: System
    objective: str
    moved: str
    needed: tuple[str, ...]
    new: tuple[str, ...]  # the arrays that it defines
    ends: tuple[tuple[str, str], ...]  # per axis: the sizes of the first and of the last
    origin: tuple[Affine, ...]  # per axis: the subscript of number 1

    def chunk(self, sizes: Mapping[str, int], box: layout.Box) -> dict[str, int]:
        """The sizes that choose the weights of a box, in the author's subscripts."""
        numbers: dict[str, int] = {}
        for names, origin, ends in zip(self.ends, self.origin, box, strict=True):
            start = affine.value(origin, sizes) - 1
            numbers |= {name: end - start for name, end in zip(names, ends, strict=True)}
        return numbers

    def elements(self, sizes: Mapping[str, int]) -> int:
        """How many elements the new arrays have together."""
        total = 0
        for name in self.new:
            count = 1
            for length in layout.shape(self.system.arrays[name], sizes):
                count *= length
            total += count
        return total


def perturb(system: System, array: str, objective: str) -> Perturbed | None:
    """The System of the objective after moving one element of an input array.

    None when the objective does not depend on the array. Raises E104 for unknown ranges.
    """
    system = _closed(system)
    letters = _Letters(system)
    axes = system.arrays[array].axes
    places = tuple(letters.new(f"p_{n + 1}") for n in range(len(axes)))
    ends = tuple(
        (letters.new(f"first_{n + 1}"), letters.new(f"last_{n + 1}")) for n in range(len(axes))
    )
    origin = tuple(_lowest(system, array, axis) for axis in axes)
    chosen = _chosen(system.arrays[array], places, ends, origin)
    sizes = (*system.sizes, *(name for pair in ends for name in pair))
    widened = replace(system, sizes=sizes)
    touched = reach(widened, array, places, chosen)
    if objective not in touched:
        return None
    moved = letters.array(f"{array}_moved")
    names = {n: letters.array(f"{n}_new") for n in touched if n != array}
    changes = Changes(widened, array, moved, places, touched, names)
    equations = changes.equations()
    arrays = _arrays(system, equations)
    arrays[moved] = replace(system.arrays[array], name=moved)
    for old, name in names.items():
        arrays[name] = _new_array(system.arrays[old], name, places, touched[old])
    result = replace(
        widened,
        arrays=arrays,
        equations=equations,
        objective=None,
        outputs=(names[objective],),
        adjoint_names={},
    )
    needed = tuple(n for n in arrays if n in system.arrays)
    return Perturbed(result, names[objective], moved, needed, tuple(names.values()), ends, origin)


class _Letters:
    """Names that the System does not use."""

    def __init__(self, system: System) -> None:
        self._arrays = set(system.arrays)
        self._taken = set(system.sizes)
        for array in system.arrays.values():
            self._taken.update(array.axes)
        for equation in system.equations:
            self._taken.update(equation.indices)
            self._taken |= walk.bound_names(equation.expression)

    def new(self, like: str) -> str:
        name = walk.fresh_name(like, self._taken)
        self._taken.add(name)
        return name

    def array(self, like: str) -> str:
        name = walk.fresh_name(like, self._arrays)
        self._arrays.add(name)
        return name


def _closed(system: System) -> System:
    """Sums without limits get those of their arrays' supports."""

    def close(node: Expr) -> Expr:
        node = walk.map_children(node, close)
        if isinstance(node, Reduce) and node.unlimited:
            return replace(node, domain=limits(node.domain, node.body, True, system.arrays))
        return node

    equations = tuple(replace(e, expression=close(e.expression)) for e in system.equations)
    return replace(system, equations=equations)


def _lowest(system: System, array: str, axis: str) -> Affine:
    """A lower end of an axis, in sizes."""
    support = system.arrays[array].support
    if support is None:
        layout.box(system.arrays[array], {})  # raises E104
    assert support is not None
    inside = domains.intersect(support, positive_sizes(system))
    along = domains.project_onto(inside, (axis, *system.sizes))
    found = domains.bounds(along, axis)
    return found[0][0] if found is not None and found[0] else affine.number(-FAR)


def _chosen(
    array: Array,
    places: tuple[str, ...],
    ends: tuple[tuple[str, str], ...],
    origin: tuple[Affine, ...],
) -> Domain:
    """The places of the weights that are moved: in the support, from the first to the last."""
    assert array.support is not None
    chosen = domains.rename(array.support, dict(zip(array.axes, places, strict=True)))
    for place, (first, last), start in zip(places, ends, origin, strict=True):
        before = affine.add(start, affine.number(-1))
        low, high = (affine.add(before, affine.name(end)) for end in (first, last))
        chosen = domains.intersect(chosen, domains.between(low, place, high))
    return chosen


def _arrays(system: System, equations: tuple[Equation, ...]) -> dict[str, Array]:
    """The arrays of the System before that the new equations read."""
    read = {a.array for e in equations for a in walk.accesses(e.expression)}
    order = [*(n for n in system.arrays if n not in defined(system)), *defined(system)]
    return {name: system.arrays[name] for name in order if name in read}


def _new_array(old: Array, name: str, places: tuple[str, ...], touched: Domain) -> Array:
    axes = {element_name(n): axis for n, axis in enumerate(old.axes)}
    support = domains.rename(touched, axes)
    return Array(name, (*places, *old.axes), support, old.kind, old.values)
