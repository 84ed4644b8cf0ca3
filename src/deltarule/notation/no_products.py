r"""What looks like a product, a power or an element, and is none: refused, since its meaning is another.

\Phi^{-1}(p)                             an inverse function, or p / \Phi: E006
f^{-1}(x), f(x) = e^x                    an inverse function: E008
A^{-T} b                                 the inverse of a transpose: E008
\operatorname{Var}[x], \mathrm{Cov}[x]   moments of a distribution: E008
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NoReturn

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
    Statement,
    Sum,
    Syntax,
)
from deltarule.source import Span

MOMENTS = {
    f"\\{style}{{{word}}}" for style in ("operatorname", "mathrm", "text")
    for word in ("Var", "Cov", "Corr")
}  # fmt: skip


def refuse(statements: list[Statement]) -> None:
    """E006 or E008 for such a text."""
    called = {n for s in statements for n in _called(s)}
    for node in statement_tree.all_nodes(statements):
        match node:
            case Product():
                _refuse_inverses(node, called)
            case Power(Name() as base, Sum(((-1, Name("T") as letter),))) if is_matrix(base):
                _unsupported(
                    node.span,
                    "the inverse of a transpose is not supported",
                    f"write the inverse as a symbol of its own; a power has another letter than {letter.name}",
                )
            case Indexed(Name() as base, _) if node.style == "bracket":
                if base.latex in MOMENTS:
                    _unsupported(
                        node.span,
                        "variances are not supported",
                        r"write the mean of what is given: \frac{1}{n} \sum_{i=1}^n x_i",
                    )


def is_matrix(name: Name) -> bool:
    """Whether the letter is one of matrices: a capital or a bold one."""
    return name.vector or (len(name.name) == 1 and name.name.isupper())


# ------------------------------------------------------------------------------ inverse functions


def _refuse_inverses(product: Product, called: set[str]) -> None:
    for (left, right), op in zip(pairwise(product.factors), product.ops, strict=True):
        if op or not isinstance(right, Group) or not isinstance(left, Power):
            continue
        inverse = isinstance(left.base, Name) and _is_minus_one(left.exponent)
        if not inverse or not tree.written(right).startswith("("):
            continue
        span = Span(left.span.source, left.span.start, right.span.end)
        base = tree.written(left.base)
        if isinstance(left.base, Name) and left.base.name in called:
            _unsupported(
                span,
                f"the inverse function of '{base}' is not supported",
                f"write its formula, or a name of its own; 1 / {base}(x) for the reciprocal",
            )
        if isinstance(right.body, Name | Indexed | Num):
            argument = tree.written(right.body)
            raise DeltaruleError(
                "E006",
                f"'{tree.written(left)}{tree.written(right)}' can be read in two ways: as an inverse function, or as "
                "a product",
                at=span,
                seen="ambiguous",
                help=f"leave out the parentheses for the product: {tree.written(left)} {argument}; an inverse function "
                "needs a name of its own",
            )


def _is_minus_one(exponent: Syntax) -> bool:
    return isinstance(exponent, Sum) and exponent.terms[0][0] == -1 and (
        len(exponent.terms) == 1 and isinstance(exponent.terms[0][1], Num)
        and exponent.terms[0][1].text == "1"
    )  # fmt: skip


def _called(statement: Statement) -> Iterator[str]:
    """What stands before parentheses with arguments, or is defined so."""
    for node in statement_tree.nodes(statement):
        if isinstance(node, Apply) and isinstance(node.head, Name):
            yield node.head.name


def _unsupported(at: Span, message: str, help: str) -> NoReturn:
    raise DeltaruleError("E008", message, at=at, seen="not supported", help=help)
