r"""A function that is defined and never called is what the equations compute; its arguments are their inputs.

\mathrm{FFN}(x) = \max(0, x W_1) W_2   -->   \mathrm{FFN} = \max(0, x W_1) W_2
f(x_i) = x_i^2                         -->   f_i = x_i^2
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import distributions, tree
from deltarule.notation.called import left_side
from deltarule.notation.counting_symbols import in_subscripts
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such left sides, which have the subscripts of their arguments."""
    called = {name for s in statements for name in _called(s)}
    return [_output(s, called) for s in statements]


def _called(statement: Statement) -> Iterator[str]:
    """The functions that are called, their own left side aside."""
    left = left_side(statement)
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Apply) and node is not left:
                head = node.head.base if isinstance(node.head, Indexed) else node.head
                if isinstance(head, Name):
                    yield head.name


def _output(statement: Statement, called: set[str]) -> Statement:
    """f(x) = body, where nothing calls f  -->  f = body, with the subscripts of its arguments."""
    relation, left = statement.relation, left_side(statement)
    if not isinstance(relation, Chain) or not isinstance(left, Apply) or left.primes:
        return statement
    head = left.head.base if isinstance(left.head, Indexed) else left.head
    if not isinstance(head, Name) or head.name in called:
        return statement
    subscripts = list(left.head.subscripts) if isinstance(left.head, Indexed) else []
    places = frozenset(in_subscripts(statement))
    for argument in left.arguments:
        for found in _running(argument, places):
            if tree.key(found) not in [tree.key(s) for s in subscripts]:
                subscripts.append(found)
    new: Syntax = head
    if subscripts:
        new = Indexed(head, tuple(subscripts), "subscript", left.span)
    return replace(statement, relation=replace(relation, operands=(new, *relation.operands[1:])))


def _running(argument: Syntax, places: frozenset[str]) -> Iterator[Syntax]:
    """The subscripts of x_i, and i itself where the body uses it as one."""
    if isinstance(argument, Name):
        if argument.name in places:
            yield argument
    elif isinstance(argument, Indexed):
        yield from (s for s in argument.subscripts if isinstance(s, Name) and s.name in places)
    elif isinstance(argument, Chain):
        yield from distributions.axes(argument, places) or ()
