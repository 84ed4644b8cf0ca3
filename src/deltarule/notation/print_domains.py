"""Domains as a person would write them: ranges, chains of comparisons, or what is left of a set.

A domain is described in terms of its indices, in their order, and relative to a context: what is
known already (the sizes, the domain around) is not said again. Both printers read this description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import islpy as isl

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, All, Compare, CompareOp, Condition, Relation


@dataclass(frozen=True, slots=True)
class Range:
    """The index runs from low to high, both included."""

    index: str
    low: Affine
    high: Affine


@dataclass(frozen=True, slots=True)
class Chain:
    """Affine forms with the comparisons between them: 2 <= j < M, k != j."""

    operands: tuple[Affine, ...]
    ops: tuple[CompareOp, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these conjunctions holds."""

    branches: tuple[tuple[Chain, ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A condition that has no comparison of affine forms, in isl's words: n mod 2 = 0."""

    text: str


Clause = Range | Chain | Either | Verbatim

FLIPPED: dict[CompareOp, CompareOp] = {
    "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip


def describe(domain: Domain, indices: Sequence[str], context: Domain | None = None) -> list[Clause]:
    """The clauses that all hold together exactly where the domain does, given the context.

    Each index gets its range over the indices before it, where it has one lower and one upper
    bound; what the ranges do not say follows as conditions. An empty domain is the range 1..0.

    {2 <= j <= M, 1 <= k < j, k != l}, (j, k)  -->  j = 2..M, k = 1..j-1, k != l
    """
    known = domains.everything() if context is None else context
    if indices and domains.is_empty(domains.intersect(domain, known)):
        return [Range(indices[0], affine.number(1), affine.number(0))]
    clauses: list[Clause] = []
    for position, index in enumerate(indices):
        found = _range(domains.project_out(domain, indices[position + 1 :]), index, known)
        if found is not None:
            clauses.append(found)
            known = domains.intersect(known, domains.between(found.low, index, found.high))
    return clauses + _conditions(domain, indices, known)


def _range(domain: Domain, index: str, known: Domain) -> Range | None:
    """The author's own bounds if there is just one pair, else the pair that the context leaves."""
    for candidate in _ever_looser(domain, known):
        found = domains.bounds(candidate, index)
        if found is not None and len(found[0]) == 1 and len(found[1]) == 1:
            return Range(index, found[0][0], found[1][0])
    return None


def _ever_looser(domain: Domain, known: Domain) -> Iterator[Domain]:
    yield domain
    needed = domains.gist(domain, known)
    yield needed
    yield _hull(domain)
    yield domains.gist(_hull(domain), known)


def _hull(domain: Domain) -> Domain:
    """A convex set around the domain that uses the domain's own bounds, without divisibility."""
    hull = domain.set.coalesce().remove_divs().unshifted_simple_hull()
    return Domain(isl.Set.from_basic_set(hull))


def _conditions(domain: Domain, indices: Sequence[str], known: Domain) -> list[Clause]:
    """What the domain demands beyond what is known."""
    rest = domains.gist(domain, known)
    if domains.is_everything(rest):
        return []
    conjunctions = domains.relations(rest)
    if conjunctions is None:
        return [Verbatim(_isl_text(rest))]
    if len(conjunctions) == 1:
        return list(solved_chains(conjunctions[0], indices))
    hull = _hull(domain)
    apart = _hyperplanes(domain, domains.intersect(hull, known))
    around = domains.relations(domains.gist(hull, known))
    if apart is not None and around is not None and len(around) <= 1:
        whole = solved_chains(around[0], indices) if around else []
        return [*whole, *(_solved(Relation(form, "!="), indices) for form in apart)]
    return [Either(tuple(tuple(solved_chains(c, indices)) for c in conjunctions))]


def _hyperplanes(domain: Domain, known: Domain) -> list[Affine] | None:
    """The forms that are 0 nowhere in the domain, if that is all: {k < j or k > j} --> [k - j]."""
    missing = domains.relations(domains.gist(domains.subtract(known, domain), known))
    zeros: list[Affine] = []
    for relation in (r for conjunction in missing or [] for r in conjunction):
        seen = relation.affine in zeros or affine.scale(relation.affine, -1) in zeros
        if relation.op == "=" and not seen and _is_nowhere(relation, domain):
            zeros.append(relation.affine)
    apart = domains.from_relations(Relation(form, "!=") for form in zeros)
    same = domains.intersect(known, apart) == domains.intersect(known, domain)
    return zeros if zeros and same else None


def _is_nowhere(relation: Relation, domain: Domain) -> bool:
    return domains.are_disjoint(domain, domains.from_relations([relation]))


def _isl_text(domain: Domain) -> str:
    """The condition of an isl set: `[n] -> { : (n) mod 2 = 0 }`  -->  `n mod 2 = 0`."""
    text = str(domain.set).partition(": ")[2].rstrip(" }")
    return re.sub(r"\((\w+)\) mod", r"\1 mod", text)


# ------------------------------------------------------------------------------ comparisons


def range_chain(found: Range) -> Chain:
    """A range as comparisons: k = 1..j-1  -->  1 <= k < j."""
    if found.low == found.high:
        return Chain((affine.name(found.index), found.low), ("=",))
    here = affine.name(found.index)
    low, below = _strict(found.low, 1)
    high, above = _strict(found.high, -1)
    return Chain((low, here, high), ("<" if below else "<=", "<" if above else "<="))


def _strict(bound: Affine, step: int) -> tuple[Affine, bool]:
    """The bound without its step, and whether it had one, so that the comparison is strict."""
    if bound.terms and bound.constant == step:
        return affine.add(bound, affine.number(-step)), True
    return bound, False


def solved_chains(relations: Iterable[Relation], indices: Sequence[str]) -> list[Chain]:
    """Relations with the indices on the left, and bounds of one index on both sides joined.

    k >= 1, k <= n, k < j  -->  1 <= k <= n, k < j
    """
    return join_bounds([_solved(relation, indices) for relation in relations])


def _solved(relation: Relation, indices: Sequence[str]) -> Chain:
    """The last of the indices that can be solved for stands alone on the left."""
    coefficients = dict(relation.affine.terms)
    for index in reversed(indices):
        if abs(coefficients.get(index, 0)) == 1:
            return _solved_for(relation, index, coefficients[index])
    return written(relation, indices)


def _solved_for(relation: Relation, index: str, coefficient: int) -> Chain:
    rest = affine.add(relation.affine, affine.scale(affine.name(index), -coefficient))
    bound = affine.scale(rest, -coefficient)
    here = affine.name(index)
    if relation.op != ">=":
        return Chain((here, bound), (relation.op,))
    bound, strict = _strict(bound, coefficient)
    op: CompareOp = ">=" if coefficient == 1 else "<="
    return Chain((here, bound), (_strictly(op) if strict else op,))


def _strictly(op: CompareOp) -> CompareOp:
    return ">" if op == ">=" else "<"


def written(relation: Relation, indices: Sequence[str] = ()) -> Chain:
    """A relation with its positive terms on the left and its negative ones on the right.

    y[i] - k = 0  -->  y[i] = k;   k - j - 1 >= 0  -->  k > j;   M - k >= 0, (k)  -->  k <= M
    """
    left = [(atom, c) for atom, c in relation.affine.terms if c > 0]
    right = [(atom, -c) for atom, c in relation.affine.terms if c < 0]
    constant = relation.affine.constant
    op: CompareOp = relation.op
    if op == ">=" and constant == -1 and left and right:
        op, constant = ">", 0
    sides = affine.make(left, max(constant, 0)), affine.make(right, max(-constant, 0))
    if _is_subject(sides[1], indices) and not _is_subject(sides[0], indices):
        return Chain((sides[1], sides[0]), (FLIPPED[op],))
    return Chain(sides, (op,))


def _is_subject(side: Affine, indices: Sequence[str]) -> bool:
    """Whether a side can stand on the left: it has an index or data, if there are any."""
    if not indices:
        return bool(side.terms)
    return any(not isinstance(atom, str) or atom in indices for atom, _ in side.terms)


def join_bounds(chains: Sequence[Chain]) -> list[Chain]:
    """Join the first lower and the first upper bound of a form: k >= 1, k < j  -->  1 <= k < j."""
    result: list[Chain] = []
    waiting = list(chains)
    while waiting:
        chain = waiting.pop(0)
        partner = next((other for other in waiting if _bounds_other_side(chain, other)), None)
        if partner is not None:
            waiting.remove(partner)
            chain = _between(*sorted((chain, partner), key=lambda c: c.ops[0] in ("<", "<=")))
        result.append(chain)
    return result


def _bounds_other_side(chain: Chain, other: Chain) -> bool:
    if len(chain.ops) != 1 or len(other.ops) != 1 or chain.operands[0] != other.operands[0]:
        return False
    return {chain.ops[0][0], other.ops[0][0]} == {"<", ">"}


def _between(lower: Chain, upper: Chain) -> Chain:
    return Chain(
        (lower.operands[1], lower.operands[0], upper.operands[1]),
        (FLIPPED[lower.ops[0]], upper.ops[0]),
    )


def flat(condition: Condition) -> Iterator[Relation | Compare]:
    """The comparisons that must all hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from flat(part)
    else:
        yield condition


def introduced(clauses: Iterable[Clause]) -> frozenset[str]:
    """The names that stand alone on a side, so that a reader sees what runs: k of k < j, not i of j = n - i."""
    found: set[str] = set()
    for clause in clauses:
        match clause:
            case Range(index):
                found.add(index)
            case Chain(operands, _):
                found.update(n for o in operands if (n := affine.plain_name(o)) is not None)
            case Either(branches):
                found = found.union(*(introduced(branch) for branch in branches))
            case Verbatim(text):
                found.update(re.findall(r"[^\W\d][\w']*", text))
    return frozenset(found)


def mentioned(clauses: Iterable[Clause]) -> frozenset[str]:
    """The names that clauses speak of: of a range only its index."""
    operands = (o for c in clauses for chain in _chains(c) for o in chain.operands)
    return introduced(clauses).union(*(affine.names(o) for o in operands))


def _chains(clause: Clause) -> Iterator[Chain]:
    match clause:
        case Chain():
            yield clause
        case Either(branches):
            yield from (chain for branch in branches for chain in branch)
