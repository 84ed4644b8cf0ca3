r"""The author's own commands: \newcommand{\x}{\mathbf{x}}, written out where they are used.

    \newcommand{\R}{\mathbb{R}}  \newcommand{\norm}[1]{\lVert #1 \rVert}
    \DeclareMathOperator{\relu}{ReLU}  \DeclareMathOperator*{\argmax}{arg\,max}  \def\half#1{\frac{#1}{2}}

Definitions may stand anywhere in a document. What is written out keeps its place: an error inside a
macro points at its use, one inside its argument at the argument.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.source import Source, Span

DEFINITION = re.compile(
    r"\\(?P<kind>newcommand|renewcommand|providecommand|DeclareMathOperator|def|gdef)(?P<star>\*?)\s*"
)
COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")
NAME = re.compile(r"\s*(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))")
COUNT = re.compile(r"\s*\[(\d)\]")
DEFAULT = re.compile(r"\s*\[([^\]]*)\]")
PARAMETERS = re.compile(r"\s*((?:#\d)*)\s*(?=\{)")
PARAMETER = re.compile(r"#(\d)")
SPACES = re.compile(r"\s*")
MAXIMUM_USES = 2_000
MAXIMUM_DEPTH = 20
MAXIMUM_LENGTH = 256 * 1024


@dataclass(frozen=True, slots=True)
class Macro:
    """\\name with so many arguments, the first one optional where it has a default."""

    name: str
    arguments: int
    default: str | None
    body: str


def defined(source: Source) -> tuple[dict[str, Macro], list[tuple[int, int]]]:
    """The macros of a document, and where their definitions stand. E003 for one that is cut off."""
    macros: dict[str, Macro] = {}
    places: list[tuple[int, int]] = []
    position = 0
    while (found := DEFINITION.search(source.text, position)) is not None:
        macro, position = _definition(source, found)
        macros[macro.name] = macro
        places.append((found.start(), position))
    return macros, places


def _definition(source: Source, found: re.Match[str]) -> tuple[Macro, int]:
    kind, text = found["kind"], source.text
    named = NAME.match(text, found.end())
    if named is None:
        _refuse(source, found, r"write \newcommand{\name}{what it stands for}")
    name, position = named[1] or named[2], named.end()
    count, default = 0, None
    if kind in ("def", "gdef"):
        stated = PARAMETERS.match(text, position)
        count, position = (len(stated[1]) // 2, stated.end()) if stated else (0, position)
    elif kind != "DeclareMathOperator":
        stated = COUNT.match(text, position)
        if stated is not None:
            count, position = int(stated[1]), stated.end()
            optional = DEFAULT.match(text, position)
            if optional is not None:
                default, position = optional[1], optional.end()
    group = _group(text, position)
    if group is None:
        _refuse(source, found, "what it stands for is written between braces")
    body = text[group[0] + 1 : group[1] - 1]
    if kind == "DeclareMathOperator":
        body = f"\\operatorname{found['star']}{{{body}}}"
    return Macro(name, count, default, body), group[1]


def _refuse(source: Source, found: re.Match[str], help: str) -> NoReturn:
    raise DeltaruleError(
        "E003",
        f"the definition '\\{found['kind']}' is not complete",
        at=Span(source, found.start(), found.end()),
        seen="begins here",
        help=help,
    )


def _group(text: str, position: int) -> tuple[int, int] | None:
    """Where the next group in braces begins and ends."""
    spaces = SPACES.match(text, position)
    start = spaces.end() if spaces else position
    if text[start : start + 1] != "{":
        return None
    depth = 0
    for at in range(start, len(text)):
        escaped = text[at - 1 : at] == "\\"
        depth += (text[at] == "{" and not escaped) - (text[at] == "}" and not escaped)
        if not depth:
            return start, at + 1
    return None


# ------------------------------------------------------------------------------ writing out


@dataclass
class Written:
    """A text with macros written out, and where each piece comes from."""

    source: Source
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[tuple[int, int, bool]] = field(default_factory=list)  # start, end, verbatim
    length: int = 0

    def put(self, text: str, start: int, end: int, verbatim: bool) -> None:
        if text:
            self.pieces.append(text)
            self.starts.append(self.length)
            self.places.append((start, end, verbatim))
            self.length += len(text)

    def text(self) -> str:
        return "".join(self.pieces)

    def place(self, span: Span) -> Span:
        """Where in the author's text a stretch of the written-out text comes from."""
        start = self._at(span.start, first=True)
        end = self._at(max(span.start, span.end - 1), first=False)
        return Span(self.source, start, max(start, end))

    def _at(self, position: int, first: bool) -> int:
        number = max(0, bisect_right(self.starts, position) - 1)
        start, end, verbatim = self.places[number]
        if not verbatim:
            return start if first else end
        inside = position - self.starts[number]
        return start + inside + (not first)


