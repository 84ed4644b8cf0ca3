r"""Subscripts that are labels beside others of the same symbol that count.

    R_p = \sum_{i=1}^n w_i R_i            -->   the name R_p, beside the array R_i
    V_{tot}, beside V_i                   -->   the name V_tot
    \beta_{1t} m_{t-1} + \beta_2 v_{t-1}   -->   the array \beta_1 and the number \beta_2

R_p is no element: it would be a sum of elements that it is one of. A word whose letters count nowhere is no row of
indices where the symbol has another number of them elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Statement,
    Sum,
    Syntax,
)

Letters = dict[str, set[tuple[str, str] | None]]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with names for such symbols."""
    uses = [use for part in statement_tree.all_parts(statements) for use in _uses(part)]
    letters = _letters(statements)
    labels = {*_totals(statements, uses, letters), *_words(uses, letters)}
    numbered = _numbered(uses)
    if not labels and not numbered:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and new.base.name in numbered:
            return _with_number(new, new.base)
        if isinstance(new, Indexed) and isinstance(base := new.base, Name):
            if (key := _key(new)) is not None and key in labels:
                word = key[1] if len(key[1]) == 1 else f"\\mathrm{{{key[1]}}}"
                return replace(tree.with_label(base, key[1], word), span=new.span)
        return new

    return statement_tree.rebuild_all(statements, node)


@dataclass(frozen=True, slots=True)
class _Use:
    """A symbol with what stands below it."""

    base: str
    node: Indexed


def _uses(node: Syntax) -> Iterator[_Use]:
    for part in tree.descend(node):
        if isinstance(part, Indexed) and isinstance(part.base, Name) and part.style == "subscript":
            yield _Use(part.base.name, part)


def _key(node: Indexed) -> tuple[str, str] | None:
    """The symbol and the letters below it, of R_p and V_{tot}."""
    if not isinstance(node.base, Name) or len(node.subscripts) != 1 or node.style != "subscript":
        return None
    (below,) = node.subscripts
    if isinstance(below, Name) and len(below.latex) == 1 == len(below.name):
        return node.base.name, below.name
    if isinstance(below, Product) and not any(below.ops):
        if all(isinstance(f, Name) and len(f.latex) == 1 for f in below.factors):
            text = tree.written(below)
            return (node.base.name, text) if text.isalpha() else None
    return None


def _numbered(uses: list[_Use]) -> set[str]:
    r"""\beta of \beta_{1t} and \beta_2: always a number first, once where nobody multiplies by it."""
    found: dict[str, list[tuple[Syntax, ...]]] = {}
    for use in uses:
        found.setdefault(use.base, []).append(_places(use.node))
    return {
        base
        for base, rows in found.items()
        if all(isinstance(row[0], Num) for row in rows)
        and any(len(row) > 1 and _text(row[0]) in ("0", "1") for row in rows)
        and len({len(row) for row in rows}) > 1
    }


def _places(node: Indexed) -> tuple[Syntax, ...]:
    """1 and t of 1t."""
    only = node.subscripts[0] if len(node.subscripts) == 1 else None
    if isinstance(only, Product) and not any(only.ops) and isinstance(only.factors[0], Num):
        return only.factors
    return node.subscripts


def _text(node: Syntax) -> str:
    return node.text if isinstance(node, Num) else ""


def _with_number(node: Indexed, base: Name) -> Syntax:
    number, *rest = _places(node)
    name = tree.with_label(base, _text(number), _text(number))
    return (
        replace(node, base=name, subscripts=tuple(rest)) if rest else replace(name, span=node.span)
    )


def _letters(statements: list[Statement]) -> Letters:
    """Where each symbol stands: below which symbol, in which word; None where in neither."""
    found: Letters = {}

    def note(node: Syntax) -> None:
        if isinstance(node, Indexed) and (key := _key(node)) is not None:
            for part in tree.descend(node.subscripts[0]):
                if isinstance(part, Name):
                    found.setdefault(part.name, set()).add(key)
            note(node.base)
            return
        if isinstance(node, Name):
            found.setdefault(node.name, set()).add(None)
        for child in tree.children(node):
            note(child)

    for part in statement_tree.all_parts(statements):
        note(part)
    return found


def _totals(
    statements: list[Statement], uses: list[_Use], letters: Letters
) -> Iterator[tuple[str, str]]:
    """R and p of R_p = \\sum_i w_i R_i, where p stands below nothing but such symbols."""
    shifted = {u.base for u in uses if any(isinstance(s, Sum) for s in u.node.subscripts)}
    found = {k for s in statements if (k := _total(s)) is not None and k[0] not in shifted}
    yield from (key for key in found if letters[key[1]] <= found)


def _total(statement: Statement) -> tuple[str, str] | None:
    relation = statement_tree.equation(statement)
    if relation is None:
        return None
    left = relation.operands[0]
    left = left.base if isinstance(left, Power) else left
    key = _key(left) if isinstance(left, Indexed) else None
    if key is None or len(key[1]) > 1 or not key[1].islower():
        return None
    return key if any(_sums(v, key[0]) for v in relation.operands[1:]) else None


def _sums(node: Syntax, base: str) -> bool:
    """Whether a sum runs over the elements of the symbol."""
    for part in tree.descend(node):
        if isinstance(part, Big):
            bound = set(tree.bound_by(part, None))
            for use in _uses(part.body):
                names = tree.names(*use.node.subscripts)
                if use.base == base and names and names <= bound:
                    return True
    return False


def _words(uses: list[_Use], letters: Letters) -> Iterator[tuple[str, str]]:
    """V and tot of V_{tot}, where V has another number of subscripts elsewhere."""
    counts: dict[str, set[int]] = {}
    for use in uses:
        counts.setdefault(use.base, set()).add(len(tree.apart(use.node.subscripts)))
    for use in uses:
        key = _key(use.node)
        if key is None or len(key[1]) < 3 or len(counts[use.base]) < 2:
            continue
        if any(all(k is not None and k[1] == key[1] for k in letters[x]) for x in key[1]):
            yield key
