r"""Brackets of LaTeX: groups, vectors, sets, inner products, rounding."""

from __future__ import annotations

from abc import ABC

from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Inner,
    Name,
    Selected,
    Stack,
    Syntax,
)
from deltarule.notation.tokens import Token

ROUNDING = {r"\lfloor": "floor", r"\lceil": "ceil"}


class LatexBrackets(LatexArguments, ABC):
    """What a bracket makes that follows no symbol."""

    # bracketed = "(" sum ")" | "[" … "]" | "{" chain "}" | "\{" list "\}"
    def bracketed(self) -> Syntax:
        opening = self.token
        if opening.value == "(":
            return self.group()
        if opening.value == "[":
            return self.square(opening.start)
        if opening.value == "{":
            return self.braced()
        if opening.value == r"\langle":
            return self.inner()
        if opening.value in ROUNDING:
            return self.rounded()
        selects = self.selects()
        self.advance()
        if selects:
            return self.selected(opening)
        items = self.inside_list()
        self.close(opening)
        return self.range_of(items, opening.start)

    def selects(self) -> bool:
        r"""Whether a colon, or a single bar, divides the braces that open here."""
        bars = 0
        index, close = self.position + 1, self.partners[self.position]
        while index < close:
            token = self.tokens[index]
            if token("operator", ":"):
                return True
            bars += token.kind == "bar" and token.value == "|"
            index = self.partners.get(index, index) + 1
        return bars % 2 == 1 and self.tokens[self.position + 1].kind != "bar"

    # selected = "\{" chain ( ":" | "|" ) list "\}"
    def selected(self, opening: Token) -> Syntax:
        outer, self.bars = self.bars, True
        element = self.chain()
        self.bars = outer
        if not self.token("operator", ":") and self.token.kind != "bar":
            self.refuse("a colon or a bar", "a set is {j : x_j > 0}, or {1, …, n}")
        self.advance()
        conditions = self.inside_list()
        self.close(opening)
        for condition in conditions:
            if not isinstance(condition, Chain):
                self.wrong("a condition such as x_j > 0", condition)
        return self.node(Selected(element, tuple(conditions), self.since(opening.start)))

    # inner = "\\langle" sum "," sum "\\rangle"
    def inner(self) -> Syntax:
        opening = self.advance()
        items = self.inside_list()
        if len(items) != 2:
            self.wrong("two vectors, as in \\langle x, y \\rangle", items[0])
        self.close(opening)
        return self.node(Inner(items[0], items[1], self.since(opening.start)))

    # rounded = "\\lfloor" sum "\\rfloor" | "\\lceil" sum "\\rceil"
    def rounded(self) -> Syntax:
        opening = self.advance()
        body = self.inside(opening)
        self.close(opening)
        name = ROUNDING[opening.value]
        head = self.node(Name(name, f"\\operatorname{{{name}}}", self.at(opening)))
        return self.node(Apply(head, 0, (body,), True, self.since(opening.start)))

    def vector_in_parentheses(self, start: int) -> Syntax:
        """(C(w_1), C(w_2)): one below the other."""
        opening = self.advance()
        parts = self.inside_list()
        self.close(opening)
        return self.node(Stack(tuple(parts), self.since(start)))
