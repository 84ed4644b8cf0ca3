"""A document --> its statements: the equations of a Markdown or LaTeX text, or the whole text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import latex, macros, mathml, plain, tree, words
from deltarule.notation.operators import DISPLAY_ENVIRONMENTS
from deltarule.notation.syntax import Statement
from deltarule.source import Source, Span

MAXIMUM_LENGTH = 64 * 1024

Language = Literal["latex", "plain", "mathml"]

FENCES: dict[str, Language] = {
    "latex": "latex", "math": "latex", "tex": "latex", "deltarule": "plain",
}  # fmt: skip

BYTE_ORDER_MARK = "\ufeff"
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

# a fence of any language, code within a line, and what displays an equation; first come, first read
BLOCK = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[\w+-]*)[^\n]*(?:\n|\Z)"
    r"|(?P<ticks>`+)[^`\n]+(?P=ticks)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?P<mathml><math\b[^>]*\bdisplay\s*=\s*[\"']block[\"'][^>]*>)"
    r"|\\\$"
    r"|(?P<dollars>\$\$)"
    r"|(?<!\\)(?P<square>\\\[)"
    rf"|\\begin\{{(?P<environment>(?:{'|'.join(sorted(DISPLAY_ENVIRONMENTS))})\*?)\}}",
    re.MULTILINE | re.DOTALL,
)

# a LaTeX document: prose has no fences, and what follows % is a comment
TEX_BLOCK = re.compile(
    r"(?<!\\)%[^\n]*"
    r"|\\begin\{(?P<verbatim>verbatim|lstlisting|minted|comment)\*?\}.*?\\end\{(?P=verbatim)\*?\}"
    r"|\\\$"
    r"|(?P<dollars>\$\$)"
    r"|(?<!\\)(?P<square>\\\[)"
    rf"|\\begin\{{(?P<environment>(?:{'|'.join(sorted(DISPLAY_ENVIRONMENTS))})\*?)\}}"
    r"|(?P<fence>(?!))(?P<language>)(?P<mathml>(?!))",
    re.MULTILINE | re.DOTALL,
)
TEX = re.compile(r"\\(?:documentclass|usepackage|begin\{document\}|section\b)")

MATHML = re.compile(r"\s*<math\b")

HEADING = re.compile(r"^#[ \t]+([^\n]+)", re.MULTILINE)
WITHIN_PROSE = re.compile(r"\\[A-Za-z]+\{[^{}]*\}|(?P<formula>(?<![\\$])\$[^$\n]+\$)")
LATEX_SIGN = re.compile(r"\\[A-Za-z]{2,}|[_^]\{|\$")


@dataclass(frozen=True, slots=True)
class Block:
    """source.text[start:end] holds equations in this language."""

    language: Language
    start: int
    end: int


def read_statements(source: Source) -> list[Statement]:
    r"""The statements of a document, in their order.

    In a Markdown text these are the blocks `$$ … $$`, `\[ … \]`, equation environments, fences named
    latex, math, tex or deltarule, and `<math display="block">`; all else is prose. A text without any
    is itself equations: MathML if it begins so, LaTeX if it holds a command or `_{`, else plain text. Spans refer to the whole source.
    Raises E004 where there are no equations, E007 beyond 64 KiB, and what the parsers raise.
    """
    _refuse_long(source)
    start = _after_front_matter(source)
    found = list(blocks(source, start)) or [_whole(source, start)]
    reader = _Reader(source, *macros.defined(source))
    statements = reader.statements(found)
    known = words.defined(statements) | words.counting(statements)
    known |= words.shared(statements, _is_plain(found))
    if known:
        statements = reader.statements(found, known)
    if not statements:
        _refuse_empty(source)
    return statements


def is_plain_text(at: Span) -> bool:
    """Whether a place in a document is in plain text, and not in LaTeX or MathML."""
    start = _after_front_matter(at.source)
    return _is_plain(list(blocks(at.source, start)) or [_whole(at.source, start)])(at)


def _is_plain(found: list[Block]) -> Callable[[Span], bool]:
    """Whether a place is in a block of plain text."""
    plain_blocks = [block for block in found if block.language == "plain"]
    return lambda at: any(block.start <= at.start < block.end for block in plain_blocks)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Parses blocks, LaTeX with the author's macros written out."""

    source: Source
    macros: dict[str, macros.Macro]
    definitions: list[tuple[int, int]]

    def statements(
        self, found: list[Block], words: frozenset[str] = frozenset()
    ) -> list[Statement]:
        result: list[Statement] = []
        for block in found:
            if block.language == "plain":
                result += plain.parse(self.source, block.start, block.end)
            elif block.language == "mathml":
                result += mathml.parse(self.source, block.start, block.end, words)
            elif self.macros:
                result += self._written_out(block, words)
            else:
                result += latex.parse(self.source, block.start, block.end, words)
        return result

    def _written_out(self, block: Block, words: frozenset[str]) -> list[Statement]:
        written = macros.written_out(
            self.source, block.start, block.end, self.macros, self.definitions
        )
        text = Source(self.source.name, written.text())
        try:
            statements = latex.parse(text, 0, len(text.text), words)
        except DeltaruleError as error:
            if error.at is not None and error.at.source is text:
                error.at = written.place(error.at)
            raise
        return [tree.moved(statement, written.place) for statement in statements]


