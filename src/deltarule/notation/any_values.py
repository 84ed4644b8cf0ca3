r"""Elements of integer arrays that stand for any value: p(w_O | w_I).

    p(w_O | w_I) = \frac{\exp(u_{w_O}^\top v_{w_I})}{\sum_{w=1}^W \exp(u_w^\top v_{w_I})}
        -->   p_{a,b} = \frac{\exp(u_a^\top v_b)}{\sum_w \exp(u_w^\top v_b)},  a is w_O, b is w_I

An equation that defines p for two elements, whose letters run nowhere in the document, defines it for
all that they may be: each of them is an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Chain, Indexed, Interval, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an index for every such element."""
    return [_settled(s, statements) for s in statements]


def _settled(statement: Statement, statements: list[Statement]) -> Statement:
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return statement
    left, right = relation.operands
    if not isinstance(left, Apply) or not isinstance(left.head, Name):
        return statement
    elements = {tree.key(a): a for a in left.arguments if _element(a) is not None}
    if len(elements) != len(left.arguments):
        return statement
    letters = {letter for a in elements.values() if (letter := _element(a)) is not None}
    parts = [p for s in statements if s is not statement for p in statement_tree.parts(s)]
    elsewhere = tree.names(*parts)
    inside = {n for part in (right, *statement.conditions) for n in _outside(part, set(elements))}
    read = {tree.key(n) for n in _subscripts(right)}
    if letters & (elsewhere | inside) or not set(elements) <= read:
        return statement

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if tree.key(new) not in elements:
            return new
        assert isinstance(new, Indexed) and isinstance(new.base, Name), "it is an element"
        name = f"{new.base.name}_{_element(new)}"
        return Name(name, f"{new.base.latex}_{{{_element(new)}}}", new.span)

    ranges = {base: space for s in statements for base, space in _declared(s)}
    conditions = [
        Chain((node(a), replace(ranges[base], span=a.span)), ("in",), a.span)
        for a in elements.values()
        if (base := tree.symbol(a)) is not None and base in ranges
    ]
    return replace(
        statement, relation=node(relation), conditions=(*statement.conditions, *conditions)
    )


def _declared(statement: Statement) -> Iterator[tuple[str, Interval]]:
    """w and 1..W of w_t in {1, …, W}."""
    relation = statement.relation
    if isinstance(relation, Chain) and isinstance(space := relation.operands[-1], Interval):
        yield from ((n, space) for o in relation.operands[:-1] if (n := tree.symbol(o)) is not None)


def _element(node: Syntax) -> str | None:
    """O of w_O."""
    if isinstance(node, Indexed) and isinstance(node.base, Name) and len(node.subscripts) == 1:
        (letter,) = node.subscripts
        return letter.name if isinstance(letter, Name) else None
    return None


def _outside(node: Syntax, elements: set[object]) -> Iterator[str]:
    """The symbols that are no part of these elements."""
    if tree.key(node) in elements:
        return
    if isinstance(node, Name):
        yield node.name
    for child in tree.children(node):
        yield from _outside(child, elements)


def _subscripts(node: Syntax) -> Iterator[Syntax]:
    """All that stands below something."""
    for found in tree.descend(node):
        if isinstance(found, Indexed):
            for subscript in found.subscripts:
                yield from tree.descend(subscript)
