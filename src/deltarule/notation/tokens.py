"""Tokens, brackets that match, and the cursor from which both parsers read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NoReturn, TypeVar

from deltarule.errors import DeltaruleError
from deltarule.notation.operators import CLOSING
from deltarule.notation.syntax import Syntax
from deltarule.source import Source, Span

TokenKind = Literal[
    "number", "name", "function", "big", "operator", "relation", "open", "close", "bar",
    "separator", "word", "command", "begin", "finish", "end",
]  # fmt: skip

MAXIMUM_DEPTH = 100
MAXIMUM_NODES = 10_000
MAXIMUM_DIGITS = 100
MAXIMUM_EXPONENT = 400

T = TypeVar("T", bound=Syntax)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its role; `value` is the same however the author spelled it.

    `spaced` says that white space stands before it. The end of an environment is "finish".
    """

    kind: TokenKind
    value: str
    start: int
    end: int
    spaced: bool = False

    def __call__(self, kind: TokenKind, *values: str) -> bool:
        """Whether it is of this kind and, where values are given, one of them."""
        return self.kind == kind and (not values or self.value in values)


def end_token(tokens: list[Token], start: int) -> Token:
    """The end of the text, placed right after the last token, where a caret is of use."""
    place = tokens[-1].end if tokens else start
    return Token("end", "", place, place)


def check_number(source: Source, start: int, end: int) -> None:
    """E007 for a number that would fill a page: 1e999999, or thousands of digits."""
    digits, _, exponent = source.text[start:end].lower().partition("e")
    if len(digits) <= MAXIMUM_DIGITS and (
        not exponent or (len(exponent) < 9 and abs(int(exponent)) <= MAXIMUM_EXPONENT)
    ):
        return
    what = f"has more than {MAXIMUM_DIGITS} digits"
    if len(digits) <= MAXIMUM_DIGITS:
        what = f"has an exponent beyond {MAXIMUM_EXPONENT}"
    raise DeltaruleError(
        "E007",
        f"this number {what}",
        at=Span(source, start, end),
        seen="the limit is passed here",
        help="round it, or give it a name and pass its value with the data",
    )


def match_brackets(source: Source, tokens: Iterable[Token]) -> dict[int, int]:
    """The index of each opening token --> that of its closing one. E002 where they do not match."""
    partners: dict[int, int] = {}
    opened: list[tuple[int, Token]] = []
    for index, token in enumerate(tokens):
        if token.kind in ("open", "begin"):
            opened.append((index, token))
        elif token.kind in ("close", "finish"):
            if not opened or _closing(opened[-1][1]) != token.value:
                _refuse_unmatched(source, [o for _, o in opened], token)
            partners[opened.pop()[0]] = index
    if opened:
        _refuse_unclosed(source, opened[-1][1])
    return partners


def _closing(token: Token) -> str:
    return CLOSING[token.value] if token.kind == "open" else token.value


def _refuse_unmatched(source: Source, opened: list[Token], token: Token) -> NoReturn:
    """If something further out waits for this closing token, what is inside was never closed."""
    if any(_closing(o) == token.value for o in opened):
        _refuse_unclosed(source, opened[-1])
    written = source.text[token.start : token.end]
    if opened:
        inner = source.text[opened[-1].start : opened[-1].end]
        raise DeltaruleError(
            "E002",
            f"'{written}' does not close '{inner}'",
            at=Span(source, token.start, token.end),
            seen=f"'{inner}' is open here",
            help=f"close it with {_closing_text(source, opened[-1])}",
        )
    raise DeltaruleError(
        "E002",
        f"'{written}' closes nothing",
        at=Span(source, token.start, token.end),
        seen="nothing is open here that it could close",
        help="remove it, or write what opens it",
    )


def _refuse_unclosed(source: Source, token: Token) -> NoReturn:
    written = source.text[token.start : token.end]
    wanted = _closing_text(source, token)
    raise DeltaruleError(
        "E002",
        f"'{written}' is never closed",
        at=Span(source, token.start, token.end),
        seen="opened here",
        help=f"close it with {wanted}",
    )


def _closing_text(source: Source, token: Token) -> str:
    if source.text[token.start : token.end] == "{":
        return "}"
    return _closing(token) if token.kind == "open" else rf"\end{{{token.value}}}"


class Cursor:
    """A place among the tokens of a text, with the limits on depth and size of what is read."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.partners = match_brackets(source, tokens)
        self.position = 0
        self.last_end = tokens[0].start
        self.depth = 0
        self.nodes = 0

    # ------------------------------------------------------------------ reading

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.position += 1
            self.last_end = token.end
        return token

    def accept(self, kind: TokenKind, *values: str) -> Token | None:
        return self.advance() if self.token(kind, *values) else None

    def expect(self, kind: TokenKind, value: str, wanted: str) -> Token:
        if not self.token(kind, value):
            self.refuse(wanted)
        return self.advance()

    def split(self, first: int) -> Token:
        """Take the first characters of the token only; the rest stays: `12` --> `1`, then `2`."""
        token = self.token
        if len(token.value) <= first:
            return self.advance()
        cut = self.last_end = token.start + first
        self.tokens[self.position] = replace(
            token, value=token.value[first:], start=cut, spaced=False
        )
        return replace(token, value=token.value[:first], end=cut)

    # ------------------------------------------------------------------ spans, limits, errors

    @property
    def here(self) -> int:
        return self.token.start

    def since(self, start: int) -> Span:
        """From there to the end of the token read last."""
        return Span(self.source, start, max(start, self.last_end))

    def at(self, token: Token) -> Span:
        return Span(self.source, token.start, token.end)

    def written(self, token: Token) -> str:
        return self.source.text[token.start : token.end]

    def node(self, made: T) -> T:
        """Count a node. E007 when there are too many."""
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            raise DeltaruleError(
                "E007",
                f"the equations have more than {MAXIMUM_NODES} parts",
                at=made.span,
                seen="the limit is reached here",
                help="split the text",
            )
        return made

    def deeper(self) -> None:
        """Enter a level of nesting. E007 when there are too many; the caller leaves it again.

        What is built up from the left, as a / b / c or x[i][j], nests without a bracket that opens.
        """
        self.depth += 1
        self.refuse_beyond(self.depth, "the nesting is deeper than")

    def refuse_beyond(self, count: int, what: str) -> None:
        if count > MAXIMUM_DEPTH:
            raise DeltaruleError(
                "E007",
                f"{what} {MAXIMUM_DEPTH}",
                at=self.at(self.token),
                seen="the limit is reached here",
                help="give parts of the expression names of their own",
            )

    def describe(self, token: Token) -> str:
        if token.kind == "end":
            return "the end of the text"
        if token("separator", "line"):
            return "the end of the line"
        return f"'{self.written(token)}'"

    def refuse(self, wanted: str, help: str = "") -> NoReturn:
        """E003: something else was wanted than the token here."""
        raise DeltaruleError(
            "E003",
            f"expected {wanted}, found {self.describe(self.token)}",
            at=self.at(self.token),
            seen=f"{wanted} wanted here",
            help=help,
        )

    def unsupported(self, message: str, at: Span, help: str) -> NoReturn:
        raise DeltaruleError("E008", message, at=at, seen="not supported", help=help)

    def ambiguous(self, at: Span, help: str) -> NoReturn:
        text = self.source.text[at.start : at.end]
        raise DeltaruleError(
            "E006", f"'{text}' can be read in two ways", at=at, seen="ambiguous", help=help
        )
