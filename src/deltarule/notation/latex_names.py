r"""Symbols with a style or a decoration.

styled = "\hat" argument | "\mathbf" argument | "\mathcal" argument
"""

from __future__ import annotations

from abc import ABC
from dataclasses import replace

from deltarule.notation import operators as ops
from deltarule.notation.latex_indicators import LatexIndicators
from deltarule.notation.syntax import (
    Indexed,
    Name,
    Syntax,
)
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
            word = self.word_defined(command)
            if word is not None:
                return word
            self.refuse_several_letters(command)
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

    def word_defined(self, command: Token) -> Name | None:
        r"""The word in \mathbf{dtw}, read, where that is the left side of an equation here: no product."""
        letters = self.letters_in_braces(self.position)
        if len(letters) < 2:
            return None
        for place in range(1, len(self.tokens)):
            starts = place == 1 or self.tokens[place - 2].kind == "separator"
            same = self.tokens[place - 1](command.kind, command.value)
            if starts and same and self.letters_in_braces(place) == letters:
                after = self.partners[place] + 1
                while self.tokens[after]("operator", "_", "^"):
                    after = self.partners.get(after + 1, after + 1) + 1
                if self.tokens[after]("relation", "="):
                    self.skip_group()
                    word, span = "".join(letters), self.since(command.start)
                    return self.node(Name(word, f"{self.written(command)}{{{word}}}", span))
        return None

    def letters_in_braces(self, position: int) -> list[str]:
        """d, t and w of {dtw} there."""
        if not self.tokens[position]("open", "{"):
            return []
        inner = self.tokens[position + 1 : self.partners[position]]
        return [self.written(t) for t in inner] if all(t.kind == "name" for t in inner) else []

    def refuse_several_letters(self, command: Token) -> None:
        r"""E006 for \mathbf{Wx}: one name, or a product?"""
        if not self.token("open", "{"):
            return
        inner = self.tokens[self.position + 1 : self.partners[self.position]]
        if len(inner) < 2 or any(t.kind != "name" for t in inner):
            return
        style = self.written(command)
        parts = "".join(f"{style}{{{self.written(t)}}}" for t in inner)
        word = "".join(self.written(t) for t in inner)
        span = Span(self.source, command.start, inner[-1].end + 1)
        self.ambiguous(span, f"write {parts} for a product, \\mathrm{{{word}}} for one name")
