r"""What a slash after the body of a sum or product divides.

    \sum_i w_i x_i / \sum_i w_i     -->   (\sum_i w_i x_i) / \sum_i w_i
    \prod_i p_i \Big/ c             -->   (\prod_i p_i) / c

A large slash divides all before it; so does one before a sum over the same index, after a sum. Where the
divisor reads the index, it belongs to the body: \sum_i (o_i - e_i)^2 \big/ e_i.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.syntax import Big, Chain, Name, Quotient, Syntax
from deltarule.source import Span, join


def divided(node: Big, is_large: bool) -> Syntax:
    """The sum, or the quotient of a sum without its divisor. `is_large`: the slash in its body is."""
    body = node.body
    if not isinstance(body, Quotient):
        return node
    bound = _bound(node)
    free = _free(body.denominator, bound)
    again = node.op == "sum" and any(
        bound & _bound(n) for n in tree.descend(body.denominator) if isinstance(n, Big)
    )
    if free or not (is_large or again):
        return node
    before = Span(node.span.source, node.span.start, body.numerator.span.end)
    inner = replace(node, body=body.numerator, span=before)
    return replace(body, numerator=inner, span=join(node.span, body.span) or node.span)


def _bound(node: Big) -> frozenset[str]:
    """The indices; both of i < j, whichever is bound."""
    compared = [b for b in node.below if isinstance(b, Chain) and len(b.operands) == 2]
    beside = (o.name for b in compared for o in b.operands if isinstance(o, Name))
    return frozenset((*tree.bound_by(node, None), *beside))


def _free(node: Syntax, letters: frozenset[str]) -> bool:
    """Whether one of the letters stands there under no sum over it."""
    if isinstance(node, Big):
        letters -= _bound(node)
    if isinstance(node, Name):
        return node.name in letters
    return any(_free(child, letters) for child in tree.children(node))
