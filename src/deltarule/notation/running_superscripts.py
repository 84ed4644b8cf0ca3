r"""Capital letters with the index of the equation above them: the weights W^l of layer l.

h_{l+1} = \tanh(W^l h_l),  W^l \in \mathbb{R}^{d \times d}   -->   W^{(l)}: an index, as the declaration says
h_{l+1} = \tanh(W^l h_l)                                     -->   E006: the matrix of layer l, or a power
\pi_t = P^t \pi_0,  P \in \mathbb{R}^{n \times n}             -->   a power: P itself is declared
"""

from __future__ import annotations

from collections.abc import Iterator

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.summed_superscripts import stands_bare
from deltarule.notation.syntax import Indexed, Name, Num, Power, Raised, Statement, Sum, Syntax
from deltarule.notation.vector_symbols import is_capital


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with indices in parentheses where a declaration has them above the same letter."""
    declared = {
        name
        for subject, _ in statement_tree.declarations(statements)
        if isinstance(subject, Power | Raised) and (name := tree.symbol(subject.base)) is not None
    }
    return [_settled(s, statements, declared) for s in statements]


def _settled(statement: Statement, statements: list[Statement], declared: set[str]) -> Statement:
    running = set(_running(statement_tree.defined(statement)))
    subject = statement_tree.subject(statement)
    if isinstance(subject, Power) and tree.symbol(subject.base) in declared:
        running |= {subject.exponent.name} if isinstance(subject.exponent, Name) else set()

    def node(part: Syntax) -> Syntax:
        if isinstance(part, Power) and _is_by(part.exponent, running) and _is_whole(part.base):
            name = tree.symbol(part.base)
            if (
                name is not None
                and is_capital(_letter(part.base))
                and not stands_bare(statements, name)
            ):
                if name not in declared:
                    _refuse(part)
                return Raised(part.base, part.exponent, part.span)
        return tree.rebuild(part, node)

    return statement_tree.rebuild(statement, node) if running else statement


def _is_whole(base: Syntax) -> bool:
    """W and W_2, no element W_{ij}."""
    return not isinstance(base, Indexed) or all(isinstance(s, Num) for s in base.subscripts)


def _letter(base: Syntax) -> Syntax:
    return base.base if isinstance(base, Indexed) else base


def _running(left: Syntax | None) -> Iterator[str]:
    """l of h_{l+1} on a left side."""
    if isinstance(left, Indexed):
        for subscript in left.subscripts:
            yield from tree.names(subscript)


def _is_by(exponent: Syntax, running: set[str]) -> bool:
    """l, l + 1 and l - 1, where l runs."""
    if isinstance(exponent, Sum):
        parts = [term for _, term in exponent.terms]
        return len(parts) == 2 and _is_by(parts[0], running) and isinstance(parts[1], Num)
    return isinstance(exponent, Name) and exponent.name in running


def _refuse(power: Power) -> None:
    whole, inside = tree.written(power), tree.written(power.exponent)
    symbol = whole.partition("^")[0]
    raise DeltaruleError(
        "E006",
        f"'{whole}' can be read in two ways: as the {symbol} of {inside}, or as a power",
        at=power.span,
        seen="ambiguous",
        help=f"write {symbol}^{{({inside})}} for an element; for a power declare {symbol} "
        r"\in \mathbb{R}^{d \times d} or \in \mathbb{R}",
    )
