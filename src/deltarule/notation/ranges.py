r"""Ranges that stand by themselves: h_0 = 0, \quad t = 1, \dots, T.

A range whose index does not occur in the equation beside it is said of the document: it holds for
every equation whose left side has that index, and that has no range of its own for it. One of several
indices, 1 \leq i < j \leq n, holds for those that have them all.

    a_m = x_m + y_m, \quad d_m = x_m - y_m, \quad m = 1, \dots, n

A range after several equations in one row holds for those that nothing else reads: what is read has the
range that its readers need.
"""

from __future__ import annotations

import re
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Interval,
    Listed,
    Name,
    Power,
    Raised,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such ranges at the equations that they are said of."""
    running = {i for s in statements for i in _left_indices(s)}
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
        own = []
        for condition in statement.conditions:
            index = _range_of(condition)
            if index is None or index in occurring or index not in running:
                own.append(condition)
            else:
                shared.setdefault(index, []).append(condition)
        kept.append(replace(statement, conditions=tuple(own)))
    kept = [_jointly(s, joint) for s in kept]
    kept = _along_rows(kept)
    return [_with(s, shared) for s in kept] if shared else kept


def for_all(statements: list[Statement]) -> list[Statement]:
    """The statements without the letters that they hold for all of: i of `for all i`."""
    result = []
    for statement in statements:
        left = _left_indices(statement)
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

# between equations in one row
BETWEEN = re.compile(r"(?:\s|[,;~]|\\q?quad|\\[,;: ]|\\(?:text|mbox|mathrm)\s*\{\s*and\s*\}|and)+")


def _along_rows(statements: list[Statement]) -> list[Statement]:
    """The statements with the ranges that stand after the last equation of their row."""
    result = list(statements)
    for position in range(len(result) - 1, 0, -1):
        earlier, later = result[position - 1 : position + 1]
        if not _in_one_row(earlier, later):
            continue
        own = {n for c in earlier.conditions for n in _names(c)}
        ranges = {i: c for c in later.conditions if (i := _range_of(c)) is not None}
        left, following = _left_indices(earlier), _left_indices(later)
        added = [ranges[i] for i in left if i in ranges and i in following and i not in own]
        if added and not _is_read(earlier, statements):
            result[position - 1] = replace(earlier, conditions=(*earlier.conditions, *added))
    return result


def _in_one_row(earlier: Statement, later: Statement) -> bool:
    source, start, end = earlier.span.source, earlier.span.end, later.span.start
    if later.span.source is not source:
        return False
    between = source.text[start:end]
    return bool(BETWEEN.fullmatch(between)) and bool(between.strip()) and "\n\n" not in between


def _is_read(statement: Statement, statements: list[Statement]) -> bool:
    """Whether the symbol that it defines occurs anywhere else."""
    assert isinstance(statement.relation, Chain), "it has indices on its left side"
    left, *rest = statement.relation.operands
    while isinstance(left, Indexed | Apply | Power | Raised):
        left = left.head if isinstance(left, Apply) else left.base
    others = [s.relation for s in statements if s is not statement]
    return any(_reads(part, left) for part in (*rest, *others))


def _reads(node: Syntax, symbol: Syntax) -> bool:
    return any(tree.key(n) == tree.key(symbol) for n in tree.descend(node))


def bind(conditions: tuple[Syntax, ...], subscripts: tuple[Syntax, ...]) -> bool:
    """Whether the subscripts are letters, and the conditions, relations all, speak of one of them."""
    if not all(isinstance(c, Chain) for c in conditions):
        return False
    spoken = {n for c in conditions for n in _names(c)}
    letters = [s.name for s in subscripts if isinstance(s, Name)]
    return len(letters) == len(subscripts) and not spoken.isdisjoint(letters)


def _stands_alone(statement: Statement, running: set[str]) -> list[tuple[str, Syntax]]:
    r"""The ranges of `1 \leq i \leq n and 1 \leq j \leq m`, where these are all that is said."""
    parts = (statement.relation, *statement.conditions)
    found = [(index, part) for part in parts if (index := _range_of(part)) in running and index]
    return found if len(found) == len(parts) else []


def _with(statement: Statement, shared: dict[str, list[Syntax]]) -> Statement:
    stated = {n for c in statement.conditions for n in _names(c)}
    added = [c for i in _left_indices(statement) if i not in stated for c in shared.get(i, [])]
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement


def _range_of(node: Syntax) -> str | None:
    """t of t = 1..T, of 1 <= t <= T and of t >= 1."""
    if not isinstance(node, Chain):
        return None
    first, second = node.operands[:2]
    if node.ops in (("=",), ("in",)):
        return (
            first.name
            if isinstance(first, Name) and isinstance(second, Interval | Listed)
            else None
        )
    if any(op not in ("<", "<=", ">", ">=") for op in node.ops):
        return None
    middle = second if len(node.operands) == 3 else first
    return middle.name if isinstance(middle, Name) else None


def _left_indices(statement: Statement) -> list[str]:
    """The letters in the subscripts, superscripts and arguments of a left side."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops[0] not in ("=", "<-"):
        return []
    found: dict[str, None] = {}
    waiting: list[Syntax] = [relation.operands[0]]
    while waiting:
        node = waiting.pop()
        places: tuple[Syntax, ...] = ()
        if isinstance(node, Indexed):
            places, inner = node.subscripts, node.base
        elif isinstance(node, Apply):
            places, inner = node.arguments, node.head
        elif isinstance(node, Power):
            places, inner = (node.exponent,), node.base
        elif isinstance(node, Raised):
            places, inner = (node.inside,), node.base
        else:
            continue
        waiting.append(inner)
        for place in places:
            found.update((n.name, None) for n in tree.descend(place) if isinstance(n, Name))
    return list(found)


def _free(node: Syntax, bound: frozenset[str]) -> set[str]:
    """The symbols that no sum around them binds."""
    if isinstance(node, Name):
        return {node.name} - bound
    inner = (_free(child, inside) for child, inside in tree.scoped_children(node, bound))
    return set[str]().union(*inner)


def _names(node: Syntax) -> set[str]:
    return {n.name for n in tree.descend(node) if isinstance(n, Name)}


def _is_joint(statement: Statement, running: set[str]) -> bool:
    several = _indices_of_several(statement.relation)
    return bool(several) and several <= running and not statement.conditions


def _jointly(statement: Statement, joint: list[Syntax]) -> Statement:
    """The equation with the ranges of several indices that it has all."""
    free = set(_left_indices(statement)) - {n for c in statement.conditions for n in _names(c)}
    added = tuple(c for c in joint if _indices_of_several(c) <= free)
    return replace(statement, conditions=(*statement.conditions, *added)) if added else statement


def _indices_of_several(node: Syntax) -> frozenset[str]:
    """i and j of 1 <= i < j <= n."""
    if not isinstance(node, Chain) or len(node.operands) < 4 or not set(node.ops) <= {"<", "<="}:
        return frozenset()
    between = node.operands[1:-1]
    names = frozenset(n.name for n in between if isinstance(n, Name))
    return names if len(names) == len(between) else frozenset()
