r"""Parameters of functions that are called with integers only: they are positions in the formula.

\hat{v}(s, w) = w^\top x(s),  \hat{v}(S_t, w_t),  S_t \in \{1, …, N\}     -->   s, so that x(s) is an element
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deltarule.notation import called, statement_tree, tree
from deltarule.notation.syntax import Apply, Name, Statement, Syntax


def of_functions(
    statements: Iterable[Statement], integers: frozenset[str]
) -> dict[str, frozenset[str]]:
    r"""The functions with such parameters; `integers` are the symbols that are declared to be integers."""
    statements = list(statements)
    lefts = [left for s in statements if isinstance(left := statement_tree.left_side(s), Apply)]
    found: dict[str, frozenset[str]] = {}
    for left in lefts:
        name = called.head(left)
        calls = [n for n in statement_tree.all_nodes(statements) if _calls(n, name, lefts)]
        parameters = (a for a in _integers(left, calls, integers))
        if name is not None and calls and (names := frozenset(parameters)):
            found[name] = names
    return found


def _calls(node: Syntax, name: str | None, lefts: list[Apply]) -> bool:
    return called.head(node) == name and not any(node is left for left in lefts)


def _integers(left: Apply, calls: list[Syntax], integers: frozenset[str]) -> Iterator[str]:
    for place, parameter in enumerate(left.arguments):
        given = [c.arguments[place : place + 1] for c in calls if isinstance(c, Apply)]
        if isinstance(parameter, Name) and all(a and tree.symbol(a[0]) in integers for a in given):
            yield parameter.name
