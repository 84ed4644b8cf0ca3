"""What `deltarule explain` prints: a page for every error code.

A page has the meaning as its heading, an example of wrong input with the error as printed, why it is
one, and the same mended. `tools/make_pages.py` runs the examples.
"""

from __future__ import annotations

import difflib
import re
from importlib import resources

from deltarule.errors import CODES, DeltaruleError

GROUPS = {
    "E0": "Reading the text",
    "E1": "What the equations mean",
    "E2": "Deriving, proving, counting",
    "E3": "Numbers",
    "E4": "Command line and training",
}


def page(code: str) -> str:
    """The page of a code, however it is spelled: E104, e104, error[E104]. Raises E401."""
    found = re.fullmatch(r"(?:error)?\[?(e\d{3})\]?:?", code.strip().lower())
    known = found[1].upper() if found else code
    if known not in CODES:
        near = difflib.get_close_matches(known.upper(), CODES, 1, 0.6)
        hint = f"did you mean {near[0]}? " if near else ""
        raise DeltaruleError(
            "E401", f"there is no error code '{code}'", help=f"{hint}deltarule explain lists them"
        )
    return resources.files("deltarule.pages").joinpath(f"{known}.md").read_text(encoding="utf-8")


def listing() -> str:
    """All codes with their meanings, under the headings of their groups."""
    blocks = []
    for prefix, title in GROUPS.items():
        lines = [f"  {c}  {meaning}" for c, meaning in CODES.items() if c.startswith(prefix)]
        blocks.append("\n".join([title, *lines]))
    return "\n\n".join(blocks)
