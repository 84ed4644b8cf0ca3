"""Room on Python's stack for the nesting that the limits allow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from deltarule.errors import DeltaruleError
from deltarule.source import Span

FRAMES = 4000  # 100 levels of nesting take at most 30 frames each, and the caller has some


@contextmanager
def room_for_recursion(text: Span | None = None) -> Iterator[None]:
    """Raise the recursion limit for a while. E007 should it be reached all the same.

    Formulas of functions that are written out within one another nest deeper than what was typed.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    except RecursionError:
        raise DeltaruleError(
            "E007",
            "the nesting is too deep",
            at=text,
            seen="somewhere in here" if text is not None else "",
            help="give parts of the expression names of their own",
        ) from None
    finally:
        sys.setrecursionlimit(before)
