r"""Subscripts that are calls: \mathbf{h}_{\mathcal{N}(v)}, what the neighbours of v have together.

    \mathbf{h}_{\mathcal{N}(v)} = \sum_u A_{vu} \mathbf{x}_u   -->   \mathbf{h}_{\mathcal{N}} with the subscript v

A left side is never an element at a computed place, so a set or a word that is called there is part of the
name, unless the document says what it is. A plain letter may be a permutation: y_{\pi(i)} = x_i.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.equations import functions
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Apply, Indexed, Name, Statement, Syntax

Label = tuple[str, str]  # h and N


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters in the names that they belong to."""
    found = {label for s in statements for label in _on_the_left(s)}
    known = {n for s in statements for n in _spoken_of(s)}
    taken = {a for s in statements for n in tree.descend(s.relation) if (a := tree.atom(n))}
    found = {(base, f) for base, f in found if f not in known and f"{base}_{f}" not in taken}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed):
            for place, call in _calls(new):
                if isinstance(new.base, Name) and (new.base.name, call) in found:
                    return _labelled(new, place)
        return new

    return statement_tree.rebuild_all(statements, node)


def _labelled(node: Indexed, place: int) -> Indexed:
    call, base = node.subscripts[place], node.base
    assert isinstance(call, Apply) and isinstance(call.head, Name) and isinstance(base, Name)
    name = tree.with_label(base, call.head.name, call.head.latex)
    subscripts = (*node.subscripts[:place], *call.arguments, *node.subscripts[place + 1 :])
    return replace(node, base=name, subscripts=subscripts)


def _on_the_left(statement: Statement) -> Iterator[Label]:
    left = statement_tree.defined(statement)
    if isinstance(left, Indexed) and isinstance(left.base, Name):
        yield from ((left.base.name, call) for _, call in _calls(left))


def _calls(node: Indexed) -> Iterator[tuple[int, str]]:
    """The subscripts that are sets or words called with letters."""
    for place, subscript in enumerate(node.subscripts):
        if isinstance(subscript, Apply) and isinstance(subscript.head, Name):
            known = functions.is_known(canonical_function(subscript.head.name))
            plain = all(isinstance(a, Name) for a in subscript.arguments)
            styled = names.is_styled(subscript.head)
            if plain and styled and not known and not subscript.primes:
                yield place, subscript.head.name


def _spoken_of(statement: Statement) -> Iterator[str]:
    """What is defined, declared or used as a value; not what is called in subscripts."""
    for part in statement_tree.parts(statement):
        yield from _outside_of_subscripts(part)


def _outside_of_subscripts(node: Syntax) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    if isinstance(node, Indexed):
        yield from _outside_of_subscripts(node.base)
        return
    for child in tree.children(node):
        yield from _outside_of_subscripts(child)
