r"""Products of numbers, vectors and matrices, written by their components.

    W x             -->   \sum_k W_{jk} x_k
    x y^\top        -->   x_j y_k
    \diag(v) A      -->   v_j A_{jk}
    x \odot y       -->   x_j y_j

A product of several matrices and vectors has one sum; what is left of it is an array of its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import (
    Apply,
    Filled,
    Group,
    Inner,
    Name,
    Num,
    Product,
    Sum,
    Syntax,
)
from deltarule.notation.vector_arrays import Arrays, Axes, Scope
from deltarule.notation.vector_ranks import DIAGONALS, is_dot_product


def product(arrays: Arrays, node: Product, axes: Axes, scope: Scope) -> Syntax:
    """Numbers times a chain of matrices and vectors; odot is element by element."""
    if "odot" in node.ops:
        parts = tuple(arrays.settled_component(f, axes, scope) for f in node.factors)
        return replace(node, factors=parts, ops=tuple("" for _ in parts[1:]))
    dots = _with_dots(arrays, node)
    if dots is not node:
        return arrays.component(dots, axes, scope) if axes else arrays.number(dots, scope)
    for left, right in pairwise(node.factors):
        if arrays.known.orientation(right) == "matrix" and _may_be_row(arrays, left):
            _refuse_left(left)
    numbers = [f for f in node.factors if not arrays.shapes.rank(f)]
    tensors = [f for f in node.factors if arrays.shapes.rank(f)]
    lowered = [arrays.number(n, scope) for n in numbers]
    lowered.append(_chain(arrays, tensors, axes, scope, node))
    return product_of(lowered, node)


def product_of(factors: list[Syntax], at: Syntax) -> Syntax:
    """The factors side by side."""
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(factors), tuple("" for _ in factors[1:]), at.span)


def inner(arrays: Arrays, left: Syntax, right: Syntax, at: Syntax, scope: Scope) -> Syntax:
    """<x, y> --> the sum of x_k y_k."""
    lengths = arrays.shapes.alike((left, right))
    dims = tuple(arrays.shapes.length(n, at.span) for n in lengths)
    return arrays.summed(
        dims,
        scope,
        at,
        lambda k, inside: product_of(
            [arrays.component(arrays.settled(f, scope), k, inside) for f in (left, right)], at
        ),
    )


def _with_dots(arrays: Arrays, node: Product) -> Syntax:
    """-t x \\cdot y --> -t <x, y>."""
    for number, op in enumerate(node.ops):
        left, right = node.factors[number : number + 2]
        first, second = arrays.known.orientation(left), arrays.known.orientation(right)
        if is_dot_product(first, second, op):
            _refuse_cross(left, right, node)
            one = Inner(left, right, node.span)
            factors = (*node.factors[:number], one, *node.factors[number + 2 :])
            ops = (*node.ops[:number], *node.ops[number + 1 :])
            return Product(factors, ops, node.span) if ops else one
    return node


def _may_be_row(arrays: Arrays, node: Syntax) -> bool:
    """A small Latin letter that nothing says is a number: x W."""
    name = tree.symbol(node)
    if name is None or arrays.shapes.rank(node) or name in arrays.defined | arrays.known.scalars:
        return False
    letter = name.partition("_")[0].rstrip("0123456789'")
    return len(letter) == 1 and letter.islower()


def _chain(arrays: Arrays, tensors: list[Syntax], axes: Axes, scope: Scope, at: Syntax) -> Syntax:
    """A (B v): one sum for the outermost product; the rest is an array of its own."""
    if len(tensors) == 1:
        return arrays.component(tensors[0], axes, scope)
    first, tail = _halves(arrays, tensors, at)
    left, right = arrays.known.orientation(first), arrays.known.orientation(tail)

    def side_by_side(own: Axes, others: Axes) -> Syntax:
        """The two without a sum, each at its axes."""
        parts = ((first, own), (tail, others))
        return product_of([arrays.settled_component(p, a, scope) for p, a in parts], at)

    if not left or not right:
        return side_by_side(axes if left else (), axes if right else ())
    scaled = _scaled(arrays, first, tail, axes, scope, at)
    if scaled is not None:
        return scaled
    if left == right != "matrix":
        gated = _is_gate(first) or _is_gate(tail)
        if not axes or (arrays.known.marked and not gated):
            _refuse_two_vectors(at)
        return side_by_side(axes, axes)
    if left == "column" and right == "row":
        return side_by_side(axes[:1], axes[1:])
    keep = 1 if left == "matrix" else 0
    return _contracted(arrays, first, tail, (axes[:keep], axes[keep:]), scope, at)


def _contracted(
    arrays: Arrays, first: Syntax, tail: Syntax, kept: tuple[Axes, Axes], scope: Scope, at: Syntax
) -> Syntax:
    """The sum over the last axis of the first and the first axis of the tail."""
    shapes = arrays.shapes
    shared = shapes.classes.same(shapes.lengths(first)[-1], shapes.lengths(tail)[0], tail)
    before, after = kept
    return arrays.summed(
        (shapes.length(shared, at.span),),
        scope,
        at,
        lambda k, inside: product_of(
            [
                arrays.component(arrays.settled(first, scope), (*before, *k), inside),
                arrays.component(arrays.settled(tail, scope), (*k, *after), inside),
            ],
            at,
        ),
    )


def _scaled(
    arrays: Arrays, first: Syntax, tail: Syntax, axes: Axes, scope: Scope, at: Syntax
) -> Syntax | None:
    """v_j A_{jk} for diag(v) A, A_{jk} v_k for A diag(v), A_{jk} for I A: no sum over zeros."""
    for diagonal, other, own in ((first, tail, axes[:1]), (tail, first, axes[-1:])):
        elements = _diagonal_of(arrays, diagonal)
        if elements is not None and arrays.shapes.rank(other) == len(axes):
            value = arrays.settled_component(other, axes, scope)
            if isinstance(elements, Num):
                return value
            weight = arrays.settled_component(elements, own, scope)
            return product_of([weight, value] if diagonal is first else [value, weight], at)
    return None


def _diagonal_of(arrays: Arrays, node: Syntax) -> Syntax | None:
    """v of diag(v); 1 of I; None of any other matrix."""
    match node:
        case Group(body):
            return _diagonal_of(arrays, body)
        case Name() if arrays.shapes.rank(node) == 2 and arrays.is_identity(node):
            return Num("1", node.span)
        case Apply(Name(name), 0, (inside,)) if name in DIAGONALS - arrays.defined:
            return inside if arrays.shapes.rank(inside) == 1 else None
    return None


def _halves(arrays: Arrays, tensors: list[Syntax], at: Syntax) -> tuple[Syntax, Syntax]:
    """Where to cut a chain so that a vector is multiplied by matrices, not those together."""
    first, second, last = (arrays.known.orientation(tensors[n]) for n in (0, 1, -1))
    if first == "row" and second == "column" and len(tensors) > 2:
        return product_of(tensors[:2], at), product_of(tensors[2:], at)
    if last == "row" or (first == "row" and last == "matrix"):
        return product_of(tensors[:-1], at), tensors[-1]
    return tensors[0], product_of(tensors[1:], at)


def _is_gate(node: Syntax) -> bool:
    r"""(\mathbf{1} - \mathbf{e}): what is subtracted from ones multiplies element by element."""
    body = node.body if isinstance(node, Group) else None
    return isinstance(body, Sum) and any(t == Filled("1", None, t.span) for _, t in body.terms)


def refuse_matrices(arrays: Arrays, body: Syntax, at: Syntax) -> None:
    r"""E008 for \prod_l W_l x: a product over an index is one of numbers."""
    body = body.body if isinstance(body, Group) else body
    plain = isinstance(body, Product) and "odot" not in body.ops
    factors = body.factors if plain and isinstance(body, Product) else (body,)
    if any(arrays.shapes.rank(f) > 1 for f in factors):
        raise DeltaruleError(
            "E008",
            "a product of matrices over an index is not supported",
            at=at.span,
            seen="not supported",
            help="write it as a recurrence, h_l = W_l h_{l-1}, or write the factors out",
        )


def _refuse_two_vectors(at: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E108",
        "two vectors side by side have no product",
        at=at.span,
        help="write x^\\top y for the inner product, x y^\\top for the outer, x \\odot y "
        "for the element-wise one",
    )


def _refuse_cross(left: Syntax, right: Syntax, at: Product) -> None:
    r"""E006 for x \\times y, which is no inner product."""
    between = at.span.source.text[left.span.end : right.span.start]
    if "times" in between or "×" in between:
        raise DeltaruleError(
            "E006",
            "a cross between vectors can be read in two ways: as their cross product, or as "
            "the product of their elements",
            at=at.span,
            seen="ambiguous",
            help="write \\odot for the element-wise product, x^\\top y for the inner one, and "
            "the components of a cross product",
        )


def _refuse_left(at: Syntax) -> NoReturn:
    name = tree.symbol(at) or ""
    raise DeltaruleError(
        "E006",
        f"'{name}' before a matrix can be read in two ways: as a number or as a row vector",
        at=at.span,
        seen="ambiguous",
        help=f"declare it: {name} \\in \\mathbb{{R}} or {name} \\in \\mathbb{{R}}^n",
    )
