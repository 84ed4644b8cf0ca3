"""What a range says: which index runs, which indices a left side has."""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
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
    Without,
)

DESCENDING = {">", ">="}


def range_of(node: Syntax) -> str | None:
    """t of t = 1..T, of t in S, of 1 <= t <= T and of t >= 1."""
    if not isinstance(node, Chain):
        return None
    first, second = node.operands[:2]
    if node.ops in (("=",), ("in",)):
        spaces = Interval | Listed | Name | Without if node.ops == ("in",) else Interval | Listed
        return first.name if isinstance(first, Name) and isinstance(second, spaces) else None
    if any(op not in ("<", "<=", ">", ">=") for op in node.ops):
        return None
    middle = second if len(node.operands) == 3 else first
    return middle.name if isinstance(middle, Name) else None


def ends_of(condition: Syntax) -> tuple[Syntax, Syntax] | None:
    """1 and N of n = 1..N and of 1 <= n <= N."""
    if not isinstance(condition, Chain):
        return None
    last = condition.operands[-1]
    if isinstance(last, Interval):
        return last.low, last.high
    if len(condition.operands) != 3 or not set(condition.ops) <= {"<=", ">="}:
        return None
    ends = condition.operands[0], last
    return ends[::-1] if set(condition.ops) <= DESCENDING else ends


def left_indices(statement: Statement) -> list[str]:
    """The letters in the subscripts, superscripts and arguments of a left side."""
    left = statement_tree.defined(statement)
    found: dict[str, None] = {}
    waiting = [] if left is None else [left]
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
