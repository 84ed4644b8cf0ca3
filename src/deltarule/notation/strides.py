r"""A stride before parentheses in a subscript: x_{s(i-1)+k}.

Where s is nothing but that, it may be a factor, or an array of integers, and both are read in papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import Apply, Big, Indexed, Interval, Name, Statement, Sum, Syntax


def refuse(statements: list[Statement]) -> None:
    """E006 for s(i-1) in subscripts and limits, where s stands nowhere else."""
    found: dict[str, Apply] = {}
    elsewhere: set[str] = set()
    for part in statement_tree.all_parts(statements):
        for node, inside in _placed(part, False):
            name = _factor(node) if inside else None
            if name is not None and isinstance(node, Apply):
                found.setdefault(name, node)
            elif isinstance(node, Name):
                elsewhere.add(node.name)
    for name, node in found.items():
        if name not in elsewhere:
            text = tree.written(node)
            raise DeltaruleError(
                "E006",
                f"'{text}' can be read in two ways: as a product, or as an element of '{name}'",
                at=node.span,
                seen="ambiguous",
                help=f"for a product give {name} its number, {name} = 2, or in the front matter "
                f"fix: {name} = 2; declare an array: {name}_i \\in \\{{1, \\dots, n\\}}",
            )


def _placed(node: Syntax, inside: bool) -> Iterator[tuple[Syntax, bool]]:
    """Every node, and whether it stands in a subscript or limit; not the s of s(i-1) by itself."""
    yield node, inside
    factor = inside and _factor(node) is not None
    head = node.head if isinstance(node, Apply) and factor else None
    for child in tree.children(node):
        if child is not head:
            yield from _placed(child, inside or _is_place(child, node))


def _is_place(child: Syntax, of: Syntax) -> bool:
    match of:
        case Indexed(base):
            return child is not base
        case Big():
            return child is not of.body
        case Interval():
            return True
    return False


def _factor(node: Syntax) -> str | None:
    """s of s(i-1): an open letter before a sum."""
    if not isinstance(node, Apply) or node.primes or len(node.arguments) != 1:
        return None
    if not isinstance(node.head, Name) or not isinstance(node.arguments[0], Sum):
        return None
    name = node.head.name
    known = functions.is_known(canonical_function(name)) or name in ("max", "min")
    return None if known else name
