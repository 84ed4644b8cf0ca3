r"""A function given by its components that nothing calls: f(x)_i = \exp(x_i) / \sum_j \exp(x_j).

f(x)_i = …, with no call of f   -->   f_i = …, an array; x is given
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an array on such left sides."""
    called = {name for s in statements for name in _called(s)}
    return [_without_arguments(s, called) for s in statements]


def _without_arguments(statement: Statement, called: set[str]) -> Statement:
    left = _components(statement)
    if left is None or _head(left) in called:
        return statement
    assert isinstance(statement.relation, Chain) and isinstance(left.base, Apply), "found so"
    array = replace(left, base=left.base.head)
    operands = (array, *statement.relation.operands[1:])
    return replace(statement, relation=replace(statement.relation, operands=operands))


def _components(statement: Statement) -> Indexed | None:
    """f(x)_i of f(x)_i = …, where the arguments are symbols and all subscripts are."""
    left = statement_tree.left_side(statement)
    if not isinstance(left, Indexed) or not isinstance(left.base, Apply):
        return None
    plain = isinstance(left.base.head, Name) and not left.base.primes
    symbols = (*left.base.arguments, *left.subscripts)
    return left if plain and all(isinstance(s, Name) for s in symbols) else None


def _head(left: Indexed) -> str:
    head = left.base.head if isinstance(left.base, Apply) else None
    return head.name if isinstance(head, Name) else ""


def _called(statement: Statement) -> Iterator[str]:
    """The functions that a statement calls, that which it defines aside."""
    left = _components(statement)
    for node in statement_tree.nodes(statement):
        if isinstance(node, Apply) and isinstance(node.head, Name):
            if left is None or node is not left.base:
                yield node.head.name
