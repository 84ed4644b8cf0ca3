r"""The dt of v_{t+1} = v_t + dt (u_t - v_t), which LaTeX has as the product of d and t.

every d stands at once before a letter   -->   E006: a product, or one symbol
d t, with a space; a + d; d declared     -->   stays: a product
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.document import is_plain_text
from deltarule.notation.syntax import Apply, Name, Product, Statement, Syntax
from deltarule.source import Span


def refuse(statements: list[Statement]) -> None:
    """E006 for the first such pair."""
    pairs = [p for node in statement_tree.all_nodes(statements) for p in _pairs(node)]
    letters = [
        n for n in statement_tree.all_nodes(statements) if isinstance(n, Name) and n.name == "d"
    ]
    if not pairs or len(pairs) < len(letters) or is_plain_text(pairs[0]):
        return
    at = pairs[0]
    text = at.source.text[at.start : at.end]
    raise DeltaruleError(
        "E006",
        f"'{text}' can be read in two ways: as the product of d and {text[1:]}, or as one symbol",
        at=at,
        seen="d stands nowhere else",
        help=f"write \\mathrm{{{text}}} or \\Delta {text[1:]} for one symbol, d \\cdot {text[1:]} for the "
        "product",
    )


def _pairs(node: Syntax) -> Iterator[Span]:
    """The dt of a product d t, and of d t(…)."""
    if not isinstance(node, Product):
        return
    for (first, second), op in zip(pairwise(node.factors), node.ops, strict=True):
        symbol = second.head if isinstance(second, Apply) else second
        if isinstance(first, Name) and first.latex == "d" and isinstance(symbol, Name) and not op:
            if len(symbol.latex) == 1 and not tree.written_between(first, symbol):
                yield Span(first.span.source, first.span.start, symbol.span.end)
