"""The documents that come with deltarule, and where equations are read from."""

from __future__ import annotations

import difflib
from importlib import resources
from pathlib import Path

from deltarule.errors import DeltaruleError
from deltarule.source import Source

LONGEST_FILE = 1 << 20  # bytes; the parser's own limit on equations is lower


def names() -> list[str]:
    """The entries of the catalog: spiral, correlation, …"""
    folder = resources.files("deltarule.catalog")
    found = [f.name for f in folder.iterdir() if f.name.endswith(".md")]
    return sorted(name.removesuffix(".md") for name in found)


def open_source(equations: str | Path) -> Source:
    """A catalog name, a path of a file, or the equations themselves.

    A text with a line break, an '=' or a backslash is equations. Raises E005 for anything that is
    neither a name, a readable UTF-8 file, nor equations.
    """
    text = str(equations)
    is_text = isinstance(equations, str) and any(mark in text for mark in "\n=\\")
    if is_text:
        return Source("<text>", text)
    if text in names():
        entry = resources.files("deltarule.catalog") / f"{text}.md"
        return Source(f"{text}.md", entry.read_text(encoding="utf-8"))
    return _open_file(Path(text))


def _open_file(path: Path) -> Source:
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise DeltaruleError(
                "E007", f"'{path}' is too long", help=f"at most {LONGEST_FILE} bytes are read"
            )
        return Source(path.name, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        near = difflib.get_close_matches(str(path), names(), 1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        raise DeltaruleError(
            "E005",
            f"there is no file or catalog entry '{path}'",
            help=f"{hint}'deltarule list' shows the catalog",
        ) from None
    except UnicodeDecodeError:
        raise DeltaruleError(
            "E005", f"'{path}' is not UTF-8 text", help="pass a Markdown or text file"
        ) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise DeltaruleError("E005", f"'{path}' cannot be read: {reason.lower()}") from None
