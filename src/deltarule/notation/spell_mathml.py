"""Layouts as presentation MathML: the elements of MathML Core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from deltarule.equations.nodes import CompareOp
from deltarule.notation.mathml_names import (
    PRIME,
    element,
    latex_to_mathml,
    row,
    scripted,
    with_subscripts,
)
from deltarule.notation.print_latex_names import element_to_latex, function_to_latex
from deltarule.notation.print_layout import (
    Apply,
    Big,
    Cases,
    Comparison,
    Derivative,
    Digits,
    Element,
    Exponential,
    Fence,
    Fraction,
    Indicator,
    Interval,
    Layout,
    Limits,
    Listed,
    Member,
    Multiple,
    Power,
    Product,
    Root,
    Sum,
    Verbatim,
)

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
TIMES = "\u2062"  # invisible, between factors
APPLY = "\u2061"  # invisible, between a function and its arguments
SPACE = "\u00a0"
COMPARISONS: dict[CompareOp, str] = {
    "=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥",
}  # fmt: skip
BIG_SIGNS = {"sum": "∑", "prod": "∏"}
BIG_WORDS = {"argmax": f"arg{SPACE}max", "argmin": f"arg{SPACE}min"}
CLOSING = {"(": ")", "[": "]", "|": "|"}


def to_mathml(layout: Layout, spelling: Mapping[str, str]) -> str:
    """One MathML element, without <math> around it."""
    return _Speller(spelling).element(layout)


def operator(sign: str, **attributes: str) -> str:
    return element("mo", escape(sign), **attributes)


def words(text: str) -> str:
    return element("mtext", escape(text))


@dataclass(frozen=True, slots=True)
class _Speller:
    spelling: Mapping[str, str]

    def element(self, layout: Layout) -> str:
        """The layout as one element."""
        return row(*self.parts(layout))

    def parts(self, layout: Layout) -> list[str]:
        """The layout as elements side by side."""
        match layout:
            case Digits(text):
                return [element("mn", text)]
            case Verbatim(text):
                return [words(text)]
            case Element(name, subscripts):
                return [self.name(name, subscripts)]
            case Derivative(value, of):
                return [element("mfrac", self.partial(value), self.partial(of))]
            case Sum(terms, _):
                return self.sum(terms)
            case Multiple(factor, of):
                return [element("mn", str(factor)), operator(TIMES), *self.parts(of)]
            case Product(factors, dots):
                return self.product(factors, dots)
            case Fraction(top, bottom):
                return [element("mfrac", self.element(top), self.element(bottom))]
            case Power(base, exponent):
                return [element("msup", self.element(base), self.element(exponent))]
            case Root(body):
                return [element("msqrt", *self.parts(body))]
            case Exponential(exponent):
                return [element("msup", element("mi", "e"), self.element(exponent))]
            case Apply():
                return self.apply(layout)
            case Fence(left, body):
                return [self.fenced(left, self.parts(body))]
            case Indicator(condition):
                one = element("mn", "𝟙")
                return [one, operator(APPLY), self.fenced("[", self.parts(condition))]
            case Big(op, limits, body):
                return [*self.signs(op, limits), *self.parts(body)]
            case Cases(rows):
                return [self.cases(rows)]
            case Comparison(operands, ops):
                return self.chain(operands, ops)
            case Interval(index, low):
                return [*self.parts(index), operator("="), *self.parts(low)]
            case Member(of, low, high):
                values = self.fenced("{", self.listed((low, Verbatim("…"), high), ","), "}")
                return [*self.parts(of), operator("∈"), values]
            case Listed(parts, word):
                return self.listed(parts, word)

    def name(self, name: str, subscripts: Sequence[Layout]) -> str:
        latex = element_to_latex(name, self.spelling, len(subscripts))
        if not subscripts:
            return latex_to_mathml(latex)
        below: Layout = subscripts[0] if len(subscripts) == 1 else Listed(tuple(subscripts))
        return with_subscripts(latex, self.element(below))

    def partial(self, of: Layout) -> str:
        return row(operator("∂"), *self.parts(of))

    def sum(self, terms: Sequence[tuple[bool, Layout]]) -> list[str]:
        found: list[str] = []
        for minus, term in terms:
            if minus or found:
                found.append(operator("−" if minus else "+"))
            found += self.parts(term)
        return found

    def product(self, factors: Sequence[Layout], dots: Sequence[bool]) -> list[str]:
        found = self.parts(factors[0])
        for dot, factor in zip(dots, factors[1:], strict=True):
            found += [operator("⋅" if dot else TIMES), *self.parts(factor)]
        return found

    def apply(self, layout: Apply) -> list[str]:
        head = latex_to_mathml(function_to_latex(layout.function, self.spelling))
        order = layout.order
        if isinstance(order, tuple):
            signs = [
                scripted(
                    operator("∂"),
                    element("mn", str(p)),
                    element("mn", str(times)) if times > 1 else None,
                )
                for p, times in enumerate(order, 1)
                if times
            ]
            head = row(*signs, head)
        elif order > 3:
            head = scripted(head, None, self.fenced("(", [element("mn", str(order))]))
        elif order:
            head = scripted(head, None, row(*[operator(PRIME)] * order))
        body = self.listed(layout.arguments, ",")
        return [head, operator(APPLY), *(body if layout.bare else [self.fenced("(", body)])]

    def fenced(self, left: str, body: Sequence[str], right: str = "") -> str:
        closing = right or CLOSING[left]
        return element("mrow", operator(left), *body, operator(closing))

    def signs(self, op: str, limits: Sequence[Limits]) -> list[str]:
        return [self.sign(op, limit) for limit in limits]

    def sign(self, op: str, limits: Limits) -> str:
        if op in BIG_SIGNS:
            sign = operator(BIG_SIGNS[op], movablelimits="false")
        else:
            sign = operator(BIG_WORDS.get(op, op), lspace="0.167em", rspace="0.167em")
        below = self.element(limits.below)
        if limits.above is None:
            return element("munder", sign, below)
        return element("munderover", sign, below, self.element(limits.above))

    def cases(self, rows: Sequence[tuple[Layout, Layout | None]]) -> str:
        lines = [
            element("mtr", cell(*self.parts(value)), cell(*self.condition(condition)))
            for value, condition in rows
        ]
        brace = operator("{", stretchy="true", symmetric="true")
        return element("mrow", brace, element("mtable", *lines))

    def condition(self, condition: Layout | None) -> list[str]:
        return [words("otherwise")] if condition is None else self.parts(condition)

    def chain(self, operands: Sequence[Layout], ops: Sequence[CompareOp]) -> list[str]:
        found = self.parts(operands[0])
        for op, operand in zip(ops, operands[1:], strict=True):
            found += [operator(COMPARISONS[op]), *self.parts(operand)]
        return found

    def listed(self, parts: Sequence[Layout], word: str) -> list[str]:
        between = operator(",") if word == "," else words(f"{SPACE}{word}{SPACE}")
        found: list[str] = []
        for part in parts:
            found += [between, *self.parts(part)] if found else self.parts(part)
        return found


def cell(*children: str, align: str = "left") -> str:
    """A cell of a table; Core leaves alignment to CSS."""
    return element("mtd", *children, style=f"text-align: {align}")
