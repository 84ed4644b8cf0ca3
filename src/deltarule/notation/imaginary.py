r"""The imaginary unit, which exponents have: e^{-2 \pi i k n / N}.

e^{i x}                          -->   E006: the imaginary unit, or a number i
e^{i x}, \quad i \in \mathbb{R}  -->   stays: i is declared
\sum_i e^{i x}                   -->   stays: i runs
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Group,
    Indexed,
    Name,
    Power,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.words_above import scoped

UNITS = frozenset("ij")


def refuse(statements: list[Statement]) -> None:
    """E006 for the first i or j that is a factor in an exponent of e, and is neither an index nor introduced."""
    introduced = {tree.symbol(statement_tree.subject(s)) for s in statements}
    declared = {tree.symbol(subject) for subject, _ in statement_tree.declarations(statements)}
    for statement in statements:
        own = names.bound_on_the_left(statement)
        for part in statement_tree.parts(statement):
            for node, scope in scoped(part, own):
                for unit in _units(node):
                    if unit.name not in scope | introduced | declared:
                        _refuse(unit)


def _units(node: Syntax) -> Iterator[Name]:
    """The i of e^{i x} and \\exp(i x)."""
    if isinstance(node, Power) and tree.symbol(tree.ungrouped(node.base)) == "e":
        yield from _factors(node.exponent)
    elif isinstance(node, Apply) and isinstance(node.head, Name) and node.head.name == "exp":
        for argument in node.arguments:
            yield from _factors(argument)


def _factors(node: Syntax) -> Iterator[Name]:
    match node:
        case Product() | Quotient() | Sum() | Group():
            for child in tree.children(node):
                if isinstance(child, Name) and isinstance(node, Product) and child.name in UNITS:
                    yield child
                yield from _factors(child)
        case Power(base):
            yield from _factors(base)
        case Indexed():
            return


def _refuse(unit: Name) -> None:
    raise DeltaruleError(
        "E006",
        f"this {unit.name} can be read in two ways: as the imaginary unit, or as a number",
        at=unit.span,
        seen="no index here, and nothing introduces it",
        help="complex numbers are not supported: write the real and the imaginary part, with "
        f"\\cos and \\sin; for the number declare {unit.name} \\in \\mathbb{{R}}",
    )
