r"""Words set as text: \mathrm{out}, {\rm out}, \mbox{\tiny out}, \mathit{out}. They are labels, and no index runs in them.

A single letter is one where its style is upright: \mathrm{i}, {\rm i}. That of \mathit{i} may be an index.
"""

from __future__ import annotations

import re

from deltarule.notation import operators as ops

STYLE = re.compile(r"\{?\s*\\([A-Za-z]+)\s*\{?")
SIZES = re.compile(r"\\[a-z]+\s*")
LABELS_OF_A_LETTER = frozenset(("mathrm", "mathsf"))
OF_WORDS_ONLY = frozenset(("mathit", "mathnormal", "operatorname", "mathtt"))


def is_word(latex: str) -> bool:
    """Whether what an author wrote so is a word, and no letter that may be an index."""
    found = STYLE.match(latex)
    if found is None:
        return False
    style = ops.OLD_STYLES.get(found[1], found[1])
    if style in LABELS_OF_A_LETTER or style.startswith("text"):
        return True
    content = SIZES.sub("", latex[found.end() :]).strip("{} ")
    return style in ops.UPRIGHT_STYLES and (style not in OF_WORDS_ONLY or len(content) > 1)
