r"""Implicit sums, where the author asks for them: y_i = A_{ij} x_j sums over j.

An index that stands twice in a term, and that neither the left side nor a sum binds, is summed over
that term. Arguments of functions and what stands in parentheses are terms of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Name,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a sum over every index that stands twice in a term."""
    result = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops == ("=",):
            left, right = relation.operands
            scope = names.bound_on_the_left(statement) | _indices(left)
            value, _ = _term(right, scope)
            statement = replace(statement, relation=replace(relation, operands=(left, value)))
        result.append(statement)
    return result


def _indices(left: Syntax) -> frozenset[str]:
    if not isinstance(left, Indexed):
        return frozenset()
    return frozenset(tree.names(*left.subscripts))


def _term(node: Syntax, scope: frozenset[str]) -> tuple[Syntax, Counter[str]]:
    """A term with its sums, and the indices that are free in it."""
    if isinstance(node, Sum):
        parts = [_term(term, scope) for _, term in node.terms]
        terms = tuple((sign, new) for (sign, _), (new, _) in zip(node.terms, parts, strict=True))
        return replace(node, terms=terms), _once(found for _, found in parts)
    node, found = _factors(node, scope)
    twice = [i for i, count in found.items() if count > 1 and i not in scope]
    for index in twice:
        if found[index] > 2:
            raise DeltaruleError(
                "E006",
                f"the index '{index}' stands {found[index]} times in a term: an implicit sum pairs two",
                at=node.span,
                seen="ambiguous",
                help=f"write the sum, \\sum_{index}",
            )
    for index in reversed(twice):
        running = Name(index, index, node.span)
        node = Big("sum", (running,), None, node, node.span, node.span)
    return node, Counter({i: 1 for i in found if i not in twice})


def _factors(node: Syntax, scope: frozenset[str]) -> tuple[Syntax, Counter[str]]:
    """A product with the sums inside its factors; every free index as often as it stands."""
    match node:
        case Indexed(base, subscripts) if isinstance(base, Name):
            letters = [n.name for s in tree.apart(subscripts)
                       for n in tree.descend(s) if isinstance(n, Name)]  # fmt: skip
            return node, Counter(letters)
        case Product(factors):
            parts = [_factors(f, scope) for f in factors]
            return replace(node, factors=tuple(p for p, _ in parts)), _all(f for _, f in parts)
        case Quotient(above, below):
            top, one = _factors(above, scope)
            bottom, other = _term(below, scope)
            return replace(node, numerator=top, denominator=bottom), one + other
        case Group(body) if not isinstance(body, Sum):
            inner, found = _factors(body, scope)
            return replace(node, body=inner), found
        case Group(body):
            inner, found = _term(body, scope)
            return replace(node, body=inner), found
        case Big():
            inside = scope | frozenset(tree.bound_by(node, scope))
            inner, found = _term(node.body, inside)
            free = Counter({i: n for i, n in found.items() if i in scope or i not in inside})
            return replace(node, body=inner), free
        case Apply(_, _, arguments):
            parts = [_term(a, scope) for a in arguments]
            return replace(node, arguments=tuple(p for p, _ in parts)), _once(f for _, f in parts)
    seen: Counter[str] = Counter()

    def inner_term(child: Syntax) -> Syntax:
        new, free = _term(child, scope)
        seen.update(free)
        return new

    return tree.rebuild(node, inner_term), Counter(dict.fromkeys(seen, 1))


def _all(parts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _once(parts: Iterable[Counter[str]]) -> Counter[str]:
    return Counter({index: 1 for part in parts for index in part})
