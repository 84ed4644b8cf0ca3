r"""Matrix-vector notation into index notation, on the surface syntax.

    f(x) = W2 sigma(W1 x)  used as  f(x_i)   -->   z1_{i,j} = sum_{k=1}^{N_x} W1_{j,k} x_{i,k}
                                                  h_{i,j}  = sigma(z1_{i,j})
                                                  f_{i,l}  = sum_{j=1}^{N_h} W2_{l,j} h_{i,j}

Which symbols are vectors and matrices, `rank_inference` says; how long they are, `vector_shapes`; what
the component of an expression is, `vector_components`.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import (
    axis_marks,
    bold_elements,
    diagonals,
    homonyms,
    matrix_powers,
    matrix_primes,
    names,
    own_letters,
    ranges,
    side_by_side,
    tree,
    unmarked_terms,
    vector_bars,
    vector_forms,
    vector_names,
    vector_use,
)
from deltarule.notation.syntax import (
    Big,
    Chain,
    Filled,
    Indexed,
    Matrix,
    Name,
    Num,
    RealSpace,
    Stack,
    Statement,
    Syntax,
    Transposed,
)
from deltarule.notation.vector_arrays import refuse_several
from deltarule.notation.vector_components import Components
from deltarule.notation.vector_definitions import Definition


def lower(statements: list[Statement], stated: frozenset[str] = frozenset()) -> list[Statement]:
    """The document with every vector written by its components; unchanged when it has none.

    `stated` are functions that a setting gives a meaning, which is of each element.
    """
    statements = matrix_powers.settle(diagonals.settle(statements))
    statements = side_by_side.settle(vector_forms.settle(statements))
    statements = vector_use.components_last(statements)
    statements = homonyms.settle(statements, vector_use.defined_with_elements(statements))
    statements = matrix_primes.settle(statements)
    statements, shapes = own_letters.settle(statements)
    bold_elements.check(statements, shapes.known)
    if not shapes.known.ranks and not shapes.known.declared and not _has_vectors(statements):
        return statements
    return _lowered(Components(statements, shapes, stated))


def _has_vectors(statements: list[Statement]) -> bool:
    return any(
        isinstance(n, Stack | Matrix | Filled | Transposed)
        or (isinstance(n, Big) and n.op == "row")
        for s in statements
        for n in tree.descend(s.relation)
    )


def _lowered(arrays: Components) -> list[Statement]:
    """All statements, each after those of the arrays that it needs."""
    known = arrays.known
    called = {d for d in known.definitions if known.called(d)}
    result: list[Statement] = []
    vector_names.refuse(arrays)
    for statement in arrays.statements:
        vector_bars.refuse(arrays, statement)
        unmarked_terms.refuse(arrays, statement)
        definition = known.definition_of(statement)
        if definition is not None and definition.name in called:
            continue  # its instances appear where it is called
        arrays.new = []
        lowered = _statement(arrays, statement, definition)
        result.extend(arrays.new)
        if lowered is not None:
            result.append(lowered)
    return result


def _statement(
    arrays: Components, statement: Statement, definition: Definition | None
) -> Statement | None:
    relation = statement.relation
    if isinstance(relation, Indexed):
        return _support(arrays, statement, relation)
    if not isinstance(relation, Chain):
        return statement
    left, right = relation.operands[0], relation.operands[-1]
    if isinstance(right, RealSpace):
        return _declaration(arrays, statement, left, right)
    if relation.ops[0] != "=":
        return statement
    if definition is not None:
        left = Name(definition.name, definition.latex, left.span)
        if definition.rank:
            arrays.known.ranks.setdefault(definition.name, definition.rank)
    if not arrays.shapes.rank(left) and arrays.known.is_declared_number(left):
        return _declared_number(arrays, statement, relation, left, right)
    return _equation(arrays, statement, relation, left, right)


def _equation(
    arrays: Components, statement: Statement, relation: Chain, left: Syntax, right: Syntax
) -> Statement:
    """h = W x  -->  h_j = sum_{k=1}^n W_{jk} x_k for 1 <= j <= m."""
    shapes = arrays.shapes
    if not shapes.rank(right):
        axis_marks.check_left(left)
    rank = max(shapes.rank(left), shapes.rank(right))
    dims = shapes.dimensions(right if shapes.rank(right) == rank else left)
    scope = names.bound_on_the_left(statement)
    axes = arrays.letters.axes(dims, scope)
    target = arrays.append(left, axes) if rank else left
    value = arrays.component(right, axes, scope | frozenset(axes))
    return replace(
        statement,
        relation=replace(relation, operands=(target, value), ops=("=",)),
        conditions=(*statement.conditions, *arrays.ranges(axes, dims)),
    )


def _declared_number(
    arrays: Components, statement: Statement, relation: Chain, left: Syntax, right: Syntax
) -> Statement:
    r"""y \in \mathbb{R} is the one component of C x, where C \in \mathbb{R}^{1 \times n}."""
    if not all(arrays.shapes.classes.is_one(length) for length in arrays.shapes.lengths(right)):
        refuse_several(right)
    scope = names.bound_on_the_left(statement)
    axes = arrays.letters.axes(arrays.shapes.dimensions(right), scope)
    value = arrays.component(right, axes, scope | frozenset(axes))
    value = tree.substitute(value, {axis: Num("1", right.span) for axis in axes})
    return replace(statement, relation=replace(relation, operands=(left, value), ops=("=",)))


# ------------------------------------------------------------------------------ declarations


def _support(arrays: Components, statement: Statement, relation: Indexed) -> Statement:
    """M[r] for r = 1..k, where each M_r is a vector: its components too."""
    if not arrays.shapes.rank(relation):
        return statement
    dims = arrays.shapes.dimensions(relation)
    axes = arrays.letters.axes(dims, names.bound_by_declaration(statement))
    return replace(
        statement,
        relation=arrays.append(relation, axes),
        conditions=(*statement.conditions, *arrays.ranges(axes, dims)),
    )


def _declaration(
    arrays: Components, statement: Statement, left: Syntax, space: RealSpace
) -> Statement | None:
    """W in R^{m x n}  -->  W_{j,k} for 1 <= j <= m, 1 <= k <= n."""
    name = tree.symbol(left)
    if not space.dimensions or name is None:
        return statement
    total = arrays.known.base_counts.get(name, 0) + arrays.known.ranks.get(name, 0)
    if total != len(space.dimensions):
        return _rows(arrays, statement, left, space, total)
    axes = arrays.letters.axes(space.dimensions, frozenset())
    bare = left.base if isinstance(left, Indexed) else left
    return replace(
        statement,
        relation=arrays.append(bare, axes),
        conditions=arrays.ranges(axes, space.dimensions),
    )


def _rows(
    arrays: Components, statement: Statement, left: Syntax, space: RealSpace, total: int
) -> Statement | None:
    """x_t in R^d, t = 1..T  -->  x_{t,j} for both ranges; without, its equations say where t runs."""
    if not isinstance(left, Indexed) or not ranges.bind(statement.conditions, left.subscripts):
        return None
    letters = frozenset(s.name for s in left.subscripts if isinstance(s, Name))
    if total != len(left.subscripts) + len(space.dimensions):
        return None
    axes = arrays.letters.axes(space.dimensions, letters)
    return replace(
        statement,
        relation=arrays.append(left, axes),
        conditions=(*statement.conditions, *arrays.ranges(axes, space.dimensions)),
    )
