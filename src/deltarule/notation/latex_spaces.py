r"""Real spaces and their dimensions: \mathbb{R}^{m \times n}."""

from __future__ import annotations

from abc import ABC
from dataclasses import replace
from itertools import pairwise

from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.syntax import Name, Product, Quotient, RealSpace, Syntax


class LatexSpaces(LatexArguments, ABC):
    """What stands after a membership sign and is no range."""

    def real_space(self) -> RealSpace | None:
        r"""\mathbb{R}^{m \times n}, also \Re^n and \mathbf{R}^n; E008 for other blackboard letters."""
        blackboard = self.token("command", "mathbb")
        if not blackboard and not self.token("name", "Re") and not self.is_bold_r():
            return None
        start = self.here
        if self.token.kind == "command":
            self.advance()
            letter: Syntax = self.argument()
        else:
            letter = self.name()
        if not (isinstance(letter, Name) and letter.name in ("R", "Re")):
            self.unsupported(
                "this set is not supported",
                self.since(start),
                r"write \mathbb{R}^{m \times n}, or a range of integers \{1, \dots, n\}",
            )
        dimensions: tuple[Syntax, ...] = ()
        if self.accept("operator", "_"):  # R_+: that all are positive is said of the values
            self.skip_argument()
        if self.accept("operator", "^"):
            dimensions = self.dimensions()
        return self.node(RealSpace(dimensions, self.since(start)))

    # dimensions = argument | "{" [ "(" ] list [ ")" ] "}"
    def dimensions(self) -> tuple[Syntax, ...]:
        r"""m and n of m \times n, of m, n and of (m, n)."""
        if not self.token("open", "{"):
            return _factors(self.argument())
        inner = self.position + 1
        wrapped = self.tokens[inner]("open", "(") and (
            self.partners[inner] == self.partners[self.position] - 1
        )
        if wrapped:
            opening = self.advance()
        found = self.enclosed_list()
        if wrapped:
            self.close(opening)
        return tuple(part for entry in found for part in _factors(entry))

    def is_bold_r(self) -> bool:
        """\\mathbf{R}^n, \\mathrm{R}^n, R^n."""
        if self.token("name", "R"):
            return self.peek()("operator", "^")
        inner = self.peek(2) if self.peek()("open", "{") else self.peek()
        return self.token("command", "mathbf") and inner("name", "R")


def _factors(node: Syntax) -> tuple[Syntax, ...]:
    r"""m \times 2 n --> m, 2 n; factors with no sign between them or a \cdot are one dimension.

    m \times n / r is m, n / r.
    """
    if isinstance(node, Quotient) and isinstance(node.numerator, Product) and _has_slash(node):
        *before, last = _factors(node.numerator)
        span = replace(node.span, start=last.span.start)
        return (*before, replace(node, numerator=last, span=span)) if before else (node,)
    if not isinstance(node, Product):
        return (node,)
    groups = [[node.factors[0]]]
    for op, (left, right) in zip(node.ops, pairwise(node.factors), strict=True):
        between = left.span.source.text[left.span.end : right.span.start]
        if op == "dot" and "cdot" not in between:
            groups.append([right])
        else:
            groups[-1].append(right)
    first, *others = groups
    leading = _factors(first[0]) if len(first) == 1 else (_dimension(first),)  # m \times n / r
    return (*leading, *(_dimension(group) for group in others))


def _has_slash(node: Quotient) -> bool:
    """a / b, and no fraction."""
    over, under = node.numerator.span, node.denominator.span
    return "/" in over.source.text[over.start : under.start]


def _dimension(factors: list[Syntax]) -> Syntax:
    if len(factors) == 1:
        return factors[0]
    span = replace(factors[0].span, end=factors[-1].span.end)
    return Product(tuple(factors), tuple("" for _ in factors[1:]), span)
