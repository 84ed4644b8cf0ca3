r"""Functions of any number of values: {\min}^\gamma \{a_1, \dots, a_k\} = -\gamma \log \sum_{i=1}^k e^{-a_i/\gamma}.

    y = \operatorname{lse}(u, v), \operatorname{lse}(a_1, \dots, a_k) = \log \sum_{i=1}^k e^{a_i}
        -->   y = \log(e^u + e^v)
    y = \operatorname{lse}(x_1, \dots, x_n)   -->   y = \log \sum_{i=1}^n e^{x_i}
    L(x_1, \dots, x_n) = \sum_{i=1}^n x_i^2, which nothing calls   -->   L = \sum_{i=1}^n x_i^2

A sum or product over the list is written out for the values of each call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Product,
    Statement,
    Sum,
    Syntax,
)

MOST = 50  # values of one call
WRITTEN_OUT = ("sum", "prod", "max", "min")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without functions of lists, and without lists on left sides."""
    definitions = {d.name: d for s in statements if (d := _definition(s)) is not None}
    result = []
    for statement in statements:
        own = _definition(statement)
        if own is None:
            calling = _Calls(definitions)
            relation = calling.node(statement.relation)
            result.append(replace(statement, relation=relation))
        elif not any(_calls(s, own.name) for s in statements if s is not statement):
            result.append(_as_equation(statement, own))
    return result


@dataclass(frozen=True, slots=True)
class _Definition:
    """f(a_1, …, a_k) = body."""

    name: str
    head: Name
    values: str
    count: str
    body: Syntax


def _definition(statement: Statement) -> _Definition | None:
    sides = statement_tree.sides(statement)
    if sides is None:
        return None
    left, body = sides
    if not isinstance(left, Apply) or not isinstance(left.head, Name) or left.primes:
        return None
    listed = _listed(left)
    if listed is None or not isinstance(listed[1], Name):
        return None
    if any(
        isinstance(n, Apply) and tree.key(n.head) == tree.key(left.head) for n in tree.descend(body)
    ):
        return None  # p(x_1, …, x_n) = p(x_1) …: one name for several functions
    return _Definition(left.head.name, left.head, listed[0].name, listed[1].name, body)


def _listed(node: Apply) -> tuple[Name, Syntax] | None:
    r"""a and k of f(a_1, \dots, a_k)."""
    match node.arguments:
        case (Interval(Indexed(Name() as one, (Num("1"),)), Indexed(Name() as other, (last,))),):
            return (one, last) if one.name == other.name else None
    return None


def _calls(statement: Statement, name: str) -> bool:
    return any(
        isinstance(n, Apply) and isinstance(n.head, Name) and n.head.name == name
        for n in statement_tree.nodes(statement)
    )


def _as_equation(statement: Statement, own: _Definition) -> Statement:
    relation = statement.relation
    assert isinstance(relation, Chain)
    return replace(statement, relation=replace(relation, operands=(own.head, own.body)))


@dataclass(frozen=True)
class _Calls:
    """Writes the calls of such functions out."""

    definitions: dict[str, _Definition]

    def node(self, old: Syntax) -> Syntax:
        new = tree.rebuild(old, self.node)
        if not isinstance(new, Apply) or not isinstance(new.head, Name):
            return new
        definition = self.definitions.get(new.head.name)
        if definition is None:
            refuse_undefined(new)
            return new
        if new.primes or len(new.arguments) > MOST:
            _refuse(new, definition)
        listed = _listed(new)
        if listed is not None:
            return Group(_renamed(definition, *listed), new.span)
        if len(new.arguments) == 1 or any(isinstance(a, Interval) for a in new.arguments):
            _refuse(new, definition)
        return Group(_Written(definition, new).node(definition.body), new.span)


def _renamed(definition: _Definition, values: Name, count: Syntax) -> Syntax:
    """The formula with other names for the list and its length."""
    inner = tree.substitute(definition.body, {definition.count: count})
    return tree.substitute(inner, {definition.values: values})


@dataclass(frozen=True)
class _Written:
    """Writes the formula out for the values of one call."""

    definition: _Definition
    call: Apply

    def node(self, old: Syntax) -> Syntax:
        if isinstance(old, Big) and (index := self.runs(old)) is not None:
            copies = tuple(Group(c, old.body.span) for c in self.copies(old.body, index))
            return self.joined(old, copies)
        match old:
            case Name(name) if name == self.definition.count:
                return Num(str(len(self.call.arguments)), old.span)
            case Name(name) if name == self.definition.values:
                _refuse(self.call, self.definition)
            case Indexed(Name(name), (place,)) if name == self.definition.values:
                return self.value(self.node(place))
        return tree.rebuild(old, self.node)

    def runs(self, node: Big) -> str | None:
        """The index of a sum over the whole list."""
        match node.below:
            case (Chain((Name(index), Num("1")), ("=",)),) if self.is_count(node.above):
                pass
            case (Chain((Name(index), Interval(Num("1"), high)), ("=" | "in",)),):
                if not self.is_count(high):
                    return None
            case (Name(index),) if node.above is None:
                pass
            case _:
                return None
        return index if any(self.reads(n, index) for n in tree.descend(node.body)) else None

    def is_count(self, node: Syntax | None) -> bool:
        return isinstance(node, Name) and node.name == self.definition.count

    def reads(self, node: Syntax, index: str) -> bool:
        match node:
            case Indexed(Name(name), (Name(place),)):
                return name == self.definition.values and place == index
        return False

    def copies(self, body: Syntax, index: str) -> Iterator[Syntax]:
        for number in range(1, len(self.call.arguments) + 1):
            yield self.node(tree.substitute(body, {index: Num(str(number), body.span)}))

    def joined(self, node: Big, copies: tuple[Syntax, ...]) -> Syntax:
        match node.op:
            case "sum":
                return Group(Sum(tuple((1, c) for c in copies), node.span), node.span)
            case "prod":
                return Product(copies, tuple("dot" for _ in copies[1:]), node.span)
            case "max" | "min":
                return Apply(Name(node.op, f"\\{node.op}", node.span), 0, copies, True, node.span)
        _refuse(self.call, self.definition)

    def value(self, place: Syntax) -> Syntax:
        found = int(place.text) if isinstance(place, Num) and place.text.isdigit() else 0
        if not 1 <= found <= len(self.call.arguments):
            _refuse(self.call, self.definition)
        argument = self.call.arguments[found - 1]
        return Group(argument, argument.span)


def refuse_undefined(node: Apply) -> None:
    r"""E006 for \max^n(a, b), where nothing defines \max^n: the power of a maximum?"""
    head = node.head
    if not isinstance(head, Name) or "^" not in head.latex or head.name[:4] not in ("min_", "max_"):
        return
    operator, _, above = head.latex.partition("^")
    raise DeltaruleError(
        "E006",
        f"'{head.latex}' can be read in two ways: a power of {operator}, or another function",
        at=head.span,
        seen="nothing defines it",
        help=f"write ({operator}(…))^{above} for the power, "
        f"or define {head.latex}\\{{a_1, \\dots, a_k\\}} = …",
    )


def _refuse(call: Apply, definition: _Definition) -> NoReturn:
    values, count, name = definition.values, definition.count, definition.head.latex
    raise DeltaruleError(
        "E008",
        f"the formula of '{name}' is not supported for these values",
        at=call.span,
        seen="called here",
        help=f"it may be called with several values, or with {values}_1, …, {values}_{count}, "
        f"and sum over all of {values}_i",
    )
