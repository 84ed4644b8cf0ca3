r"""Ranges that are said of the indices of sums: \sum_{i \neq j} w_{ij}, \quad i, j = 1, \dots, n.

    L = \sum_i x_i, \quad i = 1, \dots, n          -->   L = \sum_{i=1..n} x_i
    L = \sum_{i < j} w_{ij}, \quad i, j = 1..n     -->   L = \sum_{i < j, i=1..n, j=1..n} w_{ij}
    L = -\ln p_c, \quad c \in \{1, \dots, K\}     -->   c is an integer that data give

Such a range is a limit of the sums over that index that have none. One that stands alone holds for all
equations, where its index is on no left side (for those see `ranges`).
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import names, tree
from deltarule.notation.range_parts import left_indices, range_of
from deltarule.notation.syntax import Big, Chain, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such ranges below the sums that they are said of."""
    alone = {
        index: s.relation
        for s in statements
        if not s.conditions and (index := range_of(s.relation)) is not None
    }
    alone = {i: r for i, r in alone.items() if _only_summed(i, statements)}
    result = []
    for statement in statements:
        if any(statement.relation is r for r in alone.values()):
            continue
        scope = _scope(statement)
        given = dict(alone)
        kept: list[Syntax] = []
        for condition in statement.conditions:
            index = range_of(condition)
            if index is None or index in scope:
                kept.append(condition)
            elif index in tree.names(statement.relation) and _sums_openly(
                statement.relation, index, scope
            ):
                given[index] = condition
            elif _is_declaration(condition, index, statement):
                result.append(Statement(condition, (), condition.span))
            else:
                kept.append(condition)
        relation = _limited(statement.relation, given, scope) if given else statement.relation
        result.append(replace(statement, relation=relation, conditions=tuple(kept)))
    return result


def _scope(statement: Statement) -> frozenset[str]:
    """The indices of the left side, those in superscripts too."""
    return names.bound_on_the_left(statement) | frozenset(left_indices(statement))


def _is_declaration(condition: Syntax, index: str, statement: Statement) -> bool:
    """c \\in \\{1, …, K\\}, where no sum of the equation runs over c."""
    relation = statement.relation
    if not isinstance(condition, Chain) or condition.ops != ("in",):
        return False
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return False
    sums = [n for n in tree.descend(relation) if isinstance(n, Big)]
    free = not any(index in tree.bound_by(n, None) for n in sums)
    return free and sum(index in tree.names(c) for c in statement.conditions) == 1


def _only_summed(index: str, statements: list[Statement]) -> bool:
    """Whether a letter stands nowhere but under sums over it without limits, and stands there."""
    found = False
    for statement in statements:
        scope = _scope(statement)
        if range_of(statement.relation) == index:
            continue
        if index in scope or any(index in tree.names(c) for c in statement.conditions):
            return False
        if index in tree.names(statement.relation):
            if not _sums_openly(statement.relation, index, scope):
                return False
            found = True
    return found


def _sums_openly(node: Syntax, index: str, scope: frozenset[str]) -> bool:
    """Whether an index occurs under sums over it only, and none of these has limits for it."""
    if index in scope:
        return False
    if isinstance(node, Big) and index in tree.bound_by(node, scope):
        return _is_open(node, index)
    if isinstance(node, Name):
        return node.name != index
    parts = tree.scoped_children(node, scope)
    inside = [(child, within) for child, within in parts if index in tree.names(child)]
    return all(_sums_openly(child, index, within) for child, within in inside)


def _is_open(node: Big, index: str) -> bool:
    """\\sum_i, \\sum_{i \\neq j}: no entry says between which ends i lies."""
    if node.above is not None:
        return False
    return not any(range_of(entry) == index and _has_ends(entry) for entry in node.below)


def _has_ends(entry: Syntax) -> bool:
    return isinstance(entry, Chain) and (entry.ops[0] in ("=", "in") or len(entry.operands) > 2)


def _limited(node: Syntax, given: dict[str, Syntax], scope: frozenset[str]) -> Syntax:
    if not isinstance(node, Big):
        return tree.rebuild(node, lambda child: _limited(child, given, scope))
    bound = tree.bound_by(node, scope)
    new = [i for i in bound if i in given and _is_open(node, i)]
    kept = [e for e in node.below if not (isinstance(e, Name) and e.name in new)]
    body = _limited(node.body, given, scope | frozenset(bound))
    return replace(node, below=(*(given[i] for i in new), *kept), body=body)
