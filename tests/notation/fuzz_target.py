"""What must hold of any text: it is read, or refused with a place in it; what is read is printed."""

from __future__ import annotations

import re
from pathlib import Path

import deltarule as dr

NOTATION = Path(__file__).parent
CATALOG = Path(dr.__file__).parent / "catalog"
DOCUMENTS = (CATALOG, NOTATION.parent / "cases" / "good", NOTATION / "papers")
FINDINGS = NOTATION / "findings"
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]+|\d+|\n|\s+|.", re.DOTALL)
LONGEST_LINE = 400  # of a message


def documents() -> list[str]:
    """The texts from which mutations start."""
    paths = [path for folder in DOCUMENTS for path in sorted(folder.glob("*.md"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def check(text: str) -> None:
    """Read and print a text. Anything but a System or a well-placed DeltaruleError fails."""
    text += "\n"  # a text of one line could be the name of a file
    try:
        system = dr.read(text)
    except dr.DeltaruleError as error:
        check_error(error, text)
        return
    try:
        printed = str(system) + system._repr_latex_()
    except dr.DeltaruleError as error:
        assert error.code == "E007", f"printing: {error}"
        return
    assert printed


def check_error(error: dr.DeltaruleError, text: str) -> None:
    shown = str(error)
    assert error.at is not None, shown
    assert error.at.source.text == text, shown
    assert 0 <= error.at.start <= error.at.end <= len(text), shown
    assert error.message and "\n" not in error.message, shown
    assert "\n" not in error.seen + error.help, shown
    assert len(shown.splitlines()) <= 6 and "\x1b" not in shown, shown
    assert max(len(line) for line in (error.message, error.seen)) <= LONGEST_LINE, shown
