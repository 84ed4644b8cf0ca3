r"""Letters below a symbol that are labels, as the declarations tell.

    E_i = W_i x,  s = W_g x,  W_g \in \mathbb{R}^{n \times d}, W_i \in \mathbb{R}^{m \times d}    -->   W_{\text{g}}
    \sum_i y_w^{(i)},  y_w[i] for i = 1..n     -->   the array y_w

Where some letters below a symbol run, and another one is declared beside them that no sum, no range
and no left side lets run, this one is no element of the others' array: it is part of a name. So is one that a declaration in
plain text, where y_w is a symbol, has in its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Interval,
    Name,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such letters as part of the names above them."""
    return _with_names(_with_families(statements))


def _with_names(statements: list[Statement]) -> list[Statement]:
    """y_w[i] for y_{i,w}, which y_w^{(i)} is read as."""
    counts = {name: n for s in statements for name, n in _named(s)}
    if not counts:
        return statements
    indices = running(statements)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        for place, letter in enumerate(new.subscripts):
            if not isinstance(letter, Name) or letter.name in indices:
                continue
            name = f"{new.base.name}_{letter.name}"
            if counts.get(name) == len(new.subscripts) - 1:
                base = replace(new.base, name=name, latex=f"{new.base.latex}_{{{letter.latex}}}")
                rest = (*new.subscripts[:place], *new.subscripts[place + 1 :])
                return replace(new, base=base, subscripts=rest)
        return new

    return statement_tree.rebuild_all(statements, node)


def _named(statement: Statement) -> Iterator[tuple[str, int]]:
    """y_w and 1 of a declaration of y_w[i], whose name has a label."""
    relation = statement.relation
    declared = isinstance(relation, Chain) and relation.ops[-1] == "in"
    subjects = relation.operands[:-1] if isinstance(relation, Chain) and declared else (relation,)
    for subject in subjects:
        if isinstance(subject, Indexed) and isinstance(subject.base, Name):
            if "_" in subject.base.name:
                yield subject.base.name, len(subject.subscripts)


def _with_families(statements: list[Statement]) -> list[Statement]:
    declared: dict[str, set[str]] = {}
    for subject, _ in statement_tree.declarations(statements):
        if (pair := _pair(subject)) is not None:
            declared.setdefault(pair[0], set()).add(pair[1])
    declared = {base: letters for base, letters in declared.items() if len(letters) > 1}
    if not declared:
        return statements
    longer = {letter for s in statements for letter in _in_longer_subscripts(s)}
    indices = running(statements) | longer
    found = {
        (base, letter)
        for base, letters in declared.items()
        if letters & indices
        for letter in letters - indices
    }

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        pair = _pair(new)
        if pair is None or pair not in found:
            return new
        assert isinstance(new, Indexed) and isinstance(new.base, Name), "it is such a pair"
        return replace(
            new.base, name="_".join(pair), latex=f"{new.base.latex}_{pair[1]}", span=new.span
        )

    return statement_tree.rebuild_all(statements, node)


def running(statements: list[Statement]) -> frozenset[str]:
    """The letters that some sum, range, condition or left side lets run."""
    return frozenset(letter for s in statements for letter in _running(s))


def _pair(node: Syntax) -> tuple[str, str] | None:
    """W and g of W_g."""
    if isinstance(node, Indexed) and node.style == "subscript" and isinstance(node.base, Name):
        if len(node.subscripts) == 1 and isinstance(node.subscripts[0], Name):
            return node.base.name, node.subscripts[0].name
    return None


def _running(statement: Statement) -> Iterator[str]:
    """The letters of sums, ranges and conditions, and below what is defined."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        yield from names.bound_on_the_left(statement)
        yield from _below(relation.operands[0])
    elif isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
        yield from names.bound_by_declaration(statement)
    yield from tree.names(*statement.conditions)
    for node in statement_tree.nodes(statement):
        if isinstance(node, Big):
            yield from tree.bound_by(node, None)


def _in_longer_subscripts(statement: Statement) -> Iterator[str]:
    """g of W_{g,j} and of x_{t-g}."""
    for node in statement_tree.nodes(statement):
        if isinstance(node, Indexed) and _pair(node) is None:
            yield from tree.names(*node.subscripts)


def _below(left: Syntax) -> Iterator[str]:
    """i of E_i(x) and of y_i."""
    head = left.head if isinstance(left, Apply) else left
    if isinstance(head, Indexed):
        yield from tree.names(*head.subscripts)
