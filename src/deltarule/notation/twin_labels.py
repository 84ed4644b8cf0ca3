r"""Letters that two definitions of one array differ in: the p and n of \alpha_p^i and \alpha_n^j.

    a_{p,i} = (s_{p,i} - O_p)^2,  a_{n,j} = s_{n,j},  L = \sum_i a_{p,i} + \sum_j a_{n,j}   -->   the arrays a_p and a_n

As indices they would define each element twice. They are labels, below all symbols, where no sum, range or condition
lets them run, where they stand alone below symbols only, none of them a row of a declared matrix, and where some
equation reads each of them without it on its left side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import Big, Chain, Indexed, Name, RealSpace, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters as parts of names."""
    labels = _labels(statements)
    if not labels:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        own = [s for s in new.subscripts if isinstance(s, Name) and s.name in labels]
        rest = tuple(s for s in new.subscripts if s not in own)
        base = new.base
        for letter in own:
            base = tree.with_label(base, letter.name, letter.latex)
        return replace(new, base=base, subscripts=rest) if rest else replace(base, span=new.span)

    return statement_tree.rebuild_all(statements, node)


def _labels(statements: list[Statement]) -> set[str]:
    twins = [letters for letters in _twins(statements) if len(letters) > 1]
    if not twins:
        return set()
    elsewhere = {n for s in statements for n in _elsewhere(s)} | set(_rows(statements))
    free = {n for s in statements for n in _free(s)}
    return set[str]().union(*(t for t in twins if t <= free and not t & elsewhere))


def _twins(statements: list[Statement]) -> list[set[str]]:
    """p and n of a_{p,i} = … and a_{n,j} = …, for each array and each of its places."""
    found: dict[tuple[str, int, int], list[str | None]] = {}
    for statement in statements:
        left = statement_tree.defined(statement)
        if isinstance(left, Indexed) and isinstance(left.base, Name):
            for place, subscript in enumerate(left.subscripts):
                letter = subscript.name if isinstance(subscript, Name) else None
                key = left.base.name, len(left.subscripts), place
                found.setdefault(key, []).append(letter)
    return [
        {x for x in letters if x is not None}
        for letters in found.values()
        if None not in letters and len(set(letters)) == len(letters)
    ]


def _elsewhere(statement: Statement) -> Iterator[str]:
    """The letters that run, and those that stand anywhere but alone below symbols."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[-1] == "in":
        if not isinstance(relation.operands[-1], RealSpace):
            yield from (*tree.names(relation), *names.bound_by_declaration(statement))
    yield from tree.names(*statement.conditions)
    yield from _outside(relation)


def _outside(node: Syntax) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Big):
        yield from tree.bound_by(node, None)
    below = node.subscripts if isinstance(node, Indexed) and node.style == "subscript" else ()
    for child in tree.children(node):
        if not (child in below and isinstance(child, Name)):
            yield from _outside(child)


def _rows(statements: list[Statement]) -> Iterator[str]:
    r"""The p of f_p, where f \in \mathbb{R}^{N \times d} is declared as a whole."""
    whole = {n.name for n, _ in statement_tree.declarations(statements) if isinstance(n, Name)}
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Indexed) and isinstance(node.base, Name) and node.base.name in whole:
            yield from tree.names(*node.subscripts)


def _free(statement: Statement) -> Iterator[str]:
    """What an equation reads that its left side does not have."""
    sides = statement_tree.sides(statement)
    if sides is not None:
        yield from tree.names(sides[1]) - tree.names(sides[0])
