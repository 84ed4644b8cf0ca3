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
            opening = self.advance()
            body = self.inside(opening)
            self.close(opening)
            return body
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
        opening = self.advance()
        body = self.inside(opening)
        self.close(opening)
        named = isinstance(body, Indexed | Power | Raised) or _is_prefixed(body)
        if named and self.token("operator", "_"):
            return self.node(Group(body, self.since(opening.start), braces=True))
        if isinstance(body, Name | Num | Indexed | Apply | Group | Norm):
            return body
        return self.node(Group(body, self.since(opening.start)))

    def superscript_tokens(self) -> tuple[int, list[Token]]:
        """How many tokens the superscript has, and those within its braces."""
        close = self.partners.get(self.position)
        if not self.token("open", "{") or close is None:
            return 1, [self.token]
        return close + 1 - self.position, self.tokens[self.position + 1 : close]

    def skip_group(self) -> None:
        for _ in range(self.superscript_tokens()[0]):
            self.advance()

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
