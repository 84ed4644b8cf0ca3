r"""Functions with a value as their subscript, which one equation defines for all values.

    P_s(j) = \frac{\exp(s_j)}{\sum_k \exp(s_k)},  L = -\sum_j P_y(j) \ln P_z(j)
        -->   P_y(j) = \frac{\exp(y_j)}{\sum_k \exp(y_k)},  P_z(j) = …

The subscript s is what the formula reads, so P_y is P_s of y. A subscript that stands for no value,
as in p_{data}, is part of a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation for each member of such a family that is called."""
    families = [f for s in statements if (f := _family(s)) is not None]
    bases = [f.base for f in families]
    families = [f for f in families if bases.count(f.base) == 1]
    if not families:
        return statements
    values = {n for s in statements for n in _values(s)}
    result = list(statements)
    for family in families:
        members = _members(statements, family)
        wanted = {n: m for n, m in members.items() if n != family.letter and n in values}
        if not wanted:
            continue
        place = next(n for n, s in enumerate(result) if s is family.statement)
        own = [family.statement] if family.letter in members else []
        copies = [_copy(family, member) for member in wanted.values()]
        result[place : place + 1] = [*own, *copies]
    return result


@dataclass(frozen=True, slots=True)
class _Family:
    """P and s of P_s(j) = …"""

    base: str
    letter: str
    statement: Statement


def _family(statement: Statement) -> _Family | None:
    """The function that an equation defines, where its formula reads its subscript as a value."""
    relation = statement_tree.equation(statement)
    if relation is None:
        return None
    left = relation.operands[0]
    found = _member(left)
    if found is None:
        return None
    base, letter = found
    if letter.name not in {n for value in relation.operands[1:] for n in _read(value)}:
        return None
    return _Family(base, letter.name, statement)


def _member(node: Syntax) -> tuple[str, Name] | None:
    """P and y of P_y(j)."""
    if not isinstance(node, Apply) or not isinstance(node.head, Indexed) or node.primes:
        return None
    head = node.head
    if not isinstance(head.base, Name) or len(head.subscripts) != 1:
        return None
    (letter,) = head.subscripts
    return (head.base.name, letter) if isinstance(letter, Name) else None


def _members(statements: list[Statement], family: _Family) -> dict[str, Name]:
    """The subscripts that the function is called with, its own definition aside."""
    found: dict[str, Name] = {}
    for statement in statements:
        for node in tree.descend(statement.relation):
            member = _member(node)
            if member is None or member[0] != family.base:
                continue
            relation = family.statement.relation
            if not (isinstance(relation, Chain) and node is relation.operands[0]):
                found.setdefault(member[1].name, member[1])
    return found


def _copy(family: _Family, member: Name) -> Statement:
    """The equation with another value for the subscript."""
    values = {family.letter: member}
    relation = tree.substitute(family.statement.relation, values)
    conditions = tuple(tree.substitute(c, values) for c in family.statement.conditions)
    return replace(family.statement, relation=relation, conditions=conditions)


def _values(statement: Statement) -> Iterator[str]:
    """The symbols that stand for values: declared as such, read, or arguments that are defined with."""
    relation = statement.relation
    if not isinstance(relation, Chain):
        return
    if isinstance(relation.operands[-1], RealSpace):
        for subject in relation.operands[:-1]:
            yield from _read(subject)
    elif relation.ops[0] == "=" and not isinstance(relation.operands[-1], Interval):
        for part in relation.operands:
            yield from _read(part)


def _read(node: Syntax) -> Iterator[str]:
    """The symbols that an expression is made of, and not only counted by."""
    match node:
        case Name(name):
            yield name
        case Indexed(base):
            yield from _read(base)
        case Apply(_, _, arguments):
            for argument in arguments:
                yield from _read(argument)
        case Big(_, _, _, body):
            yield from _read(body)
        case _:
            for child in tree.children(node):
                yield from _read(child)
