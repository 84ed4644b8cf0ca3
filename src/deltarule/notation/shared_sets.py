r"""Sets that several indices of a sum or maximum share: \max_{a, b \in \{0, 1\}}.

    \max_{a, b \in \{0, 1\}} x_{ab}   -->   \max_{a \in \{0, 1\}, b \in \{0, 1\}} x_{ab}

Letters alone before a set lie in it too, where only commas stand between, and the set speaks of none.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Big, Chain, Interval, Listed, Name, Statement, Syntax

BETWEEN = " \t\n~,"
SMALL_SPACES = ("\\,", "\\;", "\\:", "\\!", "\\ ")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the set at each of such indices."""
    return statement_tree.rebuild_all(statements, _shared)


def _shared(old: Syntax) -> Syntax:
    new = tree.rebuild(old, _shared)
    if not isinstance(new, Big) or len(new.below) < 2 or new.above is not None:
        return new
    below = list(new.below)
    for number in range(len(below) - 1, 0, -1):
        before, here = below[number - 1], below[number]
        if isinstance(before, Name) and isinstance(here, Chain) and _is_set(here):
            if _is_listed(before, here) and not _speaks_of(here, before.name):
                below[number - 1] = replace(
                    here, operands=(before, *here.operands[1:]), span=before.span
                )
    return replace(new, below=tuple(below)) if tuple(below) != new.below else new


def _is_set(entry: Chain) -> bool:
    """b \\in S, b = 1..n."""
    listed = isinstance(entry.operands[-1], Interval | Listed)
    named = isinstance(entry.operands[0], Name)
    return named and (entry.ops == ("in",) or (entry.ops == ("=",) and listed))


def _is_listed(before: Syntax, here: Syntax) -> bool:
    """Whether only a comma stands between: no new line of conditions."""
    text = tree.written_between(before, here)
    for space in SMALL_SPACES:
        text = text.replace(space, "")
    return text.strip(BETWEEN) == ""


def _speaks_of(entry: Chain, letter: str) -> bool:
    """\\mathcal{N}(i) for i."""
    return letter in tree.names(*entry.operands[1:])
