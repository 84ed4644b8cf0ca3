r"""Symbols with a style or a decoration.

styled = "\hat" argument | "\mathbf" argument | "\mathcal" argument
"""

from __future__ import annotations

from abc import ABC
from dataclasses import replace

from deltarule.notation import operators as ops
from deltarule.notation.latex_indicators import LatexIndicators
from deltarule.notation.syntax import Indexed, Name, Syntax
from deltarule.notation.tokens import Token
from deltarule.source import Span


class LatexNames(LatexIndicators, ABC):
    """Names, and what of them a style makes."""

    # styled = style argument
    def styled(self) -> Syntax:
        command = self.advance()
        if self.is_filled(command):
            return self.filled(command)
        if self.is_indicator(command):
            return self.indicator(command)
        if command.value in ops.VECTOR_STYLES | ops.LETTER_STYLES:
            letters = self.letters_in_braces(self.position)
            if len(letters) > 1:
                return self.word(command, letters)
        content = self.argument()
        span = self.since(command.start)
        base = content.base if isinstance(content, Indexed) else content
        if not isinstance(base, Name):
            self.wrong(f"a name under '{self.written(command)}'", content)
        named = self.node(self.restyled(base, command, span))
        return replace(content, base=named, span=span) if isinstance(content, Indexed) else named

    def restyled(self, base: Name, command: Token, span: Span) -> Name:
        latex = f"{self.written(command)}{{{base.latex}}}"
        if command.value in ops.VECTOR_STYLES:
            return replace(base, latex=latex, span=span, vector=True)
        if command.value in ops.DECORATIONS:
            name = f"{base.name}_{ops.DECORATIONS[command.value]}"
            return replace(base, name=name, latex=latex, span=span)
        return replace(base, latex=latex, span=span)

    def word(self, command: Token, letters: list[Token]) -> Name:
        r"""The word in \mathbf{dtw}, where it is the left side of an equation. E006 elsewhere: a product?"""
        style, spelled = self.written(command), [self.written(t) for t in letters]
        word = "".join(spelled)
        if not self.defines_word(command, word):
            parts = "".join(f"{style}{{{letter}}}" for letter in spelled)
            span = Span(self.source, command.start, letters[-1].end + 1)
            self.ambiguous(span, f"write {parts} for a product, \\mathrm{{{word}}} for one name")
        self.skip_argument()
        return self.node(Name(word, f"{style}{{{word}}}", self.since(command.start)))

    def defines_word(self, command: Token, word: str) -> bool:
        """Whether an equation of this text has the word, in this style, on its left side."""
        for place in range(1, len(self.tokens)):
            starts = place == 1 or self.tokens[place - 2].kind == "separator"
            if starts and self.tokens[place - 1](command.kind, command.value):
                found = "".join(self.written(t) for t in self.letters_in_braces(place))
                if found == word:
                    after = self.after_scripts(self.partners[place] + 1)
                    if self.tokens[after]("relation", "="):
                        return True
        return False

    def letters_in_braces(self, position: int) -> list[Token]:
        """d, t and w of {dtw} there."""
        if not self.tokens[position]("open", "{"):
            return []
        inner = self.tokens[position + 1 : self.partners[position]]
        return inner if all(t.kind == "name" for t in inner) else []
