r"""Factors side by side that are one symbol: the \delta_t V of \delta_t V = …, which is no product there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.notation import statement_tree
from deltarule.notation.syntax import Product, Statement, Syntax

Pair = tuple[Syntax, Syntax]


def pairs(nodes: Iterable[Syntax]) -> Iterator[Pair]:
    """The factors of these products that stand right behind one another, with no sign between."""
    for node in nodes:
        if isinstance(node, Product):
            for pair, op in zip(pairwise(node.factors), node.ops, strict=True):
                if not op:
                    yield pair


def defined(statements: list[Statement]) -> Iterator[Pair]:
    """The pairs that are a whole left side."""
    for statement in statements:
        left = statement_tree.left_side(statement)
        if isinstance(left, Product) and len(left.factors) == 2:
            yield from pairs([left])


def joined(product: Product, join: Callable[[Syntax, Syntax], Syntax | None]) -> Syntax:
    """a b c --> d c, where join makes d of a and b; what it makes None of stays apart."""
    factors, ops = [product.factors[0]], list(product.ops[:0])
    for op, factor in zip(product.ops, product.factors[1:], strict=True):
        both = None if op else join(factors[-1], factor)
        if both is not None:
            factors[-1] = both
        else:
            factors.append(factor)
            ops.append(op)
    whole = len(factors) == 1
    return factors[0] if whole else replace(product, factors=tuple(factors), ops=tuple(ops))
