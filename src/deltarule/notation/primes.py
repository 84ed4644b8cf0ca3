r"""Primes that transpose: \mathbf{x}_i' \boldsymbol\beta, as econometrics writes \mathbf{x}_i^\top \boldsymbol\beta.

    \mathbf{x}_i' \boldsymbol\beta   -->   \mathbf{x}_i^\top \boldsymbol\beta
    X'X b                           -->   X^\top X b

Where x is a vector, and x' always has another vector or a group on its right, and is neither defined
nor declared itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Name,
    Product,
    RealSpace,
    Statement,
    Syntax,
    Transposed,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with x' as the transpose of x where nothing else can be meant."""
    primed = {n.name for s in statements for n in tree.descend(s.relation)
              if isinstance(n, Name) and _base(n.name)}  # fmt: skip
    if not primed:
        return statements
    vectors = _vectors(statements)
    stated = {name for s in statements for name in _stated(s)}
    vectors |= {_base(p) for s in statements for p in _before_itself(s.relation)}
    found = {p for p in primed if _base(p) in vectors and p not in stated}
    found -= {name for s in statements for name in _elsewhere(s.relation, found, vectors)}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        name = _name(old)
        if name is not None and name.name in found:
            bare = replace(name, name=_base(name.name), latex=_plain(name.latex))
            inner = replace(old, base=bare) if isinstance(old, Indexed) else bare
            return Transposed(inner, old.span)
        return tree.rebuild(old, node)

    return [
        replace(s, relation=node(s.relation), conditions=tuple(node(c) for c in s.conditions))
        for s in statements
    ]


def _base(name: str) -> str:
    """x for x', nothing for x and for x''."""
    base = name.removesuffix("'")
    return base if base != name and not base.endswith("'") else ""


def _plain(latex: str) -> str:
    return latex.removesuffix("'").removesuffix("^{\\prime}").removesuffix("^\\prime")


def _name(node: Syntax) -> Name | None:
    base = node.base if isinstance(node, Indexed) else node
    return base if isinstance(base, Name) else None


def _vectors(statements: list[Statement]) -> frozenset[str]:
    r"""What is bold, or declared to lie in \mathbb{R}^n."""
    found: set[str] = set()
    for statement in statements:
        relation = statement.relation
        for node in tree.descend(relation):
            if isinstance(node, Name) and node.vector:
                found.add(_base(node.name) or node.name)
        if isinstance(relation, Chain) and isinstance(space := relation.operands[-1], RealSpace):
            if space.dimensions:
                found.update(n.name for o in relation.operands[:-1] if (n := _name(o)))
    return frozenset(found)


def _before_itself(node: Syntax) -> Iterator[str]:
    """X' of X'X, a capital letter."""
    for product in tree.descend(node):
        if isinstance(product, Product):
            for left, right in pairwise(product.factors):
                first, second = _name(left), _name(right)
                if first is not None and second is not None and first.name[:1].isupper():
                    if _base(first.name) == second.name:
                        yield first.name


def _stated(statement: Statement) -> Iterator[str]:
    """The symbols that are defined or declared."""
    relation = statement.relation
    if isinstance(relation, Chain):
        for operand in relation.operands[:-1]:
            if (name := _name(operand)) is not None:
                yield name.name
            elif isinstance(operand, Apply):
                yield from (n.name for a in operand.arguments if (n := _name(a)))
    elif (name := _name(relation)) is not None:
        yield name.name


def _elsewhere(node: Syntax, primed: set[str], vectors: frozenset[str]) -> Iterator[str]:
    """The primed symbols with no vector and no group on their right."""
    name = _name(node)
    if name is not None and name.name in primed:
        yield name.name
        return
    children = list(tree.children(node))
    if isinstance(node, Product):
        for number, factor in enumerate(node.factors[:-1]):
            own = _name(factor)
            following = _name(node.factors[number + 1])
            turned = following is not None and following.name in vectors | primed
            if own is not None and own.name in primed and not node.ops[number]:
                if turned or isinstance(node.factors[number + 1], Group):
                    children.remove(factor)
    for child in children:
        yield from _elsewhere(child, primed, vectors)
