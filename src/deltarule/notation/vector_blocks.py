r"""Vectors and matrices that are written by their parts.

[x; h]_k                         -->   x_k up to the length of x, then h_{k - n}
[[a, b], [c, d]]_{jk}             -->   a where j = 1 and k = 1, …
[ x_1 \cdots x_n ]_k              -->   x_k
"""

from __future__ import annotations

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import (
    Big,
    Cases,
    Chain,
    Group,
    Matrix,
    Num,
    Stack,
    Sum,
    Syntax,
)
from deltarule.notation.vector_arrays import Arrays, Axes, Scope, refuse_several

Branch = tuple[Syntax, tuple[Syntax, ...] | None]  # a value, and where it is one


def stack(arrays: Arrays, node: Stack, axes: Axes, scope: Scope) -> Syntax:
    """The component of [x; h]: x_k up to the length of x, then h_{k - length}."""
    if not axes:
        refuse_several(node)
    here = arrays.indices(axes[:1], node)[0]
    before: list[Syntax] = []  # the lengths of the parts above
    branches: list[Branch] = []
    for part in node.parts:
        dims = arrays.shapes.dimensions(part)
        place = (
            Sum(((1, here), *((-1, length) for length in before)), part.span) if before else here
        )
        before.append(dims[0] if dims else Num("1", part.span))
        value = arrays.number(part, scope)
        if dims:
            held = part if tree.symbol(part) is not None else arrays.own_array(part, scope)
            value = arrays.component_of(held, (place,), scope)
        end = Sum(tuple((1, length) for length in before), part.span) if before[1:] else before[0]
        branches.append((value, (Chain((here, end), ("<=",), part.span),)))
    return _cases(branches, node)


def matrix(arrays: Arrays, node: Matrix, axes: Axes, scope: Scope) -> Syntax:
    """Its elements as cases of the row and the column."""
    if len(axes) != 2:
        refuse_several(node)
    row, column = arrays.indices(axes, node)
    branches: list[Branch] = []
    for i, elements in enumerate(node.rows, 1):
        for j, element in enumerate(elements, 1):
            if arrays.shapes.rank(element):
                raise DeltaruleError(
                    "E008",
                    "a matrix of vectors and matrices is not supported",
                    at=element.span,
                    seen="this is no number",
                    help="give each block a name and write their products out",
                )
            here = tuple(
                Chain((index, Num(str(place), element.span)), ("=",), element.span)
                for index, place in ((row, i), (column, j))
            )
            branches.append((arrays.number(element, scope), here))
    return _cases(branches, node)


def _cases(branches: list[Branch], at: Syntax) -> Cases:
    """The last value is what remains."""
    *others, (last, _) = branches
    return Cases((*others, (last, None)), at.span)


def row(arrays: Arrays, node: Big, axes: Axes, scope: Scope) -> Syntax:
    """The component of [ x_1 \\cdots x_n ] there."""
    if arrays.shapes.rank(node.body):
        raise DeltaruleError(
            "E008",
            "a row of vectors is not supported",
            at=node.span,
            seen="its elements are no numbers",
            help="define the matrix by its elements: X_{ik} = (x_k)_i",
        )
    if len(axes) != 1:
        refuse_several(node)
    (here,) = arrays.indices(axes, node)
    (index,) = tree.bound_by(node, scope)
    body = tree.substitute(node.body, {index: here})
    return Group(arrays.number(body, scope | frozenset(axes)), node.span)
