r"""Clipped positions: w_{\max(-k, \min(k, j - i))} is a choice between three elements.

    x_{\min(i, n)}   -->   { x_i if i <= n; x_n otherwise }

What the sizes decide, \max(-k, k), is no choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.equations import affine, domains
from deltarule.equations.nodes import Affine, Relation
from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Indexed, Name, Syntax

MOST = 6  # each may double what is written


def first(node: Indexed) -> Apply | None:
    """A largest or smallest of several in a subscript that has no other inside; None without one,
    and where there are too many."""
    found = [n for s in node.subscripts for n in _choices(s)]
    return found[-1] if 0 < len(found) <= MOST else None


def _choices(node: Syntax) -> Iterator[Apply]:
    """Outer ones first."""
    for part in tree.descend(node):
        if isinstance(part, Apply) and is_choice(part):
            yield part


def is_choice(node: Apply) -> bool:
    """max(a, b), min(a, b)."""
    extreme = isinstance(node.head, Name) and node.head.name in ("max", "min")
    return extreme and len(node.arguments) > 1 and not node.primes


def chosen(node: Indexed, choice: Apply, argument: Syntax) -> Indexed:
    """The element with one of the arguments in the place of the choice."""

    def put(old: Syntax) -> Syntax:
        return argument if old is choice else tree.rebuild(old, put)

    return replace(node, subscripts=tuple(put(s) for s in node.subscripts))


def is_taken(choice: Apply, one: Affine, others: list[Affine]) -> list[Relation]:
    """When that argument is the largest or smallest."""
    assert isinstance(choice.head, Name), "it is a choice"
    if choice.head.name == "max":
        return [domains.at_least(one, other) for other in others]
    return [domains.at_least(other, one) for other in others]


def decided(relation: Relation, sizes: frozenset[str]) -> bool | None:
    """Whether a relation holds for all sizes, or for none; None where it may or may not."""
    if not affine.is_static(relation.affine):
        return None
    where = domains.from_relations([relation])
    positive = domains.from_relations(
        domains.at_least(affine.name(s), affine.number(1)) for s in sizes
    )
    if domains.is_subset(positive, where):
        return True
    return False if domains.are_disjoint(positive, where) else None
