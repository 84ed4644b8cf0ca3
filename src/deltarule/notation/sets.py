r"""Sets that indices run over: \sum_{x \in \mathcal{X}}, \{j : Y_j \geq Y_i\}.

    \mathbb{R}^{|x| \times d}               -->   |x| is n_x
    \mathcal{S} = \{1, \dots, n\}          -->   the range 1..n wherever S is written
    \sum_{x \in \mathcal{X}} p(x)          -->   the range 1..n_X, |\mathcal{X}| is n_X
    \sum_{j \in \mathcal{V} \setminus \{i\}}   -->   the range, and j \neq i

A set that is known only by its letter is what numbers its elements: the sum takes them all. A set
with subscripts or arguments, such as the neighbours \mathcal{N}_i, stays open and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    RealSpace,
    Statement,
    Syntax,
    Without,
)


def named(statements: list[Statement]) -> list[Statement]:
    r"""X \in \mathcal{N} = \{1, \dots, n\}  -->  X \in \{1, \dots, n\}, and what the set is.

    What a set is never is a condition of what stands before it.
    """
    found: list[Statement] = []
    sets = _members(statements)
    statements = [_counted(s, sets) for s in statements]

    def is_condition(condition: Syntax) -> bool:
        definition = _definition(condition)
        if definition is None or definition[0] not in sets:
            return True
        found.append(Statement(condition, (), condition.span))
        return False

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Chain) or new.ops != ("in", "="):
            return new
        member, name, values = new.operands
        if not isinstance(name, Name) or not isinstance(values, Interval):
            return new
        found.append(Statement(Chain((name, values), ("=",), new.span), (), new.span))
        return Chain((member, values), ("in",), new.span)

    result = []
    for statement in statements:
        conditions = tuple(node(c) for c in statement.conditions if is_condition(c))
        result.append(replace(statement, relation=node(statement.relation), conditions=conditions))
    return [*result, *found]


def _counted(statement: Statement, sets: set[str]) -> Statement:
    """I = [n], where something lies in I  -->  I = {1, …, n}."""
    sides = statement_tree.sides(statement)
    if sides is None or not isinstance(sides[0], Name) or sides[0].name not in sets:
        return statement
    name, right = sides
    if not isinstance(right, Group) or not tree.written(right).startswith("["):
        return statement
    values = Interval(Num("1", right.span), right.body, right.span)
    return replace(statement, relation=Chain((name, values), ("=",), statement.relation.span))


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with ranges in the place of sets."""
    ranges = _defined(statements)
    _refuse_symbols(statements, ranges)
    letters = _members(statements) - set(ranges)
    if not ranges and not letters:
        return statements
    result = []
    for statement in statements:
        if _definition(statement.relation) is not None:
            continue
        node = _Settling(ranges, letters).node
        conditions = tuple(node(c) for c in statement.conditions)
        result.append(replace(statement, relation=node(statement.relation), conditions=conditions))
    return result


def _refuse_symbols(statements: list[Statement], ranges: dict[str, Interval]) -> None:
    r"""E008 for a \in \{a_1, \dots, a_k\}: what runs are elements, not the integers from a_1 to a_k."""
    for chain in statement_tree.all_nodes(statements):
        if not isinstance(chain, Chain) or chain.ops[-1] != "in":
            continue
        space = chain.operands[-1]
        values = ranges.get(space.name) if isinstance(space, Name) else space
        if isinstance(values, Interval) and _are_symbols(values):
            raise DeltaruleError(
                "E008",
                "a set of symbols is not supported",
                at=values.span,
                seen="not the integers between these two",
                help="let an index run, i \\in \\{1, \\dots, n\\}, and read the elements with it: x_i",
            )


def _are_symbols(values: Interval) -> bool:
    r"""a_1, \dots, a_k; no n_1, \dots, n_2, two numbers."""
    low, high = values.low, values.high
    if not isinstance(low, Indexed) or not isinstance(high, Indexed):
        return False
    same = tree.key(low.base) == tree.key(high.base)
    return same and isinstance(low.subscripts[0], Num) and not isinstance(high.subscripts[0], Num)


