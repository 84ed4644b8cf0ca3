r"""Two bold vectors side by side where an equation defines a number.

    z_i = \mathbf{w}_i \mathbf{y} + b_i   -->   z_i = \langle \mathbf{w}_i, \mathbf{y} \rangle + b_i

A plain small letter on the left, among bold vectors, is a number, and so only the inner product fits. Where another
term is a vector, or the left side may be one, the product stays as it is and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Inner,
    Name,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.vector_symbols import usual_rank


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with inner products for such pairs."""
    declared = set(_declared(statements))
    return [_settled(s, declared) for s in statements]


def _settled(statement: Statement, declared: set[str]) -> Statement:
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return statement
    left, right = relation.operands
    if not _is_number(left, declared):
        return statement
    value = _with_inner(right)
    if value is right or any(_outside(value)):
        return statement
    return replace(statement, relation=replace(relation, operands=(left, value)))


def _declared(statements: list[Statement]) -> Iterator[str]:
    """What is said to be a vector or matrix."""
    for subject, space in statement_tree.declarations(statements):
        if space.dimensions and (name := tree.symbol(subject)) is not None:
            yield name


def _is_number(left: Syntax, declared: set[str]) -> bool:
    """A small letter that is not bold, with subscripts or arguments or without."""
    base = left.head if isinstance(left, Apply) else left
    name = base.base if isinstance(base, Indexed) else base
    if not isinstance(name, Name) or name.vector:
        return False
    return usual_rank(name.name) == 1 and name.name not in declared


def _with_inner(node: Syntax) -> Syntax:
    """The value with pairs of bold vectors as inner products, in sums, fractions and functions."""
    match node:
        case Product(factors, ops):
            places = [n for n, f in enumerate(factors) if any(_bold(f))]
            if len(places) != 2 or not all(_is_vector(factors[n]) for n in places):
                return node
            first, second = places
            if second != first + 1 or ops[first]:
                return node
            pair = Inner(factors[first], factors[second], node.span)
            rest = (*factors[:first], pair, *factors[second + 1 :])
            if len(rest) == 1:
                return pair
            return replace(node, factors=rest, ops=(*ops[:first], *ops[second:]))
        case Sum() | Group() | Quotient() | Apply():
            return tree.rebuild(node, _with_inner)
    return node


def _is_vector(node: Syntax) -> bool:
    name = node.base if isinstance(node, Indexed) else node
    return isinstance(name, Name) and name.vector and usual_rank(name.name) == 1


def _bold(node: Syntax) -> Iterator[bool]:
    return (True for n in tree.descend(node) if isinstance(n, Name) and n.vector)


def _outside(node: Syntax) -> Iterator[bool]:
    """The bold symbols that are in no inner product."""
    if isinstance(node, Name) and node.vector:
        yield True
    if not isinstance(node, Inner):
        for child in tree.children(node):
            yield from _outside(child)
