r"""Letters of numbers that the author applies: \pi(s), \pi(a, s) are elements, 2 \pi (k - 1) is a product."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Num, Product, Statement, Syntax


def is_applied(name: str, statements: list[Statement]) -> bool:
    r"""Whether the letter is one of the author's: \pi(s) and \pi(a, s), but not 2 \pi (k), \pi (k - 1).

    It is where it stands on a left side or in subscripts, has several arguments, or only ever one symbol
    as its argument, with no number before it.
    """
    uses = [u for part in statement_tree.all_parts(statements) for u in _uses(part, name)]
    if any(_is_head(statement_tree.first_operand(s), name) for s in statements):
        return True
    if None in uses:
        return False
    return any(u is not None and len(u.arguments) > 1 for u in uses) or all(
        u is not None and isinstance(u.arguments[0], Name | Indexed) for u in uses
    )


def _uses(node: Syntax, name: str) -> Iterator[Apply | None]:
    """The applications of the letter; None where it stands alone or after a number."""
    if isinstance(node, Name) and node.name == name:
        yield None
    elif isinstance(node, Apply) and _is_head(node, name):
        yield node
        for argument in node.arguments:
            yield from _uses(argument, name)
    elif isinstance(node, Indexed):
        yield from _uses(node.base, name) if not isinstance(node.base, Name) else ()
    else:
        factors = node.factors if isinstance(node, Product) else ()
        for before, after in pairwise(factors):
            if isinstance(before, Num) and _is_head(after, name):
                yield None
        for child in tree.children(node):
            yield from _uses(child, name)


def _is_head(node: Syntax | None, name: str) -> bool:
    return isinstance(node, Apply) and isinstance(node.head, Name) and node.head.name == name
