r"""Whether cases leave nothing out, though none of them says 'otherwise'.

    x < a,  a \leq x          u > c,  u < -c,  |u| \leq c          x < a,  a \leq x \leq b,  x > b

Each condition is an interval of one quantity; they follow one another from minus to plus infinity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deltarule.notation import tree
from deltarule.notation.operators import MIRRORED
from deltarule.notation.syntax import AbsoluteValue, Cases, Chain, ChainOp, Group, Num, Sum, Syntax


def cover_everything(node: Cases) -> bool:
    """Whether the cases speak of one quantity and leave none of its values out: x < a, x >= a."""
    if _is_either_or([when for _, when in node.branches]):
        return True
    found = [list(_intervals(when)) for _, when in node.branches]
    subjects = [p.subject for p in found[0]]
    return any(_covered([_of(pieces, subject) for pieces in found]) for subject in subjects)


def _is_either_or(found: list[tuple[Syntax, ...] | None]) -> bool:
    """x = a and x != a, in any order."""
    only = [c[0] for c in found if c is not None and len(c) == 1]
    chains = [c for c in only if isinstance(c, Chain) and len(c.ops) == 1]
    if len(found) != 2 or len(chains) != 2:
        return False
    sides = {frozenset(repr(tree.key(o)) for o in c.operands) for c in chains}
    return len(sides) == 1 and {c.ops[0] for c in chains} == {"=", "!="}


@dataclass(frozen=True)
class _Piece:
    """low < subject <= high, as keys of what is written; None where it has no end."""

    subject: object
    low: object | None
    high: object | None
    low_belongs: bool
    high_belongs: bool

    def follows(self, other: _Piece) -> bool:
        return self.low == other.high and (self.low_belongs or other.high_belongs)


def _of(pieces: list[_Piece], subject: object) -> _Piece | None:
    return next((p for p in pieces if p.subject == subject), None)


def _covered(found: list[_Piece | None]) -> bool:
    pieces = [p for p in found if p is not None]
    if len(pieces) < len(found):
        return False
    start = next((p for p in pieces if p.low is None), None)
    while start is not None and start.high is not None:
        pieces.remove(start)
        start = next((p for p in pieces if start is not None and p.follows(start)), None)
    return start is not None


def _intervals(conditions: tuple[Syntax, ...] | None) -> Iterator[_Piece]:
    """What one case says, of each quantity that its condition may be about."""
    condition = _bare(conditions[0]) if conditions is not None and len(conditions) == 1 else None
    if not isinstance(condition, Chain):
        return
    operands = [_bare(o) for o in condition.operands]
    if len(operands) == 3:
        yield from _between(condition.ops, operands)
    (left, *rest), op = operands, condition.ops[0]
    if len(rest) == 1 and op in MIRRORED and op != "!=":
        (right,) = rest
        yield from _beside(left, op, right)
        yield from _beside(right, MIRRORED[op], left)


def _between(ops: tuple[ChainOp, ...], operands: list[Syntax]) -> Iterator[_Piece]:
    """a <= x < b, b > x >= a."""
    keys = [tree.key(o) for o in operands]
    if all(op in ("<", "<=") for op in ops):
        yield _Piece(keys[1], keys[0], keys[2], "=" in ops[0], "=" in ops[1])
    elif all(op in (">", ">=") for op in ops):
        yield _Piece(keys[1], keys[2], keys[0], "=" in ops[1], "=" in ops[0])


def _beside(subject: Syntax, op: ChainOp, end: Syntax) -> Iterator[_Piece]:
    """x < a; |x| < a is -a < x < a too."""
    about, limit, belongs = tree.key(subject), tree.key(end), "=" in op
    if op == "=":
        yield _Piece(about, limit, limit, True, True)
    elif op in (">", ">="):
        yield _Piece(about, limit, None, belongs, False)
    else:
        yield _Piece(about, None, limit, False, belongs)
        if isinstance(subject, AbsoluteValue):
            low = tree.key(_negative(end))
            yield _Piece(tree.key(_bare(subject.body)), low, limit, belongs, belongs)


def _bare(node: Syntax) -> Syntax:
    """u for (u)."""
    return _bare(node.body) if isinstance(node, Group) else node


def _negative(node: Syntax) -> Syntax:
    """-c as it is written; 0 for 0."""
    if isinstance(node, Num) and node.text == "0":
        return node
    return Sum(((-1, node),), node.span)
