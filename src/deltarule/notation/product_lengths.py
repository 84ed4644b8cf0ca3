r"""Lengths that are products of sizes: \Phi \in \mathbb{R}^{d \times (n \cdot p)}.

    \Phi \in \mathbb{R}^{d \times (n \cdot p)}, \sum_{j=1}^{n \cdot p} \Phi_{ij}
        -->   \Phi \in \mathbb{R}^{d \times n_p}, \sum_{j=1}^{n_p} \Phi_{ij}

Such a length is a size of its own, as long as one of its factors stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name, Product, RealSpace, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a symbol for every such product."""
    parts = statement_tree.all_parts(statements)
    products: dict[tuple[str, ...], Syntax] = {}  # as they are written first
    for node in (n for part in parts for n in tree.descend(part) if isinstance(n, RealSpace)):
        for length in node.dimensions:
            if factors := _factors(length):
                products.setdefault(factors, length)
    if not products:
        return statements
    outside = {a for part in parts for a in _outside(part, products)}
    taken = {a for part in parts for n in tree.descend(part) if (a := tree.atom(n)) is not None}
    found: dict[tuple[str, ...], str] = {}
    for factors, written in products.items():
        others = {f for other in products.keys() - {factors} for f in other}
        if not set(factors) <= outside | others:
            name = "_".join(_atoms(written))
            name = next(
                x for x in (name, *(f"{name}{n}" for n in range(2, 1000))) if x not in taken
            )
            taken.add(name)
            found[factors] = name

    def rewritten(old: Syntax) -> Syntax:
        name = found.get(_factors(old))
        if name is not None:
            return Name(name, name, old.span)
        return tree.rebuild(old, rewritten)

    return statement_tree.rebuild_all(statements, rewritten)


def _factors(node: Syntax) -> tuple[str, ...]:
    r"""n and p of n \cdot p, (p n)."""
    return tuple(sorted(_atoms(node)))


def _atoms(node: Syntax) -> list[str]:
    bare = tree.ungrouped(node)
    if not isinstance(bare, Product) or not set(bare.ops) <= {"", "dot"}:
        return []
    atoms = [tree.atom(factor) for factor in bare.factors]
    names = [a for a in atoms if a is not None]
    return names if len(names) == len(atoms) else []


def _outside(node: Syntax, products: Container[tuple[str, ...]]) -> Iterator[str]:
    """The symbols that stand elsewhere."""
    if _factors(node) in products:
        return
    name = tree.atom(node)
    if name is not None:
        yield name
    for child in tree.children(node):
        yield from _outside(child, products)
