r"""Lengths of vectors that the ranges of their elements' indices name.

\sum_{i=1}^n x_i^2 + \|x\|^2    -->   x has length n
\sum_{j=1}^m (W H)_{ij}         -->   H has m columns
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deltarule.notation import tree
from deltarule.notation.syntax import (
    Big,
    Chain,
    Indexed,
    Interval,
    Name,
    Num,
    Statement,
    Syntax,
)

Ranges = Mapping[str, Syntax]  # index --> n, where it runs from 1 to n


def element_uses(statement: Statement) -> Iterator[tuple[Indexed, Ranges]]:
    """Each element with the indices around it that run from 1 to a length."""
    around: dict[str, Syntax] = {}
    for condition in statement.conditions:
        around.update(_range_of(condition))
    yield from _uses(statement.relation, around)


def _uses(node: Syntax, ranges: Ranges) -> Iterator[tuple[Indexed, Ranges]]:
    if isinstance(node, Indexed):
        yield node, ranges
    if isinstance(node, Big):
        inner = {**ranges, **_limits(node)}
        yield from _uses(node.body, inner)
        return
    for child in tree.children(node):
        yield from _uses(child, ranges)


def summed_to(body: Syntax) -> Iterator[tuple[str, Syntax]]:
    """j and K for a sum from j = 1 to K."""
    for node in tree.descend(body):
        if isinstance(node, Big):
            yield from _limits(node).items()


def _limits(node: Big) -> dict[str, Syntax]:
    """i = 1 below and n above: i runs to n. What a sum binds otherwise has no length here."""
    found: dict[str, Syntax] = {}
    for entry in node.below:
        if isinstance(entry, Chain) and entry.ops == ("=",) and node.above is not None:
            index, first = entry.operands
            if isinstance(index, Name) and _is_one(first):
                found[index.name] = node.above
        else:
            found.update(_range_of(entry))
    return found


def _range_of(condition: Syntax) -> dict[str, Syntax]:
    """i = 1, …, n and 1 <= i <= n."""
    if not isinstance(condition, Chain):
        return {}
    last = condition.operands[-1]
    if isinstance(last, Interval) and _is_one(last.low):
        return {o.name: last.high for o in condition.operands[:-1] if isinstance(o, Name)}
    if condition.ops == ("<=", "<=") and _is_one(condition.operands[0]):
        index = condition.operands[1]
        return {index.name: last} if isinstance(index, Name) else {}
    return {}


def _is_one(node: Syntax) -> bool:
    return isinstance(node, Num) and node.text == "1"
