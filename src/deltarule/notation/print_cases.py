"""The equations of one array as they are written together: cases, conditions and ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Expr
from deltarule.equations.system import Equation, System, equations_of, positive_sizes
from deltarule.notation.print_domains import Clause, Either, describe


@dataclass(frozen=True, slots=True)
class Branch:
    """One case: its value, when it holds, and all that is known where it does."""

    expression: Expr
    conditions: tuple[Clause, ...]
    context: Domain


@dataclass(frozen=True, slots=True)
class Definition:
    """target[subscripts] = the branch that holds, for the ranges. One alone has no conditions."""

    target: str
    subscripts: tuple[Affine, ...]
    branches: tuple[Branch, ...]
    ranges: tuple[Clause, ...]


def definitions(system: System, name: str) -> list[Definition]:
    """The equations of an array, those with equal left sides together as cases.

    That the array has any elements at all is taken as known: what this says of the sizes is not
    printed (M >= 2 beside j = M, where nothing is defined for M = 1).
    """
    equations = equations_of(system, name)
    sizes = _sizes_context(system, equations)
    groups: dict[tuple[tuple[Affine, ...], frozenset[str]], list[Equation]] = {}
    for equation in equations:
        key = (equation.subscripts, frozenset(equation.indices))
        groups.setdefault(key, []).append(equation)
    return [_definition(group, sizes) for group in groups.values()]


def single(system: System, equation: Equation) -> Definition:
    """One equation by itself."""
    return _definition([equation], _sizes_context(system, [equation]))


def _sizes_context(system: System, equations: Sequence[Equation]) -> Domain:
    """The sizes for which these equations define something."""
    if not equations:
        return positive_sizes(system)
    whole = domains.unite(*(e.domain for e in equations))
    indices = [i for e in equations for i in e.indices]
    return domains.intersect(positive_sizes(system), domains.project_out(whole, indices))


def _definition(group: Sequence[Equation], sizes: Domain) -> Definition:
    first = group[0]
    if len(group) == 1:
        context = domains.intersect(first.domain, sizes)
        ranges = tuple(describe(first.domain, first.indices, sizes))
        return Definition(
            first.target, first.subscripts, (Branch(first.expression, (), context),), ranges
        )
    whole = domains.unite(*(e.domain for e in group))
    apart = _deciding_indices(group, whole, sizes)
    common = [i for i in first.indices if i not in apart]
    shared = domains.project_out(whole, apart) if common else domains.everything()
    context = domains.intersect(shared, sizes)
    branches = tuple(b for e in group for b in _branches(e, apart, context))
    return Definition(
        first.target, first.subscripts, branches, tuple(describe(shared, common, sizes))
    )


def _branches(equation: Equation, apart: Sequence[str], context: Domain) -> Iterator[Branch]:
    """One branch, or one for each of several alternatives: no row of cases has an `or` beside an `and`."""
    conditions = describe(equation.domain, apart, context)
    inside = domains.intersect(equation.domain, context)
    alternatives = [c.branches for c in conditions if isinstance(c, Either)]
    others = tuple(c for c in conditions if not isinstance(c, Either))
    for chosen in product(*alternatives):
        chains = tuple(chain for conjunction in chosen for chain in conjunction)
        yield Branch(equation.expression, (*others, *chains), inside)


def _deciding_indices(group: Sequence[Equation], whole: Domain, sizes: Domain) -> list[str]:
    """The indices that tell the cases apart: of every condition the last index that it involves."""
    indices = group[0].indices
    known = domains.intersect(whole, sizes)
    found: set[str] = set()
    for equation in group:
        for names in _involved(domains.gist(equation.domain, known)):
            found.update([i for i in indices if i in names][-1:])
    return [i for i in indices if i in found]


def _involved(condition: Domain) -> list[frozenset[str]]:
    """The names in each comparison of a condition."""
    conjunctions = domains.relations(condition)
    if conjunctions is None:
        return [frozenset((name,)) for name in domains.involved(condition)]
    return [affine.names(r.affine) for conjunction in conjunctions for r in conjunction]
