r"""x \cdot y between vectors is their inner product, unless the equation is one of vectors.

    s = q \cdot k                                       -->   s = q^\top k
    c_t = f_t \cdot c_{t-1} + i_t \cdot g_t,  c_t \in \mathbb{R}^d   -->   c_t = f_t \odot c_{t-1} + i_t \odot g_t

A vector is no sum of inner products. Where only some of the terms are products of two vectors, a
number may be added to every element, and the text does not say which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree, vector_forms, vector_use
from deltarule.notation.rank_inference import infer_ranks
from deltarule.notation.syntax import (
    Group,
    Product,
    Quotient,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.vector_ranks import Ranks, is_dot_product


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with \\odot for the dots of equations between vectors.

    Raises E006 where both readings fit.
    """
    if not any(_has_dots(s) for s in statements):
        return statements
    known = infer_ranks(vector_forms.settle(statements))
    if not known.ranks:
        return statements
    return [_settled(s, known) if _has_dots(s) else s for s in statements]


def _has_dots(statement: Statement) -> bool:
    nodes = tree.descend(statement.relation)
    return any(isinstance(n, Product) and "dot" in n.ops for n in nodes)


def _settled(statement: Statement, known: Ranks) -> Statement:
    relation = statement_tree.equation(statement)
    if relation is None:
        return statement
    left, right = relation.operands[0], relation.operands[-1]
    if isinstance(right, RealSpace) or known.rank(left) != 1:
        return statement
    terms = list(_terms(right))
    products = [t for t in terms if isinstance(t, Product) and _is_inner(t, known)]
    if not products:
        return statement
    name = tree.symbol(left) or ""
    said = name in known.marked | known.declared.keys() or name in vector_use.reads(right)
    if not said or any(known.rank(t) for t in terms):
        _refuse(products[0], known)
    chosen = {id(p) for p in products}

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Product) and id(old) in chosen:
            return replace(old, ops=tuple("odot" if op == "dot" else op for op in old.ops))
        return tree.rebuild(old, node)

    operands = (*relation.operands[:-1], node(right))
    return replace(statement, relation=replace(relation, operands=operands))


def _terms(node: Syntax) -> Iterator[Syntax]:
    """What is added up, brackets and denominators aside."""
    match node:
        case Sum(terms):
            for _, term in terms:
                yield from _terms(term)
        case Group(body) | Quotient(body):
            yield from _terms(body)
        case _:
            yield node


def _is_inner(node: Product, known: Ranks) -> bool:
    """x \\cdot y, a number by its dot; a cross is another matter."""
    return known.rank(node) == 0 and any(True for _ in _pairs(node, known))


def _pairs(node: Product, known: Ranks) -> Iterator[tuple[Syntax, Syntax]]:
    for op, (left, right) in zip(node.ops, pairwise(node.factors), strict=True):
        between = tree.written_between(left, right)
        cross = "times" in between or "×" in between
        if not cross and is_dot_product(known.orientation(left), known.orientation(right), op):
            yield left, right


def _refuse(node: Product, known: Ranks) -> NoReturn:
    left, right = next(_pairs(node, known))
    raise DeltaruleError(
        "E006",
        "a dot between vectors can be read in two ways: as their inner product, a number for every "
        "element of the left side, or as the product of their elements",
        at=replace(node.span, start=left.span.start, end=right.span.end),
        seen="ambiguous",
        help="write \\odot for the element-wise product and x^\\top y for the inner one",
    )
