r"""Braces around a name that gets subscripts: {W_h}_{i,j} is the element i, j of W_h.

    {W_h}_{i,j}, {W^1_z}_{j,k}  -->  W_h with subscripts, W1_z with subscripts
    \sum_i {x_i}_k              -->  x_{i,k}: i runs there
    {\operatorname{Re} X}_k     -->  Re_X with a subscript
    {a_t}_{t,j}                 -->  a_t with subscripts: an index stands once

Authors write such braces because LaTeX refuses two subscripts in a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import names, statement_tree, superscripts, tree
from deltarule.notation.syntax import (
    Big,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Raised,
    Statement,
    Syntax,
)

Scope = frozenset[str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with every name in braces made one name, unless an index runs in it."""
    twice = {tree.key(n) for p in statement_tree.all_parts(statements) for n in _twice(p)}
    result = []
    for statement in statements:
        scope = names.bound_on_the_left(statement) | names.bound_by_declaration(statement)
        relation = _settle(statement.relation, scope, twice)
        conditions = tuple(_settle(c, scope, twice) for c in statement.conditions)
        result.append(replace(statement, relation=relation, conditions=conditions))
    return result


def _twice(node: Syntax) -> Iterator[Syntax]:
    """The a_t of {a_t}_{t,j}."""
    for found in tree.descend(node):
        if isinstance(found, Indexed) and isinstance(found.base, Group) and found.base.braces:
            inner = found.base.body
            below = tree.names(*found.subscripts)
            if isinstance(inner, Indexed) and below & tree.names(*inner.subscripts):
                yield inner


def _settle(node: Syntax, scope: Scope, twice: set[object]) -> Syntax:
    inside = scope | frozenset(tree.bound_by(node, scope)) if isinstance(node, Big) else scope
    node = tree.rebuild(node, lambda child: _settle(child, inside, twice))
    if not isinstance(node, Group) or not node.braces:
        return node
    nothing: Scope = frozenset()
    return _name(node.body, nothing if tree.key(node.body) in twice else scope) or node.body


def _name(node: Syntax, scope: Scope) -> Name | None:
    """W_h, W^1_h, W^{(1)}, b_1 as one name; None where an index in scope stands in its scripts."""
    match node:
        case Name():
            return node
        case Indexed(base, subscripts, "subscript") if not _runs(subscripts, scope):
            return names.merged(_name(base, scope), subscripts, node.span)
        case Power(base, Name() | Num() as above) if not _runs((above,), scope):
            return _raised(base, above, scope, node)
        case Product((Name() as word, Name() as symbol)):
            latex = f"{{{word.latex} {symbol.latex}}}"
            return replace(symbol, name=f"{word.name}_{symbol.name}", latex=latex, span=node.span)
        case Raised(base, above) if not _runs((above,), scope):
            return _raised(base, above, scope, node)
    return None


def _raised(base: Syntax, above: Syntax, scope: Scope, at: Power | Raised) -> Name | None:
    """W_h with 1 above has it between the letter and its subscripts: W^1_h."""
    if isinstance(base, Indexed):
        inner = _raised(base.base, above, scope, at)
        return (
            None if _runs(base.subscripts, scope) else names.merged(inner, base.subscripts, at.span)
        )
    name = _name(base, scope)
    if name is None or tree.label_of((above,)) is None:
        return None
    return superscripts.labelled(name, above, at)


def _runs(scripts: tuple[Syntax, ...], scope: Scope) -> bool:
    """Whether one of the letters is an index there; those of another style are none."""
    found = (n for script in scripts for n in tree.descend(script) if isinstance(n, Name))
    return any(n.name in scope and not names.is_styled(n) for n in found)
