r"""Expectations are refused, where nothing defines their symbol: \mathbb{E}[x^2], E_\pi \left[ r_t \right].

    L = \mathbb{E}\left[ (x - y)^2 \right]              -->   E008 at \mathbb{E}: no number times a square
    \mathbb{E}_i = \sum_j x_{ij}, y_i = \mathbb{E}_i    -->   the array E

A blackboard E is an expectation whatever follows; another one is where square brackets or braces do, but
E[t] may be an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Name,
    Product,
    Raised,
    Statement,
    Syntax,
)

BLACKBOARD = re.compile(r"\\(?:mathbb|mathds|Bbb)\s*\{?\s*E\b|𝔼")
LETTERS = frozenset(("E", "E_hat"))


def refuse(statements: list[Statement]) -> None:
    """E008 for an expectation."""
    found = list(_expectations(statements))
    defined = {n.name for s in statements if (n := _defined(s)) is not None} if found else set()
    for name in found:
        if name.name not in defined:
            _refuse(name)


def _expectations(statements: list[Statement]) -> Iterator[Name]:
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Name) and BLACKBOARD.search(node.latex):
            yield node
        elif isinstance(node, Indexed) and node.style == "bracket":
            yield from (name for name in _letter(node.base, node) if name.latex != name.name)
        elif isinstance(node, Apply) and node.arguments:
            yield from _letter(node.head, node)
        elif isinstance(node, Product):
            for before, after, op in zip(node.factors, node.factors[1:], node.ops, strict=False):
                if not op and isinstance(after, Group):
                    yield from _letter(before, after)


def _letter(head: Syntax, brackets: Syntax) -> Iterator[Name]:
    """The E of E_\\pi [ … ] and E \\{ … \\}, not that of E(x)."""
    while isinstance(head, Indexed | Raised):
        head = head.base
    if not isinstance(head, Name) or head.name not in LETTERS:
        return
    text, start = brackets.span.source.text, brackets.span.start
    if isinstance(brackets, Group):
        opens = text.startswith(("[", r"\{"), start)
    else:
        opens = text[brackets.span.end - 1] == "]"
    if opens:
        yield head


def _defined(statement: Statement) -> Name | None:
    r"""The symbol of \mathbb{E}_i = …, \mathbb{E}(x) = … and of a declaration; not of \mathbb{E}[x] = …."""
    left, square = statement_tree.subject(statement), False
    while isinstance(left, Indexed | Apply | Raised):
        square |= isinstance(left, Indexed) and left.style == "bracket"
        left = left.head if isinstance(left, Apply) else left.base
    if not isinstance(left, Name) or (square and BLACKBOARD.search(left.latex)):
        return None
    return left


def _refuse(name: Name) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "expectations are not supported",
        at=name.span,
        seen="a mean over what, and how often?",
        help=r"write the mean over the data, \frac{1}{n} \sum_{i=1}^n, or the sum over values times their "
        "probabilities",
    )
