"""What stands where an equation was expected: E003, with what may have been meant."""

from __future__ import annotations

import re
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation.limits import EXTREMES
from deltarule.notation.symbols import base_name
from deltarule.notation.syntax import Big, Chain, Product, Sum, Syntax
from deltarule.source import Span

DECIMAL_COMMA = re.compile(r"\d,\d")


def refuse_left(left: Syntax) -> NoReturn:
    words = isinstance(left, Product) and len(left.factors) > 2
    if isinstance(left, Product) and not words and _is_word(left):
        text = left.span.source.text[left.span.start : left.span.end].partition("(")[0]
        raise DeltaruleError(
            "E003",
            "the left side of an equation is an array or one of its elements",
            at=left.span,
            seen="a product of two symbols",
            help=f"for one name write \\mathrm{{{text}}}",
        )
    raise DeltaruleError(
        "E003",
        "the left side of an equation is an array or one of its elements",
        at=left.span,
        seen="prose?" if words else "",
        help="for example h_{i,j} = …" + ("; prose stands outside of the block" * words),
    )


def _is_word(left: Product) -> bool:
    """KL(p, q): letters side by side, without a space."""
    text = left.span.source.text[left.span.start : left.span.end].partition("(")[0]
    return text.isalpha()


def refuse_relations(relation: Chain) -> NoReturn:
    """Several signs, or another than '=': at the first that is too much."""
    if base_name(relation.operands[0]) is None:
        refuse_left(relation.operands[0])
    first = 1 if relation.ops[0] == "=" else 0
    before, after = relation.operands[first : first + 2]
    source = relation.span.source
    between = source.text[before.span.end : after.span.start]
    start = before.span.end + len(between) - len(between.lstrip())
    at = Span(source, start, max(start + 1, before.span.end + len(between.rstrip())))
    if first and set(relation.ops) == {"="}:
        message, seen = "a statement has one '='", "the second"
        help = "write one equation a line; conditions follow 'for' or 'if'"
    elif first:
        message, seen = f"'{between.strip()}' stands in the value of an equation", "a condition?"
        help = "conditions follow 'for' or 'if'; [x < 1] is 1 where it holds, and else 0"
    else:
        message, seen = "an equation was expected here", "'=' wanted here"
        help = "conditions follow an equation: h[i] = x[i] for i <= n"
    raise DeltaruleError("E003", message, at=at, seen=seen, help=help)


def refuse_without_equals(relation: Syntax) -> NoReturn:
    """No sign at all: an expression, or what is to be as small or large as it can be."""
    at = relation.span
    help = "write name = expression, or a declaration such as h[m] for 0 <= m < H"
    if DECIMAL_COMMA.search(at.source.text, max(0, at.start - 3), at.start + 1):
        help = "a decimal number has a point: 0.5"
    first = relation.terms[0][1] if isinstance(relation, Sum) else relation
    if isinstance(first, Big) and first.op in EXTREMES:
        at = first.limits_span
        help = "name the value, J = …, without this sign where something is varied; constraints are not supported"
    raise DeltaruleError(
        "E003", "an equation was expected here", at=at, seen="no '=' in it", help=help
    )
