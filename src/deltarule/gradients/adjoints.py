"""The rule of total derivatives: the adjoint of an array as a sum over all reads of it.

    dA[a] = sum over reads (B[b] = … A[f] …) of  sum over {points : f = a} of  dB[b] * (dB[b] / dA[f])

The inner set is the fibre of the access f over a: isl solves it, so that a shifted or strided access comes
out as a gather. Contributions on disjoint domains become cases, overlapping ones add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from deltarule.equations import affine, build, domains, regions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts
from deltarule.equations.guards import only_on
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    Bracket,
    Call,
    Expr,
    Mul,
    Reduce,
    Relation,
)
from deltarule.equations.simplify import simplify
from deltarule.equations.system import Array, Equation
from deltarule.gradients.naming import Letters, name_bound_indices
from deltarule.gradients.trace import USE, Contribution, Trace
from deltarule.gradients.uses import Use

MOST_CASES = (
    4  # contributions that overlap in more ways than this print as guarded terms of one sum
)


@dataclass(frozen=True, slots=True)
class Term:
    """What one read adds, on the part of the array where it adds anything.

    `wider` is a formula for the whole support, where there is one: a sum that is empty elsewhere.
    """

    domain: Domain  # over the array's axes
    expression: Expr
    wider: tuple[Domain, Expr] | None = None
    unlimited: bool = False  # under a sum that the author wrote without limits


def contribution(
    array: Array,
    equation: Equation,
    use: Use,
    cotangent: Expr,
    facts: Facts,
    sizes: Domain,
    letters: Letters,
    trace: Trace,
) -> Term | None:
    """The term that one read adds to the adjoint, in terms of the array's axes; None where empty."""
    places = tuple(f"'a{n}" for n in range(len(array.axes)))
    fibre = [
        domains.equal(s, affine.name(p))
        for s, p in zip(use.access.subscripts, places, strict=True)
        if affine.is_static(s)
    ]
    by_key = [
        Bracket(Relation(affine.subtract(affine.name(p), s), "="))
        for s, p in zip(use.access.subscripts, places, strict=True)
        if not affine.is_static(s)
    ]
    indices = equation.indices + use.indices
    domain = domains.intersect(equation.domain, use.domain, domains.from_relations(fibre), sizes)
    if array.support is not None:
        support = domains.rename(array.support, dict(zip(array.axes, places, strict=True)))
        domain = domains.intersect(domain, support)
    where = domains.project_out(domain, indices)
    if domains.is_empty(where):
        return None
    body = build.multiply(*by_key, cotangent, use.factor)
    raw = Reduce("sum", indices, domain, body, use.unlimited) if indices else body
    first = len(trace.steps)
    result = simplify(raw, facts, where, trace.recorder(array.name))
    if result == build.ZERO:
        return None
    pair = build.multiply(
        *by_key, Call(USE, (Access(equation.target, equation.subscripts), use.factor))
    )
    chain = simplify(
        Reduce("sum", indices, domain, pair, use.unlimited) if indices else pair, facts, where
    )
    axes = dict(zip(places, array.axes, strict=True))
    wider = None
    if array.support is not None:
        whole = domains.intersect(support, sizes)
        everywhere = _wider(raw, facts, whole, where)
        if everywhere is not None:
            named = name_bound_indices(everywhere, axes, letters, equation)
            wider = (domains.rename(whole, axes), named)
    result = name_bound_indices(result, axes, letters, equation)
    where = domains.rename(where, axes)
    steps = tuple(trace.steps[first:])
    chain = name_bound_indices(chain, axes, letters, equation)
    trace.contributions.append(
        Contribution(array.name, equation, use.access, raw, result, where, chain, steps)
    )
    return Term(where, result, wider, use.unlimited)


def _wider(raw: Expr, facts: Facts, whole: Domain, where: Domain) -> Expr | None:
    """The contribution as a formula for the whole support, None where it would not be zero outside."""
    rest = domains.subtract(whole, where)
    if domains.is_empty(rest):
        return None
    result = simplify(raw, facts, whole)
    return result if _vanishes(result, rest, facts) else None


