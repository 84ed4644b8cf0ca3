r"""Symbols that are 1 or 0: I(u < 0), \delta_{ij}.

Only an indicator is applied to a condition. \delta with two subscripts is Kronecker's where the
document neither defines nor declares it.
"""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Iverson,
    Name,
    Statement,
    Syntax,
)

KRONECKER = "delta"
LETTERS = frozenset(("I", "1", "delta", "chi", "ind", "indicator", "Ind", "mathbbm"))


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with indicators as Iverson brackets."""
    kronecker = not _is_an_array(statements)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Apply) and isinstance(new.head, Name) and new.head.name in LETTERS:
            if new.arguments and all(isinstance(a, Chain) for a in new.arguments):
                return Iverson(new.arguments, new.span)
        if kronecker and isinstance(new, Indexed) and _is_delta(new):
            pair = _pair(new)
            if pair is not None:
                return Iverson((Chain(pair, ("=",), new.span),), new.span)
        return new

    return statement_tree.rebuild_all(statements, node)


def _is_delta(node: Indexed) -> bool:
    base = node.base
    return isinstance(base, Name) and base.name == KRONECKER and node.style == "subscript"


def _pair(node: Indexed) -> tuple[Syntax, ...] | None:
    found = tree.apart(node.subscripts)
    return found if len(found) == 2 else None


def _is_an_array(statements: list[Statement]) -> bool:
    """Whether delta is defined, declared, or has another number of subscripts somewhere."""
    for statement in statements:
        relation = statement.relation
        subject = statement_tree.subject(statement)
        base = subject.base if isinstance(subject, Indexed) else subject
        stated = not isinstance(relation, Chain) or relation.ops[0] in ("=", "<-", "in")
        if isinstance(base, Name) and base.name == KRONECKER and stated:
            return True
        for part in tree.descend(relation):
            if isinstance(part, Indexed) and _is_delta(part) and _pair(part) is None:
                return True
    return False
