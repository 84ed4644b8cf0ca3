r"""Primes that transpose matrices: G_v + G_v', F P F', as econometrics and control theory write them.

    S = G + G', \quad G \in \mathbb{R}^{n \times n}   -->   S = G + G^\top
    P = F V F', \quad F \in \mathbb{R}^{n \times m}   -->   P = F V F^\top

Where a document declares or defines G as a matrix, never says what G' is, and adds G' to G or multiplies
both. Elsewhere G' may as well be another matrix: E006.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.primes import (
    base_of,
    name_of,
    refuse,
    stated,
    without_prime,
)
from deltarule.notation.rank_inference import infer_ranks
from deltarule.notation.syntax import (
    Indexed,
    Name,
    Product,
    Statement,
    Sum,
    Syntax,
    Transposed,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with G' as the transpose of the matrix G. E006 where it may be another matrix."""
    said = {name for s in statements for name in stated(s)}
    primed = {n for n in tree.names(*(s.relation for s in statements)) - said if base_of(n) in said}
    if not primed:
        return statements
    known = infer_ranks(statements)

    def is_whole(node: Syntax) -> bool:
        """G' or G_v', without the subscripts of its elements."""
        name = name_of(node)
        return name is not None and name.name in primed and known.rank(without_prime(node)) == 2

    uses = [n for s in statements for n in _parts(s.relation) if is_whole(n)]
    beside = {
        name.name
        for s in statements
        for node in tree.descend(s.relation)
        for name in _beside_itself(node)
    }
    for use in uses:
        name = name_of(use)
        if name is not None and name.name not in beside:
            refuse(use, name)
    if not uses:
        return statements

    def node(old: Syntax) -> Syntax:
        if is_whole(old):
            return Transposed(without_prime(old), old.span)
        return tree.rebuild(old, node)

    return [replace(s, relation=node(s.relation)) for s in statements]


def _parts(node: Syntax) -> Iterator[Syntax]:
    """All parts of an expression but the base of G_v, which is no matrix."""
    yield node
    for child in tree.children(node):
        if not isinstance(node, Indexed) or child is not node.base:
            yield from _parts(child)


def _beside_itself(node: Syntax) -> Iterator[Name]:
    """The G' of G + G' and of F V F'."""
    if isinstance(node, Sum):
        parts = [term for _, term in node.terms]
    elif isinstance(node, Product):
        parts = list(node.factors)
    else:
        return
    parts = [tree.ungrouped(p) for p in parts]
    named = {name.name for p in parts if (name := name_of(p)) is not None}
    yield from (n for p in parts if (n := name_of(p)) is not None and base_of(n.name) in named)
