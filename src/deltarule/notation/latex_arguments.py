r"""What a LaTeX command or a script takes: a group in braces, or one digit, letter or command.

argument = "{" sum "}" | digit | letter | command
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from deltarule.notation.conditions import Conditions
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Raised,
    Syntax,
)
from deltarule.notation.tokens import Token

FRACTIONS = ("frac", "dfrac", "tfrac", "sfrac", "cfrac", "nicefrac")


class LatexArguments(Conditions, ABC):
    """Arguments, and how far they reach."""

    @abstractmethod
    def primary(self) -> Syntax:
        """A number, name, bracket or command, without what follows it."""

    # argument = "{" chain "}" | token
    def argument(self) -> Syntax:
        if self.token("open", "{"):
            return self.enclosed()
        return self.single()

    def single(self) -> Syntax:
        """What TeX takes as an argument without braces: one digit, letter or command."""
        if self.token.kind == "number":
            token = self.split(1)
            return self.node(Num(token.value, self.at(token)))
        if self.token.kind == "name":
            return self.name()
        if self.token.kind != "command":
            self.refuse("an argument", "put it between braces { }")
        self.deeper()
        result = self.primary()
        self.depth -= 1
        return result

    # braced = "{" sum "}"
    def braced(self) -> Syntax:
        """Braces are kept as a group only around what has several parts."""
        start = self.here
        body = self.enclosed()
        named = isinstance(body, Indexed | Power | Raised) or _is_prefixed(body)
        if named and self.token("operator", "_"):
            return self.node(Group(body, self.since(start), braces=True))
        if isinstance(body, Name | Num | Indexed | Apply | Group | Norm):
            return body
        return self.node(Group(body, self.since(start)))

    def argument_tokens(self) -> list[Token]:
        """The argument that stands here, without its braces."""
        if not self.token("open", "{"):
            return [self.token]
        return self.tokens[self.position + 1 : self.partners[self.position]]

    def skip_argument(self) -> None:
        braces = 2 if self.token("open", "{") else 0
        for _ in range(len(self.argument_tokens()) + braces):
            self.advance()

    def after_scripts(self, place: int) -> int:
        """The place after the subscripts and superscripts there."""
        last = len(self.tokens) - 1
        while self.tokens[place]("operator", "_", "^"):
            argument = min(place + 1, last)
            place = min(self.partners.get(argument, argument) + 1, last)
        return place

    def name(self) -> Name:
        token = self.advance()
        return self.node(Name(token.value, self.written(token), self.at(token)))


def _is_prefixed(node: Syntax) -> bool:
    r"""\operatorname{Re} X"""
    if not isinstance(node, Product) or len(node.factors) != 2 or node.ops != ("",):
        return False
    word, symbol = node.factors
    upright = isinstance(word, Name) and word.latex.startswith(("\\operatorname", "\\mathrm"))
    return upright and isinstance(symbol, Name)
