r"""Fractions, roots and binomial coefficients, and what a slash has below it.

fraction = "\frac" argument argument
binomial = "\binom" argument argument
root     = "\sqrt" [ "[" number "]" ] argument
"""

from __future__ import annotations

from abc import ABC

from deltarule.notation.latex_derivatives import LatexDerivatives
from deltarule.notation.syntax import (
    Apply,
    Derivative,
    Group,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Syntax,
)
from deltarule.source import Span


class LatexFractions(LatexDerivatives, ABC):
    """Quotients of all kinds."""

    # fraction = "\frac" argument argument | "\frac" "{" d element "}" "{" d element "}"
    def fraction(self) -> Syntax:
        start = self.advance().start
        if self.is_derivative_fraction():
            of = self.differential_group()
            by = self.differential_group()
            return self.node(Derivative(of, by, self.since(start)))
        numerator = self.argument()
        denominator = self.argument()
        return self.node(Quotient(numerator, denominator, self.since(start)))

    # binomial = "\binom" argument argument
    def binomial(self) -> Syntax:
        """n (n - 1) / 2 for two out of n; a literal number is taken out."""
        start = self.advance().start
        whole, part = self.argument(), self.argument()
        span = self.since(start)
        if not isinstance(part, Num) or part.text not in ("1", "2", "3", "4"):
            self.unsupported(
                "only 1 to 4 out of n are counted", part.span, "write the coefficient out"
            )
        factors: list[Syntax] = [Group(whole, span)]
        divisor = 1
        for k in range(1, int(part.text)):
            one = Num(str(k), span)
            factors.append(Group(Sum(((1, whole), (-1, one)), span), span))
            divisor *= k + 1
        product: Syntax = factors[0]
        if len(factors) > 1:
            product = Product(tuple(factors), tuple("dot" for _ in factors[1:]), span)
        return self.node(Quotient(product, Num(str(divisor), span), span))

    # root = "\sqrt" [ "[" number "]" ] argument
    def root(self) -> Syntax:
        token = self.advance()
        order: Syntax | None = None
        if self.token("open", "["):
            order = self.enclosed()
        body = self.argument()
        span = self.since(token.start)
        if order is None:
            head = self.node(Name("sqrt", "\\sqrt", self.at(token)))
            return self.node(Apply(head, 0, (body,), True, span))
        one = self.node(Num("1", order.span))
        return self.node(Power(body, self.node(Quotient(one, order, order.span)), span))

    def belongs_below(self, factors: list[Syntax]) -> bool:
        r"""x/2\sigma is x/(2\sigma), x/\|u\|\|v\| is x/(\|u\|\|v\|). E006 for a/b c, which may be (a/b) c too.

        What follows as \sum, as a function or in parentheses is a factor: 1/n \sum_i x_i, 1/n (a + b).
        """
        before = factors[-1]
        if len(factors) > 1 or not isinstance(before, Quotient):
            return False
        below, span = before.denominator, before.span
        groups = self.token("open", "(") and isinstance(below, Group)  # a/(b + c)(d + e)
        if self.token.kind in ("big", "open", "function", "begin") and not groups:
            return False
        written = self.source.text[span.start : span.end]
        if written.startswith("\\") and written.endswith("}") and "/" not in written:
            return False  # \frac{a}{b} c
        if isinstance(before.numerator, Num) and isinstance(below, Num) and self.token.spaced:
            return False  # 1/2 x
        if isinstance(below, Num) and not isinstance(before.numerator, Num):
            return True
        following = self.ahead(self.factor)
        if isinstance(below, Norm) and isinstance(following, Norm):
            return True  # the lengths of two vectors
        text = self.source.text[span.start : following.span.end]
        top = self.source.text[before.numerator.span.start : before.numerator.span.end]
        bottom = self.source.text[below.span.start : following.span.end]
        self.ambiguous(
            Span(self.source, span.start, following.span.end),
            f"write \\frac{{{top}}}{{{bottom}}} or ({written}) {text[len(written) :].strip()}",
        )
