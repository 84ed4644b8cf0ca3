r"""Scripts without braces: TeX takes one digit, letter or command, and authors forget that it does.

x_i y_i, x^2 y, \sum_{i=1}^n x_i   -->   as TeX has them
x_10, 10^10, \sum_{i=1}^10         -->   E006: nobody multiplies by a 0 without a space
x_ij, e^-x, \sum_{i=1}^n-1 x_i     -->   E006
"""

from __future__ import annotations

from abc import ABC

from deltarule.notation.latex_arguments import LatexArguments
from deltarule.notation.syntax import Syntax
from deltarule.notation.tokens import Token
from deltarule.source import Span

INDEX_LETTERS = frozenset("ijklmnt")


class LatexScriptArguments(LatexArguments, ABC):
    """Arguments of _ and ^, which the text goes on behind."""

    def script(self, limit: bool = False) -> Syntax:
        """The argument of ^, or of the ^ of a sum. E006 where its braces are missing."""
        first = self.token
        found = self.argument()
        if not first("open", "{"):
            self.refuse_cut(first)
            self.refuse_fraction(first)
            if limit:
                self.refuse_limit_cut(first)
        return found

    def refuse_cut(self, first: Token) -> None:
        """E006 where a digit stands at once behind the digit or letter that was read."""
        if self.token.kind == "number" and not self.token.spaced and _is_one(first):
            self.refuse_without_braces(first, self.token)

    def refuse_fraction(self, first: Token) -> None:
        """E006 for x^1/2: nobody writes a power of 1."""
        below = self.peek()
        tight = not self.token.spaced and not below.spaced and below.kind == "number"
        if (
            first.kind == "number"
            and first.value[0] == "1"
            and self.token("operator", "/")
            and tight
        ):
            self.refuse_without_braces(first, below)

    def refuse_letter_behind(self, first: Token) -> None:
        """E006 for x_ij and x_1j, where j has no scripts."""
        behind = self.token
        alone = not self.peek()("operator", "_", "^", "'") and not self.peek()("open", "(")
        if behind.kind == "name" and not behind.spaced and alone and _is_one(first):
            if self.written(behind) in INDEX_LETTERS and len(self.written(first)) == 1:
                self.refuse_without_braces(first, behind)

    def refuse_limit_cut(self, first: Token) -> None:
        r"""E006 for \sum_{i=1}^n-1 x_i and ^2n x_i: up to n - 1 and 2 n, or sums of -1 x_i and n x_i?"""
        number = self.peek()
        if first.kind == "number" and self.token.kind == "name" and not self.token.spaced:
            self.refuse_without_braces(first, self.token)
        tight = not self.token.spaced and not number.spaced
        if self.token("operator", "+", "-") and number.kind == "number" and tight:
            self.refuse_without_braces(first, number)

    def refuse_after_sign(self, sign: Token, base: Syntax | None) -> None:
        """E006 for e^-x and x^-1, which have been read as far as the sign; k^-, k^+ x are labels."""
        behind = self.token
        factor = behind.kind in ("number", "name", "function") or behind("command")
        tight = not behind.spaced and (sign.value == "-" or behind.kind == "number")
        if factor and (tight or getattr(base, "name", "") == "e"):
            self.refuse_without_braces(sign, behind)

    def refuse_without_braces(self, first: Token, last: Token) -> None:
        inside = self.source.text[first.start : last.end]
        self.ambiguous(
            Span(self.source, first.start, last.end),
            f"put braces around all of the script, {{{inside}}}, or a space behind its first part",
        )


def _is_one(token: Token) -> bool:
    return token.kind in ("number", "name")
