r"""One letter for two things: the loss L of all data, and L_i of one datum.

    L = \frac{1}{N} \sum_i L_i,   L_i = (y_i - x_i)^2     -->   L, and the array L_i

Where the letter without subscripts, or with fewer, has an equation of its own, the one with more is
another array. It is spelled as before in LaTeX, and named by its subscripts.

    N_k = \sum_{n=1}^N \gamma_{nk}                    -->   the size N, and the array N_k

What a sum or a range ends with is a number, so that N_k, which never ends one, is another symbol.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement], only: frozenset[str] | None = None) -> list[Statement]:
    """The statements with a name for each number of subscripts, of these symbols or of all."""
    uses: dict[str, dict[int, list[Syntax]]] = {}
    for part in statement_tree.all_parts(statements):
        _note(part, uses)
    defined = {found for s in statements if (found := _defined(s)) is not None}
    lengths = _lengths(statements) & _with_subscripts(statements)
    names: dict[tuple[str, int], str] = {}
    taken = set(uses)
    for base, counts in uses.items():
        fewest = min(counts)
        if len(counts) == 1:
            continue
        if base not in lengths:
            if (base, fewest) not in defined or (only is not None and base not in only):
                continue
        for count in sorted(counts)[1:]:
            new = _name(base, counts[count][0])
            if new not in taken:
                taken.add(new)
                names[base, count] = new
    if not names:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Indexed) and isinstance(new.base, Name):
            name = names.get((new.base.name, _count(new)))
            if name is not None:
                return replace(new, base=replace(new.base, name=name))
        return new

    return statement_tree.rebuild_all(statements, node)


def _lengths(statements: list[Statement]) -> frozenset[str]:
    """What ranges and dimensions end with, as N, and never as N_k."""
    bare: set[str] = set()
    counted: set[str] = set()
    for part in statement_tree.all_parts(statements):
        for place in (end for node in tree.descend(part) for end in _ends(node)):
            elements = [n for n in tree.descend(place) if isinstance(n, Indexed)]
            counted |= {n.base.name for n in elements if isinstance(n.base, Name)}
            bare |= tree.names(place)
    return frozenset(bare - counted)


def _with_subscripts(statements: list[Statement]) -> frozenset[str]:
    """N of N_k; in N[k] and N, which are plain text, one name is one thing."""
    return frozenset(
        n.base.name
        for n in statement_tree.all_nodes(statements)
        if isinstance(n, Indexed) and n.style == "subscript" and isinstance(n.base, Name)
    )


def _ends(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Big(_, _, above) if above is not None:
            return (above,)
        case Interval(low, high):
            return (low, high)
        case RealSpace(dimensions):
            return dimensions
    return ()


def _count(node: Indexed) -> int:
    return len(node.subscripts if node.style == "bracket" else tree.apart(node.subscripts))


def _note(node: Syntax, uses: dict[str, dict[int, list[Syntax]]]) -> None:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        uses.setdefault(node.base.name, {}).setdefault(_count(node), []).append(node)
        for subscript in node.subscripts:
            _note(subscript, uses)
        return
    if isinstance(node, Name):
        uses.setdefault(node.name, {}).setdefault(0, []).append(node)
        return
    for child in tree.children(node):
        _note(child, uses)


def _defined(statement: Statement) -> tuple[str, int] | None:
    left = statement_tree.left_side(statement)
    if isinstance(left, Indexed) and isinstance(left.base, Name):
        return left.base.name, _count(left)
    return (left.name, 0) if isinstance(left, Name) else None


def _name(base: str, first: Syntax) -> str:
    """L_i for the element L_i; L_2 where its subscripts are no letters."""
    assert isinstance(first, Indexed)
    letters = [tree.atom(s) for s in tree.apart(first.subscripts)]
    plain = [x for x in letters if x is not None]
    label = "".join(plain) if len(plain) == len(letters) else str(len(letters))
    return f"{base}_{label}"
