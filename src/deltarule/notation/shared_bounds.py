r"""Bounds that several indices share: 1 \leq i, j \leq n.

    1 \leq i, j \leq n        -->   1 \leq i \leq n, 1 \leq j \leq n
    \sum_{0 \leq x, y < L}    -->   \sum_{0 \leq x < L, 0 \leq y < L}
    1 \leq i \neq j \leq n     -->   1 \leq i \leq n, 1 \leq j \leq n, i \neq j

As a list of conditions it would leave i without an end and j without a start. So it is read only where
nothing else bounds one of them, and all are indices of what it is said of; otherwise it is E006.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Cases,
    Chain,
    ChainOp,
    Indexed,
    Name,
    Num,
    Statement,
    Syntax,
)
from deltarule.source import Span

BELOW = (("<",), ("<=",))
SPACES = " \t\n~\\,;:!"


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with bounds for each of such indices."""
    result = []
    for statement in statements:
        node = _Settling(_indices(statement.relation)).node
        conditions = _apart(statement.conditions, _indices(statement.relation))
        relation, changed = node(statement.relation), tuple(node(c) for c in conditions)
        result.append(replace(statement, relation=relation, conditions=changed))
    return result


class _Settling:
    def __init__(self, indices: frozenset[str]) -> None:
        self.indices = indices

    def node(self, old: Syntax) -> Syntax:
        new = tree.rebuild(old, self.node)
        if isinstance(new, Big):
            below = _apart(new.below, _indices(new.body))
            return new if below is new.below else replace(new, below=below)
        if isinstance(new, Cases):
            branches = tuple((v, w and _apart(w, self.indices)) for v, w in new.branches)
            return replace(new, branches=branches)
        return new


def _indices(node: Syntax) -> frozenset[str]:
    """The symbols in subscripts and arguments."""
    found: set[str] = set()
    for part in tree.descend(node):
        places: tuple[Syntax, ...] = ()
        if isinstance(part, Indexed):
            places = part.subscripts
        elif isinstance(part, Apply):
            places = part.arguments
        found.update(name for p in places for name in tree.names(p))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Shared:
    """low op letters op high, where these conditions end, and whether only commas stand between."""

    end: int
    listed: bool
    low: Syntax
    letters: tuple[Name, ...]
    high: Syntax
    ops: tuple[ChainOp, ChainOp]

    @property
    def span(self) -> Span:
        return Span(self.low.span.source, self.low.span.start, self.high.span.end)

    def of(self, letter: Name) -> Chain:
        return Chain((self.low, letter, self.high), self.ops, self.span)


def _apart(conditions: tuple[Syntax, ...], indices: frozenset[str]) -> tuple[Syntax, ...]:
    conditions = tuple(part for c in conditions for part in _unequal(c))
    for start in range(len(conditions) - 1):
        found = _shared(conditions, start)
        if found is None:
            continue
        names = {x.name for x in found.letters}
        rest = (*conditions[:start], *conditions[found.end + 1 :])
        fixed = not (tree.names(found.low) | tree.names(found.high)) & indices
        free = not any(_bounds(c, names) for c in rest)
        if found.listed and fixed and free and names <= indices:
            both = (found.of(letter) for letter in found.letters)
            return (*conditions[:start], *both, *_apart(conditions[found.end + 1 :], indices))
        if isinstance(found.low, Num):
            _refuse(found)
    return conditions


def _unequal(condition: Syntax) -> tuple[Syntax, ...]:
    """1 <= i != j <= n: the bounds are those of both."""
    if not isinstance(condition, Chain) or len(condition.operands) != 4:
        return (condition,)
    low, one, other, high = condition.operands
    before, between, after = condition.ops
    letters = isinstance(one, Name) and isinstance(other, Name)
    if between != "!=" or (before,) not in BELOW or (after,) not in BELOW or not letters:
        return (condition,)
    both = (Chain((low, x, high), (before, after), condition.span) for x in (one, other))
    return (*both, Chain((one, other), ("!=",), condition.span))


def _shared(conditions: tuple[Syntax, ...], start: int) -> _Shared | None:
    """The bounds that begin there: 1 <= i, letters alone, and j <= n."""
    first = conditions[start]
    if not isinstance(first, Chain) or first.ops not in BELOW:
        return None
    low, letter = first.operands
    letters = [letter] if isinstance(letter, Name) else []
    listed = True
    for end in range(start + 1, len(conditions) if letters else 0):
        before, here = conditions[end - 1], conditions[end]
        between = tree.written_between(before, here)
        listed &= between.strip(SPACES) == ""
        if isinstance(here, Name):
            letters.append(here)
            continue
        if not isinstance(here, Chain) or here.ops not in BELOW:
            return None
        other, high = here.operands
        if not isinstance(other, Name):
            return None
        letters.append(other)
        if end + 1 < len(conditions) and _has_end(conditions[end + 1], high):
            continue
        names = [x.name for x in letters]
        apart = not (tree.names(low) | tree.names(high)) & set(names) and len(set(names)) == len(
            names
        )
        ops = (first.ops[0], here.ops[0])
        return _Shared(end, listed, low, tuple(letters), high, ops) if apart else None
    return None


def _has_end(condition: Syntax, high: Syntax) -> bool:
    """Whether the n of k <= n is the one that was said of j too: j, k <= n (see `shared_relations`)."""
    return isinstance(condition, Chain) and condition.operands[-1].span == high.span


def _bounds(condition: Syntax, names: set[str]) -> bool:
    """Whether a condition bounds one of the letters by something else: i <= m, but not i < j, i != 2."""
    if not isinstance(condition, Chain) or condition.ops == ("!=",):
        return False
    sides = [{o.name} if isinstance(o, Name) else set() for o in condition.operands]
    own = [side & names for side in sides]
    others = [o for o, mine in zip(condition.operands, own, strict=True) if not mine]
    return any(own) and bool(others)


def _refuse(found: _Shared) -> NoReturn:
    text = found.span.source.text
    written = text[found.span.start : found.span.end]
    low = text[found.span.start : found.letters[0].span.start].strip()
    high = text[found.letters[-1].span.end : found.span.end].strip()
    each = (f"{low} {text[x.span.start : x.span.end]} {high}" for x in found.letters)
    raise DeltaruleError(
        "E006",
        f"'{written}' can be read in two ways",
        at=found.span,
        seen="ambiguous",
        help=f"write the bounds of each, for example {', '.join(each)}",
    )
