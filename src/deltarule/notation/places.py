r"""Places of largest and smallest elements inside subscripts and conditions.

    r_{nk} = [k = \arg\min_j d_{nj}]   -->   j^*_n = \arg\min_j d_{nj},  r_{nk} = [k = j^*_n]
    w_{\arg\max_k a_k}                 -->   k^* = \arg\max_k a_k,  w_{k^*}

A subscript is an integer that data may give, and only an array gives one: the place gets a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from deltarule.notation import names, tree
from deltarule.notation.syntax import (
    Big,
    Cases,
    Chain,
    Indexed,
    Iverson,
    Name,
    Statement,
    Syntax,
)
from deltarule.source import Span

Scope = frozenset[str]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation for each such place, before the one that reads it."""
    if not any(_is_place(n) for s in statements for n in tree.descend(s.relation)):
        return statements
    found = _Places(tree.names(*(s.relation for s in statements)))
    result: list[Statement] = []
    for statement in statements:
        relation = found.outside(statement.relation, names.bound_on_the_left(statement))
        result.extend(found.taken())
        result.append(replace(statement, relation=relation))
    return result


def _is_place(node: Syntax) -> bool:
    return isinstance(node, Big) and node.op in ("argmax", "argmin")


@dataclass
class _Places:
    names: set[str]
    known: dict[object, Syntax] = field(default_factory=dict)  # what is sought --> its array
    new: list[Statement] = field(default_factory=list)

    def taken(self) -> list[Statement]:
        """The equations made since this was last asked."""
        new, self.new = self.new, []
        return new

    def outside(self, node: Syntax, scope: Scope) -> Syntax:
        """Where a place is a value: in subscripts and conditions below, it becomes an array."""
        match node:
            case Indexed(base, subscripts):
                inside = tuple(self.inside(s, scope) for s in subscripts)
                return replace(node, base=self.outside(base, scope), subscripts=inside)
            case Iverson(conditions):
                return replace(node, conditions=tuple(self.inside(c, scope) for c in conditions))
            case Cases(branches):
                return replace(node, branches=tuple(self._branches(branches, scope)))
            case Big(_, below):
                within = self._within(node, scope)
                limits = tuple(self.inside(entry, within) for entry in below)
                return replace(node, below=limits, body=self.outside(node.body, within))
        return tree.rebuild(node, lambda child: self.outside(child, scope))

    def inside(self, node: Syntax, scope: Scope) -> Syntax:
        """Where an integer is wanted."""
        inner = self._within(node, scope)
        if not isinstance(node, Big) or not _is_place(node):
            return tree.rebuild(node, lambda child: self.inside(child, inner))
        key = tree.key(node)
        if key not in self.known:
            index = tree.bound_by(node, scope)[0] if tree.bound_by(node, scope) else "k"
            self.known[key] = self._array(index, node, sorted(scope & _free(node)))
            relation = Chain((self.known[key], self.outside(node, scope)), ("=",), node.span)
            self.new.append(Statement(relation, (), node.span))
        return self.known[key]

    def _branches(
        self, branches: tuple[tuple[Syntax, tuple[Syntax, ...] | None], ...], scope: Scope
    ) -> Iterator[tuple[Syntax, tuple[Syntax, ...] | None]]:
        for value, when in branches:
            inside = None if when is None else tuple(self.inside(c, scope) for c in when)
            yield self.outside(value, scope), inside

    def _within(self, node: Syntax, scope: Scope) -> Scope:
        return scope | frozenset(tree.bound_by(node, scope)) if isinstance(node, Big) else scope

    def _array(self, index: str, node: Big, around: list[str]) -> Syntax:
        """j^*_n for the place of the smallest d_{nj}."""
        spare = (f"{index}_star{n}" for n in count(2))
        name = f"{index}_star"
        name = name if name not in self.names else next(x for x in spare if x not in self.names)
        self.names.add(name)
        latex = f"{index}^*" if name == f"{index}_star" else name
        head = Name(name, latex, node.span)
        if not around:
            return head
        return Indexed(head, _letters(around, node.span), "subscript", node.span)


def _letters(around: list[str], at: Span) -> tuple[Syntax, ...]:
    return tuple(Name(letter, letter, at) for letter in around)


def _free(node: Big) -> frozenset[str]:
    """The symbols that are read and not bound inside."""
    bound = {i for n in tree.descend(node) if isinstance(n, Big) for i in tree.bound_by(n, None)}
    return frozenset(tree.names(node) - bound)
