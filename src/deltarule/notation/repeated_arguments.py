r"""What a term depends on, where it is the argument of the left side already.

    L(\theta) = \sum_t r_t(\theta) A_t   -->   L(\theta) = \sum_t r_t A_t

Not where L is called with other values, L(\theta_k): those are what r_t is then a function of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.called import head, left_side
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without such arguments."""
    values_of = _calls_with_values(statements)
    return [_without_parameters(s, values_of) for s in statements]


def _calls_with_values(statements: list[Statement]) -> set[tuple[str, int]]:
    """The functions, and which of their arguments are anything but the letter of the definition."""
    letters: dict[str, tuple[str | None, ...]] = {}
    for left in map(left_side, statements):
        if isinstance(left, Apply) and (name := head(left)) is not None:
            letters[name] = tuple(a.name if isinstance(a, Name) else None for a in left.arguments)
    found: set[tuple[str, int]] = set()
    for statement in statements:
        for node in tree.descend(statement.relation):
            if isinstance(node, Apply) and (name := head(node)) in letters:
                for place, (a, letter) in enumerate(
                    zip(node.arguments, letters[name], strict=False)
                ):
                    if not isinstance(a, Name) or a.name != letter:
                        found.add((name, place))
    return found


def _without_parameters(statement: Statement, values_of: set[tuple[str, int]]) -> Statement:
    """L(theta) = sum_t r_t(theta) A_t --> L(theta) = sum_t r_t A_t; `values_of` as they are found above."""
    relation, left = statement.relation, left_side(statement)
    if not isinstance(relation, Chain) or not isinstance(left, Apply):
        return statement
    name = head(left) or ""
    parameters = {
        a.name
        for place, a in enumerate(left.arguments)
        if isinstance(a, Name) and (name, place) not in values_of
    }
    parameters -= {n for value in relation.operands[1:] for n in _alone_outside(value)}

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node) if old is not left else old
        if isinstance(new, Apply) and isinstance(new.head, Indexed) and old is not left:
            if all(isinstance(a, Name) and a.name in parameters for a in new.arguments):
                return new.head
        return new

    return replace(statement, relation=node(relation)) if parameters else statement


def _alone_outside(node: Syntax) -> Iterator[str]:
    """The symbols that are no arguments of r_t(theta)."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Apply) and isinstance(node.head, Indexed):
        for argument in node.arguments:
            if not isinstance(argument, Name):
                yield from _alone_outside(argument)
    else:
        for child in tree.children(node):
            yield from _alone_outside(child)
