r"""Subscripts before brackets: the d of h_d[n] is part of the name.

    h[n] = h_d[n] w[n],  h_d[n] = \frac{\sin \omega n}{\pi n}   -->   the arrays h, h_d and w
    y[n] = \sum_k a_k[n]                                          -->   as it is, a_{k,n}

A letter is that where it stands nowhere but before brackets, and no equation has it on both sides;
a word, \text{lp}, always is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.names import is_styled
from deltarule.notation.syntax import Indexed, Name, Num, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such subscripts as parts of names."""
    parts = statement_tree.all_parts(statements)
    labelled = [n for part in parts for n in tree.descend(part) if _label(n) is not None]
    if not labelled:
        return statements
    others = {name for part in parts for name in _elsewhere(part)}
    others |= {name for s in statements for name in _on_both_sides(s)}
    single = {tree.symbol(n) for part in parts for n in tree.descend(part) if _is_element(n)}

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        label = _label(new)
        if label is None or not isinstance(new, Indexed):
            return new
        numbered = isinstance(label, Num) and tree.symbol(new.base) in single
        named = isinstance(label, Name) and (is_styled(label) or label.name not in others)
        return replace(new, base=_named(new.base, label)) if numbered or named else new

    return statement_tree.rebuild_all(statements, node)


def _label(node: Syntax) -> Name | Num | None:
    """d of h_d[n]."""
    if not isinstance(node, Indexed) or node.style != "bracket":
        return None
    inner = node.base
    if not isinstance(inner, Indexed) or inner.style != "subscript" or len(inner.subscripts) > 1:
        return None
    only = inner.subscripts[0]
    return only if isinstance(inner.base, Name) and isinstance(only, Name | Num) else None


def _is_element(node: Syntax) -> bool:
    """x[n], with nothing between."""
    return isinstance(node, Indexed) and node.style == "bracket" and isinstance(node.base, Name)


def _elsewhere(node: Syntax) -> Iterator[str]:
    """The symbols that are no such subscripts."""
    if isinstance(node, Name):
        yield node.name
    own = _label(node)
    for child in tree.children(node):
        if own is not None and isinstance(node, Indexed) and child is node.base:
            yield from _elsewhere(child.base if isinstance(child, Indexed) else child)
        else:
            yield from _elsewhere(child)


def _on_both_sides(statement: Statement) -> set[str]:
    relation = statement_tree.equation(statement)
    if relation is None:
        return set()
    left, *rest = relation.operands
    return _labels(left) & {name for part in rest for name in _labels(part)}


def _labels(node: Syntax) -> set[str]:
    found = (_label(n) for n in tree.descend(node))
    return {n.name for n in found if isinstance(n, Name)}


def _named(element: Syntax, label: Name | Num) -> Syntax:
    assert isinstance(element, Indexed) and isinstance(element.base, Name), "it has a label"
    name, latex = (label.name, label.latex) if isinstance(label, Name) else (label.text,) * 2
    return tree.with_label(element.base, name, latex)
