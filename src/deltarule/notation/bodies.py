r"""How far a sum reaches: \sum_i x_i y_i + (1 - x_i) z_i sums both terms.

A body ends before the next + or -. Where a later term has the index of the sum, which nothing else
binds there, it can only belong to the sum: -\sum_i x_i + y_i is minus the sum of both. (Plain text
has parentheses for that.)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from deltarule.notation import names, tree
from deltarule.notation.syntax import Big, Group, Indexed, Name, Product, Statement, Sum, Syntax

Term = tuple[Literal[1, -1], Syntax]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with every sum around all terms that have its index."""
    return [
        replace(s, relation=_settled(s.relation, names.bound_on_the_left(s))) for s in statements
    ]


def _settled(node: Syntax, scope: frozenset[str]) -> Syntax:
    if isinstance(node, Big):
        inside = scope | frozenset(tree.bound_by(node, scope))
        return replace(node, body=_settled(node.body, inside))
    node = tree.rebuild(node, lambda child: _settled(child, scope))
    if not isinstance(node, Sum) or len(node.terms) < 2:
        return node
    terms: list[Term] = list(node.terms)
    number = 0
    while number < len(terms):
        sign, term = terms[number]
        big = _last_factor(term)
        if big is not None:
            end = _reach(big, terms, number, scope)
            if end > number:
                joined: tuple[Term, ...] = ((1, big.body), *terms[number + 1 : end + 1])
                body = Group(Sum(joined, node.span), node.span)
                terms[number : end + 1] = [(sign, _with_last(term, replace(big, body=body)))]
        number += 1
    alone = len(terms) == 1 and terms[0][0] == 1
    return terms[0][1] if alone else replace(node, terms=tuple(terms))


def _reach(big: Big, terms: list[Term], number: int, scope: frozenset[str]) -> int:
    """The last of the following terms, one after the other, that have the index."""
    bound = frozenset(tree.bound_by(big, scope)) - scope
    end = number
    while end + 1 < len(terms) and _has_free(terms[end + 1][1], bound):
        end += 1
    return end


def _has_free(node: Syntax, bound: frozenset[str]) -> bool:
    """Whether one of these indices stands in a subscript or call that no sum inside binds."""
    if isinstance(node, Big):
        bound = bound - frozenset(tree.bound_by(node, None))
    if isinstance(node, Indexed) and node.style == "subscript":
        found = {n.name for s in node.subscripts for n in tree.descend(s) if isinstance(n, Name)}
        if found & bound:
            return True
    return any(_has_free(child, bound) for child in tree.children(node))


def _last_factor(term: Syntax) -> Big | None:
    last = term.factors[-1] if isinstance(term, Product) else term
    return last if isinstance(last, Big) else None


def _with_last(term: Syntax, big: Big) -> Syntax:
    if isinstance(term, Product):
        return replace(term, factors=(*term.factors[:-1], big))
    return big
