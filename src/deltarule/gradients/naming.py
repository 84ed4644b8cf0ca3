"""Names of what a derivation makes: adjoints, places of maxima, summation letters.

Names follow the author: the letters of the equation that a sum came from, where they are free; then letters
of the same family (m_1 beside n_1), then the usual ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deltarule.equations import affine, walk
from deltarule.equations.nodes import ArgReduce, Expr, Reduce
from deltarule.equations.system import Equation, System

USUAL = ("k", "l", "m", "p", "q", "r", "s", "t", "u", "v", "i", "j", "n", "a", "b", "c")


class Letters:
    """The letters that mean something else in a System, so that an index may not take them."""

    def __init__(self, system: System) -> None:
        self.taken = (
            frozenset(system.sizes) | frozenset(system.arrays) | frozenset(system.functions)
        )

    def free(self, like: str, wanted: tuple[str, ...], used: frozenset[str]) -> str:
        """The first wanted letter that is free, else a usual one with the suffix of `like`."""
        used = used | self.taken
        base, mark, suffix = like.rstrip("'").partition("_")
        family = tuple(letter + mark + suffix for letter in (base, *USUAL))
        for candidate in (*wanted, *family):
            if candidate not in used and "'" not in candidate:
                return candidate
        return walk.fresh_name(like, used)


def adjoint_name(system: System, objective: str, array: str) -> str:
    """The author's name of d objective / d array, or `dE_dxi`."""
    return system.adjoint_names.get((objective, array), f"d{objective}_d{array}")


def place_name(system: System, index: str) -> str:
    """The name of the place of a maximum over an index: l --> l_star."""
    taken = set(system.arrays) | set(system.sizes) | set(system.functions)
    name, number = f"{index}_star", 2
    while name in taken:
        name, number = f"{index}_star{number}", number + 1
    return name


def name_bound_indices(
    expression: Expr, axes: Mapping[str, str], letters: Letters, equation: Equation
) -> Expr:
    """Put the axes' names in for the place holders and give every bound index a free letter."""
    own = tuple(dict.fromkeys((*equation.indices, *_bound_in_order(equation.expression))))
    used = frozenset(axes.values()) | (walk.free_names(expression) - set(axes))
    safe = {axis: f"{axis}'axis" for axis in axes.values()}
    placed = walk.substitute(expression, {old: affine.name(safe[new]) for old, new in axes.items()})
    named = _name(placed, used, own, letters)
    return walk.substitute(named, {s: affine.name(axis) for axis, s in safe.items()})


def name_bound(expression: Expr, used: frozenset[str], letters: Letters) -> Expr:
    """Give every bound index a letter that means nothing else where it stands; free ones stay."""
    return _name(expression, used | walk.free_names(expression), (), letters)


def _bound_in_order(expression: Expr) -> list[str]:
    found: list[str] = []
    for node in walk.descend(expression):
        if isinstance(node, Reduce):
            found.extend(node.indices)
        elif isinstance(node, ArgReduce):
            found.append(node.index)
    return found


def _name(node: Expr, used: frozenset[str], own: tuple[str, ...], letters: Letters) -> Expr:
    if isinstance(node, ArgReduce):
        as_sum = Reduce("sum", (node.index,), node.domain, node.body)
        new = _name(as_sum, used, own, letters)
        assert isinstance(new, Reduce)
        return replace(node, index=new.indices[0], domain=new.domain, body=new.body)
    if not isinstance(node, Reduce):
        return walk.map_children(node, lambda child: _name(child, used, own, letters))
    names: dict[str, str] = {}
    for index in node.indices:
        plain = index.rstrip("'")
        wanted = (plain, *(o for o in own if o.partition("_")[2] == plain.partition("_")[2]))
        names[index] = letters.free(plain, wanted, used | frozenset(names.values()))
    renamed = walk.rename_bound(node, {i: f"{i}'new" for i in node.indices})
    final = walk.rename_bound(renamed, {f"{i}'new": names[i] for i in node.indices})
    inner = used | frozenset(names.values())
    body = _name(final.body, inner, own, letters)
    return replace(final, body=body)
