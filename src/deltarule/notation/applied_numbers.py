r"""Numbers before parentheses: x (1 + \tanh x) is a product, where x stands without parentheses too.

x(1 + y)   -->   x \cdot (1 + y)        x(1 + y)^2   -->   x \cdot (1 + y)^2
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import before_parentheses, tree
from deltarule.notation.before_parentheses import Use
from deltarule.notation.called import head, left_side, values
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Group,
    Indexed,
    Iverson,
    Name,
    Norm,
    Power,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
    Transposed,
)

COMPOUND = (Sum, Product, Quotient, Cases, Power, AbsoluteValue, Norm, Big, Iverson)


def settle(statements: list[Statement], stated: frozenset[str]) -> list[Statement]:
    """The statements with such products; `stated` are symbols that the author says are functions."""
    defined = frozenset(n for s in statements if (n := head(left_side(s))) is not None)
    bare = values(statements)
    uses: dict[str, list[Use]] = {}
    for use in before_parentheses.uses(statements):
        uses.setdefault(use.name, []).append(use)
    undecided = {n: found for n, found in uses.items() if n not in bare | defined}
    _refuse_elements(undecided)
    factors = {
        n
        for n, found in undecided.items()
        if n not in stated and all(map(_is_product, found)) and _is_factor(n, bare, uses)
    }
    return [_with_products(s, bare.union(factors) - stated, defined) for s in statements]


def _refuse_elements(undecided: dict[str, list[Use]]) -> None:
    r"""E006 for x_i (t - \tau), where nothing says what x is."""
    for use in (u for found in undecided.values() for u in found):
        if isinstance(use.node.head, Indexed) and _is_product(use):
            before_parentheses.refuse_elements(use)


def _is_factor(name: str, bare: frozenset[str], uses: dict[str, list[Use]]) -> bool:
    """Whether a symbol that only stands before sums and products in parentheses is a number."""
    symbols = [u for u in uses[name] if isinstance(u.node.head, Name)]
    kin = _has_kin(name, bare, uses)
    return bool(symbols) and (kin or before_parentheses.is_factor(symbols))


def _is_product(use: Use) -> bool:
    """x(1 + y): one argument, which is no symbol."""
    node = use.node
    return len(node.arguments) == 1 and not node.primes and isinstance(node.arguments[0], COMPOUND)


def _has_kin(name: str, bare: frozenset[str], uses: dict[str, list[Use]]) -> bool:
    """g_L of g_K n^4 + g_L (v - e): one with another label is a number, and none is called."""
    letter, _, label = name.partition("_")
    if not label or letter in before_parentheses.ALWAYS_CALLED:
        return False
    kin = [n for n in bare if n != name and n.startswith(f"{letter}_")]
    called = any(
        n.startswith(f"{letter}_") and not all(map(_is_product, found)) for n, found in uses.items()
    )
    return bool(kin) and not called


def _with_products(
    statement: Statement, numbers: frozenset[str], families: frozenset[str]
) -> Statement:
    """x(1 + y) as a product, where x is a number; x(1 + y)^2 squares the parentheses alone."""
    left = left_side(statement)

    def is_product(node: Syntax) -> bool:
        if node is left or not isinstance(node, Apply) or len(node.arguments) != 1 or node.primes:
            return False
        name, argument = head(node), node.arguments[0]
        known = isinstance(argument, Apply) and head(argument) is None
        compound = known or isinstance(argument, COMPOUND)
        family = isinstance(node.head, Indexed) and name not in families
        return name is not None and compound and (family or name in numbers)

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Quotient) and (below := _under_postfix(old.denominator)) is not None:
            if is_product(below) and "/" in tree.written_between(old.numerator, old.denominator):
                _refuse_divided(old, below)
        inner = _under_postfix(old)
        if inner is not None and is_product(inner):
            (argument,) = inner.arguments
            factor = _with_inner(old, Group(argument, argument.span))
            return tree.rebuild(Product((inner.head, factor), ("",), old.span), node)
        return tree.rebuild(old, node) if old is not left else old

    conditions = tuple(node(c) for c in statement.conditions)
    return replace(statement, relation=node(statement.relation), conditions=conditions)


def _refuse_divided(node: Quotient, below: Apply) -> NoReturn:
    """E006 for 1/n (a + b)."""
    text, top, factor = (tree.written(n) for n in (node, node.numerator, below.head))
    raise DeltaruleError(
        "E006",
        f"'{text}' can be read in two ways: divided by {factor}, or by {factor} times the parentheses",
        at=node.span,
        seen="ambiguous",
        help=f"write \\frac{{{top}}}{{{factor}}} (…) or \\frac{{{top}}}{{{factor} (…)}}",
    )


def _under_postfix(node: Syntax) -> Apply | None:
    """x(1 + y) for x(1 + y)^2, x(1 + y)^T, x(1 + y)_k, x(1 + y)_+ and for itself."""
    while True:
        match node:
            case Power(base) | Transposed(base) | Indexed(base):
                node = base
            case Apply(Name("relu"), 0, (Apply() as inner,)):
                node = inner
            case Apply():
                return node
            case _:
                return None


def _with_inner(node: Syntax, inner: Group) -> Syntax:
    """The postfixes of a node around something else."""
    match node:
        case Power(base) | Transposed(base) | Indexed(base):
            return replace(node, base=_with_inner(base, inner))
        case Apply(Name("relu"), 0, (Apply() as argument,)):
            return replace(node, arguments=(_with_inner(argument, inner),))
    return inner
