r"""Signs before a symbol that make another symbol of it.

\Delta x_t          -->   the name Delta_x, where \Delta never stands alone
\Delta x_t^2        -->   the square of it, where \Delta stands before a symbol without a power too
\nabla y_t = …      -->   the name nabla_y, wherever \nabla stands before a y; without such an equation
                          it is a gradient, which the reader refuses
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Indexed,
    Name,
    Power,
    Product,
    Raised,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.source import Span

SIGNS = {"Delta": "\\Delta", "nabla": "\\nabla"}

POSTFIXES = (Raised, Power, Transposed)

SYMBOL = r"\s*(?:\{\s*)?(\\?[A-Za-z]+)(?:\s*\})?"
LEFT_SIDE = re.compile(
    r"(?:\A|[\n,;&$]|\\|\\\[|\\q?quad\b|\}\s)\s*"
    rf"\\nabla{SYMBOL}\s*(?:_(?:\{{[^{{}}]*\}}|\w))?(?:\([^()=]*\))?\s*&?\s*="
)
AFTER = re.compile(rf"\\nabla{SYMBOL}")


def is_part_of_name(text: str, position: int) -> bool:
    r"""Whether the \nabla at this place stands before a symbol with which an equation defines it."""
    found = AFTER.match(text, position)
    return found is not None and found[1] in _defined(text)


@lru_cache(maxsize=4)
def _defined(text: str) -> frozenset[str]:
    r"""The symbols y of the equations \nabla y_t = … of a document."""
    return frozenset(found[1] for found in LEFT_SIDE.finditer(text))


def settle_defined(statements: list[Statement]) -> list[Statement]:
    r"""The same for what an equation defines, whose powers are of both: \Delta x_t = …, \Delta x_t^2."""
    return _settle(statements, {name: _lefts(statements, name) for name in SIGNS})


def settle(statements: list[Statement]) -> list[Statement]:
    r"""The statements with one name for a sign and the symbol after it. E006 for a lone \Delta x^2."""
    return _settle(statements, dict.fromkeys(SIGNS))


def _settle(
    statements: list[Statement], signs: Mapping[str, frozenset[str] | None]
) -> list[Statement]:
    settled = statements
    for name, defined in signs.items():
        if defined is not None and not defined:
            continue
        joining = _Joining(name, SIGNS[name], defined)
        changed = statement_tree.rebuild_all(settled, joining.node)
        if joining.alone:
            continue
        if joining.found:
            settled = changed
        elif joining.powers:
            _refuse_power(joining.powers[0])
    return settled


def _refuse_power(at: Span) -> None:
    text = at.source.text[at.start : at.end]
    if not text.startswith("\\"):
        return  # plain text: a product
    raise DeltaruleError(
        "E006",
        f"'{text}' can be read in two ways: as the power of a difference, or of the symbol alone",
        at=at,
        seen="nothing else says what the sign is",
        help="put what is raised into parentheses, or write \\cdot behind a sign that is a number",
    )


def _lefts(statements: list[Statement], sign: str) -> frozenset[str]:
    r"""The symbols x of the equations \Delta x_t = …."""
    found: set[str] = set()
    for statement in statements:
        left = statement_tree.subject(statement)
        if isinstance(left, Product) and len(left.factors) == 2:
            first, second = left.factors
            if isinstance(first, Name) and first.name == sign and (name := _symbol(second)):
                found.add(name)
    return frozenset(found)


def _symbol(node: Syntax) -> str | None:
    while isinstance(node, Indexed | Raised | Power | Transposed):
        node = node.base
    return node.name if isinstance(node, Name) else None


@dataclass
class _Joining:
    """Joins one sign with what follows; `alone` where it stands without a symbol somewhere."""

    sign: str
    latex: str
    defined: frozenset[str] | None  # the symbols of the equations \Delta x = …; None: any
    found: bool = field(default=False)  # before a symbol without a power
    powers: list[Span] = field(default_factory=list)
    alone: bool = field(default=False)

    def node(self, old: Syntax) -> Syntax:
        if not isinstance(old, Product):
            self.alone |= isinstance(old, Name) and old.name == self.sign
            return tree.rebuild(old, self.node)
        factors: list[Syntax] = []
        ops: list[Literal["", "dot", "odot", "otimes"]] = []
        number = 0
        while number < len(old.factors):
            factor = old.factors[number]
            following = old.factors[number + 1] if number + 1 < len(old.factors) else None
            op = old.ops[number] if number < len(old.ops) else "dot"
            if number:
                ops.append(old.ops[number - 1])
            joined = self.joined(factor, following) if not op else None
            if joined is not None:
                if self.defined is None and isinstance(following, Power):
                    self.powers.append(replace(factor.span, end=following.span.end))
                else:
                    self.found = True
                factor = joined
                number += 1
            factors.append(self.node(factor))
            number += 1
        whole = len(factors) == 1
        return factors[0] if whole else replace(old, factors=tuple(factors), ops=tuple(ops))

    def joined(self, sign: Syntax, of: Syntax | None) -> Syntax | None:
        if not isinstance(sign, Name) or sign.name != self.sign:
            return None
        if isinstance(of, Indexed) and (base := self.joined(sign, of.base)) is not None:
            return replace(of, base=base)
        if isinstance(of, Apply) and (head := self.joined(sign, of.head)) is not None:
            return replace(of, head=head)
        any_symbol = self.defined is None and isinstance(of, Power)
        if isinstance(of, POSTFIXES) and (any_symbol or _symbol(of) in (self.defined or ())):
            return replace(of, base=base) if (base := self.joined(sign, of.base)) else None
        if isinstance(of, Name):
            return replace(of, name=f"{self.sign}_{of.name}", latex=f"{self.latex} {of.latex}")
        return None
