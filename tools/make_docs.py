"""Runs the Python blocks of the documentation and writes what they print below them.

In each document the blocks share their names; a ```text block after a ```python block is its output.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "walkthrough.md")
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.S)


def rewritten(text: str) -> str:
    """The document with the outputs that its code has now."""
    names: dict[str, object] = {}
    output: str | None = None

    def replace(found: re.Match[str]) -> str:
        nonlocal output
        if found[1] == "python":
            output = _run(found[2], names)
            return found[0]
        if output is None:
            return found[0]  # text that no code stands before
        shown, output = output, None
        return f"```text\n{shown}```"

    return BLOCK.sub(replace, text)


def _run(code: str, names: dict[str, object]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "documentation", "exec"), names)
    return printed.getvalue()


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
