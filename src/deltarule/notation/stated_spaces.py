r"""Equations that say where their value lies: M = K Q^\top \in \mathbb{R}^{n \times m}.

y = W x \in \mathbb{R}^m   -->   y = W x,  y \in \mathbb{R}^m
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation.syntax import Apply, Chain, RealSpace, Statement


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a declaration of its own for each such space."""
    return [part for statement in statements for part in _apart(statement)]


def _apart(statement: Statement) -> tuple[Statement, ...]:
    relation = statement.relation
    if not isinstance(relation, Chain) or not isinstance(space := relation.operands[-1], RealSpace):
        return (statement,)
    if relation.ops[0] != "=" or relation.ops[-1] != "in":
        return (statement,)
    subject, *_ = relation.operands
    value = replace(relation, operands=relation.operands[:-1], ops=relation.ops[:-1])
    equation = replace(statement, relation=value)
    if isinstance(subject, Apply):
        return (equation,)  # the space of a function's values: its formula says as much
    declared = replace(relation, operands=(subject, space), ops=("in",))
    return equation, Statement(declared, (), statement.span)
