r"""Sets whose elements are listed: \sum_{i \in \{x, y, w, h\}} t_i, g \in \{i, f, o\}.

    \sum_{i \in \{x, y\}} t_i         -->   t_x + t_y
    h_g = \sigma(W_g x), \quad g \in \{i, f\}   -->   h_i = \sigma(W_i x),  h_f = \sigma(W_f x)
    y_i \in \{-1, 1\}                 -->   nothing: data, as y_i \in \mathbb{R}

The elements are labels or numbers, and what is said of the letter holds for each of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Listed,
    Name,
    Product,
    Statement,
    Sum,
    Syntax,
)

MOST = 50  # elements that are written out


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one term or one copy for each element of a list."""
    if not any(_lists(s) for s in statements):
        return statements
    result = [s for s in statements if not _declares_data(s, statements)]
    return [
        replace(t, relation=_written_out(t.relation), conditions=_without_lists(t.conditions))
        for s in result
        for t in _copies(s)
    ]


def _lists(statement: Statement) -> bool:
    return any(isinstance(n, Listed) for n in statement_tree.nodes(statement))


def _declares_data(statement: Statement, statements: list[Statement]) -> bool:
    r"""y_i \in \{-1, 1\}, where no y_i is a subscript: numbers as others are."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("in",):
        return False
    subject, space = relation.operands
    if not isinstance(space, Listed) or any(isinstance(i, Name) for i in space.items):
        return False
    base = subject.base if isinstance(subject, Indexed) else subject
    if not isinstance(base, Name):
        return False
    return not any(
        isinstance(n, Name) and n.name == base.name
        for s in statements
        for part in tree.descend(s.relation)
        if isinstance(part, Indexed)
        for place in part.subscripts
        for n in tree.descend(place)
    )


def _copies(statement: Statement) -> list[Statement]:
    """One statement for each element that a condition lists."""
    for number, condition in enumerate(statement.conditions):
        found = _choice(condition)
        if found is not None:
            letter, items = found
            rest = (*statement.conditions[:number], *statement.conditions[number + 1 :])
            copies = [
                replace(
                    statement,
                    relation=_with_item(statement.relation, letter, item),
                    conditions=tuple(_with_item(c, letter, item) for c in rest),
                )
                for item in items
            ]
            return [t for s in copies for t in _copies(s)]
    return [statement]


def _choice(condition: Syntax) -> tuple[str, tuple[Syntax, ...]] | None:
    r"""g and its values for g \in \{i, f, o\}."""
    if not isinstance(condition, Chain) or condition.ops != ("in",):
        return None
    letter, space = condition.operands
    if not isinstance(letter, Name) or not isinstance(space, Listed):
        return None
    if len(space.items) > MOST:
        _refuse(space)
    return letter.name, space.items


def _without_lists(conditions: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    return tuple(_written_out(c) for c in conditions)


def _written_out(node: Syntax) -> Syntax:
    if isinstance(node, Listed):
        _refuse(node)
    if isinstance(node, Big):
        for number, entry in enumerate(node.below):
            found = _choice(entry)
            if found is not None:
                below = (*node.below[:number], *node.below[number + 1 :])
                return _written_out(_terms(node, below, *found))
    return tree.rebuild(node, _written_out)


def _terms(node: Big, below: tuple[Syntax, ...], letter: str, items: tuple[Syntax, ...]) -> Syntax:
    """The sum, product or maximum of the body with each item for the letter."""
    inner = replace(node, below=below) if below else node.body
    parts = tuple(Group(_with_item(inner, letter, i), node.body.span) for i in items)
    match node.op:
        case "sum":
            return Group(Sum(tuple((1, part) for part in parts), node.span), node.span)
        case "prod":
            return Product(parts, tuple("dot" for _ in parts[1:]), node.span)
        case "max" | "min":
            head = Name(node.op, f"\\{node.op}", node.limits_span)
            return Apply(head, 0, parts, True, node.span)
    at = next(n for entry in node.below for n in tree.descend(entry) if isinstance(n, Listed))
    _refuse(at)


def _with_item(node: Syntax, letter: str, item: Syntax) -> Syntax:
    """The expression with an element for the letter; a label in a subscript is part of the name."""

    def labelled(old: Syntax) -> Syntax:
        new = tree.rebuild(old, labelled)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        places = tree.apart(new.subscripts)
        rest = tuple(p for p in places if not (isinstance(p, Name) and p.name == letter))
        if len(rest) == len(places) or not isinstance(item, Name):
            return new
        name = tree.with_label(new.base, item.name, item.latex)
        return replace(new, base=name, subscripts=rest) if rest else replace(name, span=new.span)

    return tree.substitute(labelled(node), {letter: item})


def _refuse(at: Listed) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "this set is not supported",
        at=at.span,
        seen="not supported",
        help="sets are ranges of integers, {1, …, n}, or labels that a sum or an equation runs over",
    )
