r"""Equations of one element under conditions that exclude each other: cases of one equation.

v[t+1] = c if v[t] >= 30,  v[t+1] = v[t] + I[t] if v[t] < 30     -->   v[t+1] = { c if v[t] >= 30; v[t] + I[t] otherwise }

y[i] = x[i] if x[i] > 0,  y[i] = 0 otherwise                     -->   y[i] = { x[i] if x[i] > 0; 0 otherwise }

The two conditions compare the same values, and one holds exactly where the other does not. Conditions on indices alone,
i <= n, stay: they are the ranges of equations of their own.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import MIRRORED
from deltarule.notation.syntax import Cases, Chain, Indexed, Iverson, Statement, Syntax
from deltarule.source import Span

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one equation for each such pair. E003 for an 'otherwise' that belongs to nothing."""
    result: list[Statement] = []
    waiting = _with_otherwise(statements)
    while waiting:
        first = waiting.pop(0)
        for place, second in enumerate(waiting if first.conditions else ()):
            if (joined := _joined(first, second)) is not None:
                del waiting[place]
                first = joined
                break
        result.append(first)
    return result


def _with_otherwise(statements: list[Statement]) -> list[Statement]:
    """Those before an 'otherwise', as far as they have its left side and a condition on values, are its cases."""
    result: list[Statement] = []
    for statement in statements:
        last = next((c for c in statement.conditions if _is_otherwise(c)), None)
        sides = statement_tree.sides(statement)
        if last is None or sides is None:
            result.append(statement)
            continue
        ranges = tuple(c for c in statement.conditions if c is not last)
        branches: list[tuple[Syntax, tuple[Syntax, ...] | None]] = [(sides[1], None)]
        while result and (case := _case(result[-1], sides[0], ranges)) is not None:
            branches.insert(0, case)
            result.pop()
        if len(branches) == 1:
            raise DeltaruleError(
                "E003",
                "there is no case before this 'otherwise'",
                at=last.span,
                seen=f"no equation of {tree.written(sides[0])} before it has a condition on values",
                help="write y[i] = x[i] if x[i] > 0, and y[i] = 0 otherwise",
            )
        cases = Cases(
            tuple(branches), Span(last.span.source, branches[0][0].span.start, last.span.end)
        )
        relation = Chain((sides[0], cases), ("=",), statement.relation.span)
        result.append(replace(statement, relation=relation, conditions=ranges))
    return result


def _is_otherwise(condition: Syntax) -> bool:
    """The parsers' record of the word: a bracket without a condition."""
    return isinstance(condition, Iverson) and not condition.conditions


def _case(
    statement: Statement, left: Syntax, ranges: tuple[Syntax, ...]
) -> tuple[Syntax, tuple[Syntax, ...]] | None:
    sides = statement_tree.sides(statement)
    if sides is None or tree.key(sides[0]) != tree.key(left):
        return None
    when, others = _condition(statement, left)
    if when is None or (others and not _are_alike(others, ranges)):
        return None
    return sides[1], (when,)


def _are_alike(ranges: tuple[Syntax, ...], others: tuple[Syntax, ...]) -> bool:
    return [tree.key(c) for c in ranges] == [tree.key(c) for c in others]


def _joined(first: Statement, second: Statement) -> Statement | None:
    ours, theirs = statement_tree.sides(first), statement_tree.sides(second)
    if ours is None or theirs is None or tree.key(ours[0]) != tree.key(theirs[0]):
        return None
    when, others = _condition(first, ours[0])
    opposite, rest = _condition(second, theirs[0])
    if when is None or opposite is None or not _is_opposite(when, opposite):
        return None
    if others and not _are_alike(others, rest):
        return None
    span = Span(ours[1].span.source, ours[1].span.start, when.span.end)
    cases = Cases(((ours[1], (when,)), (theirs[1], None)), span)
    relation = Chain((ours[0], cases), ("=",), first.relation.span)
    return replace(first, relation=relation, conditions=rest)


def _condition(statement: Statement, left: Syntax) -> tuple[Chain | None, tuple[Syntax, ...]]:
    """The one condition on values, and the others, which are ranges."""
    below = tree.names(*left.subscripts) if isinstance(left, Indexed) else set()
    found = [c for c in statement.conditions if _is_on_values(c, below)]
    if len(found) != 1 or not isinstance(found[0], Chain):
        return None, statement.conditions
    return found[0], tuple(c for c in statement.conditions if c is not found[0])


def _is_on_values(condition: Syntax, below: set[str]) -> bool:
    """v[t] >= 30 below an element with t, and anything of a number without subscripts."""
    if (
        not isinstance(condition, Chain)
        or len(condition.ops) != 1
        or condition.ops[0] not in OPPOSITE
    ):
        return False
    elements = [n for n in tree.descend(condition) if isinstance(n, Indexed)]
    return not below or any(tree.names(*n.subscripts) & below for n in elements)


def _is_opposite(one: Chain, other: Chain) -> bool:
    wanted, here = OPPOSITE[one.ops[0]], [tree.key(o) for o in one.operands]
    there = [tree.key(o) for o in other.operands]
    same = there == here and other.ops[0] == wanted
    return same or (there[::-1] == here and MIRRORED[other.ops[0]] == wanted)
