r"""Symbols that stand before parentheses only: functions, or factors of a sum.

    w_i = \alpha (x_i - y_i)            -->   the product \alpha \cdot (x_i - y_i)
    h = \sigma(w x + b)                 -->   the function \sigma
    f_i = k (u_{i-1} + u_{i+1})         -->   E006: both are usual
    y(t) = a x(t - \tau)                -->   E006: a signal at another time, or a product

What such a symbol is, no other place of the document says. The letter says it where it has one custom, and
what the parentheses hold: around a product or a single symbol nobody writes them to multiply, around a
difference f(x - y) somebody may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.called import head
from deltarule.notation.constants import CONSTANTS
from deltarule.notation.document import is_plain_text
from deltarule.notation.operators import EITHER_LETTERS, FUNCTION_LETTERS, GREEK, SIGNAL_LETTERS
from deltarule.notation.syntax import (
    Apply,
    Big,
    Cases,
    Indexed,
    Name,
    Num,
    Quotient,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.words_above import scoped

DELIMITED = (Sum, Quotient, Big, Cases)  # what a factor before it needs the parentheses for
MATTER = frozenset("gGhH")  # functions, and conductances, gains and steps
ALWAYS_CALLED = FUNCTION_LETTERS - MATTER


@dataclass(frozen=True, slots=True)
class Use:
    """name(argument), with the indices that run there and what the left side is a function of."""

    name: str
    node: Apply
    scope: frozenset[str]

    @property
    def argument(self) -> Syntax:
        return self.node.arguments[0]


def uses(statements: list[Statement]) -> Iterator[Use]:
    """Where symbols stand before parentheses; known functions are none."""
    for statement in statements:
        left = statement_tree.defined(statement)
        own = names.bound_on_the_left(statement)
        for part in statement_tree.parts(statement):
            for node, scope in scoped(part, own):
                name = head(node)
                if isinstance(node, Apply) and name is not None and node is not left:
                    yield Use(name, node, scope)


def is_factor(found: list[Use]) -> bool:
    """Whether a symbol that only ever stands before what `found` holds is a factor of it.

    Raises E006 where both readings are usual.
    """
    for use in found:
        if _is_doubtful(use):
            _refuse(use.node)
    letter = _letter(found[0])
    return not _is_word(letter) and letter not in FUNCTION_LETTERS | EITHER_LETTERS


def refuse_elements(use: Use) -> None:
    r"""E006 for \phi_j(x - c_j), one of several functions or of several factors; also for x_j(t - \tau).

    g_j (v - e_j) and k_{ij} (x_i - x_j) are products: conductances and rates have indices more often.
    """
    letter = _letter(use)
    if letter in FUNCTION_LETTERS:
        doubtful = isinstance(use.argument, DELIMITED)
        doubtful = doubtful and not (letter in MATTER and _is_plain(use.argument))
    else:
        doubtful = _is_shifted(use) and not is_plain_text(use.node.span)
    if doubtful:
        _refuse(use.node)


def _is_doubtful(use: Use) -> bool:
    letter = _letter(use)
    if isinstance(use.node.head, Name) and use.node.head.vector and letter.isupper():
        return False  # a matrix or a function: for `vectors` to say
    called = is_plain_text(use.node.span) and not _is_spaced(use)
    if letter in EITHER_LETTERS:
        return not called and (letter in GREEK or isinstance(use.argument, DELIMITED))
    if letter in FUNCTION_LETTERS or _is_word(letter):
        number = _is_spaced(use) and (letter in MATTER or _is_word(letter))
        plain = _is_plain(use.argument) and _is_difference(use.argument)
        return not called and (plain or (number and isinstance(use.argument, DELIMITED)))
    return _is_doubtful_number(use)


def _is_doubtful_number(use: Use) -> bool:
    """s(t - t_i) and x(t - tau): where t is time, these are values at another time."""
    alike = _letter(use) in SIGNAL_LETTERS and _is_of_one_letter(use.argument)
    return alike or _is_shifted(use)


def _is_shifted(use: Use) -> bool:
    """x(t - tau) where t runs; a (t - tau), with a space, is the product that it looks like."""
    letter = _letter(use)
    constant = letter.islower() and letter not in SIGNAL_LETTERS | EITHER_LETTERS
    number = letter in CONSTANTS or (constant and _is_spaced(use))
    return _is_shift(use) and not number


def _letter(use: Use) -> str:
    """g of g_bar_L."""
    return use.name.partition("_")[0]


def _is_word(letter: str) -> bool:
    return len(letter) > 1 and letter not in GREEK


def _is_spaced(use: Use) -> bool:
    """Whether the author leaves a space before the parentheses."""
    return _text_between(use.node)[:1].isspace()


# ------------------------------------------------------------------------------ what the parentheses hold


def _terms(node: Syntax) -> tuple[Syntax, ...]:
    return tuple(term for _, term in node.terms) if isinstance(node, Sum) else ()


def _is_plain(node: Syntax) -> bool:
    """u_{i-1} + u_{i+1}, x - 1: nothing in the sum has a factor."""
    return isinstance(node, Sum) and all(isinstance(t, Name | Indexed | Num) for t in _terms(node))


def _is_difference(node: Syntax) -> bool:
    return isinstance(node, Sum) and any(sign == -1 for sign, _ in node.terms)


def _is_of_one_letter(node: Syntax) -> bool:
    """t - t_i, x_i - x_j."""
    letters = {tree.symbol(t) for t in _terms(node)}
    bases = {letter and letter.partition("_")[0] for letter in letters}
    return _is_plain(node) and _is_difference(node) and len(bases) == 1 and None not in bases


def _is_shift(use: Use) -> bool:
    """t - tau where t runs, or is what the left side is a function of, and tau does not."""
    found = [t.name if isinstance(t, Name) else None for t in _terms(use.argument)]
    return _is_plain(use.argument) and any(n in use.scope for n in found if n is not None)


# ------------------------------------------------------------------------------ the text


def _text_between(node: Apply) -> str:
    """What stands between a symbol and what is in the parentheses after it."""
    return node.span.source.text[node.head.span.end : node.arguments[0].span.start]


def _refuse(node: Apply) -> NoReturn:
    symbol = tree.written(node.head)
    plain = is_plain_text(node.span)
    product = f"{symbol} * (…)" if plain else f"{symbol} \\cdot (…)"
    function = "for the function define it"
    if isinstance(node.head, Name):
        function += f", or name it in the settings, functions: {head(node)} = open"
    raise DeltaruleError(
        "E006",
        f"'{symbol}(' can be read in two ways: the function {symbol}(…), or the product of {symbol} "
        "and the parentheses",
        at=node.span,
        seen=f"nothing else says what '{symbol}' is",
        help=f"write '{product}' for the product; {function}",
    )
