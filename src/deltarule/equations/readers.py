"""Equations by their target, and which targets read each array; kept up as equations are replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from deltarule.equations import walk
from deltarule.equations.system import Equation


class Readers:
    """The equations of a System while they are rewritten one array at a time."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self.equations_of: dict[str, tuple[Equation, ...]] = {}
        self._readers: dict[str, dict[str, None]] = defaultdict(dict)  # in the order they came
        grouped: dict[str, list[Equation]] = {}
        for equation in equations:
            grouped.setdefault(equation.target, []).append(equation)
        for target, own in grouped.items():
            self.put(target, tuple(own))

    def put(self, target: str, equations: tuple[Equation, ...]) -> None:
        """These are the equations of the array from now on; none takes it out."""
        for read in _read(self.equations_of.get(target, ())):
            self._readers[read].pop(target, None)
        if equations:
            self.equations_of[target] = equations
        else:
            self.equations_of.pop(target, None)
        for read in _read(equations):
            self._readers[read][target] = None

    def targets(self, name: str) -> tuple[str, ...]:
        """The arrays whose equations read this one."""
        return tuple(self._readers[name])

    def equations(self, name: str) -> tuple[Equation, ...]:
        """The equations that read an array."""
        found = (e for target in self.targets(name) for e in self.equations_of[target])
        return tuple(e for e in found if name in _read((e,)))

    def keep_only(self, wanted: Iterable[str]) -> None:
        """Drop the arrays that the wanted ones are not computed from."""
        needed, waiting = set(wanted), list(wanted)
        while waiting:
            more = _read(self.equations_of.get(waiting.pop(), ())).keys() - needed
            needed |= more
            waiting.extend(more)
        for target in [t for t in self.equations_of if t not in needed]:
            self.put(target, ())

    def all(self) -> tuple[Equation, ...]:
        return tuple(e for own in self.equations_of.values() for e in own)


def _read(equations: Iterable[Equation]) -> dict[str, None]:
    return {a.array: None for e in equations for a in walk.accesses(e.expression)}
