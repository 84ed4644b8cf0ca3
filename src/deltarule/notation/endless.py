r"""Limits at infinity: \sum_{k=0}^{\infty}, k = 1, 2, \dots, \infty, -\infty < k < \infty.

    \sum_{k=0}^{\infty} h_k x_{n-k}   -->   \sum_{k \geq 0} h_k x_{n-k}

Such a sum runs as far as what it reads exists; no array has elements without an end.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Big, Chain, Interval, Name, Statement, Sum, Syntax

INFINITY = "infty"


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with limits that end nowhere where they said infinity."""
    return [
        replace(
            s,
            relation=_open(s.relation),
            conditions=tuple(o for c in s.conditions if (o := _without_ends(_open(c))) is not None),
        )
        for s in statements
    ]


def _open(node: Syntax) -> Syntax:
    node = tree.rebuild(node, _open)
    if not isinstance(node, Big):
        return node
    above = None if node.above is not None and _sign(node.above) == 1 else node.above
    below = [_from_low(e) if above is None and node.above is not None else e for e in node.below]
    return replace(node, below=tuple(_subject(e) for e in below), above=above)


def _from_low(entry: Syntax) -> Syntax:
    """k >= 0 for k = 0, whose upper end was infinity."""
    if isinstance(entry, Chain) and entry.ops == ("=",):
        if not isinstance(entry.operands[1], Interval):
            return replace(entry, ops=(">=",))
    return entry


def _subject(entry: Syntax) -> Syntax:
    """A limit without its infinite ends; its letter alone where it has no other."""
    left = _without_ends(entry)
    if left is not None:
        return left
    assert isinstance(entry, Chain)
    return next(o for o in entry.operands if isinstance(o, Name) and not _sign(o))


def _without_ends(condition: Syntax) -> Syntax | None:
    r"""k \geq 0 for 0 \leq k < \infty and for k = 0..infinity; None where nothing is left."""
    if not isinstance(condition, Chain):
        return condition
    operands, ops = list(condition.operands), list(condition.ops)
    last = operands[-1]
    if isinstance(last, Interval) and len(ops) == 1 and (_sign(last.low) or _sign(last.high)):
        lows = [] if _sign(last.low) == -1 else [last.low]
        highs = [] if _sign(last.high) == 1 else [last.high]
        operands = [*lows, operands[0], *highs]
        ops = ["<="] * (len(operands) - 1)
    while len(ops) and ops[-1] in ("<", "<=") and _sign(operands[-1]) == 1:
        operands, ops = operands[:-1], ops[:-1]
    while len(ops) and ops[0] in ("<", "<=") and _sign(operands[0]) == -1:
        operands, ops = operands[1:], ops[1:]
    while len(ops) == 1 and ops[0] in (">", ">=") and _sign(operands[1]) == -1:
        operands, ops = operands[:1], []
    if not ops:
        return None if isinstance(operands[0], Name) else condition
    return replace(condition, operands=tuple(operands), ops=tuple(ops))


def _sign(node: Syntax) -> int:
    r"""1 for \infty and +\infty, -1 for -\infty, 0 for anything else."""
    match node:
        case Name(name) if name == INFINITY:
            return 1
        case Sum(((sign, Name(name)),)) if name == INFINITY:
            return sign
    return 0
