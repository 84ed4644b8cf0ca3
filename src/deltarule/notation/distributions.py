"""Probabilities of outcomes are tables.

p(y = k | x_n) = …, p(y_n | x_n)   -->   p_{k,n} = …, p_{y_n,n}
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.called import left_side
from deltarule.notation.counting_symbols import in_subscripts
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Num, Power, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such calls as elements."""
    tables: dict[str, _Table] = {}
    for statement in statements:
        left = left_side(statement)
        if isinstance(left, Apply) and isinstance(left.head, Name) and not left.primes:
            places = frozenset(in_subscripts(statement))
            if any(not isinstance(a, Name) for a in left.arguments):
                if all(axes(a, places) is not None for a in left.arguments):
                    tables[left.head.name] = _Table(left, places)
    tables = {
        n: t
        for n, t in tables.items()
        if _is_read_so(t, statements) and not _is_one_value(t, statements)
    }
    if not tables:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or new.primes or not isinstance(new.head, Name):
            return new
        table = tables.get(new.head.name)
        return new if table is None else _entry(new, table)

    return [
        replace(s, relation=node(s.relation), conditions=tuple(node(c) for c in s.conditions))
        for s in statements
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """p(y = k | x_n) as it stands on the left, and what the statement uses as subscripts."""

    left: Apply
    places: frozenset[str]


def _is_read_so(table: _Table, statements: list[Statement]) -> bool:
    """Whether every call reads an element; not k(x_i, z), where k(x_p, x_q) is defined."""
    return not any(
        isinstance(n, Apply)
        and tree.key(n.head) == tree.key(table.left.head)
        and isinstance(_entry(n, table), Apply)
        for s in statements
        for n in tree.descend(s.relation)
    )


def _is_one_value(table: _Table, statements: list[Statement]) -> bool:
    r"""\hat f(x_0) = …, which nothing calls or defines elsewhere: `outputs` makes a number of it."""
    subscripts = [s for a in table.left.arguments for s in axes(a, table.places) or ()]
    heads = (n.head for n in statement_tree.all_nodes(statements) if isinstance(n, Apply))
    key = tree.key(table.left.head)
    numbers = bool(subscripts) and all(isinstance(s, Num) for s in subscripts)
    return numbers and sum(tree.key(head) == key for head in heads) == 1


def axes(argument: Syntax, places: frozenset[str]) -> tuple[Syntax, ...] | None:
    """The subscripts that an argument on the left gives: k for y = k, n for x_n, none for x."""
    if isinstance(argument, Chain) and argument.ops == ("=",):
        outcome, value = argument.operands
        runs = tuple(outcome.subscripts) if isinstance(outcome, Indexed) else ()
        return runs if isinstance(value, Num) else (value, *runs)
    if isinstance(argument, Indexed):
        return tuple(argument.subscripts)
    if isinstance(argument, Power):
        return axes(argument.base, places)
    if isinstance(argument, Name):
        return (argument,) if argument.name in places else ()
    return None


def _entry(call: Apply, table: _Table) -> Syntax:
    """The element of the table that a call reads; the call as it is where it does not match."""
    if len(call.arguments) != len(table.left.arguments):
        return call
    places: dict[str, Syntax] = {}
    for given, stated in zip(call.arguments, table.left.arguments, strict=True):
        found, wanted = _read_at(given, stated), _read_at(stated, stated)
        if isinstance(stated, Name) and stated.name in table.places:
            found, wanted = [given], [stated]
        if found is None or wanted is None or len(found) != len(wanted):
            return call
        for place, value in zip(wanted, found, strict=True):
            known = places.setdefault(repr(tree.key(place)), value)
            if tree.key(known) != tree.key(value):
                return call  # g(a_1, b_2), where g(a_i, b_i) is defined
    if not places:
        return call.head
    return Indexed(call.head, tuple(places.values()), "subscript", call.span)


def _read_at(given: Syntax, stated: Syntax) -> list[Syntax] | None:
    """The subscripts of an argument where another one is stated; None where it does not match."""
    if isinstance(stated, Chain):
        return _outcome(given, stated)
    if isinstance(stated, Power):
        matches = isinstance(given, Power) and _is_alike(given.base, stated.base)
        return list(axes(given, frozenset()) or ()) if matches else None
    if not _is_alike(given, stated):
        return None
    return list(given.subscripts) if isinstance(given, Indexed) else []


def _is_alike(given: Syntax, stated: Syntax) -> bool:
    """Whether both are elements of one array, or the same symbol."""
    if isinstance(stated, Indexed):
        return isinstance(given, Indexed) and tree.key(given.base) == tree.key(stated.base)
    return tree.key(given) == tree.key(stated)


def _outcome(given: Syntax, stated: Chain) -> list[Syntax] | None:
    """The subscripts that y_m = 2, or y_m, has where y_n = k is stated."""
    outcome, value = stated.operands
    said = given.operands[0] if isinstance(given, Chain) else given
    runs = list(said.subscripts) if isinstance(said, Indexed) else []
    if isinstance(outcome, Indexed) != isinstance(said, Indexed) and isinstance(given, Chain):
        return None
    if isinstance(value, Num):
        same = isinstance(given, Chain) and tree.key(given.operands[1]) == tree.key(value)
        return runs if same else None
    chosen = given.operands[1] if isinstance(given, Chain) else given
    return [chosen, *(runs if isinstance(outcome, Indexed) else [])]
