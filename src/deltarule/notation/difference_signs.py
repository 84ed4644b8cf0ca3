r"""Signs before a symbol that make another symbol of it.

\Delta x_t          -->   the name Delta_x, where \Delta never stands alone
\Delta x_t^2        -->   the square of it, where \Delta stands before a symbol without a power too
\nabla y_t = …      -->   the name nabla_y, wherever \nabla stands before a y; without such an equation
                          it is a gradient: see `undefined_gradients`
\nabla_w f(w) = …, \nabla \ln \pi(a) = …     -->   the names nabla_w_f, nabla_ln_pi
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Filled,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Raised,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.source import Span

SIGNS = ("Delta", "nabla")

POSTFIXES = (Raised, Power, Transposed)


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
        joining = _Joining(name, defined)
        changed = statement_tree.rebuild_all(settled, joining.node)
        if joining.alone and (defined is None or name != "nabla"):
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
    r"""The names Delta_x of the equations \Delta x_t = …. For an x that has an equation too, a number or a symbol
    that this does not read defines nothing: \nabla L(w) = 0 is a condition, \nabla L = g says nothing of g."""
    found: set[str] = set()
    read: dict[str, set[str]] = {}
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is not None and (defined := _symbol(relation.operands[0])) is not None:
            read.setdefault(defined, set()).update(tree.names(*relation.operands[1:]))
    for statement in statements:
        left = statement_tree.subject(statement)
        if not isinstance(left, Product) or len(left.factors) != 2:
            continue
        before, name = sign_of(left.factors[0]), _symbol(left.factors[1])
        if before is None or name is None or not _begins_with(before, sign):
            continue
        if name not in read or not _is_bare(statement, read[name]):
            found.add(f"{before.name}_{name}")
    return frozenset(found)


def _is_bare(statement: Statement, read: set[str]) -> bool:
    sides = statement_tree.sides(statement)
    if sides is None:
        return False
    name = tree.symbol(sides[1])
    return isinstance(sides[1], Num | Filled) or (name is not None and name not in read)


def _begins_with(name: Name, sign: str) -> bool:
    return name.name == sign or name.name.startswith(f"{sign}_")


def sign_of(node: Syntax) -> Name | None:
    r"""\Delta, \nabla and the \nabla_w that a variable is written below, as one name."""
    if isinstance(node, Name) and node.name in SIGNS:
        return node
    if isinstance(node, Indexed) and isinstance(node.base, Name) and node.base.name == "nabla":
        label = tree.label_of(node.subscripts)
        if label is not None:
            return tree.with_label(node.base, label, tree.written(node.subscripts[0]))
    return None


def _symbol(node: Syntax) -> str | None:
    """x of x_t, f of f(x), ln_pi of ln pi(a)."""
    if isinstance(node, Apply):
        if _is_function_of_one(node) and isinstance(node.head, Name):
            inner = _symbol(node.arguments[0])
            return None if inner is None else f"{node.head.name}_{inner}"
        return _symbol(node.head)
    while isinstance(node, Indexed | Raised | Power | Transposed):
        node = node.base
    return node.name if isinstance(node, Name) else None


def _is_function_of_one(node: Apply) -> bool:
    r"""\ln x: a known function, without parentheses."""
    return not node.parenthesised and len(node.arguments) == 1 and not node.primes


def is_gradient(name: str) -> bool:
    """Whether a name is that of a nabla and a symbol."""
    return name.startswith("nabla_")


@dataclass
class _Joining:
    """Joins one sign with what follows; `alone` where it stands without a symbol somewhere."""

    sign: str
    defined: frozenset[str] | None  # the names Delta_x of the equations \Delta x = …; None: any
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
        before = sign_of(sign)
        if before is None or of is None:
            return None
        if not _begins_with(before, self.sign):
            return None
        gradient = before is not sign or (self.defined is not None and self.sign == "nabla")
        if gradient and not self.defines(before, of):
            return None
        return self.named(before, of)

    def defines(self, sign: Name, of: Syntax) -> bool:
        """Whether an equation defines both as one name."""
        return f"{sign.name}_{_symbol(of)}" in (self.defined or ())

    def named(self, sign: Name, of: Syntax) -> Syntax | None:
        """What follows the sign, with both as its name."""
        if isinstance(of, Indexed) and (base := self.named(sign, of.base)) is not None:
            return replace(of, base=base)
        if isinstance(of, Apply) and _is_function_of_one(of) and isinstance(of.head, Name):
            if not self.defines(sign, of):
                return None
            both = replace(
                sign, name=f"{sign.name}_{of.head.name}", latex=f"{sign.latex} {of.head.latex}"
            )
            return self.named(both, of.arguments[0])
        if isinstance(of, Apply) and (head := self.named(sign, of.head)) is not None:
            return replace(of, head=head)
        any_symbol = self.defined is None and isinstance(of, Power)
        if isinstance(of, POSTFIXES) and (any_symbol or self.defines(sign, of)):
            return replace(of, base=base) if (base := self.named(sign, of.base)) else None
        if isinstance(of, Name):
            return replace(of, name=f"{sign.name}_{of.name}", latex=f"{sign.latex} {of.latex}")
        return None
