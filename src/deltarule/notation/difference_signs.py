r"""Signs before a symbol that make another symbol of it.

\Delta x_t          -->   the name Delta_x, where \Delta never stands alone
\nabla y_t = …      -->   the name nabla_y, wherever \nabla stands before a y; without such an equation
                          it is a gradient, which the reader refuses
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Indexed, Name, Product, Statement, Syntax

SIGNS = {"Delta": "\\Delta", "nabla": "\\nabla"}

SYMBOL = r"\s*(?:\{\s*)?(\\?[A-Za-z]+)(?:\s*\})?"
LEFT_SIDE = re.compile(
    r"(?:\A|[\n,;&$]|\\\\|\\\[|\\q?quad\b|\}\s)\s*"
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


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one name for a sign and the symbol after it."""
    settled = statements
    for name, latex in SIGNS.items():
        joining = _Joining(name, latex)
        changed = [
            replace(
                s,
                relation=joining.node(s.relation),
                conditions=tuple(joining.node(c) for c in s.conditions),
            )
            for s in settled
        ]
        if joining.found and not joining.alone:
            settled = changed
    return settled


@dataclass
class _Joining:
    """Joins one sign with what follows; `alone` where it stands without a symbol somewhere."""

    sign: str
    latex: str
    found: bool = field(default=False)
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
        if isinstance(of, Name):
            return replace(of, name=f"{self.sign}_{of.name}", latex=f"{self.latex} {of.latex}")
        return None
