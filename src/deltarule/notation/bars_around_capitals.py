r"""Bars around a capital letter: an absolute value only where the letter is a number elsewhere too.

    J = \frac{1}{|B|} \sum_{i=1}^n l_i   -->   E006: how many elements a set B has, or the absolute value of B?
    L = |X| - 2 X, |X_{ij}|, |X - Y|     -->   absolute values

Sets that the document knows are settled before (`sets`), matrices after (`vector_components`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import AbsoluteValue, Apply, Indexed, Name, Statement, Syntax


def refuse(statements: list[Statement]) -> None:
    """E006 for |D| where nothing says that D is a number."""
    bars = [n for n in statement_tree.all_nodes(statements) if isinstance(n, AbsoluteValue)]
    if not any(_symbol(bar) for bar in bars):
        return
    known = {n for part in statement_tree.all_parts(statements) for n in _values(part)}
    known |= {n for s in statements for n in _said(s)}
    for bar in bars:
        symbol = _symbol(bar)
        if symbol is not None and (symbol.name not in known or _is_set(symbol)):
            _refuse(bar, symbol)


def is_capital(name: str) -> bool:
    r"""X, \mathcal{B}, \Sigma: letters of sets and matrices, and of numbers."""
    return name[:1].isupper()


def _symbol(bar: AbsoluteValue) -> Name | None:
    """D of |D| and N of |N_i|, but nothing of |X_{ij}|, which is an element."""
    node = bar.body
    if isinstance(node, Indexed):
        node = node.base if len(tree.apart(node.subscripts)) == 1 else node
    elif isinstance(node, Apply) and node.parenthesised and not _is_function(node):
        node = node.head
    return node if isinstance(node, Name) and is_capital(node.name) else None


def _is_set(symbol: Name) -> bool:
    return symbol.latex.startswith("\\mathcal")


def _is_function(call: Apply) -> bool:
    head = call.head
    return isinstance(head, Name) and functions.is_known(canonical_function(head.name))


def _values(node: Syntax) -> Iterator[str]:
    """The symbols that stand outside of bars, and are no arguments of what may be about a set."""
    match node:
        case AbsoluteValue(body) if isinstance(body, Name | Indexed | Apply):
            return
        case Apply(head, _, arguments) if not _is_function(node):
            yield from _values(head)
            for argument in arguments:
                if not isinstance(argument, Name):
                    yield from _values(argument)
        case Name(name):
            yield name
        case _:
            for child in tree.children(node):
                yield from _values(child)


def _said(statement: Statement) -> Iterator[str]:
    r"""x of x \in \mathbb{R}, whatever its dimensions."""
    for subject, _ in statement_tree.declarations([statement]):
        if (symbol := tree.symbol(subject)) is not None:
            yield symbol


def _refuse(bar: AbsoluteValue, symbol: Name) -> NoReturn:
    text = tree.written(bar.body)
    raise DeltaruleError(
        "E006",
        f"'{tree.written(bar)}' can be read in two ways: as an absolute value, or as how many elements "
        f"{symbol.latex} has",
        at=bar.span,
        seen=f"nothing says that {symbol.latex} is a number",
        help=f"write \\operatorname{{abs}}({text}) for the absolute value, n_{{{symbol.latex}}} for the number of "
        "elements; determinants are not supported",
    )
