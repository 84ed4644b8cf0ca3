"""Cases that speak of indices and of data: where which of them can hold.

    c[i,j] = { 0 if i = 0; a if i > 0, x[i] = y[j]; b if i > 0, x[i] != y[j] }
        -->  c[i,j] = 0 for i = 0,  c[i,j] = { a if x[i] = y[j]; b if x[i] != y[j] } for i > 0

What is said of indices says where an equation holds, and so which elements it reads; the rest is
decided by numbers. The first case that holds counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from deltarule.equations import domains
from deltarule.equations.domains import Domain
from deltarule.notation.syntax import Cases, Syntax

DomainOf = Callable[[Syntax], Domain | None]
Region = tuple[Domain, Syntax]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A case: where its conditions on indices hold, and its other conditions."""

    value: Syntax
    inside: Domain
    data: tuple[Syntax, ...]
    otherwise: bool

    def closes(self) -> bool:
        """Whether no later case counts where this one is reached."""
        return not self.data


def regions(cases: Cases, stated: Domain, domain_of: DomainOf) -> list[Region] | None:
    """The places where one value, or cases on data alone, hold; None where indices decide nothing.

    `domain_of` is where a condition on indices holds, None for one on data.
    """
    branches = [_branch(value, when, domain_of) for value, when in cases.branches]
    if all(b.otherwise or domains.is_everything(b.inside) for b in branches):
        return None
    if all(b.closes() for b in branches):
        return _apart(branches, stated)
    found: list[tuple[Domain, list[_Branch]]] = [(stated, [])]
    for branch in branches:
        found = [part for region in found for part in _split(*region, branch)]
    return [(inside, _value(cases, held)) for inside, held in found if held]


def _branch(value: Syntax, when: tuple[Syntax, ...] | None, domain_of: DomainOf) -> _Branch:
    inside = domains.everything()
    data: list[Syntax] = []
    for condition in when or ():
        found = domain_of(condition)
        if found is None:
            data.append(condition)
        else:
            inside = domains.intersect(inside, found)
    return _Branch(value, inside, tuple(data), when is None)


def _apart(branches: list[_Branch], stated: Domain) -> list[Region]:
    """Cases on indices alone: where two of them hold, both are said."""
    covered = domains.nothing()
    found: list[Region] = []
    for branch in branches:
        if branch.otherwise:
            inside = domains.subtract(stated, covered)
        else:
            inside = domains.intersect(stated, branch.inside)
        covered = domains.unite(covered, inside)
        found.append((inside, branch.value))
    return found


def _split(
    region: Domain, held: list[_Branch], branch: _Branch
) -> list[tuple[Domain, list[_Branch]]]:
    """A region where the case counts, and the rest of it."""
    if held and held[-1].closes():
        return [(region, held)]
    inside = domains.intersect(region, branch.inside)
    rest = domains.subtract(region, branch.inside)
    parts = [(inside, [*held, branch]), (rest, held)]
    return [(where, what) for where, what in parts if not domains.is_empty(where)]


def _value(cases: Cases, held: list[_Branch]) -> Syntax:
    if len(held) == 1 and held[0].closes():
        return held[0].value
    branches = tuple((b.value, b.data if b.data else None) for b in held)
    return replace(cases, branches=branches)