def _vanishes(node: Expr, on: Domain, facts: Facts) -> bool:
    """Whether an expression is a sum over nothing everywhere on a domain, or a multiple of one by what is there.

    What is left of a sum once all its indices are known is a case, and no sum that a reader expects.
    """
    match node:
        case Reduce("sum", indices):
            return bool(indices) and domains.is_empty(domains.intersect(node.domain, on))
        case Mul(factors):
            empty = [f for f in factors if _vanishes(f, on, facts)]
            return bool(empty) and all(
                regions.is_readable(f, on, facts.arrays) for f in factors if f not in empty
            )
        case Add(terms):
            return all(_vanishes(t, on, facts) for t in terms)
    return False


def cases(
    name: str, array: Array, terms: Sequence[Term], facts: Facts, sizes: Domain, trace: Trace
) -> list[Equation]:
    """The equations of the adjoint `name` of an array: its terms added, by cases where they differ."""
    pieces = _partition(_widened(terms, array.axes))
    guarded = _guarded(terms) if len(pieces) > MOST_CASES else None
    if guarded is not None:
        pieces = [guarded]
    whole = array.support
    if whole is not None:
        covered = domains.unite(domains.nothing(), *(domain for domain, _ in pieces))
        rest = domains.subtract(domains.intersect(whole, sizes), covered)
        if not domains.is_empty(rest):
            pieces.append((rest, build.ZERO))
    equations = []
    subscripts = tuple(affine.name(axis) for axis in array.axes)
    for domain, expression in pieces:
        simple = simplify(expression, facts, domain, trace.recorder(array.name))
        tidy = domains.gist(domain, sizes)
        equations.append(Equation(name, subscripts, array.axes, tidy, simple))
    return _merge_equal(equations)


def _widened(terms: Sequence[Term], axes: tuple[str, ...]) -> list[Term]:
    """An empty sum is zero: no case is needed for it where the author's own sum says so, or alone."""
    return [
        Term(*term.wider)
        if term.wider and (term.unlimited or len(terms) == 1 or _is_about_sizes(term, axes))
        else term
        for term in terms
    ]


def _is_about_sizes(term: Term, axes: tuple[str, ...]) -> bool:
    """Whether the term is there for all elements at some sizes, as sum(l != m) is for n >= 2."""
    assert term.wider is not None
    some = domains.project_out(term.domain, axes)
    return domains.is_subset(domains.intersect(term.wider[0], some), term.domain)


def _partition(terms: Sequence[Term]) -> list[tuple[Domain, Expr]]:
    """Disjoint domains with the sum of the terms that are active on each."""
    pieces: list[tuple[Domain, Expr]] = []
    for term in terms:
        new = term.domain
        refined: list[tuple[Domain, Expr]] = []
        for domain, expression in pieces:
            both = domains.intersect(domain, new)
            if domains.is_empty(both):
                refined.append((domain, expression))
                continue
            refined.append((both, build.add(expression, term.expression)))
            left = domains.subtract(domain, both)
            if not domains.is_empty(left):
                refined.append((left, expression))
            new = domains.subtract(new, both)
        if not domains.is_empty(new):
            refined.append((new, term.expression))
        pieces = refined
    return pieces


def _guarded(terms: Sequence[Term]) -> tuple[Domain, Expr] | None:
    """One sum in which each term is zero outside its own domain; None where relations do not say that."""
    whole = domains.unite(*(term.domain for term in terms))
    parts = [only_on(term.domain, whole, term.expression) for term in terms]
    known = [part for part in parts if part is not None]
    return (whole, build.add(*known)) if len(known) == len(parts) else None


def _merge_equal(equations: list[Equation]) -> list[Equation]:
    """Cases with the same right side are one case."""
    merged: list[Equation] = []
    for equation in equations:
        for position, other in enumerate(merged):
            if other.expression == equation.expression:
                both = domains.unite(other.domain, equation.domain)
                merged[position] = replace(other, domain=both)
                break
        else:
            merged.append(equation)
    return merged


def rename_axes(expression: Expr, names: Mapping[str, str]) -> Expr:
    values: dict[str, Affine] = {old: affine.name(new) for old, new in names.items()}
    return walk.substitute(expression, values)
