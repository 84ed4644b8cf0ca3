r"""Functions of vectors: of each element, or of all together.

\sigma(x)       -->   \sigma(x_j)
\softmax(x)     -->   e^{x_j} / \sum_k e^{x_k}
\max(x)         -->   \max_j x_j
\tr(A)          -->   \sum_j A_{jj}
\diag(v)        -->   [j = k] v_j
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation.operators import LETTERS, canonical_function
from deltarule.notation.syntax import Apply, Name, Quotient, Sum, Syntax
from deltarule.notation.vector_arrays import Arrays, Axes, Scope, refuse_several
from deltarule.notation.vector_calls import instance
from deltarule.notation.vector_products import product_of
from deltarule.notation.vector_ranks import (
    DIAGONALS,
    EXTREMES,
    REDUCE_VECTOR,
    TRACES,
    WHOLE_FUNCTIONS,
)
from deltarule.notation.vector_symbols import usual_rank


def application(arrays: Arrays, node: Apply, axes: Axes, scope: Scope) -> Syntax:
    """The component of f(x) there. E006 where f may be a matrix, or a function of all elements."""
    name = node.head.name if isinstance(node.head, Name) else ""
    definition = arrays.known.definitions.get(name)
    if definition is not None:
        return arrays.append(instance(arrays, definition, node, scope), axes)
    if name in WHOLE_FUNCTIONS and name not in arrays.defined and len(node.arguments) == 1:
        if arrays.shapes.rank(node.arguments[0]):
            return _whole(arrays, name, node, axes, scope)
    if axes and len(node.arguments) == 1 and _may_be_matrix(arrays, name):
        _refuse_call(name or "this", node)
    if axes and _is_open_word(name) and name not in arrays.formulas | arrays.stated:
        _refuse_open(name or "this", node)
    arguments = tuple(arrays.settled_component(a, axes, scope) for a in node.arguments)
    return replace(node, arguments=arguments)


def call(name: str, argument: Syntax) -> Syntax:
    """exp(x) for exp and x."""
    head = Name(name, f"\\{name}", argument.span)
    return Apply(head, 0, (argument,), True, argument.span)


def _is_open_word(name: str) -> bool:
    """LayerNorm, MLP: words that nothing defines; a letter is applied to each element."""
    known = functions.is_known(canonical_function(name)) or name in EXTREMES
    word = name.partition("_")[0]
    return not known and len(word) > 1 and word.isascii() and word not in LETTERS


def _may_be_matrix(arrays: Arrays, name: str) -> bool:
    """A capital letter that nothing says is a function."""
    known = functions.is_known(canonical_function(name))
    known |= name in arrays.defined or name in arrays.formulas
    return usual_rank(name) == 2 and not known and name not in arrays.applied


# ------------------------------------------------------------------------------ of all elements


def _whole(arrays: Arrays, name: str, node: Apply, axes: Axes, scope: Scope) -> Syntax:
    """A function of all elements of a vector or matrix."""
    (inner,) = node.arguments
    if name in TRACES:
        return _trace(arrays, name, inner, node, scope)
    if name in DIAGONALS:
        return _diagonal(arrays, inner, axes, node, scope)
    value = arrays.settled(inner, scope)
    if name in EXTREMES:
        return arrays.extreme(
            "max" if name == "max" else "min",
            arrays.shapes.dimensions(value),
            scope,
            node,
            lambda k, s: arrays.component(value, k, s),
        )
    if name in REDUCE_VECTOR:
        return _reduction(arrays, name, value, node, scope)
    return _softmax(arrays, name, value, axes, node, scope)


def _trace(arrays: Arrays, name: str, inner: Syntax, node: Apply, scope: Scope) -> Syntax:
    """The sum of the elements on the diagonal."""
    shapes = arrays.shapes
    if shapes.rank(inner) != 2:
        raise DeltaruleError(
            "E108", f"'{name}' needs a matrix", at=node.span, help="declare its shape"
        )
    rows, columns = shapes.lengths(inner)
    length = shapes.length(shapes.classes.same(rows, columns, inner), inner.span)
    return arrays.summed((length,), scope, node, lambda k, s: arrays.component(inner, k * 2, s))


def _diagonal(arrays: Arrays, inner: Syntax, axes: Axes, node: Apply, scope: Scope) -> Syntax:
    """The vector of a matrix's diagonal; the matrix that has a vector on it."""
    rank = arrays.shapes.rank(inner)
    if len(axes) != 3 - rank:
        refuse_several(node)
    if rank == 2:
        return arrays.component(inner, axes * 2, scope)
    value = arrays.component(inner, axes[:1], scope)
    return product_of([arrays.on_diagonal(axes, node), value], node)


def _reduction(arrays: Arrays, name: str, value: Syntax, node: Apply, scope: Scope) -> Syntax:
    """The sum, the mean, or the logarithm of the sum of exponentials."""
    dims = arrays.shapes.dimensions(value)
    if name in ("mean", "sum"):
        total = arrays.summed(dims, scope, node, lambda k, s: arrays.component(value, k, s))
        if name == "sum":
            return total
        return Quotient(total, product_of(list(dims), node), node.span)
    total = arrays.summed(
        dims, scope, node, lambda k, s: call("exp", arrays.component(value, k, s))
    )
    return call("ln", total)


def _softmax(
    arrays: Arrays, name: str, value: Syntax, axes: Axes, node: Apply, scope: Scope
) -> Syntax:
    """Along the last axis: exp(s_k) / sum_l exp(s_l)."""
    last = arrays.shapes.dimensions(value)[-1:]
    total = arrays.summed(
        last,
        scope,
        node,
        lambda k, s: call("exp", arrays.component(value, (*axes[:-1], *k), s)),
    )
    here = arrays.component(value, axes, scope)
    if name == "softmax":
        return Quotient(call("exp", here), total, node.span)
    return Sum(((1, here), (-1, call("ln", total))), node.span)


# ------------------------------------------------------------------------------ refusals


def _refuse_call(head: str, at: Apply) -> NoReturn:
    raise DeltaruleError(
        "E006",
        f"'{head}(' can be read in two ways: the function {head}(…), or the matrix {head} "
        "times the vector in parentheses",
        at=at.span,
        seen="ambiguous",
        help=f"declare the matrix, {head} \\in \\mathbb{{R}}^{{m \\times n}}, or define the "
        "function",
    )


def _refuse_open(head: str, at: Apply) -> NoReturn:
    raise DeltaruleError(
        "E006",
        f"'{head}' of a vector can be read in two ways: of each element, or of all together",
        at=at.span,
        seen="ambiguous",
        help=f"define it, {head}(x) = …, or with components, {head}(x)_i = …; an open function "
        "that is applied to each element has a letter, \\phi(x)",
    )
