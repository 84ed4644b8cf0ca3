r"""What a document applies: \alpha of \alpha_t(j), on the left side and elsewhere; and what stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.equations import functions
from deltarule.notation import tree
from deltarule.notation.constants import CONSTANTS
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement, Syntax


def head(node: Syntax | None) -> str | None:
    """alpha for alpha(j) and for alpha_t(j), unless it is a function that is known."""
    if not isinstance(node, Apply):
        return None
    symbol = node.head.base if isinstance(node.head, Indexed) else node.head
    if not isinstance(symbol, Name) or not node.parenthesised:
        return None
    name = canonical_function(symbol.name)
    symbols = CONSTANTS | {"Gamma"}  # of the author's, where something is said of them
    known = (functions.is_known(name) and symbol.name not in symbols) or name in ("max", "min")
    return None if known else symbol.name + "'" * node.primes


def left_side(statement: Statement) -> Syntax | None:
    """What an equation defines; None for a declaration."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        return relation.operands[0]
    return None


def values(statements: list[Statement]) -> frozenset[str]:
    """The symbols that stand without parentheses somewhere, or are declared or defined so."""
    found: set[str] = set()
    for statement in statements:
        for part in (statement.relation, *statement.conditions):
            found.update(alone(part))
    return frozenset(found)


def alone(node: Syntax) -> Iterator[str]:
    """The symbols in an expression that no parentheses follow."""
    if isinstance(node, Apply):
        if isinstance(node.head, Indexed):
            for subscript in node.head.subscripts:
                yield from alone(subscript)
        for argument in node.arguments:
            yield from alone(argument)
    elif isinstance(node, Name):
        yield node.name
    elif isinstance(node, Indexed):
        if isinstance(node.base, Name):
            yield node.base.name
        else:
            yield from alone(node.base)
    else:
        for child in tree.children(node):
            yield from alone(child)
