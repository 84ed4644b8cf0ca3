r"""Lengths that are quotients of sizes: W_1 \in \mathbb{R}^{\frac{C}{r} \times C}.

    W_1 \in \mathbb{R}^{\frac{C}{r} \times C}, W_2 \in \mathbb{R}^{C \times \frac{C}{r}}
        -->   W_1 \in \mathbb{R}^{C_r \times C}, W_2 \in \mathbb{R}^{C \times C_r}

Such a length is a size of its own, as long as nothing else speaks of what it is divided by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Name, Quotient, RealSpace, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with a symbol for every such quotient."""
    parts = statement_tree.all_parts(statements)
    quotients = {
        tree.key(q): q
        for part in parts
        for node in tree.descend(part)
        if isinstance(node, RealSpace)
        for d in node.dimensions
        if (q := _quotient(d)) is not None
    }
    if not quotients:
        return statements
    outside = {a for part in parts for a in _outside(part, set(quotients))}
    taken = {a for part in parts for n in tree.descend(part) if (a := tree.atom(n)) is not None}
    found: dict[object, Name] = {}
    for key, quotient in quotients.items():
        above, below = tree.atom(quotient.numerator), tree.atom(quotient.denominator)
        if below not in outside:
            name = next(
                x for x in (f"{above}_{below}", *_numbered(f"{above}_{below}")) if x not in taken
            )
            taken.add(name)
            found[key] = Name(name, name, quotient.span)

    def node(old: Syntax) -> Syntax:
        quotient = _quotient(old)
        if quotient is not None and tree.key(quotient) in found:
            return replace(found[tree.key(quotient)], span=old.span)
        return tree.rebuild(old, node)

    return statement_tree.rebuild_all(statements, node)


def _quotient(node: Syntax) -> Quotient | None:
    r"""\frac{C}{r}, of two symbols."""
    bare = tree.ungrouped(node)
    if isinstance(bare, Quotient) and tree.atom(bare.numerator) and tree.atom(bare.denominator):
        return bare
    return None


def _outside(node: Syntax, quotients: set[object]) -> Iterator[str]:
    """The symbols that stand elsewhere."""
    quotient = _quotient(node)
    if quotient is not None and tree.key(quotient) in quotients:
        return
    name = tree.atom(node)
    if name is not None:
        yield name
    for child in tree.children(node):
        yield from _outside(child, quotients)


def _numbered(name: str) -> Iterator[str]:
    return (f"{name}{n}" for n in range(2, 1000))
