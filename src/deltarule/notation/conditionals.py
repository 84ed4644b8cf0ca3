r"""Bars in subscripts: p_{j|i} and p_{ij} are two arrays.

    p_{ij} = (p_{j|i} + p_{i|j}) / 2     -->   p_{ij} = (p_given_{j,i} + p_given_{i,j}) / 2
    \hat{u}_{j|i} = W_{ij} u_i           -->   \hat{u}_{j,i} = W_{ij} u_i

Where all elements of a symbol have the bar at one place, it separates subscripts as a comma does.
Elsewhere those with a bar get a name of their own.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Statement, Syntax

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
