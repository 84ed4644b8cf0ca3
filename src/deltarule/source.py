"""Source text, spans within it, and the excerpt with a caret that an error shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it came from (a file name, a catalog entry, or `<text>`)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: `source.text[start:end]`."""

    source: Source
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end})"


def join(first: Span | None, last: Span | None) -> Span | None:
    """The span from the start of the first to the end of the last."""
    if first is None or last is None:
        return first or last
    return Span(first.source, min(first.start, last.start), max(first.end, last.end))


def line_and_column(span: Span) -> tuple[int, int]:
    """The 1-based line and column where a span starts."""
    before = span.source.text[: span.start]
    line = before.count("\n") + 1
    return line, span.start - (before.rfind("\n") + 1) + 1


def excerpt(span: Span, note: str) -> str:
    """The source line of a span with a caret under it and a note beside the caret."""
    line, column = line_and_column(span)
    text = span.source.text.split("\n")[line - 1].removesuffix("\r")
    shown, column = _window(_printable(text), column)
    width = max(1, min(span.end - span.start, len(shown) - column + 1))
    gutter = " " * len(str(line))
    return "\n".join(
        [
            f"{gutter} --> {span.source.name}:{line}:{line_and_column(span)[1]}",
            f"{gutter}  |",
            f"{line}  | {shown}",
            f"{gutter}  | {' ' * (column - 1)}{'^' * width} {note}".rstrip(),
        ]
    )


def _printable(text: str) -> str:
    """Every character one column wide, as far as that is known: tabs and control characters too."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


LONG_QUOTE = re.compile(r"'([^']{60})[^']{20,}'")


def one_line(text: str) -> str:
    """What is quoted from a source may have line breaks, control characters, or no end."""
    flat = " ".join(text.split()) if "\n" in text or "\t" in text else text
    return LONG_QUOTE.sub(r"'\1…'", _printable(flat))


def name_of(char: str) -> str:
    """A character as a message shows it: '§', or its number and name where it cannot be seen."""
    if char.isprintable() and not char.isspace() and not unicodedata.combining(char):
        return f"'{char}'"
    name = unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X}" + (f" ({name})" if name else "")


def _window(text: str, column: int, width: int = 96) -> tuple[str, int]:
    """A long line is shown around the caret only."""
    if len(text) <= width:
        return text, column
    start = max(0, min(column - 1 - width // 2, len(text) - width))
    left = "…" if start else ""
    right = "…" if start + width < len(text) else ""
    return left + text[start : start + width] + right, column - start + len(left)
