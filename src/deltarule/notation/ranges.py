r"""Ranges that stand by themselves: h_0 = 0, \quad t = 1, \dots, T.

A range whose index does not occur in the equation beside it is said of the document: it holds for
every equation whose left side has that index, and that has no range of its own for it. One of several
indices, 1 \leq i < j \leq n, holds for those that have them all.

    a_m = x_m + y_m, \quad d_m = x_m - y_m, \quad m = 1, \dots, n

A range after several equations in one row holds for all of them: see row_ranges.
"""

from __future__ import annotations

import re
from dataclasses import replace

from deltarule.notation import row_ranges, statement_tree, tree
from deltarule.notation.range_parts import left_indices, range_of
from deltarule.notation.syntax import Chain, Interval, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such ranges at the equations that they are said of."""
    running = {i for s in statements for i in left_indices(s)}
    joint = [s.relation for s in statements if _is_joint(s, running)]
    statements = [s for s in statements if not _is_joint(s, running)]
    shared: dict[str, list[Syntax]] = {}
    kept: list[Statement] = []
    for statement in statements:
        alone = _stands_alone(statement, running)
        if alone:
            for letter, said in alone:
                shared.setdefault(letter, []).append(said)
            continue
        occurring = _free(statement.relation, frozenset())
        own: list[Syntax] = []
        for condition in statement.conditions:
            index = range_of(condition)
            stays = index in occurring and not _is_apart(condition, own)
            if index is None or stays or index not in running:
                own.append(condition)
            else:
                shared.setdefault(index, []).append(condition)
        kept.append(replace(statement, conditions=tuple(own)))
    kept = [_jointly(s, joint) for s in kept]
    kept = row_ranges.settle(kept)
    return [_with(s, shared) for s in kept] if shared else kept


def for_all(statements: list[Statement]) -> list[Statement]:
    """The statements without the letters that they hold for all of: i of `for all i`."""
    result = []
    for statement in statements:
        left = left_indices(statement)
        kept = [c for c in statement.conditions if not _is_of_all(c, left)]
        result.append(replace(statement, conditions=tuple(kept)))
    return result


def _is_of_all(condition: Syntax, left: list[str]) -> bool:
    """A letter of the left side, behind a word that says 'all'; `for i` alone is the start of a range."""
    if not isinstance(condition, Name) or condition.name not in left:
        return False
    text = condition.span.source.text
    return ALL.search(text, max(0, condition.span.start - FAR), condition.span.start) is not None


ALL = re.compile(r"(?:\\forall(?![A-Za-z])|∀|\b(?:all|every|each)\b)[^=]*$")
FAR = 200  # characters: a list of letters is shorter


def bind(conditions: tuple[Syntax, ...], subscripts: tuple[Syntax, ...]) -> bool:
    """Whether the subscripts are letters, and the conditions, relations all, speak of one of them."""
    if not all(isinstance(c, Chain) for c in conditions):
        return False
    spoken = tree.names(*conditions)
    letters = [s.name for s in subscripts if isinstance(s, Name)]
    return len(letters) == len(subscripts) and not spoken.isdisjoint(letters)


def _stands_alone(statement: Statement, running: set[str]) -> list[tuple[str, Syntax]]:
    r"""The ranges of `1 \leq i \leq n and 1 \leq j \leq m`, where these are all that is said."""
    parts = statement_tree.parts(statement)
    found = [(index, part) for part in parts if (index := range_of(part)) in running and index]
    return found if len(found) == len(parts) else []


def _with(statement: Statement, shared: dict[str, list[Syntax]]) -> Statement:
    stated = tree.names(*statement.conditions)
    added = [c for i in left_indices(statement) if i not in stated for c in shared.get(i, [])]
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement


def _is_apart(condition: Syntax, own: list[Syntax]) -> bool:
    """Whether n = 0..N stands behind n < 0: no element has both, so it is said of the others."""
    assert isinstance(condition, Chain), "it is a range"
    end = condition.operands[-1]
    if not isinstance(end, Interval):
        return False
    limits = {"<": end.low, ">": end.high}
    return any(
        isinstance(c, Chain)
        and len(c.operands) == 2
        and range_of(c) == range_of(condition)
        and c.ops[0] in limits
        and tree.key(c.operands[1]) == tree.key(limits[c.ops[0]])
        for c in own
    )


def _free(node: Syntax, bound: frozenset[str]) -> set[str]:
    """The symbols that no sum around them binds."""
    if isinstance(node, Name):
        return {node.name} - bound
    inner = (_free(child, inside) for child, inside in tree.scoped_children(node, bound))
    return set[str]().union(*inner)


def _is_joint(statement: Statement, running: set[str]) -> bool:
    several = _indices_of_several(statement.relation)
    return bool(several) and several <= running and not statement.conditions


def _jointly(statement: Statement, joint: list[Syntax]) -> Statement:
    """The equation with the ranges of several indices that it has all."""
    free = set(left_indices(statement)) - tree.names(*statement.conditions)
    added = tuple(c for c in joint if _indices_of_several(c) <= free)
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement


def _indices_of_several(node: Syntax) -> frozenset[str]:
    """i and j of 1 <= i < j <= n."""
    if not isinstance(node, Chain) or len(node.operands) < 4 or not set(node.ops) <= {"<", "<="}:
        return frozenset()
    between = node.operands[1:-1]
    names = frozenset(n.name for n in between if isinstance(n, Name))
    return names if len(names) == len(between) else frozenset()
