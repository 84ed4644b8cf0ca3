r"""Dots below a symbol that are part of its name: the means \bar{x}_{i.} and \bar{x}_{..} over an axis and over both.

\bar{x}_{i.} = \frac{1}{T} \sum_t x_{it},  (x_{it} - \bar{x}_{i.})^2   -->   \bar{x}_i = …,  (x_{it} - \bar{x}_i)^2

An equation has each of these dots on its left side; all elements of the symbol have dots, or the equation sums them,
n_{i.} = \sum_j n_{ij}. Where they differ, in \bar{x}_{i.} and \bar{x}_{..}, each is a name of its own. Elsewhere a dot is all of an axis, of a matrix that is declared or
has elements: E006 where it may be a mean or a sum that no equation defines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Indexed, Name, Statement, Syntax, Whole

Mask = tuple[bool, ...]  # where the dots are


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without the dots that are part of a name. E006 for others of which nothing is known."""
    if not any(_is_dot(n) for n in statement_tree.all_nodes(statements)):
        return statements
    uses: dict[str, list[Mask]] = {}
    for part in statement_tree.all_parts(statements):
        for name, mask in _uses(part):
            uses.setdefault(name, []).append(mask)
    defined: dict[str, set[Mask]] = {}
    plain = {name for name, masks in uses.items() if any(not any(m) for m in masks)}
    circular = set(plain)  # and not summed over in the equation of each of its dots
    for statement in statements:
        relation = statement_tree.equation(statement)
        left = None if relation is None else relation.operands[0]
        if relation is None or not isinstance(left, Indexed) or not any(_mask(left)):
            continue
        name = tree.symbol(left) or ""
        defined.setdefault(name, set()).add(_mask(left))
        read = [n for side in relation.operands[1:] for n in _uses(side)]
        if any(n == name and not any(m) for n, m in read):
            circular.discard(name)
    named = {
        name: masks
        for name, masks in defined.items()
        if name not in circular
        and {m for m in uses[name] if any(m)} == masks
        and all(uses[name].count(m) > 1 for m in masks)
    }
    declared = {tree.symbol(s) for s, space in statement_tree.declarations(statements)
                if len(space.dimensions) > 1}  # fmt: skip
    whole = declared | plain

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name) or not any(_mask(new)):
            return new
        masks = named.get(new.base.name)
        if masks is None:
            if new.base.name not in whole | defined.keys():  # on the left axis_marks says more
                _refuse(new)
            return new
        base = new.base
        if len(masks) > 1 or base.name in plain:
            label = "dot" + "".join(str(n) for n, dot in enumerate(_mask(new), 1) if dot)
            base = replace(
                base, name=f"{base.name}_{label}", latex=rf"{base.latex}^{{\text{{{label}}}}}"
            )
        rest = tuple(s for s in tree.apart(new.subscripts) if not _is_dot(s))
        return replace(new, base=base, subscripts=rest) if rest else replace(base, span=new.span)

    return statement_tree.rebuild_all(statements, node)


def _uses(node: Syntax) -> Iterator[tuple[str, Mask]]:
    """The symbols, and where each has dots; none of what is declared."""
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, _mask(node)
        for part in node.subscripts:
            yield from _uses(part)
        return
    if isinstance(node, Name):
        yield node.name, ()
    for child in tree.children(node):
        yield from _uses(child)


def _mask(node: Indexed) -> Mask:
    return tuple(_is_dot(s) for s in tree.apart(node.subscripts))


def _is_dot(node: Syntax) -> bool:
    """A full stop, or a dot in the middle behind another subscript; the dot of A_{\\cdot j} is an axis."""
    return isinstance(node, Whole) and tree.written(node) in (".", r"\cdot", "·", "⋅")


def _refuse(element: Indexed) -> None:
    text = tree.written(element)
    raise DeltaruleError(
        "E006",
        f"'{text}' can be read in two ways: as all elements along the dot, or as their mean or sum",
        at=element.span,
        seen="ambiguous",
        help=f"define it, {text} = \\frac{{1}}{{n}} \\sum …, or declare the matrix, A \\in \\mathbb{{R}}^{{m \\times n}}",
    )
