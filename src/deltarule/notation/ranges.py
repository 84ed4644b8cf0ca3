r"""Ranges that stand by themselves: h_0 = 0, \quad t = 1, \dots, T.

A range whose index does not occur in the equation beside it is said of the document: it holds for
every equation whose left side has that index, and that has no range of its own for it.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Interval,
    Listed,
    Name,
    Power,
    Raised,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such ranges at the equations that they are said of."""
    running = {i for s in statements for i in _left_indices(s)}
    shared: dict[str, list[Syntax]] = {}
    kept: list[Statement] = []
    for statement in statements:
        alone = _range_of(statement.relation)
        if alone in running and not statement.conditions:
            shared.setdefault(alone, []).append(statement.relation)
            continue
        occurring = _names(statement.relation)
        own = []
        for condition in statement.conditions:
            index = _range_of(condition)
            if index is None or index in occurring or index not in running:
                own.append(condition)
            else:
                shared.setdefault(index, []).append(condition)
        kept.append(replace(statement, conditions=tuple(own)))
    return [_with(s, shared) for s in kept] if shared else statements


def bind(conditions: tuple[Syntax, ...], subscripts: tuple[Syntax, ...]) -> bool:
    """Whether every subscript is a letter that one of the conditions, relations all, speaks of."""
    if not all(isinstance(c, Chain) for c in conditions):
        return False
    spoken = {n for c in conditions for n in _names(c)}
    return all(isinstance(s, Name) and s.name in spoken for s in subscripts)


def _with(statement: Statement, shared: dict[str, list[Syntax]]) -> Statement:
    stated = {n for c in statement.conditions for n in _names(c)}
    added = [c for i in _left_indices(statement) if i not in stated for c in shared.get(i, [])]
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement


def _range_of(node: Syntax) -> str | None:
    """t of t = 1..T, of 1 <= t <= T and of t >= 1."""
    if not isinstance(node, Chain):
        return None
    first, second = node.operands[:2]
    if node.ops in (("=",), ("in",)):
        return (
            first.name
            if isinstance(first, Name) and isinstance(second, Interval | Listed)
            else None
        )
    if any(op not in ("<", "<=", ">", ">=") for op in node.ops):
        return None
    middle = second if len(node.operands) == 3 else first
    return middle.name if isinstance(middle, Name) else None


def _left_indices(statement: Statement) -> list[str]:
    """The letters in the subscripts, superscripts and arguments of a left side."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops[0] not in ("=", "<-"):
        return []
    found: dict[str, None] = {}
    waiting: list[Syntax] = [relation.operands[0]]
    while waiting:
        node = waiting.pop()
        places: tuple[Syntax, ...] = ()
        if isinstance(node, Indexed):
            places, inner = node.subscripts, node.base
        elif isinstance(node, Apply):
            places, inner = node.arguments, node.head
        elif isinstance(node, Power):
            places, inner = (node.exponent,), node.base
        elif isinstance(node, Raised):
            places, inner = (node.inside,), node.base
        else:
            continue
        waiting.append(inner)
        for place in places:
            found.update((n.name, None) for n in tree.descend(place) if isinstance(n, Name))
    return list(found)


def _names(node: Syntax) -> set[str]:
    return {n.name for n in tree.descend(node) if isinstance(n, Name)}
