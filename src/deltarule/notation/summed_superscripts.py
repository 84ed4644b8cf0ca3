r"""What stands above a symbol and is the index of a sum around it: x_i^k and x^n below \sum_k and \sum_n.

E = \sum_\mu (\xi_i^\mu)^2                  -->   \xi is indexed from above: Greek letters count there
y = \sum_n a_n x^n                          -->   a power: the sum is a polynomial
X^k = \sum_n w_n x^n                        -->   E006: X has its index above, so x may have it there too
R^k = \sum_t \gamma^t r_t^k                  -->   a power: Greek letters stand for numbers
\sum_k x_i^k, where x_i has always a k      -->   E006
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Power, Raised, Statement, Syntax


def indexed(
    statements: list[Statement], known: set[str], named: set[tuple[str, object]]
) -> Iterator[str]:
    """The symbols with such an index above, but those in `known`. E006 where a power is as likely.

    `named` are symbols with what stands above them as a part of the name.
    """
    numbers = {n for s in statements for n in _numbers(s)}
    for statement in statements:
        raised = _is_raised(statement_tree.left_side(statement))
        for part in statement_tree.parts(statement):
            for power in _powers_of_summed(part, frozenset()):
                symbol, exponent = tree.symbol(power.base), power.exponent
                if symbol is None or symbol == "e" or symbol in known:
                    continue
                assert isinstance(exponent, Name), "only these are found"
                if (symbol, tree.key(exponent)) in named or symbol in numbers:
                    continue
                if isinstance(power.base, Indexed) and exponent.latex.startswith("\\"):
                    yield symbol
                elif stands_bare(statements, symbol):
                    continue
                elif isinstance(power.base, Indexed) or (
                    _is_latin(power.base) and (raised or exponent.latex in SPACETIME)
                ):
                    _refuse(power, symbol, exponent)


SPACETIME = (r"\mu", r"\nu")  # the indices of physics, which stand above


def _is_latin(base: Syntax) -> bool:
    r"""x, and no \gamma: a Greek letter with a power stands for a number, the \gamma^t of a return."""
    return isinstance(base, Name) and len(base.latex) == 1


def stands_bare(statements: list[Statement], name: str) -> bool:
    """Whether the symbol, with or without subscripts, occurs with nothing above it."""
    return any(_stands_bare(part, name) for part in statement_tree.all_parts(statements))


def _stands_bare(node: Syntax, name: str) -> bool:
    if isinstance(node, Power) and tree.symbol(node.base) == name:
        return _stands_bare(node.exponent, name)
    if isinstance(node, Raised):
        return False
    if isinstance(node, Name):
        return node.name == name
    return any(_stands_bare(child, name) for child in tree.children(node))


def _is_raised(left: Syntax | None) -> bool:
    """X^k and X_i^k on a left side; no \\sigma^2, no X^{(k)}."""
    if isinstance(left, Indexed):
        return _is_raised(left.base)
    return isinstance(left, Power) and isinstance(left.exponent, Name)


def _numbers(statement: Statement) -> Iterator[str]:
    r"""x of x \in \mathbb{R} and of x = …"""
    for subject, space in statement_tree.declarations([statement]):
        if isinstance(subject, Name) and not space.dimensions:
            yield subject.name
    left = statement_tree.left_side(statement)
    if isinstance(left, Name):
        yield left.name


def _powers_of_summed(node: Syntax, scope: frozenset[str]) -> Iterator[Power]:
    """The x_i^k and x^k inside a sum over k."""
    if isinstance(node, Power) and isinstance(node.base, Indexed | Name):
        if isinstance(node.exponent, Name) and node.exponent.name in scope:
            yield node
    for child, inside in tree.scoped_children(node, scope):
        yield from _powers_of_summed(child, inside)


def _refuse(power: Power, symbol: str, exponent: Name) -> NoReturn:
    base = f"{symbol}_i" if isinstance(power.base, Indexed) else tree.written(power.base)
    below = f"{symbol}_{{i,{exponent.name}}}" if "_" in base else f"{base}_{exponent.latex}"
    above = symbol if "_" in base else base
    raise DeltaruleError(
        "E006",
        f"'{tree.written(power)}' can be read in two ways: as a power, or as an element with the index "
        f"{exponent.name} above",
        at=power.span,
        seen="ambiguous",
        help=f"write {{({base})}}^{exponent.latex} for the power, {below} or "
        f"{above}^{{({exponent.latex})}} for the element",
    )
