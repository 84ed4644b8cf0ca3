"""Layouts as a line of plain text, in ASCII or with the letters and signs of Unicode."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deltarule.equations.nodes import CompareOp, Order
from deltarule.notation.operators import GREEK
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
    Listed,
    Member,
    Multiple,
    Power,
    Product,
    Root,
    Sum,
    Verbatim,
)

CLOSING = {"(": ")", "[": "]", "|": "|"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """Plain text in one character set; what is not listed is spelled as in ASCII."""

    letters: Mapping[str, str] = field(default_factory=dict)  # words within names
    signs: Mapping[str, str] = field(default_factory=dict)
    comparisons: Mapping[CompareOp, str] = field(default_factory=dict)
    big: Mapping[str, str] = field(default_factory=dict)
    raised: Mapping[str, str] = field(default_factory=dict)  # digits of exponents

    def sign(self, ascii_sign: str) -> str:
        return self.signs.get(ascii_sign, ascii_sign)

    def name(self, name: str) -> str:
        """xi_bar --> ξ_bar, W1 --> W1."""
        if not self.letters:
            return name
        return "_".join(self._word(word) for word in name.split("_"))

    def _word(self, word: str) -> str:
        found = re.fullmatch(r"([^\W\d]+)(\d*'*)", word)
        return self.letters.get(found[1], found[1]) + found[2] if found else word

    def power(self, base: str, exponent: str) -> str:
        if self.raised and exponent.isdigit():
            return base + "".join(self.raised[digit] for digit in exponent)
        return f"{base}^{exponent}"


ASCII = Dialect()

UNICODE = Dialect(
    letters=GREEK,
    signs={"*": "·", "d": "∂"},
    comparisons={"!=": "≠", "<=": "≤", ">=": "≥"},
    big={"sum": "Σ", "prod": "Π"},
    raised=dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
)


def to_text(layout: Layout, dialect: Dialect = ASCII) -> str:
    """One line of the language that the plain-text parser reads."""
    return _Speller(dialect).line(layout)


@dataclass(frozen=True, slots=True)
class _Speller:
    dialect: Dialect

    def line(self, layout: Layout) -> str:
        match layout:
            case Digits(text) | Verbatim(text):
                return text
            case Element(name, subscripts):
                return self.dialect.name(name) + brackets([self.line(s) for s in subscripts])
            case Derivative(value, of):
                d = self.dialect.sign("d")
                return f"{d}{self.inner(value)}/{d}{self.inner(of)}"
            case Sum(terms, tight):
                return self.sum([(minus, self.line(term)) for minus, term in terms], tight)
            case Multiple(factor, of):
                return f"{factor}{self.dialect.sign('*')}{self.line(of)}"
            case Product(factors, dots):
                return self.product([self.line(f) for f in factors], dots)
            case Fraction(top, bottom):
                return f"{self.line(top)}/{self.line(bottom)}"
            case Power(base, exponent):
                return self.dialect.power(self.line(base), self.line(exponent))
            case Root(body):
                return f"sqrt({self.line(body)})"
            case Exponential(exponent):
                return f"exp({self.line(exponent)})"
            case Apply(function, order, arguments):
                head = self.dialect.name(function) + self.primes(order)
                return f"{head}({', '.join(self.line(a) for a in arguments)})"
            case Fence(left, body):
                return left + self.line(body) + CLOSING[left]
            case Indicator(condition):
                return f"[{self.line(condition)}]"
            case Big(op, limits, body):
                below = ", ".join(self.line(limit.below) for limit in limits)
                return f"{self.dialect.big.get(op, op)}({below}) {self.line(body)}"
            case Cases(rows):
                return f"{{ {'; '.join(self.row(*row) for row in rows)} }}"
            case Comparison(operands, ops):
                return self.chain([self.line(o) for o in operands], ops)
            case Interval(index, low, high, tight):
                equals = "=" if tight else " = "
                above = "" if high is None else f"..{self.line(high)}"
                return f"{self.line(index)}{equals}{self.line(low)}{above}"
            case Member(of, low, high):
                return f"{self.line(of)} in {self.line(low)}..{self.line(high)}"
            case Listed(parts, word):
                joint = ", " if word == "," else f" {word} "
                return joint.join(self.line(part) for part in parts)

    def inner(self, layout: Layout) -> str:
        """d(dE/dw)/du: a derivative of a derivative."""
        text = self.line(layout)
        return f"({text})" if isinstance(layout, Derivative) else text

    def primes(self, order: Order) -> str:
        """g'', and f'[1,2] for the derivative by the first and the second argument."""
        prime = self.dialect.sign("'")
        if isinstance(order, int):
            return prime * order
        by = ",".join(str(p) for p, times in enumerate(order, 1) for _ in range(times))
        return f"{prime}[{by}]"

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
            text += (f" {self.dialect.sign('*')} " if dot else " ") + factor
        return text

    def chain(self, operands: Sequence[str], ops: Sequence[CompareOp]) -> str:
        text = operands[0]
        for op, operand in zip(ops, operands[1:], strict=True):
            text += f" {self.dialect.comparisons.get(op, op)} {operand}"
        return text

    def row(self, value: Layout, condition: Layout | None) -> str:
        when = "otherwise" if condition is None else f"if {self.line(condition)}"
        return f"{self.line(value)} {when}"


def brackets(subscripts: Sequence[str]) -> str:
    """[i,j]; with spaces where a subscript is more than a name: [m_1-n_1, m_2-n_2]."""
    comma = "," if all(s.isidentifier() or s.isdecimal() for s in subscripts) else ", "
    return f"[{comma.join(subscripts)}]" if subscripts else ""
