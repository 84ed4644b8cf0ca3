r"""One letter for two things: the loss L of all data, and L_i of one datum.

    L = \frac{1}{N} \sum_i L_i,   L_i = (y_i - x_i)^2     -->   L, and the array L_i

Where the letter without subscripts, or with fewer, has an equation of its own, the one with more is
another array. It is spelled as before in LaTeX, and named by its subscripts.

    N_k = \sum_{n=1}^N \gamma_{nk}                    -->   the size N, and the array N_k

What a sum or a range ends with is a number, so that N_k, which never ends one, is another symbol.

    y_{ik} = [y_i > k],  y_i \in \{1, \dots, K\}     -->   the integers y_i, and the array y_{ik} that codes them
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Big,
    Chain,
    Indexed,
    Interval,
    Listed,
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
    integers = _integers(statements)
    coded = {found for s in statements for found in _coded(s, integers)}
    lengths = _lengths(statements) & _with_subscripts(statements)
    names: dict[tuple[str, int], str] = {}
    taken = set(uses)
    for base, counts in uses.items():
        fewest = min(counts)
        if len(counts) == 1:
            continue
        if base not in lengths:
            if (base, fewest) not in defined and {(base, n) for n in counts if n > fewest} - coded:
                continue
            if only is not None and base not in only:
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


def _integers(statements: list[Statement]) -> frozenset[tuple[str, int]]:
    """y and 1 of y_i \\in \\{1, \\dots, K\\}."""
    relations = [s.relation for s in statements if isinstance(s.relation, Chain)]
    subjects = [r.operands[0] for r in relations if isinstance(r.operands[-1], Interval | Listed)
                and r.ops == ("in",)]  # fmt: skip
    return frozenset(
        (n.base.name, _count(n))
        for n in subjects
        if isinstance(n, Indexed) and isinstance(n.base, Name)
    )


def _coded(statement: Statement, integers: frozenset[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """y and 2 of y_{ik} = [y_i > k], where y_i is declared to be an integer, or is compared with k alone."""
    sides, defined = statement_tree.sides(statement), _defined(statement)
    if sides is None or defined is None:
        return
    left, right = sides
    compared = {key for n in tree.descend(right) for key in _compared(n, tree.names(left))}
    for node in tree.descend(right):
        if isinstance(node, Indexed) and isinstance(node.base, Name):
            fewer = node.base.name, _count(node)
            known = fewer in integers or (node.style == "subscript" and tree.key(node) in compared)
            if known and fewer[0] == defined[0] and fewer[1] < defined[1]:
                yield defined


def _compared(node: Syntax, indices: set[str]) -> Iterator[object]:
    """y_i of [y_i = k], where k is an index of the left side and none of its own."""
    if not isinstance(node, Chain) or len(node.operands) != 2:
        return
    for element, other in (node.operands, node.operands[::-1]):
        if isinstance(other, Name) and other.name in indices - tree.names(element):
            yield tree.key(element)


def _name(base: str, first: Syntax) -> str:
    """L_i for the element L_i; L_2 where its subscripts are no letters."""
    assert isinstance(first, Indexed)
    letters = [tree.atom(s) for s in tree.apart(first.subscripts)]
    plain = [x for x in letters if x is not None]
    label = "".join(plain) if len(plain) == len(letters) else str(len(letters))
    return f"{base}_{label}"
