"""Breaking long lines of plain text where a reader would: outside brackets first."""

from __future__ import annotations

import re

WIDTH = 100
BREAK = re.compile(r" (?=[+-] |(?:sum|prod|max|min|argmax|argmin)\()|   (?=for )")


def wrap(text: str, indent: int, start: int = 0) -> str:
    """Break before `+`, `-`, big operators and `for`, least nested first; later lines are indented.

    The first line starts in column `start`. Text without a place to break stays as long as it is.
    """
    lines: list[str] = []
    rest, room = text, WIDTH - start
    while len(rest) > room:
        place = _best_break(rest, room)
        if place is None:
            break
        lines.append(rest[:place].rstrip())
        rest, room = rest[place:].lstrip(), WIDTH - indent
    lines.append(rest)
    return ("\n" + " " * indent).join(lines)


def _best_break(text: str, room: int) -> int | None:
    """The last of the least nested places where a line of a third of the room or more ends."""
    depths = _depths(text)
    places = [m.start() for m in BREAK.finditer(text) if m.start() > room // 3]
    fitting = [place for place in places if place <= room] or places[:1]
    if not fitting:
        return None
    return min(fitting, key=lambda place: (depths[place], -place))


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character."""
    depth, result = 0, []
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        result.append(depth)
    return result
