r"""One equation for an element under several letters: C_u, C_v = …

    C_u, C_v = \begin{cases} a & \text{for } u, v = 0 \\ 1 & \text{otherwise} \end{cases}
        -->   C_v = \begin{cases} a & \text{for } v = 0 \\ 1 & \text{otherwise} \end{cases}

What the equation says of one letter it must say of the others too; it is kept for the last one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Cases, Chain, Indexed, Name, Statement, Syntax

COMMA = re.compile(r"(?:\s|\\[,;: ])*,(?:\s|\\[,;: ])*")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one left side in each of such equations."""
    result: list[Statement] = []
    for statement in statements:
        letters = []
        while result and (letter := _listed(result[-1], statement)) is not None:
            letters.append(letter)
            statement = replace(
                statement, span=replace(statement.span, start=result.pop().span.start)
            )
        result.append(_of_last(statement, letters) if letters else statement)
    return result


def _listed(before: Statement, statement: Statement) -> str | None:
    """u of C_u, before C_v = …: the same array, and a comma between."""
    alone, relation = before.relation, statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",) or before.conditions:
        return None
    left = relation.operands[0]
    letter, last = _letter(alone), _letter(left)
    if letter is None or last is None or letter == last:
        return None
    between = tree.written_between(alone, statement)
    return letter if _symbol(alone) == _symbol(left) and COMMA.fullmatch(between) else None


def _letter(node: Syntax) -> str | None:
    """The one subscript of an element, the one argument of a call."""
    match node:
        case Indexed(_, (Name(name),)) | Apply(_, 0, (Name(name),)):
            return name
    return None


def _symbol(node: Syntax) -> object:
    """Equal for elements and calls of one array or function."""
    match node:
        case Indexed(base):
            return ("element", node.style, tree.key(base))
        case Apply(head):
            return ("call", tree.key(head))
    return None


def _of_last(statement: Statement, letters: list[str]) -> Statement:
    """The equation without what it says of the other letters again."""
    relation = statement.relation
    assert isinstance(relation, Chain), "it is an equation"
    left, value = relation.operands
    last = _letter(left)
    assert last is not None, "it is a list of elements"

    def without(conditions: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
        known = [tree.key(c) for c in conditions]
        return tuple(c for c in conditions if not any(_says(c, x, last, known) for x in letters))

    if isinstance(value, Cases):
        branches = tuple((v, w if w is None else without(w)) for v, w in value.branches)
        value = replace(value, branches=branches)
    changed = replace(relation, operands=(left, value))
    return replace(statement, relation=changed, conditions=without(statement.conditions))


def _says(condition: Syntax, letter: str, last: str, known: list[object]) -> bool:
    """Whether this is said of a letter, and of the last one too: u = 0 beside v = 0."""
    if letter not in tree.names(condition):
        return False
    span = condition.span
    return tree.key(tree.substitute(condition, {letter: Name(last, last, span)})) in known
