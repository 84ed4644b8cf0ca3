r"""The component of an expression of vectors and matrices.

a + W x, at j        -->   a_j + \sum_k W_{jk} x_k
\sigma(A)^\top, at j, k   -->   \sigma(A_{kj})
(W x)_i              -->   z_i, with a new array z = W x
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Convolution,
    Filled,
    Group,
    Indexed,
    Inner,
    Matrix,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Stack,
    Sum,
    Syntax,
    Transposed,
)
from deltarule.notation.vector_arrays import Arrays, Axes, Scope, in_colons, refuse_several
from deltarule.notation.vector_blocks import matrix, row, stack
from deltarule.notation.vector_calls import instance
from deltarule.notation.vector_functions import application
from deltarule.notation.vector_norms import norm
from deltarule.notation.vector_products import inner, product, refuse_matrices


class Components(Arrays):
    """Writes expressions by their components; what they need as arrays of their own is in `new`."""

    def component(self, node: Syntax, axes: Axes, scope: Scope) -> Syntax:
        """The element of a vector expression at the axes; with no axes, a scalar expression."""
        rank = self.shapes.rank(node)
        if not rank:
            return self.number(node, scope)  # the same for all components
        match node:
            case Name() | Indexed(Name()):
                return self._single_rows(node, self.append(node, axes), axes)
            case Indexed(base, subscripts):
                here = in_colons(subscripts, self.indices(axes, node))
                return self.component_of(base, here, scope)
            case Group(body):
                return replace(node, body=self.component(body, axes, scope))
            case Product():
                return product(self, node, axes, scope)
            case Transposed(base):
                return self.component(base, tuple(reversed(axes)), scope)
            case Power(base, exponent):
                if rank > 1:
                    _refuse_matrix_power(node)
                settled = self.settled(exponent, scope)
                below = Group(self.component(base, axes, scope), base.span)
                return replace(node, base=below, exponent=self.component(settled, axes, scope))
            case AbsoluteValue() if rank == 2:
                _refuse_bars(node)
            case Apply():
                return application(self, node, axes, scope)
            case Big("row"):
                return row(self, node, axes, scope)
            case Big(op, _, _, body):
                if op == "prod":
                    refuse_matrices(self, body, node)
                inside = scope | frozenset(tree.bound_by(node, scope))
                return replace(node, body=self.component(body, axes, inside))
            case Stack():
                return stack(self, node, axes, scope)
            case Matrix():
                return matrix(self, node, axes, scope)
            case Filled(value):
                return Num(value, node.span)
            case Convolution():
                _refuse_star(node)
        return tree.rebuild(node, lambda child: self.component(child, axes, scope))

    def number(self, node: Syntax, scope: Scope) -> Syntax:
        """An expression without axes, whose parts may be vectors."""
        match node:
            case Power(Norm(body, order), exponent) if self.shapes.rank(body):
                return norm(self, body, order, exponent, node, scope)
            case Norm(body, order) if self.shapes.rank(body):
                return norm(self, body, order, None, node, scope)
            case Inner(left, right) if self.shapes.rank(left):
                return inner(self, left, right, node, scope)
            case Product() if any(self.shapes.rank(f) for f in node.factors):
                return product(self, node, (), scope)
            case Indexed(base, subscripts) if not isinstance(base, Name) and self.shapes.rank(base):
                return self.component_of(base, subscripts, scope)
            case Transposed(base, _, True) if "T" in self.known.scalars:
                return self._to_the_t(node, base, scope)
            case Stack() | Matrix() | Big("row"):
                refuse_several(node)
            case Filled(value):
                return Num(value, node.span)
            case Apply():
                return application(self, node, (), scope)
            case Big():
                inside = scope | frozenset(tree.bound_by(node, scope))
                return tree.rebuild(node, lambda child: self.number(child, inside))
        return tree.rebuild(node, lambda child: self.number(child, scope))

    def component_of(self, base: Syntax, subscripts: tuple[Syntax, ...], scope: Scope) -> Syntax:
        """(W x)_i: the element of the array that holds W x; f(x)_i: of f."""
        settled = base
        if isinstance(base, Apply) and isinstance(base.head, Name) and not base.primes:
            definition = self.known.definitions.get(base.head.name)
            if definition is not None:
                settled = instance(self, definition, base, scope)
        if tree.symbol(settled) is None:
            settled = self.own_array(base, scope)
        if isinstance(settled, Indexed):
            return replace(settled, subscripts=(*settled.subscripts, *subscripts))
        return Indexed(settled, subscripts, "subscript", base.span)

    def _single_rows(self, node: Syntax, element: Syntax, axes: Axes) -> Syntax:
        r"""b_{1,k} for every row, where b \in \mathbb{R}^{1 \times d}."""
        lengths = zip(axes, self.shapes.lengths(node), strict=False)
        single = {
            a: Num("1", node.span) for a, length in lengths if self.shapes.classes.is_one(length)
        }
        return tree.substitute(element, single)

    def _to_the_t(self, node: Transposed, base: Syntax, scope: Scope) -> Syntax:
        """(1 - beta)^T, where T is a size. E006 for a bare symbol, which may be a vector."""
        name = tree.symbol(base)
        if name is not None and name not in self.known.scalars | self.defined:
            raise DeltaruleError(
                "E006",
                "this T can be read in two ways: as the power T, or as a transpose",
                at=node.span,
                seen="ambiguous",
                help=f"write {name}^\\top for the transpose; for the power declare "
                f"{name} \\in \\mathbb{{R}}",
            )
        exponent = Name("T", "T", node.span)
        return Power(self.number(base, scope), exponent, node.span)


def _refuse_bars(at: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "bars around a matrix can be read in two ways: as its determinant, or as the absolute "
        "value of each element",
        at=at.span,
        seen="ambiguous",
        help="write |A_{ij}| for the absolute values; determinants are not supported",
    )


def _refuse_star(at: Convolution) -> NoReturn:
    raise DeltaruleError(
        "E006",
        "'*' between vectors can be read in two ways: as a convolution or element by element",
        at=at.span,
        seen="ambiguous",
        help="write \\odot for the element-wise product (or settle 'star: product' in the front "
        "matter), and subscripts for a convolution",
    )


def _refuse_matrix_power(at: Power) -> NoReturn:
    inverse = isinstance(at.exponent, Sum) and at.exponent.terms[0][0] < 0
    help = (
        "give the inverse a name of its own; a diagonal matrix, defined by D_{ii} = …, has one"
        if inverse
        else "declare a square matrix, A \\in \\mathbb{R}^{n \\times n}, for its powers; write "
        "A \\odot A for squared elements, A_{:,j} for a column, W^{(q)} or W^{\\text{q}} for a label"
    )
    raise DeltaruleError(
        "E008",
        "a power of a matrix is not supported",
        at=at.span,
        seen="not supported",
        help=help,
    )
