r"""Bars in subscripts: p_{j|i} and p_{ij} are two arrays.

    p_{ij} = (p_{j|i} + p_{i|j}) / 2     -->   p_{ij} = (p_given_{j,i} + p_given_{i,j}) / 2
    \hat{u}_{j|i} = W_{ij} u_i           -->   \hat{u}_{j,i} = W_{ij} u_i

Where all elements of a symbol have the bar at one place, it separates subscripts as a comma does.
Elsewhere those with a bar get a name of their own. Where an equation defines one of the two, and the other is
read without an equation or a declaration, E101.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Chain, Indexed, Name, Statement, Syntax

Pattern = tuple[int, int]  # how many subscripts stand before the bar, and behind it


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without bars in subscripts."""
    nodes = list(statement_tree.all_nodes(statements))
    patterns: dict[str, dict[Pattern | None, None]] = {}
    for part in nodes:
        if isinstance(part, Indexed) and isinstance(part.base, Name):
            patterns.setdefault(part.base.name, {})[_pattern(part)] = None
    if not any(p for found in patterns.values() for p in found):
        return statements
    _refuse_undefined(statements)
    taken = {n.name for n in nodes if isinstance(n, Name)}
    own: dict[tuple[str, Pattern | None], str] = {
        (base, pattern): _claim(base, taken)
        for base, found in patterns.items()
        for pattern in found
        if pattern is not None and len(found) > 1
    }

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not new.bar:
            return new
        base = new.base
        if isinstance(base, Name) and (name := own.get((base.name, _pattern(new)))):
            label = name.removeprefix(f"{base.name}_")
            base = replace(base, name=name, latex=f"{base.latex}^{{\\text{{{label}}}}}")
        before, behind = _sides(new)
        return replace(new, base=base, subscripts=(*before, *behind), bar=0)

    return statement_tree.rebuild_all(statements, node)


def _refuse_undefined(statements: list[Statement]) -> None:
    r"""E101 for p_{ij} where p_{j|i} = … is the only equation of either, and does not read p_{ij}."""
    said = {_kind(subject): s for s in statements for subject in _subjects(s)}
    ranks = {tree.symbol(subject): len(space.dimensions)
             for subject, space in statement_tree.declarations(statements)}  # fmt: skip
    for node in statement_tree.all_nodes(statements):
        kind = _kind(node)
        if kind is None or kind in said or ranks.get(kind[0]) == kind[1]:
            continue
        name, count, bar = kind
        other = said.get((name, count, not bar))
        if other is not None and kind not in map(_kind, statement_tree.nodes(other)):
            raise DeltaruleError(
                "E101",
                f"nothing defines '{tree.written(node)}'",
                at=node.span,
                seen=f"an equation defines '{name}' {'without' if bar else 'with'} a bar, "
                "which is another array",
                help="define this one too, declare it where it is given, or write the same as on "
                "the left side",
            )


def _kind(node: Syntax) -> tuple[str, int, bool] | None:
    """p, 2 and whether there is a bar, of p_{j|i} and p_{ij}; None for one subscript."""
    if not isinstance(node, Indexed) or not isinstance(node.base, Name):
        return None
    count = sum(_pattern(node) or ()) or len(tree.apart(node.subscripts))
    return (node.base.name, count, bool(node.bar)) if count > 1 else None


def _subjects(statement: Statement) -> Iterator[Syntax]:
    """What a statement defines or declares."""
    relation = statement.relation
    if isinstance(relation, Chain):
        yield from relation.operands[:-1]
    else:
        yield relation


def _sides(node: Indexed) -> tuple[tuple[Syntax, ...], tuple[Syntax, ...]]:
    """j, k and i of p_{jk|i}."""
    return tree.apart(node.subscripts[: node.bar]), tree.apart(node.subscripts[node.bar :])


def _pattern(node: Indexed) -> Pattern | None:
    if not node.bar:
        return None
    before, behind = _sides(node)
    return len(before), len(behind)


def _claim(base: str, taken: set[str]) -> str:
    endings = ("given", *(f"given{n}" for n in range(2, 1000)))
    name = next(f"{base}_{e}" for e in endings if f"{base}_{e}" not in taken)
    taken.add(name)
    return name
