r"""How far a sum reaches: \sum_i x_i y_i + (1 - x_i) z_i sums both terms.

A body ends before the next + or -. Where a later term has the index of the sum, which nothing else
binds there, it can only belong to the sum, and to the innermost whose index it has: -\sum_i x_i + y_i is
minus the sum of both. Where both signs are minus, that of the later term is in doubt: E006; so is a constant
behind the factors of a product, \prod_i p_i c. A term with y(i) is one with y_i. (Plain text has parentheses for all that.)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import names, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Group,
    Indexed,
    Name,
    Product,
    Statement,
    Sum,
    Syntax,
)
from deltarule.source import Span

Term = tuple[Literal[1, -1], Syntax]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with every sum around all terms that have its index."""
    return [
        replace(s, relation=_settled(s.relation, names.bound_on_the_left(s))) for s in statements
    ]


def refuse_constants(statements: list[Statement]) -> None:
    """E006 for the first constant behind the factors of a product."""
    for statement in statements:
        scope = names.bound_on_the_left(statement)
        for node in tree.descend(statement.relation):
            if isinstance(node, Big) and node.op == "prod":
                _refuse_constants_behind(node, frozenset(tree.bound_by(node, scope)))


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
            whole, rest = _extended(big, terms[number + 1 :], scope)
            if whole is not big:
                if sign < 0 and terms[number + 1][0] < 0:
                    _refuse_behind_minus(terms[number + 1][1])
                terms[number:] = [(sign, _with_last(term, whole)), *rest]
        number += 1
    alone = len(terms) == 1 and terms[0][0] == 1
    return terms[0][1] if alone else replace(node, terms=tuple(terms))


def _extended(big: Big, following: list[Term], scope: frozenset[str]) -> tuple[Big, list[Term]]:
    r"""The sum with the terms that have its index, and what is left: first its inner sum with what has that of the inner.

    \sum_l w_l \sum_n r_{ln} + p_{ln} + q_l   -->   \sum_l (w_l \sum_n (r_{ln} + p_{ln}) + q_l)
    """
    bound = frozenset(tree.bound_by(big, scope))
    body = big.body
    inner = _last_factor(body)
    if inner is not None:
        whole, following = _extended(inner, following, scope | bound)
        body = _with_last(body, whole) if whole is not inner else body
    end = 0
    while end < len(following) and _has_free(following[end][1], bound - scope):
        end += 1
    if end:
        span = Span(body.span.source, body.span.start, following[end - 1][1].span.end)
        body = Group(Sum(((1, body), *following[:end]), span), span)
    return (big if body is big.body else replace(big, body=body)), following[end:]


def _refuse_behind_minus(term: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "this can be read in two ways: as part of the sum before it, or beside that sum",
        at=term.span,
        seen="it has an index of the sum, which stands behind a minus",
        help="put what is summed into parentheses, as in -\\sum_i (a_i - b_i)",
    )


def _refuse_constants_behind(node: Big, bound: frozenset[str]) -> None:
    r"""E006 for the c of \prod_i p_i c: a factor of each, or of the product? Plain text has parentheses."""
    body = node.body
    if not isinstance(body, Product) or not tree.written(node).startswith("\\prod"):
        return
    last = body.factors[-1]
    if not bound or bound & tree.names(last) or not bound & tree.names(*body.factors):
        return
    raise DeltaruleError(
        "E006",
        "this can be read in two ways: as part of each factor of the product before it, or beside "
        "that product",
        at=last.span,
        seen="it has no index of the product",
        help="put it before \\prod, or all that is multiplied into parentheses",
    )


def _has_free(node: Syntax, bound: frozenset[str]) -> bool:
    """Whether one of these indices stands in a subscript or call that no sum inside binds."""
    if isinstance(node, Big):
        bound = bound - frozenset(tree.bound_by(node, None))
    places: tuple[Syntax, ...] = ()
    if isinstance(node, Indexed) and node.style == "subscript":
        places = node.subscripts
    elif isinstance(node, Apply):
        places = node.arguments
    if any(_names_free(place, bound) for place in places):
        return True
    return any(_has_free(child, bound) for child in tree.children(node))


def _names_free(node: Syntax, bound: frozenset[str]) -> bool:
    """Whether one of these indices stands there, and no sum inside binds it."""
    if isinstance(node, Big):
        bound = bound - frozenset(tree.bound_by(node, None))
    if isinstance(node, Name):
        return node.name in bound
    return any(_names_free(child, bound) for child in tree.children(node))


def _last_factor(term: Syntax) -> Big | None:
    last = term.factors[-1] if isinstance(term, Product) else term
    return last if isinstance(last, Big) else None


def _with_last(term: Syntax, big: Big) -> Syntax:
    if isinstance(term, Product):
        return replace(term, factors=(*term.factors[:-1], big))
    return big
