r"""Arguments that a function has wherever it stands, a symbol that has its value from elsewhere.

    h(s, a, \theta) = \theta^\top x(s, a),  e^{h(s, b, \theta)}     -->   h(s, a) = \theta^\top x(s, a), e^{h(s, b)}

Where every call has the same \theta as the definition, the formula reads the \theta of the document. It stands alone
somewhere; letters that run, or that are positions, stay, and without one of them all arguments do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltarule.notation import called, counting_symbols, names, statement_tree, tree
from deltarule.notation.syntax import Apply, Big, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without such arguments of functions that they define."""
    constant = _constant(statements)
    if not constant:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        gone = constant.get(called.head(new) or "")
        if gone is None or not isinstance(new, Apply):
            return new
        kept = tuple(a for place, a in enumerate(new.arguments) if place not in gone)
        return replace(new, arguments=kept)

    return statement_tree.rebuild_all(statements, node)


def _constant(statements: list[Statement]) -> dict[str, set[int]]:
    """The places of such arguments, by function."""
    calls: dict[str, list[Apply]] = {}
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Apply) and (name := called.head(node)) is not None:
            calls.setdefault(name, []).append(node)
    lefts = [left for s in statements if isinstance(left := called.left_side(s), Apply)]
    functions = {called.head(left) for left in lefts}
    parts = statement_tree.all_parts(statements)
    running = frozenset(_running(statements))
    values = frozenset(n for p in parts for n in _values(p)) - running
    found: dict[str, set[int]] = {}
    for name, of in calls.items():
        count = len(of[0].arguments)
        if name not in functions or any(len(c.arguments) != count for c in of):
            continue
        places = {p for p in range(count) if _is_one([c.arguments[p] for c in of], values)}
        kept = [a for c in of for p, a in enumerate(c.arguments) if p not in places]
        if any(isinstance(a, Name) and a.name in running for a in kept):
            found[name] = places
    return found


def _is_one(arguments: Iterable[Syntax], values: frozenset[str]) -> bool:
    """Whether all of them are one symbol that is a value."""
    symbols = {a.name if isinstance(a, Name) else None for a in arguments}
    return len(symbols) == 1 and bool(symbols & values)


def _values(node: Syntax) -> Iterator[str]:
    """The symbols that are no arguments."""
    if isinstance(node, Name):
        yield node.name
    symbols = called.head(node) is not None
    for child in tree.children(node):
        if not (symbols and isinstance(child, Name)):
            yield from _values(child)


def _running(statements: list[Statement]) -> Iterator[str]:
    """The letters that run, or that a statement uses as positions."""
    for statement in statements:
        yield from counting_symbols.positions(statement)
        yield from tree.names(*statement.conditions)
        yield from names.bound_by_declaration(statement)
        for node in statement_tree.nodes(statement):
            if isinstance(node, Big):
                yield from tree.bound_by(node, frozenset())
