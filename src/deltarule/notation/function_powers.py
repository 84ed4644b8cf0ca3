r"""A power between a function and its argument: w^2(n) is w(n)^2.

    w(n) = \dots,  \sum_n w^2(n)   -->   \sum_n w(n)^2

It is that where w(n) or w[n] stands elsewhere, and w never stands without an argument. Where nothing
says what w is, w^2(n) may be the product of w^2 and n, though parentheses around one symbol are unusual.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Stack,
    Statement,
    Syntax,
)
from deltarule.source import join

Op = Literal["", "dot", "odot", "otimes"]


def settle(statements: list[Statement], functions: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements with such powers behind the arguments; `functions` are known to be some."""
    parts = statement_tree.all_parts(statements)
    found = dict(pair for part in parts for n in tree.descend(part) for pair in _applied(n))
    found |= dict(
        pair for s in statements if (left := statement_tree.left_side(s)) for pair in _applied(left)
    )
    pairs = [pair for part in parts for pair in _pairs(part)]
    if not pairs:
        return statements
    alone = {name for part in parts for name in _alone(part)}
    found = {n: style for n, style in found.items() if n not in alone}
    found |= dict.fromkeys(functions, "call")
    for power, argument in pairs:
        _refuse_unknown(power, argument, found.keys() | alone)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return _joined(new, found) if isinstance(new, Product) else new

    return statement_tree.rebuild_all(statements, node)


def _applied(node: Syntax) -> Iterator[tuple[str, str]]:
    """w, and how it takes its argument: w(n), or w[n]."""
    if isinstance(node, Apply) and not node.primes and node.parenthesised:
        name = tree.symbol(node.head)
        if name is not None and any(isinstance(a, Name | Indexed) for a in node.arguments):
            yield name, "call"
    elif isinstance(node, Indexed) and node.style == "bracket":
        if (name := tree.symbol(node)) is not None:
            yield name, "bracket"


def _pairs(node: Syntax) -> Iterator[tuple[Power, Syntax]]:
    """All w^2 (n)."""
    for part in tree.descend(node):
        if isinstance(part, Product):
            for number, (power, argument) in enumerate(pairwise(part.factors)):
                if _is_pair(power, argument, part.ops[number]) and isinstance(power, Power):
                    yield power, argument


def _refuse_unknown(power: Power, argument: Syntax, known: Set[str]) -> None:
    """E006 for f^2(x_i), where nothing says whether f is a function."""
    inside = tree.ungrouped(argument)
    name = tree.symbol(power.base)
    if name in known or not isinstance(inside, Name | Indexed):
        return
    span = join(power.span, argument.span) or argument.span
    text = span.source.text
    base, given = (text[n.span.start : n.span.end] for n in (power.base, argument))
    raise DeltaruleError(
        "E006",
        f"'{text[span.start : span.end]}' can be read in two ways: as a power of what {base} gives, "
        "or as a product",
        at=span,
        seen="ambiguous",
        help=f"write ({base}{given})^{text[power.exponent.span.start : power.exponent.span.end]}, "
        "or leave out the parentheses for the product",
    )


def _is_pair(power: Syntax, argument: Syntax, op: str) -> bool:
    """w^2 and (n), side by side."""
    if op or not isinstance(power, Power) or not isinstance(argument, Group | Stack):
        return False
    whole = isinstance(power.exponent, Num) and power.exponent.text.isdigit()
    return whole and tree.symbol(power.base) is not None


def _joined(node: Product, names: dict[str, str]) -> Syntax:
    factors: list[Syntax] = []
    ops: list[Op] = []
    number = 0
    while number < len(node.factors):
        factor = node.factors[number]
        if number:
            ops.append(node.ops[number - 1])
        if number + 1 < len(node.factors):
            argument = node.factors[number + 1]
            pair = _is_pair(factor, argument, node.ops[number])
            if pair and isinstance(factor, Power) and tree.symbol(factor.base) in names:
                factor = _power_of(factor, argument, names)
                number += 1
        factors.append(factor)
        number += 1
    if len(factors) == len(node.factors):
        return node
    return (
        factors[0] if len(factors) == 1 else replace(node, factors=tuple(factors), ops=tuple(ops))
    )


def _power_of(power: Power, argument: Syntax, names: dict[str, str]) -> Syntax:
    inside = argument.parts if isinstance(argument, Stack) else _body(argument)
    base = power.base
    if names[tree.symbol(base) or ""] == "call":
        call: Syntax = Apply(base, 0, inside, True, base.span)
    else:
        call = Indexed(base, inside, "bracket", base.span)
    return replace(power, base=call)


def _body(argument: Syntax) -> tuple[Syntax, ...]:
    return (tree.ungrouped(argument),)


def _alone(node: Syntax) -> Iterator[str]:
    """The symbols that stand without an argument."""
    skipped: list[Syntax] = []
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Apply) or (isinstance(node, Indexed) and node.style == "bracket"):
        head = node.head if isinstance(node, Apply) else node.base
        skipped = [head]
        yield from (n for s in _subscripts(head) for n in _alone(s))
    elif isinstance(node, Product):
        for number, (factor, following) in enumerate(pairwise(node.factors)):
            if _is_pair(factor, following, node.ops[number]) and isinstance(factor, Power):
                skipped.append(factor)
                yield from (n for s in _subscripts(factor.base) for n in _alone(s))
    for child in tree.children(node):
        if not any(child is s for s in skipped):
            yield from _alone(child)


def _subscripts(node: Syntax) -> tuple[Syntax, ...]:
    return node.subscripts if isinstance(node, Indexed) else ()
