"""MathML --> a tree of elements with their places in the text, by the XML parser of the standard library."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NoReturn
from xml.parsers import expat

from deltarule.errors import DeltaruleError
from deltarule.source import Source, Span

MAXIMUM_DEPTH = 200
MAXIMUM_ELEMENTS = 30_000
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))


@dataclass(slots=True)
class Node:
    """An element; `text` is its own, without white space at the ends, `start` and `end` enclose it."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)


def parse(source: Source, start: int, end: int) -> Node:
    """The <math> element in source.text[start:end]. E002 where it is no XML, E007, E008."""
    return _Builder(source, start, end).root()


class _Builder:
    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.text = _without_names(source.text[start:end])
        self.bytes = list(accumulate((len(c.encode()) for c in self.text), initial=0))
        self.open: list[Node] = []
        self.found: Node | None = None
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_declaration
        self.parser.EntityDeclHandler = self.refuse_declaration

    def root(self) -> Node:
        try:
            self.parser.Parse(self.text.encode(), True)
        except expat.ExpatError as error:
            self.refuse_broken(error)
        if self.found is None:
            raise AssertionError("a text that parses has an element")
        return self.found

    def here(self) -> int:
        """The place in the source of what the parser reads now."""
        return self.place(self.parser.CurrentByteIndex)

    def place(self, byte: int) -> int:
        return self.start + max(0, bisect_right(self.bytes, byte) - 1)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        here = self.here()
        self.count += 1
        if self.count > MAXIMUM_ELEMENTS or len(self.open) >= MAXIMUM_DEPTH:
            what = "elements" if self.count > MAXIMUM_ELEMENTS else "levels"
            limit = MAXIMUM_ELEMENTS if self.count > MAXIMUM_ELEMENTS else MAXIMUM_DEPTH
            raise DeltaruleError(
                "E007",
                f"this formula has more than {limit} {what}",
                at=Span(self.source, here, here + 1),
                seen="the limit is reached here",
                help="split it",
            )
        node = Node(name.rpartition(":")[2], attributes, here)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.found = node
        self.open.append(node)

    def finish(self, _: str) -> None:
        node = self.open.pop()
        close = self.source.text.find(">", self.here())
        node.end = close + 1
        node.text = " ".join(node.text.split(None))

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def refuse_declaration(self, *_: object) -> NoReturn:
        here = self.here()
        raise DeltaruleError(
            "E008",
            "declarations are not supported within MathML",
            at=Span(self.source, here, here + 1),
            seen="not supported",
            help="write characters as they are or by their numbers, as &#x2211;",
        )

    def refuse_broken(self, error: expat.ExpatError) -> NoReturn:
        here = min(self.place(self.parser.ErrorByteIndex), len(self.source.text) - 1)
        raise DeltaruleError(
            "E002",
            f"this MathML is no XML: {expat.ErrorString(error.code)}",
            at=Span(self.source, here, here + 1),
            seen="here",
            help="close every element that is opened",
        )


def _without_names(text: str) -> str:
    """HTML's names of characters as the characters, with spaces so that no place moves."""

    def char(found: re.Match[str]) -> str:
        known = html.unescape(found[0])
        if found[1] in OF_XML or known == found[0]:
            return found[0]
        return known.ljust(len(found[0]))

    return NAMED.sub(char, text)
