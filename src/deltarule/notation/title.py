"""The title of a document: its first Markdown heading."""

from __future__ import annotations

from deltarule.source import Source


def title_of(source: Source) -> str:
    """`# Spiral network` --> Spiral network; empty when there is no heading."""
    for line in source.text.splitlines():
        if line.startswith("# "):
            return line.removeprefix("# ").strip()
        if line.strip():
            return ""
    return ""