def front_matter(source: Source) -> dict[str, str]:
    """The `key: value` lines between two lines of three dashes at the very start, if there are."""
    found = FRONT_MATTER.match(source.text)
    if found is None:
        return {}
    pairs = (line.partition(":") for line in found[1].splitlines())
    return {key.strip(): _unquoted(value.strip()) for key, colon, value in pairs if colon}


def place_of_setting(source: Source, key: str) -> Span | None:
    """The line of the front matter that has this key."""
    found = FRONT_MATTER.match(source.text)
    if found is None:
        return None
    line = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*:[^\n]*", re.MULTILINE)
    stated = line.search(source.text, found.start(1), found.end(1))
    return None if stated is None else Span(source, stated.start(), stated.end())


def title_of(source: Source) -> str:
    """`title:` of the front matter, else the first heading of a Markdown text, else nothing."""
    title = front_matter(source).get("title", "")
    start = _after_front_matter(source)
    if title or not any(True for _ in blocks(source, start)):
        return title
    heading = HEADING.search(source.text, start)
    return heading[1].rstrip(" \t#").strip() if heading else ""


def _unquoted(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _after_front_matter(source: Source) -> int:
    found = FRONT_MATTER.match(source.text)
    if found is not None:
        return found.end()
    return 1 if source.text.startswith(BYTE_ORDER_MARK) else 0


# ------------------------------------------------------------------------------ blocks


def blocks(source: Source, start: int) -> Iterator[Block]:
    """The blocks of equations from there on. E002 for one that is not closed."""
    position = start
    pattern = TEX_BLOCK if TEX.search(source.text) or source.name.endswith(".tex") else BLOCK
    while (found := pattern.search(source.text, position)) is not None:
        close, position = _close(source, found)
        language = _language(found)
        if language is not None:
            whole = found["environment"] or found["mathml"]
            begin = found.start() if whole else found.end()
            yield Block(language, begin, position if whole else close)


def _language(found: re.Match[str]) -> Language | None:
    if found["fence"]:
        return FENCES.get(found["language"].lower())
    if found["mathml"]:
        return "mathml"
    equations = found["dollars"] or found["square"] or found["environment"]
    return "latex" if equations else None


def _close(source: Source, found: re.Match[str]) -> tuple[int, int]:
    """Where the content of what was opened ends, and where what closes it ends."""
    if found["fence"]:
        return _close_fence(source, found)
    if found["dollars"]:
        return _close_with(source, found, "$$")
    if found["square"]:
        return _close_with(source, found, r"\]")
    if found["mathml"]:
        return _close_with(source, found, "</math>")
    if found["environment"]:
        return _close_with(source, found, rf"\end{{{found['environment']}}}")
    return found.end(), found.end()


def _close_with(source: Source, found: re.Match[str], closing: str) -> tuple[int, int]:
    close = source.text.find(closing, found.end())
    if close < 0:
        raise DeltaruleError(
            "E002",
            f"'{found[0]}' is never closed",
            at=Span(source, found.start(), found.end()),
            seen="opened here",
            help=f"close it with {closing}",
        )
    return close, close + len(closing)


def _close_fence(source: Source, found: re.Match[str]) -> tuple[int, int]:
    """A fence ends with one at least as long, or, as Markdown has it, with the document."""
    fence = found["fence"]
    closing = re.compile(rf"^[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    close = closing.search(source.text, found.end())
    return (close.start(), close.end()) if close else (len(source.text), len(source.text))


def _whole(source: Source, start: int) -> Block:
    """All of the text; dollars around it are not part of the equation."""
    text = source.text
    if MATHML.match(text, start):
        return Block(
            "mathml", start + len(text[start:]) - len(text[start:].lstrip()), len(text.rstrip())
        )
    if not re.search(r"=|\\in\b|\bin\b|\bfor\b", text[start:]):
        _refuse_empty(source)  # prose, or nothing
    end = len(text.rstrip())
    begin = start + len(text[start:]) - len(text[start:].lstrip())
    language: Language = "latex" if LATEX_SIGN.search(text, start) else "plain"
    if end - begin > 2 and text[begin] == "$" == text[end - 1] and text.count("$", begin) == 2:
        return Block(language, begin + 1, end - 1)
    _refuse_within_prose(source, start)
    return Block(language, start, len(text))


# ------------------------------------------------------------------------------ errors


def _refuse_long(source: Source) -> None:
    if len(source.text) > MAXIMUM_LENGTH:
        raise DeltaruleError(
            "E007",
            f"the text has {len(source.text)} characters; the limit is {MAXIMUM_LENGTH}",
            at=Span(source, MAXIMUM_LENGTH, MAXIMUM_LENGTH + 1),
            seen="the limit is reached here",
            help="split the text, or take the prose out",
        )


def _refuse_within_prose(source: Source, start: int) -> None:
    """E004 for a document whose formulas are all within its lines: $y = 2 x$."""
    for found in WITHIN_PROSE.finditer(source.text, start):
        if found["formula"]:
            raise DeltaruleError(
                "E004",
                f"'{source.name}' has formulas within its lines only",
                at=Span(source, found.start(), found.end()),
                seen="single dollars are prose",
                help="put equations between $$ and $$",
            )


def _refuse_empty(source: Source) -> None:
    raise DeltaruleError(
        "E004",
        f"'{source.name}' has no equations",
        at=Span(source, 0, 0),
        seen="nothing to read",
        help="put equations between $$ and $$, or write one on a line: y[i] = 2 x[i]",
    )
