"""The symbols that count: those that stand in subscripts, limits and dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.notation import tree
from deltarule.notation.syntax import Big, Indexed, Name, RealSpace, Statement, Syntax


def positions(statement: Statement) -> Iterator[str]:
    """The symbols inside subscripts, limits and dimensions, arrays there aside, and in conditions."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            for place in _places(node):
                yield from _outside_of_elements(place)
    for condition in statement.conditions:
        yield from (n.name for n in tree.descend(condition) if isinstance(n, Name))


def in_subscripts(statement: Statement) -> Iterator[str]:
    """The symbols inside subscripts that are no arrays there: i and k of a_{k, y_i}."""
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Indexed):
                for subscript in node.subscripts:
                    yield from _outside_of_elements(subscript)


def _places(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Indexed():
            return node.subscripts
        case Big():
            return (*node.below, *((node.above,) if node.above is not None else ()))
        case RealSpace():
            return node.dimensions
    return ()


def _outside_of_elements(node: Syntax) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    elif not isinstance(node, Indexed):
        for child in tree.children(node):
            yield from _outside_of_elements(child)
