r"""Elements halfway between two others: F_{i+1/2}, F_{i-1/2} are F_i, F_{i-1}, one array of what lies between.

Q_i = F_{i+1/2} - F_{i-1/2}       -->   Q_i = F_i - F_{i-1}
u_{i+1/2} = (u_i + u_{i+1}) / 2   -->   u_half_i = (u_i + u_{i+1}) / 2: u has elements of its own
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Num, Quotient, Statement, Sum, Syntax

Pattern = tuple[bool, ...]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with whole numbers in place of halves, where they stand at one place of a symbol's subscripts."""
    patterns: dict[str, set[Pattern]] = {}
    for name, pattern in _patterns(statements):
        patterns.setdefault(name, set()).add(pattern)
    halves = {n: {p for p in found if any(p)} for n, found in patterns.items()}
    halves = {n: found for n, found in halves.items() if len(found) == 1}
    if not halves:
        return statements
    taken = statement_tree.all_names(statements)
    names = {n: n if len(patterns[n]) == 1 else f"{n}_half" for n in halves}
    names = {n: new for n, new in names.items() if new == n or new not in taken}

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and new.base.name in names:
            if any(_is_half(s) for s in new.subscripts):
                base = replace(new.base, name=names[new.base.name])
                return replace(new, base=base, subscripts=tuple(_below(s) for s in new.subscripts))
        return new

    return statement_tree.rebuild_all(statements, node)


def _patterns(statements: list[Statement]) -> Iterator[tuple[str, Pattern]]:
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Indexed) and isinstance(node.base, Name):
            yield node.base.name, tuple(_is_half(s) for s in node.subscripts)


def _is_half(node: Syntax) -> bool:
    return isinstance(node, Sum) and sum(_halves(term) % 2 for _, term in node.terms) == 1


def _halves(node: Syntax) -> int:
    """3 for 3/2 and 1 for 0.5; 0 for all else."""
    if isinstance(node, Quotient):
        above, below = node.numerator, node.denominator
        if isinstance(above, Num) and isinstance(below, Num) and below.text == "2":
            return int(above.text) if above.text.isdigit() else 0
    return 1 if isinstance(node, Num) and node.text in ("0.5", ".5") else 0


def _below(node: Syntax) -> Syntax:
    """i + 1/2 --> i, i - 1/2 --> i - 1."""
    if not isinstance(node, Sum) or not _is_half(node):
        return node
    terms = [(s, t) for s, t in node.terms if not _halves(t) % 2]
    ((sign, half),) = [(s, t) for s, t in node.terms if _halves(t) % 2]
    whole = (sign * _halves(half) - 1) // 2
    if whole:
        terms.append((1 if whole > 0 else -1, Num(str(abs(whole)), half.span)))
    return replace(node, terms=tuple(terms))
