r"""Labels beside indices: b_{\Delta,d}, where \Delta_{t,d} is an array.

    \Delta_{t,d} = \ln(1 + \exp(b_{\Delta,d}))                      -->   b_Delta_{d}
    \mathbf{W}_{k,E} x, \quad \mathbf{W}_{k,E} \in \mathbb{R}^{d \times e},  \mathbf{E} \in …   -->   W_kE

An array of real numbers that stands bare in a subscript is no index, so it is part of the name. So are the
letters beside it where nothing in the document lets them run. Letters that are all arrays, as in W_{x,h},
`names` merges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Chain,
    Indexed,
    Interval,
    Iverson,
    Name,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such labels in the names that they belong to."""
    indices = frozenset(n for s in statements for n in _indices(s))
    labels = frozenset(n for s in statements for n in _reals(s)) - indices
    if not labels:
        return statements
    settling = _Settling(labels, indices)
    return statement_tree.rebuild_all(statements, settling.node)


@dataclass(frozen=True, slots=True)
class _Settling:
    labels: frozenset[str]
    indices: frozenset[str]  # all letters that run, or hold integers, anywhere

    def node(self, old: Syntax) -> Syntax:
        new = tree.rebuild(old, self.node)
        if not isinstance(new, Indexed) or new.style != "subscript" or len(new.subscripts) < 2:
            return new
        own = [s for s in new.subscripts if isinstance(s, Name) and s.name in self.labels]
        rest = tuple(s for s in new.subscripts if s not in own)
        if not own or not rest or not isinstance(new.base, Name):
            return new
        read = tree.names(*rest)
        if read & self.indices:
            return replace(new, base=_labelled(new.base, own), subscripts=rest)
        plain = [s for s in new.subscripts if isinstance(s, Name)]
        whole = len(plain) == len(new.subscripts)
        return replace(_labelled(new.base, plain), span=new.span) if whole else new


def _labelled(base: Name, labels: list[Name]) -> Name:
    """b_Delta; W_kE."""
    name = "".join(label.name for label in labels)
    shown = ",".join(label.latex for label in labels)
    return tree.with_label(base, name, shown)


def _reals(statement: Statement) -> Iterator[str]:
    r"""Vectors and matrices that are declared, and arrays that an equation defines: values, not places."""
    relation = statement.relation
    if not isinstance(relation, Chain):
        return
    left, right = relation.operands[0], relation.operands[-1]
    base = left.base if isinstance(left, Indexed) else left
    if not isinstance(base, Name):
        return
    if isinstance(right, RealSpace):
        if right.dimensions:
            yield base.name
    elif relation.ops[0] == "=" and isinstance(left, Indexed):
        if not isinstance(right, Interval) and not (isinstance(right, Big) and right.op in PLACES):
            yield base.name


PLACES = frozenset(("argmax", "argmin"))


def _indices(statement: Statement) -> Iterator[str]:
    """What runs in a statement, what is declared or compared as an integer, and what counts."""
    relation = statement.relation
    space = relation.operands[-1] if isinstance(relation, Chain) else None
    if not isinstance(space, RealSpace):
        yield from names.bound_by_declaration(statement)
        yield from names.bound_on_the_left(statement)
    if isinstance(relation, Chain) and isinstance(space, Interval):
        yield from (n for o in relation.operands[:-1] if (n := tree.symbol(o)) is not None)
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        left = relation.operands[0]
        if isinstance(left, Name):
            yield left.name  # y = …, beside y_i: it may be a place
    for node in statement_tree.nodes(statement):
        match node:
            case Big():
                yield from tree.bound_by(node, None)
            case Iverson(conditions):
                yield from tree.names(*conditions)
    yield from tree.names(*statement.conditions)
