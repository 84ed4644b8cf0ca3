r"""Brackets of LaTeX: groups, vectors, sets, inner products, rounding."""

from __future__ import annotations

from abc import ABC

from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.syntax import Apply, Chain, Inner, Name, Selected, Stack, Syntax

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
        if self.selects():
            return self.selected()
        return self.range_of(self.enclosed_list(), opening.start)

    def selects(self) -> bool:
        r"""Whether a colon, or a single bar, divides the braces that open here."""
        if self.holds(lambda token: token("operator", ":")):
            return True
        bars = sum(self.tokens[place]("bar", "|") for place in self.places_inside())
        return bars % 2 == 1 and self.peek().kind != "bar"

    # selected = "\{" chain ( ":" | "|" ) list "\}"
    def selected(self) -> Syntax:
        opening = self.advance()
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
        opening = self.token
        body = self.enclosed()
        name = ROUNDING[opening.value]
        head = self.node(Name(name, f"\\operatorname{{{name}}}", self.at(opening)))
        return self.node(Apply(head, 0, (body,), True, self.since(opening.start)))

    def vector_in_parentheses(self, start: int) -> Syntax:
        """(C(w_1), C(w_2)): one below the other."""
        return self.node(Stack(self.arguments(), self.since(start)))
