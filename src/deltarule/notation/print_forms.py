"""Elements, subscripts, ranges and index conditions --> layouts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltarule.equations import affine
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.equations.system import System
from deltarule.notation.print_domains import (
    Chain,
    Clause,
    Either,
    Range,
    Verbatim,
    describe,
    range_chain,
    written,
)
from deltarule.notation.print_layout import (
    Comparison,
    Derivative,
    Digits,
    Element,
    Interval,
    Layout,
    Listed,
    Multiple,
    Sum,
)
from deltarule.notation.print_layout import Verbatim as Words
from deltarule.notation.print_place import default_adjoint


def element(system: System, access: Access) -> Layout:
    """An array with its subscripts: xi[i,j], dE/dxi[i,j]."""
    default = default_adjoint(system, access.array)
    if default is None:
        return integer_element(access)
    objective, of = default
    value = element(system, Access(objective, ()))
    return Derivative(value, element(system, Access(of, access.subscripts)))


def integer_element(access: Access) -> Layout:
    return Element(access.array, tuple(affine_form(s) for s in access.subscripts))


def affine_form(form: Affine, tight: bool = True) -> Layout:
    """j-1, 2*n+k, y[i]: a positive term first, if there is one."""
    terms = sorted(form.terms, key=lambda term: term[1] < 0)
    parts = [(c < 0, _multiple(atom, abs(c))) for atom, c in terms]
    if form.constant or not parts:
        first = form.constant > 0 and all(negative for negative, _ in parts)
        number = Digits(str(abs(form.constant)))
        parts.insert(0 if first else len(parts), (form.constant < 0, number))
    alone = len(parts) == 1 and not parts[0][0]
    return parts[0][1] if alone else Sum(tuple(parts), tight)


def _multiple(atom: str | Access, factor: int) -> Layout:
    shown = Element(atom) if isinstance(atom, str) else integer_element(atom)
    return shown if factor == 1 else Multiple(factor, shown)


def domain_form(
    domain: Domain, indices: Sequence[str], context: Domain | None, flat: bool
) -> Layout | None:
    """Ranges and what else holds; None for everything."""
    return clauses_form(describe(domain, indices, context), flat)


def relation_form(relation: Relation, sizes: Iterable[str] = ()) -> Layout:
    """k = y[i], j < M; a side with nothing but sizes and numbers stands on the right."""
    return chain_form(written(relation, not_sizes(relation, sizes)))


def not_sizes(relation: Relation, sizes: Iterable[str]) -> list[str]:
    return sorted(affine.names(relation.affine) - set(sizes))


def clauses_form(clauses: Iterable[Clause], flat: bool) -> Layout | None:
    """All clauses, ranges as j = 2..M where flat; None where there are none."""
    return listed([clause_form(c, flat) for c in clauses])


def conditions_form(clauses: Iterable[Clause]) -> Layout | None:
    """All clauses, ranges as 2 <= j < M; None where there are none."""
    return clauses_form(clauses, flat=False)


def listed(parts: Sequence[Layout]) -> Layout | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Listed(tuple(parts))


def clause_form(clause: Clause, flat: bool, tight: bool = False) -> Layout:
    match clause:
        case Range(index, low, high) if flat:
            above = None if low == high else affine_form(high)
            return Interval(Element(index), affine_form(low), above, tight)
        case Range():
            return chain_form(range_chain(clause))
        case Chain():
            return chain_form(clause)
        case Either(branches):
            return Listed(tuple(_all_hold(branch) for branch in branches), "or")
        case Verbatim(text):
            return Words(text)


def _all_hold(chains: Sequence[Chain]) -> Layout:
    parts = tuple(chain_form(c) for c in chains)
    return parts[0] if len(parts) == 1 else Listed(parts, "and")


def chain_form(chain: Chain) -> Layout:
    return Comparison(tuple(affine_form(o) for o in chain.operands), chain.ops)
