"""The letters of an array's axes: the author's own where there are some.

h[t] = …   -->   t        y[n] reads x[n - k], of x nothing else is known   -->   l
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from deltarule.equations import affine, walk
from deltarule.equations.nodes import Affine
from deltarule.equations.system import System

AXIS_LETTERS = ("k", "l", "p", "q", "r", "s", "t", "u", "v", "a", "b", "c")


def axis_letters(system: System, name: str) -> tuple[str, ...]:
    """The author's letters: of the left side, else of the first read with distinct plain indices."""
    for equation in system.equations:
        if equation.target == name:
            letters = _plain(equation.subscripts, system)
            if letters is not None:
                return letters
    reads = [a for e in system.equations for a in walk.accesses(e.expression) if a.array == name]
    for access in reads:
        letters = _plain(access.subscripts, system)
        if letters is not None:
            return letters
    if reads:
        return _fresh_letters(system, reads[0].subscripts)
    own = next(e for e in system.equations if e.target == name)
    return _fresh_letters(system, own.subscripts)


def _plain(subscripts: tuple[Affine, ...], system: System) -> tuple[str, ...] | None:
    found = [affine.plain_name(s) for s in subscripts]
    letters = tuple(n for n in found if n is not None and n not in system.sizes)
    return letters if len(letters) == len(set(letters)) == len(subscripts) else None


def _axis_names() -> Iterator[str]:
    """The letters, then k1, l1, … where an array has very many axes."""
    yield from AXIS_LETTERS
    for number in count(1):
        yield from (f"{letter}{number}" for letter in AXIS_LETTERS)


def _fresh_letters(system: System, subscripts: tuple[Affine, ...]) -> tuple[str, ...]:
    """k_1, k_2 for [m_1 - n_1, m_2 - n_2]; letters that name no size and no array."""
    taken = {*system.sizes, *system.arrays}
    used = {n for s in subscripts for n in affine.names(s)}
    suffixes = []
    for subscript in subscripts:
        ends = {n.partition("_")[2] for n in affine.names(subscript) if n not in system.sizes}
        suffixes.append(ends.pop() if len(ends) == 1 else "")
    if all(suffixes) and len(set(suffixes)) == len(suffixes):
        for letter in AXIS_LETTERS:
            names = tuple(f"{letter}_{s}" for s in suffixes)
            if not taken & set(names) and not used & set(names):
                return names
    kept: list[str] = []
    for subscript in subscripts:
        plain = affine.plain_name(subscript)
        if plain is not None and plain not in taken and plain not in kept:
            kept.append(plain)
        else:
            known = taken | used | set(kept)
            kept.append(next(x for x in _axis_names() if x not in known))
    return tuple(kept)