def _definition(node: Syntax) -> tuple[str, Interval] | None:
    """S = {1, …, n}."""
    if isinstance(node, Chain) and node.ops == ("=",):
        left, right = node.operands
        if isinstance(left, Name) and isinstance(right, Interval):
            return left.name, right
    return None


def _defined(statements: list[Statement]) -> dict[str, Interval]:
    return dict(d for s in statements if (d := _definition(s.relation)) is not None)


def _members(statements: list[Statement]) -> set[str]:
    """The letters of sets that something lies in."""
    found = set()
    for statement in statements:
        for node in statement_tree.nodes(statement):
            if isinstance(node, Chain) and "in" in node.ops:
                last = node.operands[-1]
                last = last.whole if isinstance(last, Without) else last
                if isinstance(last, Name):
                    found.add(last.name)
        for place in (p for s in statement.conditions for p in _bounds(s)):
            if isinstance(place, AbsoluteValue) and isinstance(place.body, Name):
                found.add(place.body.name)
        for node in statement_tree.nodes(statement):
            for place in _limits(node):
                if isinstance(place, AbsoluteValue) and isinstance(place.body, Name):
                    found.add(place.body.name)
    return found | _lengths(statements)


def _lengths(statements: list[Statement]) -> set[str]:
    r"""x of \mathbb{R}^{|x| \times d}, which stands nowhere but between bars."""
    parts = statement_tree.all_parts(statements)
    spaces = [n for part in parts for n in tree.descend(part) if isinstance(n, RealSpace)]
    found = {n.body.name for space in spaces for n in tree.descend(space)
             if isinstance(n, AbsoluteValue) and isinstance(n.body, Name)}  # fmt: skip
    return found - {n for part in parts for n in _outside_of_bars(part)} if found else found


def _outside_of_bars(node: Syntax) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    if not (isinstance(node, AbsoluteValue) and isinstance(node.body, Name)):
        for child in tree.children(node):
            yield from _outside_of_bars(child)


def _bounds(condition: Syntax) -> tuple[Syntax, ...]:
    """1 and |x| of 1 <= n <= |x|."""
    if not isinstance(condition, Chain) or len(condition.operands) != 3:
        return ()
    low, index, high = condition.operands
    return (low, high) if isinstance(index, Name) else ()


def _limits(node: Syntax) -> tuple[Syntax, ...]:
    if isinstance(node, Big):
        return (node.above,) if node.above is not None else ()
    return (node.low, node.high) if isinstance(node, Interval) else ()


class _Settling:
    def __init__(self, ranges: dict[str, Interval], letters: set[str]) -> None:
        self.ranges = ranges
        self.letters = letters

    def node(self, node: Syntax) -> Syntax:
        if isinstance(node, AbsoluteValue) and (size := self._size(node.body)) is not None:
            return replace(size, span=node.span)
        if isinstance(node, Big):
            below = tuple(part for entry in node.below for part in self._limits(entry))
            node = replace(node, below=below)
        if isinstance(node, Chain) and node.ops[-1] == "in":
            space = self._range(node.operands[-1])
            node = replace(node, operands=(*node.operands[:-1], space))
        return tree.rebuild(node, self.node)

    def _limits(self, entry: Syntax) -> tuple[Syntax, ...]:
        """j in V without {i}: the range, and j != i."""
        if not isinstance(entry, Chain) or entry.ops != ("in",):
            return (entry,)
        index, space = entry.operands
        if not isinstance(space, Without):
            return (entry,)
        inside = replace(entry, operands=(index, self._range(space.whole)))
        return (
            inside,
            *(Chain((index, item), ("!=",), item.span) for item in space.items),
        )

    def _range(self, space: Syntax) -> Syntax:
        if isinstance(space, Name) and space.name in self.ranges:
            return replace(self.ranges[space.name], span=space.span)
        size = self._size(space)
        if size is None or isinstance(space, RealSpace):
            return space
        return Interval(Num("1", space.span), size, space.span)

    def _size(self, space: Syntax) -> Name | None:
        if not isinstance(space, Name):
            return None
        if space.name in self.letters:
            return Name(f"n_{space.name}", f"|{space.latex}|", space.span)
        known = self.ranges.get(space.name)
        if known is not None and isinstance(known.low, Num) and known.low.text == "1":
            return known.high if isinstance(known.high, Name) else None
        return None
