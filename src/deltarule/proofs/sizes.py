"""Sizes for a proof: small, different, and every equation has a point at some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.equations.system import System, positive_sizes
from deltarule.errors import DeltaruleError

FIRST = (4, 5, 3, 6)  # the first sizes; further ones stay below, so that products stay small
FURTHER = (3, 2, 4, 5, 6)
OTHERWISE = (2, 1, *range(7, 65))
MOST = 6
FURTHER_OFF = 3


def choose(*systems: System) -> list[dict[str, int]]:
    """Assignments of sizes: the first suits as many equations as can be, the others the rest.

    Raises E305 where an equation has points only at sizes above 64.
    """
    names = tuple(dict.fromkeys(size for system in systems for size in system.sizes))
    context = domains.intersect(*(positive_sizes(system) for system in systems))
    needs = [need for system in systems for need in _needs(system, names)]
    chosen: list[dict[str, int]] = []
    while needs and len(chosen) < MOST:
        sizes = _small(_common(needs, context), names)
        chosen.append(sizes)
        needs = [need for need in needs if not domains.contains(need, sizes)]
    return chosen or [_small(context, names)]


def near(sizes: dict[str, int], *systems: System) -> Iterator[dict[str, int]]:
    """The sizes, then others at which the same equations have points, each one up to three larger."""
    names = tuple(sizes)
    context = domains.intersect(*(positive_sizes(system) for system in systems))
    needs = [need for system in systems for need in _needs(system, names)]
    kept = [context, *(need for need in needs if domains.contains(need, sizes))]
    for more in range(FURTHER_OFF + 1):
        others = {name: number + more for name, number in sizes.items()}
        if all(domains.contains(need, others) for need in kept):
            yield others


def _needs(system: System, names: tuple[str, ...]) -> Iterable[Domain]:
    """For each equation the sizes at which it has a point, where that is possible at all."""
    context = positive_sizes(system)
    for equation in system.equations:
        need = domains.project_onto(domains.intersect(equation.domain, context), names)
        if not domains.is_empty(need):
            yield need


def _common(needs: list[Domain], context: Domain) -> Domain:
    """Meet as many needs as agree with each other, the first ones first."""
    common = context
    for need in needs:
        both = domains.intersect(common, need)
        if not domains.is_empty(both):
            common = both
    return common


def _small(allowed: Domain, names: tuple[str, ...]) -> dict[str, int]:
    """A number for each size, one after the other, so that the rest still has a solution."""
    chosen: dict[str, int] = {}
    for position, name in enumerate(names):
        number = next((v for v in _candidates(position, chosen) if _fits(allowed, name, v)), None)
        if number is None:
            raise DeltaruleError(
                "E305",
                f"no small number suits the size '{name}'",
                seen=str(allowed),
                help="a proof needs sizes up to 64",
            )
        chosen[name] = number
        allowed = domains.fix(allowed, {name: number})
    return chosen


def _candidates(position: int, chosen: dict[str, int]) -> list[int]:
    preferred = FIRST if position < len(FIRST) else FURTHER
    used = set(chosen.values())
    fresh = [v for v in preferred if v not in used]
    again = [v for v in preferred if v in used]
    return list(dict.fromkeys((*fresh, *again, *FIRST, *OTHERWISE)))


def _fits(allowed: Domain, name: str, number: int) -> bool:
    return not domains.is_empty(domains.fix(allowed, {name: number}))
