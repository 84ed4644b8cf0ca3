r"""Numbers before parentheses: x (1 + \tanh x) is a product, where x stands without parentheses too.

x(1 + y)                       -->   x \cdot (1 + y)
x(1 + y)^2                     -->   x \cdot (1 + y)^2
g_K n (V - E) + g_L (V - U)    -->   g_K n (V - E) + g_L \cdot (V - U), as g_K is a factor
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.called import head, left_side, values
from deltarule.notation.operators import GREEK
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

# letters that a reader takes for functions where nothing says what they are
FUNCTION_LETTERS = frozenset(
    "f g h u v q k r F G H K Q V U D J L phi varphi psi sigma rho Phi Psi theta kappa Gamma".split()
)

ALWAYS_FUNCTIONS = frozenset("f phi varphi psi sigma Phi".split())  # also beside a factor f_0


def settle(statements: list[Statement], stated: frozenset[str]) -> list[Statement]:
    """The statements with such products; `stated` are symbols that the author says are functions."""
    alone = values(statements)
    numbers = (alone | _numbers_before_sums(statements, alone)) - stated
    families = {n for s in statements if (n := head(left_side(s))) is not None}
    return [_with_products(s, numbers, families) for s in statements]


def _numbers_before_sums(statements: list[Statement], alone: frozenset[str]) -> frozenset[str]:
    """The lambda of lambda (a + b): symbols only ever before sums and products in parentheses, whose letter
    is none of a function, or which have the letter of a factor with another label."""
    factors = {n for n in _factors(statements) if n in alone}
    defined = {head(left) for s in statements if (left := left_side(s)) is not None}
    found: dict[str, bool] = {}
    for statement in statements:
        for part in (statement.relation, *statement.conditions):
            for node in tree.descend(part):
                name = head(node)
                if isinstance(node, Apply) and name is not None:
                    compound = len(node.arguments) == 1 and isinstance(node.arguments[0], COMPOUND)
                    found[name] = found.get(name, True) and compound and not node.primes
    siblings = {_unlabelled(n) for n in factors - found.keys()} - ALWAYS_FUNCTIONS - {""}
    return frozenset(
        n
        for n, only in found.items()
        if only and n not in defined and (_is_number(n) or _unlabelled(n) in siblings)
    )


def _factors(statements: list[Statement]) -> Iterator[str]:
    """The symbols that stand as factors in products."""
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Product):
            yield from (f.name for f in node.factors if isinstance(f, Name))


def _unlabelled(name: str) -> str:
    """g_bar of g_bar_K; nothing for a name without a label."""
    return name.rpartition("_")[0]


def _is_number(name: str) -> bool:
    letter = name.partition("_")[0]
    return (len(letter) == 1 or letter in GREEK) and letter not in FUNCTION_LETTERS


def _with_products(statement: Statement, numbers: frozenset[str], families: set[str]) -> Statement:
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
        inner = _under_postfix(old)
        if inner is not None and is_product(inner):
            (argument,) = inner.arguments
            factor = _with_inner(old, Group(argument, argument.span))
            return tree.rebuild(Product((inner.head, factor), ("",), old.span), node)
        return tree.rebuild(old, node) if old is not left else old

    conditions = tuple(node(c) for c in statement.conditions)
    return replace(statement, relation=node(statement.relation), conditions=conditions)


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
