r"""Ranges behind a list of declarations hold for each of the list.

    W_l, V_l \in \mathbb{R}^{n \times n}, l = 1..L   -->   W_l \in …, l = 1..L   and   V_l \in …, l = 1..L

Only for those of one list, which share one space, and for indices that have no range there yet.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.range_parts import range_of
from deltarule.notation.syntax import Chain, RealSpace, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such ranges at each declaration that has the index."""
    result = list(statements)
    for position in reversed(range(1, len(statements))):
        space = _space(result[position])
        if space is not None and space == _space(result[position - 1]):
            result[position - 1] = _with(result[position - 1], result[position].conditions)
    return result


def _space(statement: Statement) -> RealSpace | None:
    """The space of a declaration; equal for two only where it is written once."""
    relation = statement.relation
    space = relation.operands[-1] if isinstance(relation, Chain) else None
    return space if isinstance(space, RealSpace) else None


def _with(statement: Statement, conditions: tuple[Syntax, ...]) -> Statement:
    assert isinstance(statement.relation, Chain), "it is a declaration"
    letters = tree.names(statement.relation.operands[0])
    own = tree.names(*statement.conditions)
    added = tuple(c for c in conditions if range_of(c) in letters - own)
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement
