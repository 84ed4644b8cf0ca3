r"""Conditions on elements below a sum: \sum_{\substack{t=1 \\ \text{s.t. } O_t = k}}^T x_t.

    \sum_{t=1, O_t = k}^T x_t      -->   \sum_{t=1}^T { x_t if O_t = k; 0 otherwise }

O_t = k beside t = 1 is no start of a range of O_t: its subscript runs already.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Big, Cases, Chain, Indexed, Name, Num, Statement, Syntax

NEUTRAL = {"sum": "0", "prod": "1"}


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such conditions in the bodies of their sums and products."""
    return statement_tree.rebuild_all(statements, _node)


def _node(old: Syntax) -> Syntax:
    new = tree.rebuild(old, _node)
    if not isinstance(new, Big) or len(new.below) < 2 or new.op not in NEUTRAL:
        return new
    running = {name for entry in new.below if (name := _running(entry)) is not None}
    selecting = tuple(e for e in new.below if _is_about_element(e, running))
    if not selecting:
        return new
    below = tuple(e for e in new.below if e not in selecting)
    otherwise = Num(NEUTRAL[new.op], new.limits_span)
    body = Cases(((new.body, selecting), (otherwise, None)), new.body.span)
    return replace(new, below=below, body=body)


def _running(entry: Syntax) -> str | None:
    """t of t = 1, of t in S and of t itself."""
    if isinstance(entry, Chain) and entry.ops in (("=",), ("in",)):
        entry = entry.operands[0]
    return entry.name if isinstance(entry, Name) else None


def _is_about_element(entry: Syntax, running: set[str]) -> bool:
    """O_t = k, where t runs."""
    if not isinstance(entry, Chain) or entry.ops != ("=",):
        return False
    subject = entry.operands[0]
    if not isinstance(subject, Indexed):
        return False
    letters = tree.names(*subject.subscripts)
    return bool(letters & running)
