"""Visiting and rebuilding statements: what the passes over them have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Chain, RealSpace, Statement, Syntax


def parts(statement: Statement) -> tuple[Syntax, ...]:
    """The relation, and what is said after it."""
    return (statement.relation, *statement.conditions)


def all_parts(statements: Iterable[Statement]) -> list[Syntax]:
    """What these statements say, and what is said after each."""
    return [part for statement in statements for part in parts(statement)]


def nodes(statement: Statement) -> Iterator[Syntax]:
    """All that a statement is made of, in the order of the text, the outermost first."""
    for part in parts(statement):
        yield from tree.descend(part)


def all_nodes(statements: Iterable[Statement]) -> Iterator[Syntax]:
    """All that these statements are made of."""
    for statement in statements:
        yield from nodes(statement)


def all_names(statements: Iterable[Statement]) -> set[str]:
    """What anything is called, m of i = 1..m too."""
    return tree.names(*all_parts(statements))


def declarations(statements: Iterable[Statement]) -> Iterator[tuple[Syntax, RealSpace]]:
    r"""x and \mathbb{R}^n, y and \mathbb{R}^n of x, y \in \mathbb{R}^n."""
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and isinstance(space := relation.operands[-1], RealSpace):
            yield from ((operand, space) for operand in relation.operands[:-1])


def rebuild(statement: Statement, f: Callable[[Syntax], Syntax]) -> Statement:
    """The statement with f applied to its relation and to each condition."""
    relation = f(statement.relation)
    conditions = tuple(f(c) for c in statement.conditions)
    return replace(statement, relation=relation, conditions=conditions)


def rebuild_all(statements: Iterable[Statement], f: Callable[[Syntax], Syntax]) -> list[Statement]:
    """The statements with f applied to their relations and conditions."""
    return [rebuild(statement, f) for statement in statements]


def subject(statement: Statement) -> Syntax:
    r"""y_i of y_i = 0, of y_i \in S, and of a declaration that is nothing but y_i."""
    relation = statement.relation
    return relation.operands[0] if isinstance(relation, Chain) else relation


def first_operand(statement: Statement) -> Syntax | None:
    r"""y_i of y_i = 0 and of y_i \in S; None where the statement is nothing but y_i."""
    relation = statement.relation
    return relation.operands[0] if isinstance(relation, Chain) else None


def equation(statement: Statement) -> Chain | None:
    """y_i = …, and y_i = … = …; None where the statement is something else."""
    relation = statement.relation
    return relation if isinstance(relation, Chain) and relation.ops[0] == "=" else None


def left_side(statement: Statement) -> Syntax | None:
    """y_i of y_i = …; None where the statement is no equation."""
    relation = equation(statement)
    return None if relation is None else relation.operands[0]


def sides(statement: Statement) -> tuple[Syntax, Syntax] | None:
    """y and x of y = x; None of anything else, of y = x = 0 too."""
    relation = equation(statement)
    if relation is None or len(relation.ops) > 1:
        return None
    left, right = relation.operands
    return left, right


def defined(statement: Statement) -> Syntax | None:
    r"""y_i of y_i = … and of the assignment y_i \leftarrow …; None where the statement is neither."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] in ("=", "<-"):
        return relation.operands[0]
    return None