def written_out(
    source: Source,
    start: int,
    end: int,
    macros: dict[str, Macro],
    definitions: list[tuple[int, int]],
) -> Written:
    """source.text[start:end] without definitions and with every macro written out.

    Raises E003 where an argument is missing, E105 for a macro that contains itself, E007 for too many.
    """
    result = Written(source)
    position = start
    for first, last in [*definitions, (end, end)]:
        if last < start or first > end:
            continue
        _Expansion(source, macros, result).verbatim(position, max(position, min(first, end)))
        position = max(position, last)
    if not result.pieces:
        result.put(" ", start, start, False)
    return result


@dataclass
class _Expansion:
    source: Source
    macros: dict[str, Macro]
    result: Written
    uses: int = 0

    def verbatim(self, start: int, end: int) -> None:
        """The author's own text there."""
        text = self.source.text
        position = start
        for found in COMMAND.finditer(text, start, end):
            macro = self.macros.get(found[1])
            if macro is None or found.start() < position:
                continue
            self.result.put(text[position : found.start()], position, found.start(), True)
            arguments, position = self._arguments(macro, text, found.end(), end, found.span())
            self._write(macro, arguments, (found.start(), position), 0)
        self.result.put(text[position:end], position, end, True)

    def _arguments(
        self, macro: Macro, text: str, position: int, end: int, at: tuple[int, int]
    ) -> tuple[list[tuple[int, int] | str], int]:
        """The place of each argument, or its default as text."""
        found: list[tuple[int, int] | str] = []
        wanted = macro.arguments
        if macro.default is not None:
            optional = DEFAULT.match(text, position, end)
            if optional is not None:
                found.append(optional.span(1))
                position = optional.end()
            else:
                found.append(macro.default)
            wanted -= 1
        for _ in range(wanted):
            group = _group(text[:end], position)
            if group is not None:
                found.append((group[0] + 1, group[1] - 1))
                position = group[1]
                continue
            spaces = SPACES.match(text, position, end)
            first = spaces.end() if spaces else position
            single = COMMAND.match(text, first, end)
            last = single.end() if single else first + 1
            if last > end:
                raise DeltaruleError(
                    "E003",
                    f"the macro '\\{macro.name}' has {macro.arguments} arguments",
                    at=Span(self.source, *at),
                    seen="not all of them follow",
                    help=f"write \\{macro.name}" + "{…}" * macro.arguments,
                )
            found.append((first, last))
            position = last
        return found, position

    def _write(
        self, macro: Macro, arguments: list[tuple[int, int] | str], at: tuple[int, int], depth: int
    ) -> None:
        """The macro's text: its own parts are placed at its use, arguments where they stand."""
        self._count(macro, at, depth)
        position = 0
        for found in PARAMETER.finditer(macro.body):
            self._own(macro.body[position : found.start()], at, depth)
            number = int(found[1]) - 1
            if number < len(arguments):
                argument = arguments[number]
                if isinstance(argument, str):
                    self._own(argument, at, depth)
                else:
                    self.verbatim(*argument)
            position = found.end()
        self._own(macro.body[position:] + " " * macro.body[-1:].isalpha(), at, depth)

    def _own(self, text: str, at: tuple[int, int], depth: int) -> None:
        """A macro's own text, which may use macros too."""
        position = 0
        for found in COMMAND.finditer(text):
            macro = self.macros.get(found[1])
            if macro is None or found.start() < position:
                continue
            self.result.put(text[position : found.start()], *at, False)
            inner, position = _text_arguments(macro, text, found.end())
            self._write(macro, list(inner), at, depth + 1)
        self.result.put(text[position:], *at, False)

    def _count(self, macro: Macro, at: tuple[int, int], depth: int) -> None:
        self.uses += 1
        if depth > MAXIMUM_DEPTH:
            raise DeltaruleError(
                "E105",
                f"the macro '\\{macro.name}' contains itself",
                at=Span(self.source, *at),
                seen="used here",
                help="write out what it stands for",
            )
        if self.uses > MAXIMUM_USES or self.result.length > MAXIMUM_LENGTH:
            raise DeltaruleError(
                "E007",
                f"macros are used more than {MAXIMUM_USES} times, or make the text too long",
                at=Span(self.source, *at),
                seen="the limit is reached here",
                help="split the text",
            )


def _text_arguments(macro: Macro, text: str, position: int) -> tuple[list[str], int]:
    """The arguments of a macro that is used inside another one's text."""
    found: list[str] = []
    if macro.default is not None:
        optional = DEFAULT.match(text, position)
        found.append(optional[1] if optional else macro.default)
        position = optional.end() if optional else position
    while len(found) < macro.arguments:
        group = _group(text, position)
        if group is None:
            spaces = SPACES.match(text, position)
            first = spaces.end() if spaces else position
            single = COMMAND.match(text, first)
            last = single.end() if single else first + 1
            found.append(text[first:last])
            position = last
        else:
            found.append(text[group[0] + 1 : group[1] - 1])
            position = group[1]
    return found, position
