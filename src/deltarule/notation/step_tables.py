r"""A symbol whose formula applies it to shifted arguments is a table: g(i,j) = d(i,j) + g(i-1,j-1).

As a function of numbers it would call itself without an end; its arguments count steps.
"""

from __future__ import annotations

from deltarule.notation.syntax import Apply, Group, Indexed, Name, Num, Product, Sum, Syntax


def is_table(
    uses: list[Apply], recurrences: list[tuple[Apply, list[Apply]]], positions: frozenset[str]
) -> bool:
    """Whether a left side, in one of its `recurrences`, counts by every argument.

    An argument counts where a call on the right side shifts it by a whole number, g(i-1,j), or where
    it is a known position. All `uses` must then be elements: g(I,J), and not g(x_1 y).
    """
    counted = any(
        not left.primes and all(_counts(left, calls, n, positions) for n in range(len(left.arguments)))
        and any(_is_shifted(left, calls, n) for n in range(len(left.arguments)))
        for left, calls in recurrences
    )  # fmt: skip
    return counted and all(
        len(u.arguments) == len(uses[0].arguments)
        and not u.primes
        and all(_is_position(a) for a in u.arguments)
        for u in uses
    )


def _counts(left: Apply, calls: list[Apply], place: int, positions: frozenset[str]) -> bool:
    argument = left.arguments[place]
    if not isinstance(argument, Name):
        return False
    return argument.name in positions or _is_shifted(left, calls, place)


def _is_shifted(left: Apply, calls: list[Apply], place: int) -> bool:
    """Whether a call has i - 1 where the left side has i."""
    argument = left.arguments[place]
    return isinstance(argument, Name) and any(
        len(c.arguments) == len(left.arguments) and _shift(c.arguments[place], argument.name)
        for c in calls
    )


def _shift(node: Syntax, name: str) -> bool:
    """i - 1, i + 2."""
    if not isinstance(node, Sum) or len(node.terms) != 2:
        return False
    (sign, first), (_, second) = node.terms
    by = isinstance(second, Num) and second.text.isdigit()
    return sign == 1 and isinstance(first, Name) and first.name == name and by


def _is_position(node: Syntax) -> bool:
    """A form of symbols and whole numbers."""
    match node:
        case Name():
            return True
        case Num(text):
            return text.isdigit()
        case Indexed(Name(), subscripts):
            return all(_is_position(s) for s in subscripts)
        case Sum(terms):
            return all(_is_position(t) for _, t in terms)
        case Product(factors):
            return all(_is_position(f) for f in factors)
        case Group(body):
            return _is_position(body)
    return False
