r"""Digits with a style: vectors of ones, \mathbf{1}_n, and conditions, \mathbb{1}[y = k]."""

from __future__ import annotations

from abc import ABC

from deltarule.notation import operators as ops
from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.syntax import Filled, Num, Syntax
from deltarule.notation.tokens import Token


class LatexIndicators(LatexArguments, ABC):
    """What \\mathbf{1}, \\mathbf{0} and \\mathbb{1} are."""

    def is_filled(self, command: Token) -> bool:
        r"""\mathbf{1}, \mathbf{0}, \boldsymbol 1_n: no condition follows."""
        if command.value not in ops.VECTOR_STYLES:
            return False
        symbol, place = self.symbol()
        if symbol.kind != "number" or symbol.value not in ("0", "1"):
            return False
        after, inside = self.tokens[place], self.tokens[min(place + 1, len(self.tokens) - 1)]
        if after("operator", "_"):
            return inside.kind != "open" or not self.holds_relation_at(place + 1)
        return symbol.value == "0" or not after("open", "[", "(", r"\{")

    def filled(self, command: Token) -> Syntax:
        value = self.argument()
        if not isinstance(value, Num):  # \\mathbf{1y}
            self.wrong("one digit in bold", value)
        length: Syntax | None = None
        if self.accept("operator", "_"):
            length = self.argument()
        return self.node(Filled(value.text, length, self.since(command.start)))

    def is_indicator(self, command: Token) -> bool:
        r"""\mathbb{1}, \mathbf 1, \mathbb{I}[…]: the Iverson bracket."""
        if command.value not in ops.LETTER_STYLES | ops.VECTOR_STYLES:
            return False
        symbol, place = self.symbol()
        if symbol.kind == "number":
            return symbol.value.startswith("1")
        if command.value not in ("mathbb", "mathds") or not symbol("name", "I"):
            return False
        after = self.tokens[place]
        return after("open", "[", "(", r"\{") or after("operator", "_")

    def symbol(self) -> tuple[Token, int]:
        """What a style is put on, if it is one token, and the place after it."""
        if self.token("open", "{"):
            return self.peek(), self.position + 3
        return self.token, self.position + 1

    # indicator = "\mathbb{1}" ( "[" list "]" | "(" list ")" | "\{" list "\}" | "_" "{" list "}" )
    def indicator(self, command: Token) -> Syntax:
        if self.accept("open", "{"):
            self.advance()
            self.expect("close", "}", "'}'")
        else:
            self.split(1)
        return self.conditions_beside(command)

    def conditions_beside(self, command: Token) -> Syntax:
        r"""The conditions of 1_{y \ne k}, 1_{\{y \ne k\}} and \mathbb{1}[y \ne k], after the 1."""
        if self.accept("operator", "_") and self.token("open", "{"):
            inner = self.peek()
            if inner("open", "[", "(", r"\{") and self.closes_together():
                self.advance()
                condition = self.indicator_conditions(command)
                self.expect("close", "}", "'}'")
                return condition
        return self.indicator_conditions(command)

    def closes_together(self) -> bool:
        """Whether the brackets inside these braces hold all that is in them."""
        return self.partners[self.position + 1] == self.partners[self.position] - 1

    def indicator_conditions(self, command: Token) -> Syntax:
        if not self.token("open", "[", "(", r"\{", "{"):
            self.refuse("a condition in brackets", r"write \mathbb{1}[y = k]")
        return self.iverson(self.enclosed_list(), command.start)
