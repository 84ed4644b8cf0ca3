"""The table of cases of a sum of brackets: which value it has where which brackets hold.

[k = l*] - [k = y]   -->            k = l*   k != l*
                         k = y         0       -1
                         k != y        1        0
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from deltarule.equations import build, products, walk
from deltarule.equations.nodes import Add, Bracket, Expr, Mul, Relation
from deltarule.equations.system import Equation

MOST_BRACKETS = 3


@dataclass(frozen=True, slots=True)
class CaseTable:
    """`values` maps which of the relations hold, in their order, to the value there."""

    relations: tuple[Relation, ...]
    values: Mapping[tuple[bool, ...], Expr]


def case_table(equation: Equation) -> CaseTable | None:
    """The table of an equation whose right side is a sum of terms with brackets on data, else None."""
    terms = (
        equation.expression.terms
        if isinstance(equation.expression, Add)
        else (equation.expression,)
    )
    relations: list[Relation] = []
    for term in terms:
        mine = _brackets(term)
        if not mine:
            return None
        relations.extend(r for r in mine if r not in relations)
    if not 1 < len(relations) <= MOST_BRACKETS:
        return None
    values = {
        holds: _value(terms, dict(zip(relations, holds, strict=True)))
        for holds in product((True, False), repeat=len(relations))
    }
    return CaseTable(tuple(relations), values)


def _brackets(term: Expr) -> list[Relation]:
    factors = term.factors if isinstance(term, Mul) else (term,)
    return [
        f.condition
        for f in factors
        if isinstance(f, Bracket) and isinstance(f.condition, Relation) and f.condition.op == "="
    ]


def _value(terms: tuple[Expr, ...], holds: Mapping[Relation, bool]) -> Expr:
    collected: dict[Expr, Fraction] = {}
    for term in terms:
        coefficient, rest = products.term(_decide(term, holds))
        collected[rest] = collected.get(rest, Fraction(0)) + coefficient
    return build.add(*(build.multiply(build.number(c), rest) for rest, c in collected.items()))


def _decide(node: Expr, holds: Mapping[Relation, bool]) -> Expr:
    if isinstance(node, Bracket) and isinstance(node.condition, Relation):
        if node.condition in holds:
            return build.ONE if holds[node.condition] else build.ZERO
    return walk.map_children(node, lambda child: _decide(child, holds))
