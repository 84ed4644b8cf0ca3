"""Layouts as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deltarule.equations.nodes import CompareOp
from deltarule.notation.print_latex_names import (
    braced,
    element_to_latex,
    function_to_latex,
    name_to_latex,
)
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
    is_tall,
)

COMPARISONS: dict[CompareOp, str] = {
    "=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge",
}  # fmt: skip
BIG = {
    "sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min",
    "argmax": r"\arg\max", "argmin": r"\arg\min",
}  # fmt: skip
JOINTS = {",": r",\ ", "and": r" \text{ and } ", "or": r" \text{ or } "}
CLOSING = {"(": ")", "[": "]", "|": "|"}
SPACED = re.compile(r"\\(sum|prod|max|min|arg|ln|log|sin|cos|tan|sinh|cosh|tanh)(?![A-Za-z])")


def to_latex(layout: Layout, spelling: Mapping[str, str]) -> str:
    """LaTeX with the author's spelling of names."""
    return _Speller(spelling).latex(layout)


@dataclass(frozen=True, slots=True)
class _Speller:
    spelling: Mapping[str, str]

    def latex(self, layout: Layout) -> str:
        match layout:
            case Digits(text):
                return text
            case Verbatim(text):
                return rf"\text{{{text.replace('_', chr(92) + '_')}}}"
            case Element(name, subscripts):
                return self.element(name, subscripts)
            case Derivative(value, of):
                return rf"\frac{{\partial {self.latex(value)}}}{{\partial {self.latex(of)}}}"
            case Sum(terms, tight):
                return self.sum([(minus, self.latex(term)) for minus, term in terms], tight)
            case Multiple(factor, of):
                return f"{factor}{self.latex(of)}"
            case Product(factors, dots):
                return self.product([self.latex(f) for f in factors], dots)
            case Fraction(top, bottom):
                return rf"\frac{{{self.latex(top)}}}{{{self.latex(bottom)}}}"
            case Power(base, exponent):
                return f"{self.latex(base)}^{braced(self.latex(exponent))}"
            case Root(body):
                return rf"\sqrt{{{self.latex(body)}}}"
            case Exponential(exponent):
                return f"e^{braced(self.latex(exponent))}"
            case Apply():
                return self.apply(layout)
            case Fence(left, body):
                return self.fenced("", left, body)
            case Indicator(condition):
                return self.fenced(r"\mathbb{1}", "[", condition)
            case Big(op, limits, body):
                signs = " ".join(self.limits(BIG[op], limit) for limit in limits)
                return f"{signs} {self.latex(body)}"
            case Cases(rows):
                return cases([(self.latex(v), self.condition(c)) for v, c in rows])
            case Comparison(operands, ops):
                return self.chain([self.latex(o) for o in operands], ops)
            case Interval(index, low):
                return f"{self.latex(index)}={self.latex(low)}"
            case Member(of, low, high):
                values = rf"{self.latex(low)}, \dots, {self.latex(high)}"
                return rf"{self.latex(of)} \in \{{{values}\}}"
            case Listed(parts, word):
                return JOINTS[word].join(self.latex(part) for part in parts)

    def element(self, name: str, subscripts: Sequence[Layout]) -> str:
        if not subscripts:
            return name_to_latex(name, self.spelling)
        below = ",".join(self.latex(s) for s in subscripts)
        return f"{element_to_latex(name, self.spelling, len(subscripts))}_{braced(below)}"

    def sum(self, terms: Sequence[tuple[bool, str]], tight: bool) -> str:
        space = "" if tight else " "
        minus, text = terms[0]
        text = "-" + text if minus else text
        for minus, term in terms[1:]:
            text += f"{space}{'-' if minus else '+'}{space}{term}"
        return text

    def product(self, factors: Sequence[str], dots: Sequence[bool]) -> str:
        text = factors[0]
        for dot, factor in zip(dots, factors[1:], strict=True):
            if dot:
                text += r" \cdot " + factor
            elif text.endswith((")", "]")) and not SPACED.match(factor):
                text += r"\, " + factor
            else:
                text += " " + factor
        return text

    def apply(self, layout: Apply) -> str:
        head = function_to_latex(layout.function, self.spelling)
        if layout.bare:
            return f"{head} {self.latex(layout.arguments[0])}"
        order = layout.order
        if isinstance(order, tuple):
            head, primes = f"{partials(order)} {head}", ""
        else:
            primes = "'" * order if order <= 3 else f"^{{({order})}}"
        arguments = layout.arguments
        body = arguments[0] if len(arguments) == 1 else Listed(arguments)
        return self.fenced(head + primes, "(", body, ", ")

    def fenced(self, head: str, left: str, body: Layout, comma: str = JOINTS[","]) -> str:
        """Brackets that grow with what stands between them."""
        parts = body.parts if isinstance(body, Listed) and body.word == "," else (body,)
        text = comma.join(self.latex(part) for part in parts)
        if is_tall(body):
            return rf"{head}\left{left}{text}\right{CLOSING[left]}"
        return f"{head}{left}{text}{CLOSING[left]}"

    def limits(self, sign: str, limits: Limits) -> str:
        above = "" if limits.above is None else f"^{braced(self.latex(limits.above))}"
        below = self.latex(limits.below)
        return f"{sign}_{'{' + below + '}' if above else braced(below)}{above}"

    def chain(self, operands: Sequence[str], ops: Sequence[CompareOp]) -> str:
        text = operands[0]
        for op, operand in zip(ops, operands[1:], strict=True):
            text += f" {COMPARISONS[op]} {operand}"
        return text

    def condition(self, condition: Layout | None) -> str:
        return r"\text{otherwise}" if condition is None else self.latex(condition)


def partials(order: Sequence[int]) -> str:
    r"""\partial_1^2 \partial_2: how often by which argument."""
    found = [
        rf"\partial_{braced(str(p))}" + (f"^{braced(str(times))}" if times > 1 else "")
        for p, times in enumerate(order, 1)
        if times
    ]
    return " ".join(found)


def cases(rows: Sequence[tuple[str, str]]) -> str:
    r"""\begin{cases} value & condition \\ … \end{cases}"""
    joined = r" \\ ".join(f"{value} & {condition}" for value, condition in rows)
    return rf"\begin{{cases}} {joined} \end{{cases}}"
