r"""Matrix-vector notation into index notation, on the surface syntax.

    f(x) = W2 sigma(W1 x)  used as  f(x_i)   -->   z1_{i,j} = sum_{k=1}^{N_x} W1_{j,k} x_{i,k}
                                                  h_{i,j}  = sigma(z1_{i,j})
                                                  f_{i,l}  = sum_{j=1}^{N_h} W2_{l,j} h_{i,j}

Which symbols are vectors and matrices, `vector_ranks` says; how long they are, `vector_shapes`. A
product inside a non-linearity or inside another product becomes an array of its own, so that its
cost is paid once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Literal, NoReturn

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import (
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
    vector_calls,
    vector_forms,
    vector_use,
)
from deltarule.notation.operators import LETTERS, canonical_function
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Convolution,
    Filled,
    Group,
    Indexed,
    Inner,
    Iverson,
    Matrix,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    RealSpace,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.vector_definitions import Definition, definitions
from deltarule.notation.vector_letters import Letters
from deltarule.notation.vector_ranks import (
    DIAGONALS,
    EXTREMES,
    REDUCE_VECTOR,
    TRACES,
    WHOLE_FUNCTIONS,
    is_dot_product,
)
from deltarule.notation.vector_shapes import Shapes
from deltarule.notation.vector_symbols import symbol, usual_rank

DEEPEST_CALLS = 10  # a function within itself: f(f(x))
MOST_CALLS = 200

Axes = tuple[str, ...]
Scope = frozenset[str]


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
    return _Lowering(statements, shapes, stated).run()


def _has_vectors(statements: list[Statement]) -> bool:
    return any(
        isinstance(n, Stack | Matrix | Filled | Transposed)
        or (isinstance(n, Big) and n.op == "row")
        for s in statements
        for n in tree.descend(s.relation)
    )


@dataclass
class _Lowering:
    statements: list[Statement]
    shapes: Shapes
    stated: frozenset[str]
    made: dict[object, Indexed] = field(default_factory=dict)  # expression --> its array
    instances: list[tuple[object, ...]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)  # functions that are being written out
    new: list[Statement] = field(default_factory=list)
    out: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = self.shapes.known
        self.letters = Letters(self.statements, self.shapes.taken)
        self.defined = {symbol(s.relation.operands[0]) for s in self.statements
                        if isinstance(s.relation, Chain) and s.relation.ops[0] == "="}  # fmt: skip

        self.formulas = {name for name, _, _ in definitions(self.statements)}
        self.applied = vector_use.applied_to_several(self.statements)

    def run(self) -> list[Statement]:
        called = {d for d in self.known.definitions if self.known.called(d)}
        for statement in self.statements:
            definition = self.known.definition_of(statement)
            if definition is not None and definition.name in called:
                continue  # its instances appear where it is called
            self.new = []
            lowered = self._statement(statement, definition)
            self.out.extend(self.new)
            if lowered is not None:
                self.out.append(lowered)
        return self.out

    def _statement(self, statement: Statement, definition: Definition | None) -> Statement | None:
        relation = statement.relation
        if isinstance(relation, Indexed):
            return self._support(statement, relation)
        if not isinstance(relation, Chain):
            return statement
        left, right = relation.operands[0], relation.operands[-1]
        if isinstance(right, RealSpace):
            return self._declaration(statement, left, right)
        if relation.ops[0] != "=":
            return statement
        if definition is not None:
            left = Name(definition.name, definition.latex, left.span)
            if definition.rank:
                self.known.ranks.setdefault(definition.name, definition.rank)
        scope = names.bound_on_the_left(statement)
        if not self.shapes.rank(left) and self.known.is_declared_number(left):
            return self._declared_number(statement, relation, left, right, scope)
        rank = max(self.shapes.rank(left), self.shapes.rank(right))
        source = right if self.shapes.rank(right) == rank else left
        dims = self.shapes.dimensions(source)
        axes = self.letters.axes(dims, scope)
        target = self._append(left, axes) if rank else left
        value = self.component(right, axes, scope | frozenset(axes))
        return replace(
            statement,
            relation=replace(relation, operands=(target, value), ops=("=",)),
            conditions=(*statement.conditions, *self._ranges(axes, dims)),
        )

    def _declared_number(
        self, statement: Statement, relation: Chain, left: Syntax, right: Syntax, scope: Scope
    ) -> Statement:
        r"""y \in \mathbb{R} is the one component of C x, where C \in \mathbb{R}^{1 \times n}."""
        if not all(self.shapes.is_one(length) for length in self.shapes.lengths(right)):
            self._refuse_stack(right)
        axes = self.letters.axes(self.shapes.dimensions(right), scope)
        value = self.component(right, axes, scope | frozenset(axes))
        first = {axis: Num("1", right.span) for axis in axes}
        value = tree.substitute(value, first) if first else value
        return replace(statement, relation=replace(relation, operands=(left, value), ops=("=",)))

    def _support(self, statement: Statement, relation: Indexed) -> Statement:
        """M[r] for r = 1..k, where each M_r is a vector: its components too."""
        rank = self.shapes.rank(relation)
        if not rank:
            return statement
        dims = self.shapes.dimensions(relation)
        axes = self.letters.axes(dims, names.bound_by_declaration(statement))
        return replace(
            statement,
            relation=self._append(relation, axes),
            conditions=(*statement.conditions, *self._ranges(axes, dims)),
        )

    def _declaration(
        self, statement: Statement, left: Syntax, space: RealSpace
    ) -> Statement | None:
        """W in R^{m x n}  -->  W_{j,k} for 1 <= j <= m, 1 <= k <= n."""
        name = symbol(left)
        if not space.dimensions or name is None:
            return statement
        total = self.known.base_counts.get(name, 0) + self.known.ranks.get(name, 0)
        if total != len(space.dimensions):
            return self._rows_of(statement, left, space, total)
        axes = self.letters.axes(space.dimensions, frozenset())
        bare = left.base if isinstance(left, Indexed) else left
        return replace(
            statement,
            relation=self._append(bare, axes),
            conditions=tuple(self._ranges(axes, space.dimensions)),
        )

    def _rows_of(
        self, statement: Statement, left: Syntax, space: RealSpace, total: int
    ) -> Statement | None:
        """x_t in R^d, t = 1..T  -->  x_{t,j} for both ranges; without, its equations say where t runs."""
        if not isinstance(left, Indexed) or not isinstance(left.base, Name):
            return None
        letters = [s.name for s in left.subscripts if isinstance(s, Name)]
        if not ranges.bind(statement.conditions, left.subscripts):
            return None
        if total != len(letters) + len(space.dimensions):
            return None
        axes = self.letters.axes(space.dimensions, frozenset(letters))
        here = self._letters(axes, left)
        relation = replace(left, base=_unmarked(left.base), subscripts=(*left.subscripts, *here))
        conditions = (*statement.conditions, *self._ranges(axes, space.dimensions))
        return replace(statement, relation=relation, conditions=conditions)

    def _ranges(self, axes: Axes, dims: tuple[Syntax, ...]) -> list[Syntax]:
        """1 <= j <= N_h, for every axis."""
        return [
            Chain((Num("1", d.span), Name(a, a, d.span), d), ("<=", "<="), d.span)
            for a, d in zip(axes, dims, strict=True)
        ]

    # -------------------------------------------------------------------------- one component

    def component(self, node: Syntax, axes: Axes, scope: Scope) -> Syntax:
        """The element of a vector expression at the axes; with no axes, a scalar expression."""
        rank = self.shapes.rank(node)
        if not rank:
            return self._number(node, scope)  # the same for all components
        match node:
            case Name() | Indexed(Name()):
                return self._single_rows(node, self._append(node, axes), axes)
            case Indexed(base, subscripts):
                new = list(self._letters(axes, node))
                old = [new.pop(0) if isinstance(s, Whole) and new else s for s in subscripts]
                return self._component_of(base, (*old, *new), scope)
            case Group(body):
                return replace(node, body=self.component(body, axes, scope))
            case Product():
                return self._product(node, axes, scope)
            case Transposed(base):
                return self.component(base, tuple(reversed(axes)), scope)
            case Power(base, exponent):
                if rank > 1:
                    self._refuse_matrix_power(node)
                settled = self._settled(exponent, scope)
                below = Group(self.component(base, axes, scope), base.span)
                return replace(node, base=below, exponent=self.component(settled, axes, scope))
            case AbsoluteValue() if rank == 2:
                self._refuse_bars(node)
            case Apply():
                return self._apply(node, axes, scope)
            case Big("row"):
                return self._row(node, axes, scope)
            case Big():
                if node.op == "prod":
                    self._refuse_matrices(node)
                inside = scope | frozenset(tree.bound_by(node, scope))
                return replace(node, body=self.component(node.body, axes, inside))
            case Stack():
                if not axes:
                    self._refuse_stack(node)
                return self._stack(node, axes[0], scope)
            case Matrix():
                return self._matrix(node, axes, scope)
            case Filled(value):
                return Num(value, node.span)
            case Convolution():
                self._refuse_star(node)
        return tree.rebuild(node, lambda child: self.component(child, axes, scope))

    def _row(self, node: Big, axes: Axes, scope: Scope) -> Syntax:
        """The component of [ x_1 \\cdots x_n ] there."""
        if self.shapes.rank(node.body):
            raise DeltaruleError(
                "E008",
                "a row of vectors is not supported",
                at=node.span,
                seen="its elements are no numbers",
                help="define the matrix by its elements: X_{ik} = (x_k)_i",
            )
        if len(axes) != 1:
            self._refuse_stack(node)
        (here,) = self._letters(axes, node)
        (index,) = tree.bound_by(node, scope)
        body = tree.substitute(node.body, {index: here})
        return Group(self._number(body, scope | frozenset(axes)), node.span)

    def _refuse_stack(self, node: Syntax) -> NoReturn:
        raise DeltaruleError(
            "E108",
            "a vector stands where a number is needed",
            at=node.span,
            seen="several values",
            help="write the product or the component that is meant",
        )

    def _number(self, node: Syntax, scope: Scope) -> Syntax:
        """An expression without axes, whose parts may be vectors."""
        match node:
            case Power(Norm(body, order), exponent) if self.shapes.rank(body):
                return self._norm(body, order, exponent, node, scope)
            case Norm(body, order) if self.shapes.rank(body):
                return self._norm(body, order, None, node, scope)
            case Inner(left, right) if self.shapes.rank(left):
                return self._inner(left, right, node, scope)
            case Product() if any(self.shapes.rank(f) for f in node.factors):
                return self._product(node, (), scope)
            case Indexed(base, subscripts) if not isinstance(base, Name) and self.shapes.rank(base):
                return self._component_of(base, subscripts, scope)
            case Transposed(base, _, True) if "T" in self.known.scalars:
                return self._to_the_t(node, base, scope)
            case Stack() | Matrix() | Big("row"):
                self._refuse_stack(node)
            case Filled(value):
                return Num(value, node.span)
            case Apply():
                return self._apply(node, (), scope)
            case Big():
                inside = scope | frozenset(tree.bound_by(node, scope))
                return tree.rebuild(node, lambda child: self._number(child, inside))
        return tree.rebuild(node, lambda child: self._number(child, scope))

    def _component_of(self, base: Syntax, subscripts: tuple[Syntax, ...], scope: Scope) -> Syntax:
        """(W x)_i: the element of the array that holds W x; f(x)_i: of f."""
        definition = self._definition(base)
        if definition is not None and isinstance(base, Apply):
            settled: Syntax = self._instance(definition, base, scope)
        else:
            settled = self._own_array(base, scope) if symbol(base) is None else base
        if isinstance(settled, Indexed):
            return replace(settled, subscripts=(*settled.subscripts, *subscripts))
        return Indexed(settled, subscripts, "subscript", base.span)

    def _letters(self, axes: Axes, at: Syntax) -> tuple[Syntax, ...]:
        return tuple(Name(a, self.letters.latex(a), at.span) for a in axes)

    def _single_rows(self, node: Syntax, element: Syntax, axes: Axes) -> Syntax:
        r"""b_{1,k} for every row, where b \in \mathbb{R}^{1 \times d}."""
        lengths = self.shapes.lengths(node)
        single = {
            axis: Num("1", node.span)
            for axis, length in zip(axes, lengths, strict=False)
            if self.shapes.is_one(length)
        }
        return tree.substitute(element, single) if single else element

    def _append(self, node: Syntax, axes: Axes) -> Syntax:
        """The axes in the places of colons, the rest after the subscripts."""
        if isinstance(node, Name) and self._is_identity(node) and len(axes) == 2:
            first, second = self._letters(axes, node)
            return Iverson((Chain((first, second), ("=",), node.span),), node.span)
        if not axes:
            return node.base if isinstance(node, Indexed) and not node.subscripts else node
        new = list(self._letters(axes, node))
        if not isinstance(node, Indexed):
            return Indexed(_unmarked(node), tuple(new), "subscript", node.span)
        old = [new.pop(0) if isinstance(s, Whole) and new else s for s in node.subscripts]
        return replace(node, base=_unmarked(node.base), subscripts=(*old, *new))

    def _is_identity(self, node: Name) -> bool:
        """I and I_n beside matrices, where the author says nothing else of it."""
        if node.name in self.known.identities:
            return True
        return node.name == "I" and node.name not in {*self.defined, *self.known.declared}

    # -------------------------------------------------------------------------- functions

    def _definition(self, node: Syntax) -> Definition | None:
        """The function of vectors that is called."""
        if isinstance(node, Apply) and isinstance(node.head, Name) and not node.primes:
            return self.known.definitions.get(node.head.name)
        return None

    def _apply(self, node: Apply, axes: Axes, scope: Scope) -> Syntax:
        head = node.head
        name = head.name if isinstance(head, Name) else ""
        definition = self.known.definitions.get(name)
        if definition is not None:
            return self._append(self._instance(definition, node, scope), axes)
        if name in WHOLE_FUNCTIONS and name not in self.defined and len(node.arguments) == 1:
            if self.shapes.rank(node.arguments[0]):
                return self._whole(name, node, node.arguments[0], axes, scope)
        if axes and len(node.arguments) == 1 and self._may_be_matrix(name):
            self._refuse_call(node)
        if axes and self._is_open_word(name) and name not in self.formulas | self.stated:
            self._refuse_open(node)
        arguments = tuple(
            self.component(self._settled(a, scope), axes, scope) for a in node.arguments
        )
        return replace(node, arguments=arguments)

    def _is_open_word(self, name: str) -> bool:
        """LayerNorm, MLP: words that nothing defines; a letter is applied to each element."""
        known = functions.is_known(canonical_function(name)) or name in ("max", "min")
        word = name.partition("_")[0]
        return not known and len(word) > 1 and word.isascii() and word not in LETTERS

    def _may_be_matrix(self, name: str) -> bool:
        """A capital letter that nothing says is a function."""
        known = functions.is_known(canonical_function(name))
        known |= name in self.defined or name in self.formulas
        return usual_rank(name) == 2 and not known and name not in self.applied

    def _whole(self, name: str, node: Apply, inner: Syntax, axes: Axes, scope: Scope) -> Syntax:
        """A function of all elements of a vector or matrix."""
        if name in TRACES:
            if self.shapes.rank(inner) != 2:
                self._refuse_rank(name, "matrix", node)
            rows, columns = self.shapes.lengths(inner)
            length = self.shapes.length(self.shapes.same(rows, columns, inner), inner.span)
            return self._summed(
                (length,), scope, node, lambda k, s: self.component(inner, k * 2, s)
            )
        if name in DIAGONALS:
            if len(axes) != 3 - self.shapes.rank(inner):
                self._refuse_stack(node)
            if self.shapes.rank(inner) == 2:
                return self.component(inner, axes * 2, scope)
            first, second = self._letters(axes, node)
            same = Iverson((Chain((first, second), ("=",), node.span),), node.span)
            return _product_of([same, self.component(inner, axes[:1], scope)], node)
        value = self._settled(inner, scope)
        if name in EXTREMES:
            return self._extreme(name, value, node, scope)
        if name in REDUCE_VECTOR:
            return self._reduction(name, value, node, scope)
        return self._softmax(name, value, axes, node, scope)

    def _extreme(self, name: str, value: Syntax, node: Apply, scope: Scope) -> Syntax:
        """max(x): the largest component."""
        dims = self.shapes.dimensions(value)
        axes = self.letters.axes(dims, scope)
        body = self.component(value, axes, scope | frozenset(axes))
        below = tuple(self._ranges(axes, dims))
        op: Literal["max", "min"] = "max" if name == "max" else "min"
        return Big(op, below, None, body, node.span, node.span)

    def _reduction(self, name: str, value: Syntax, node: Apply, scope: Scope) -> Syntax:
        dims = self.shapes.dimensions(value)
        if name in ("mean", "sum"):
            total = self._summed(dims, scope, node, lambda k, s: self.component(value, k, s))
            if name == "sum":
                return total
            return Quotient(total, _product_of(list(dims), node), node.span)
        total = self._summed(dims, scope, node, lambda k, s: _exp(self.component(value, k, s)))
        return _call("ln", total)

    def _softmax(self, name: str, value: Syntax, axes: Axes, node: Apply, scope: Scope) -> Syntax:
        """Along the last axis: exp(s_k) / sum_l exp(s_l)."""
        last = self.shapes.dimensions(value)[-1:]
        total = self._summed(
            last, scope, node, lambda k, s: _exp(self.component(value, (*axes[:-1], *k), s))
        )
        here = self.component(value, axes, scope)
        if name == "softmax":
            return Quotient(_exp(here), total, node.span)
        return Sum(((1, here), (-1, _call("ln", total))), node.span)

    def _instance(self, definition: Definition, call: Apply, scope: Scope) -> Syntax:
        """The array that holds f(x_i): its equation is the body with x_i for x."""
        key = (definition.name, *(tree.key(a) for a in call.arguments))
        if key not in self.made:
            anywhere = {axis: Num("1", call.span) for axis in definition.axes}
            body = self._formula(definition, call, scope, anywhere)
            self._refuse_endless(definition, call)
            spare = (f"{definition.name}_{n}" for n in count(2))
            first = not any(k[0] == definition.name for k in self.instances)
            self.instances.append(key)
            name = definition.name if first else self.letters.claim(spare)
            spelled = definition.latex if name == definition.name else name
            self.within.append(definition.name)
            if definition.axes:
                self.made[key] = self._by_components(name, spelled, definition, body, call, scope)
            else:
                self.made[key] = self._equation(name, spelled, body, scope, call)
            self.within.pop()
        return self.made[key]

    def _formula(
        self, definition: Definition, call: Apply, scope: Scope, here: Mapping[str, Syntax]
    ) -> Syntax:
        """The body with the arguments for the parameters, at these components."""
        if len(call.arguments) != len(definition.parameters):
            raise DeltaruleError(
                "E107",
                f"'{definition.name}' has another number of arguments where it is defined",
                at=call.span,
                seen=f"{len(call.arguments)} here, {len(definition.parameters)} there",
                help="call it as it is defined",
            )
        values: dict[str, Syntax] = {}
        for parameter, argument in zip(definition.parameters, call.arguments, strict=True):
            whole = not vector_calls.takes_elements(definition.body, parameter)
            simple = whole or symbol(argument) is not None or not self.shapes.rank(argument)
            values[parameter] = argument if simple else self._own_array(argument, scope)
        lengths = self.shapes.own_lengths(definition, call) if definition.axes else {}
        taken = scope | vector_calls.symbols(values.values())
        return vector_calls.formula(
            definition.body,
            {**lengths, **values, **here},
            taken | vector_calls.symbols(here.values()),
            lambda: self.letters.claim(self.letters.free),
        )

    def _refuse_endless(self, definition: Definition, call: Apply) -> None:
        """E105 for a function whose formula contains it; f(f(x)) is another matter."""
        if self.within.count(definition.name) > DEEPEST_CALLS:
            raise DeltaruleError(
                "E105",
                f"the function '{definition.name}' calls itself",
                at=call.span,
                seen="its formula contains it",
                help="a recurrence is written with a subscript: h[t] = f(h[t-1])",
            )
        if len(self.instances) >= MOST_CALLS:
            raise DeltaruleError(
                "E007",
                f"functions of vectors are called in more than {MOST_CALLS} ways",
                at=call.span,
                seen="the limit is reached here",
                help="split the text",
            )

    # -------------------------------------------------------------------------- own arrays

    def _equation(self, name: str, latex: str, body: Syntax, scope: Scope, at: Syntax) -> Indexed:
        """A new array for an expression: name_{batch, axes} = component; returns name_{batch}."""
        shown = Name(name, latex, at.span)
        lengths = self.shapes.lengths(body)
        return self._array(shown, lengths, body, scope, lambda k, s: self.component(body, k, s))

    def _by_components(
        self,
        name: str,
        latex: str,
        definition: Definition,
        body: Syntax,
        call: Apply,
        scope: Scope,
    ) -> Indexed:
        """softmax(u) with softmax(z)_k = …: an array of the formula, with u for z."""

        def value(axes: Axes, inside: Scope) -> Syntax:
            here = dict(zip(definition.axes, self._letters(axes, call), strict=True))
            return self._number(self._formula(definition, call, inside, here), inside)

        lengths = self.shapes.lengths(call)
        return self._array(Name(name, latex, call.span), lengths, body, scope, value)

    def _array(
        self,
        shown: Name,
        lengths: tuple[int, ...],
        body: Syntax,
        scope: Scope,
        value: Callable[[Axes, Scope], Syntax],
    ) -> Indexed:
        """A new array with the indices in scope that the body reads, and the axes."""
        used = _symbols_of(body)
        batch = tuple(sorted(i for i in scope if i in used))
        dims = tuple(self.shapes.length(c, shown.span) for c in lengths)
        axes = self.letters.axes(dims, frozenset(batch))
        component = value(axes, frozenset(batch) | frozenset(axes))
        here = self._letters(batch, shown)
        one = Indexed(shown, here, "subscript", shown.span) if batch else shown
        target = self._append(one, axes)
        self.shapes.note(shown.name, lengths, len(batch))
        relation = Chain((target, component), ("=",), shown.span)
        self.new.append(Statement(relation, tuple(self._ranges(axes, dims)), shown.span))
        return Indexed(shown, here, "subscript", shown.span)

    def _settled(self, node: Syntax, scope: Scope) -> Syntax:
        """A product or a non-linearity inside something else: the array that holds it."""
        bare = node.body if isinstance(node, Group) else node
        if isinstance(bare, Transposed):
            return replace(bare, base=self._settled(bare.base, scope))
        if self.shapes.rank(bare) == 0 or not self._has_own_array(bare):
            return node
        return self._own_array(bare, scope)

    def _own_array(self, node: Syntax, scope: Scope) -> Indexed:
        bare = node.body if isinstance(node, Group) else node
        key = tree.key(bare)
        if key not in self.made:
            name = self.letters.name_for(bare, self.shapes.dimensions(bare))
            self.made[key] = self._equation(name, name, bare, scope, bare)
        return self.made[key]

    def _has_own_array(self, node: Syntax) -> bool:
        match node:
            case Sum(terms):
                return any(self._has_own_array(term) for _, term in terms)
            case Group(body) | Transposed(body) | Quotient(body):
                return self._has_own_array(body)
            case Product(factors):
                tensors = sum(self.shapes.rank(f) > 0 for f in factors)
                return tensors > 1 or any(self._has_own_array(f) for f in factors)
            case Apply(Name(name), 0, (inner,)) if name in DIAGONALS - self.defined:
                return self._has_own_array(inner)
            case Apply(Name(name)):
                return name not in self.known.definitions and self.shapes.rank(node) > 0
        return False

    # -------------------------------------------------------------------------- products

    def _product(self, node: Product, axes: Axes, scope: Scope) -> Syntax:
        """Numbers times a chain of matrices and vectors; odot is element by element."""
        if "odot" in node.ops:
            parts = tuple(
                self.component(self._settled(f, scope), axes, scope) for f in node.factors
            )
            return replace(node, factors=parts, ops=tuple("" for _ in parts[1:]))
        dots = self._with_dots(node)
        if dots is not node:
            return self.component(dots, axes, scope) if axes else self._number(dots, scope)
        for left, right in pairwise(node.factors):
            if self.known.orientation(right) == "matrix" and self._may_be_row(left):
                self._refuse_left(left)
        numbers = [f for f in node.factors if not self.shapes.rank(f)]
        tensors = [f for f in node.factors if self.shapes.rank(f)]
        lowered = [self._number(n, scope) for n in numbers]
        lowered.append(self._chain(tensors, axes, scope, node))
        return _product_of(lowered, node)

    def _with_dots(self, node: Product) -> Syntax:
        """-t x \\cdot y --> -t <x, y>."""
        for number, op in enumerate(node.ops):
            left, right = node.factors[number : number + 2]
            first, second = self.known.orientation(left), self.known.orientation(right)
            if is_dot_product(first, second, op):
                self._refuse_cross(left, right, node)
                inner = Inner(left, right, node.span)
                factors = (*node.factors[:number], inner, *node.factors[number + 2 :])
                ops = (*node.ops[:number], *node.ops[number + 1 :])
                return Product(factors, ops, node.span) if ops else inner
        return node

    def _may_be_row(self, node: Syntax) -> bool:
        """A small Latin letter that nothing says is a number: x W."""
        name = symbol(node)
        if name is None or self.shapes.rank(node) or name in self.defined | self.known.scalars:
            return False
        letter = name.partition("_")[0].rstrip("0123456789'")
        return len(letter) == 1 and letter.islower()

    def _chain(self, tensors: list[Syntax], axes: Axes, scope: Scope, at: Syntax) -> Syntax:
        """A (B v): one sum for the outermost product; the rest is an array of its own."""
        if len(tensors) == 1:
            return self.component(tensors[0], axes, scope)
        first, tail = self._halves(tensors, at)
        left, right = self.known.orientation(first), self.known.orientation(tail)
        if not left or not right:
            return _product_of(
                [
                    self.component(self._settled(f, scope), axes if kind else (), scope)
                    for f, kind in ((first, left), (tail, right))
                ],
                at,
            )
        scaled = self._scaled(first, tail, axes, scope, at)
        if scaled is not None:
            return scaled
        if left == right != "matrix":
            gated = vector_use.is_gate(first) or vector_use.is_gate(tail)
            if not axes or (self.known.marked and not gated):
                self._refuse_two_vectors(at)
            return _product_of(
                [self.component(self._settled(f, scope), axes, scope) for f in (first, tail)], at
            )
        if left == "column" and right == "row":
            return _product_of(
                [
                    self.component(self._settled(first, scope), axes[:1], scope),
                    self.component(self._settled(tail, scope), axes[1:], scope),
                ],
                at,
            )
        shared = self.shapes.same(
            self.shapes.lengths(first)[-1], self.shapes.lengths(tail)[0], tail
        )
        keep = 1 if left == "matrix" else 0
        return self._summed(
            (self.shapes.length(shared, at.span),),
            scope,
            at,
            lambda k, inside: _product_of(
                [
                    self.component(self._settled(first, scope), (*axes[:keep], *k), inside),
                    self.component(self._settled(tail, scope), (*k, *axes[keep:]), inside),
                ],
                at,
            ),
        )

    def _scaled(
        self, first: Syntax, tail: Syntax, axes: Axes, scope: Scope, at: Syntax
    ) -> Syntax | None:
        """v_j A_{jk} for diag(v) A, A_{jk} v_k for A diag(v), A_{jk} for I A: no sum over zeros."""
        for diagonal, other, own in ((first, tail, axes[:1]), (tail, first, axes[-1:])):
            elements = self._diagonal_of(diagonal)
            if elements is not None and self.shapes.rank(other) == len(axes):
                value = self.component(self._settled(other, scope), axes, scope)
                if isinstance(elements, Num):
                    return value
                weight = self.component(self._settled(elements, scope), own, scope)
                return _product_of([weight, value] if diagonal is first else [value, weight], at)
        return None

    def _diagonal_of(self, node: Syntax) -> Syntax | None:
        """v of diag(v); 1 of I; None of any other matrix."""
        match node:
            case Group(body):
                return self._diagonal_of(body)
            case Name() if self.shapes.rank(node) == 2 and self._is_identity(node):
                return Num("1", node.span)
            case Apply(Name(name), 0, (inner,)) if name in DIAGONALS - self.defined:
                return inner if self.shapes.rank(inner) == 1 else None
        return None

    def _halves(self, tensors: list[Syntax], at: Syntax) -> tuple[Syntax, Syntax]:
        """Where to cut a chain so that a vector is multiplied by matrices, not those together."""
        first, last = (self.known.orientation(t) for t in (tensors[0], tensors[-1]))
        if last == "row" or (first == "row" and last == "matrix"):
            return _product_of(tensors[:-1], at), tensors[-1]
        return tensors[0], _product_of(tensors[1:], at)

    def _summed(
        self,
        dims: tuple[Syntax, ...],
        scope: Scope,
        at: Syntax,
        body: Callable[[Axes, Scope], Syntax],
    ) -> Syntax:
        """The sum over new indices of these lengths of what `body` makes of them."""
        axes = self.letters.axes(dims, scope)
        result = body(axes, scope | frozenset(axes))
        for axis, dimension in reversed(list(zip(axes, dims, strict=True))):
            result = self._sum_over(axis, dimension, result, at)
        return result

    def _sum_over(self, index: str, dimension: Syntax, body: Syntax, at: Syntax) -> Syntax:
        name = Name(index, self.letters.latex(index), at.span)
        limits: Syntax = Chain((name, Num("1", at.span)), ("=",), at.span)
        return Big("sum", (limits,), dimension, body, at.span, at.span)

    def _inner(self, left: Syntax, right: Syntax, at: Syntax, scope: Scope) -> Syntax:
        lengths = self.shapes._alike((left, right))
        dims = tuple(self.shapes.length(n, at.span) for n in lengths)
        return self._summed(
            dims,
            scope,
            at,
            lambda k, inside: _product_of(
                [self.component(self._settled(f, scope), k, inside) for f in (left, right)], at
            ),
        )

    def _stack(self, node: Stack, axis: str, scope: Scope) -> Syntax:
        """[x; h]_k: x_k up to the length of x, then h_{k - length}."""
        here = self._letters((axis,), node)[0]
        offset: list[tuple[Literal[1, -1], Syntax]] = []
        branches: list[tuple[Syntax, tuple[Syntax, ...] | None]] = []
        for number, part in enumerate(node.parts):
            dims = self.shapes.dimensions(part)
            length = dims[0] if dims else Num("1", part.span)
            place: Syntax = here
            if offset:
                back: list[tuple[Literal[1, -1], Syntax]] = [(-1, o) for _, o in offset]
                place = Sum(((1, here), *back), part.span)
            offset.append((1, length))
            value = self._number(part, scope)
            if dims:
                value = self._component_of(
                    part if symbol(part) is not None else self._own_array(part, scope),
                    (place,),
                    scope,
                )
            end: Syntax = Sum(tuple(offset), part.span) if len(offset) > 1 else length
            last = number == len(node.parts) - 1
            branches.append((value, None if last else (Chain((here, end), ("<=",), part.span),)))
        return Cases(tuple(branches), node.span)

    def _matrix(self, node: Matrix, axes: Axes, scope: Scope) -> Syntax:
        """Its elements as cases of the row and the column."""
        if len(axes) != 2:
            self._refuse_stack(node)
        row, column = self._letters(axes, node)
        branches: list[tuple[Syntax, tuple[Syntax, ...] | None]] = []
        for i, elements in enumerate(node.rows):
            for j, element in enumerate(elements):
                if self.shapes.rank(element):
                    raise DeltaruleError(
                        "E008",
                        "a matrix of vectors and matrices is not supported",
                        at=element.span,
                        seen="this is no number",
                        help="give each block a name and write their products out",
                    )
                here = (
                    Chain((row, Num(str(i + 1), element.span)), ("=",), element.span),
                    Chain((column, Num(str(j + 1), element.span)), ("=",), element.span),
                )
                last = i == len(node.rows) - 1 and j == len(elements) - 1
                branches.append((self._number(element, scope), None if last else here))
        return Cases(tuple(branches), node.span)

    def _norm(
        self, body: Syntax, order: Syntax | None, exponent: Syntax | None, at: Syntax, scope: Scope
    ) -> Syntax:
        r"""\|v\|_2^2 --> the sum of squares; \|v\|_2 --> its root; \|v\|_p alike; \|v\|_\infty."""
        dims = self.shapes.dimensions(body)
        which = order.text if isinstance(order, Num) else "2" if order is None else _named(order)
        value = self._settled(body, scope)
        if which == "infty":
            axes = self.letters.axes(dims, scope)
            inner = AbsoluteValue(self.component(value, axes, scope | frozenset(axes)), at.span)
            below = tuple(self._ranges(axes, dims))
            result: Syntax = Big("max", below, None, inner, at.span, at.span)
            return result if exponent is None else Power(result, exponent, at.span)
        if which in ("2", "F"):
            two = Num("2", at.span)
            result = self._summed(
                dims, scope, at,
                lambda k, s: Power(Group(self.component(value, k, s), at.span), two, at.span),
            )  # fmt: skip
            if isinstance(exponent, Num) and exponent.text == "2":
                return Group(result, at.span)
            result = _call("sqrt", result)
            return result if exponent is None else Power(result, exponent, at.span)
        result = self._summed(
            dims, scope, at,
            lambda k, s: _to_the(AbsoluteValue(self.component(value, k, s), at.span), order),
        )  # fmt: skip
        if which == "1":
            whole: Syntax = Group(result, at.span)
            return whole if exponent is None else Power(whole, exponent, at.span)
        assert order is not None, "a norm without an order is the Euclidean one"
        if exponent is not None and tree.key(exponent) == tree.key(order):
            return Group(result, at.span)
        root = Quotient(exponent or Num("1", at.span), order, at.span)
        return Power(Group(result, at.span), root, at.span)

    def _to_the_t(self, node: Transposed, base: Syntax, scope: Scope) -> Syntax:
        """(1 - beta)^T, where T is a size. E006 for a bare symbol, which may be a vector."""
        name = symbol(base)
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
        return Power(self._number(base, scope), exponent, node.span)

    # -------------------------------------------------------------------------- refusals

    def _refuse_two_vectors(self, at: Syntax) -> NoReturn:
        raise DeltaruleError(
            "E108",
            "two vectors side by side have no product",
            at=at.span,
            help="write x^\\top y for the inner product, x y^\\top for the outer, x \\odot y "
            "for the element-wise one",
        )

    def _refuse_cross(self, left: Syntax, right: Syntax, at: Product) -> None:
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

    def _refuse_bars(self, at: Syntax) -> NoReturn:
        raise DeltaruleError(
            "E006",
            "bars around a matrix can be read in two ways: as its determinant, or as the absolute "
            "value of each element",
            at=at.span,
            seen="ambiguous",
            help="write |A_{ij}| for the absolute values; determinants are not supported",
        )

    def _refuse_star(self, at: Convolution) -> NoReturn:
        raise DeltaruleError(
            "E006",
            "'*' between vectors can be read in two ways: as a convolution or element by element",
            at=at.span,
            seen="ambiguous",
            help="write \\odot for the element-wise product (or settle 'star: product' in the front "
            "matter), and subscripts for a convolution",
        )

    def _refuse_call(self, at: Apply) -> NoReturn:
        head = at.head.name if isinstance(at.head, Name) else "this"
        raise DeltaruleError(
            "E006",
            f"'{head}(' can be read in two ways: the function {head}(…), or the matrix {head} "
            "times the vector in parentheses",
            at=at.span,
            seen="ambiguous",
            help=f"declare the matrix, {head} \\in \\mathbb{{R}}^{{m \\times n}}, or define the "
            "function",
        )

    def _refuse_open(self, at: Apply) -> NoReturn:
        head = at.head.name if isinstance(at.head, Name) else "this"
        raise DeltaruleError(
            "E006",
            f"'{head}' of a vector can be read in two ways: of each element, or of all together",
            at=at.span,
            seen="ambiguous",
            help=f"define it, {head}(x) = …, or with components, {head}(x)_i = …; an open function "
            "that is applied to each element has a letter, \\phi(x)",
        )

    def _refuse_left(self, at: Syntax) -> NoReturn:
        name = symbol(at) or ""
        raise DeltaruleError(
            "E006",
            f"'{name}' before a matrix can be read in two ways: as a number or as a row vector",
            at=at.span,
            seen="ambiguous",
            help=f"declare it: {name} \\in \\mathbb{{R}} or {name} \\in \\mathbb{{R}}^n",
        )

    def _refuse_matrix_power(self, at: Power) -> NoReturn:
        inverse = isinstance(at.exponent, Sum) and at.exponent.terms[0][0] < 0
        help = (
            "give the inverse a name of its own; a diagonal matrix, defined by D_{ii} = …, has one"
            if inverse
            else "declare a square matrix, A \\in \\mathbb{R}^{n \\times n}, for its powers; write "
            "A \\odot A for squared elements, W^{(q)} or W^{\\text{q}} for a label"
        )
        raise DeltaruleError(
            "E008",
            "a power of a matrix is not supported",
            at=at.span,
            seen="not supported",
            help=help,
        )

    def _refuse_matrices(self, at: Big) -> None:
        r"""E008 for \prod_l W_l x: a product over an index is one of numbers."""
        body = at.body.body if isinstance(at.body, Group) else at.body
        plain = isinstance(body, Product) and "odot" not in body.ops
        factors = body.factors if plain and isinstance(body, Product) else (body,)
        if any(self.shapes.rank(f) > 1 for f in factors):
            raise DeltaruleError(
                "E008",
                "a product of matrices over an index is not supported",
                at=at.span,
                seen="not supported",
                help="write it as a recurrence, h_l = W_l h_{l-1}, or write the factors out",
            )

    def _refuse_rank(self, name: str, wanted: str, at: Syntax) -> NoReturn:
        raise DeltaruleError(
            "E108", f"'{name}' needs a {wanted}", at=at.span, help="declare its shape"
        )


MARK = re.compile(r"\\(?:vec|mathbf|bm|boldsymbol)\s*(?:\{(.*?)\}|(\\?\w+))")


def _unmarked(node: Syntax) -> Syntax:
    r"""\vec{x} --> x: a component has no arrow."""
    if not isinstance(node, Name):
        return node
    return replace(node, latex=MARK.sub(lambda m: m[1] or m[2], node.latex), vector=False)


def _product_of(factors: list[Syntax], at: Syntax) -> Syntax:
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(factors), tuple("" for _ in factors[1:]), at.span)


def _call(name: str, argument: Syntax) -> Syntax:
    head = Name(name, f"\\{name}", argument.span)
    return Apply(head, 0, (argument,), True, argument.span)


def _exp(argument: Syntax) -> Syntax:
    return _call("exp", argument)


def _to_the(base: Syntax, order: Syntax | None) -> Syntax:
    if order is None or (isinstance(order, Num) and order.text == "1"):
        return base
    return Power(base, order, base.span)


def _symbols_of(node: Syntax) -> frozenset[str]:
    return frozenset(n.name for n in tree.descend(node) if isinstance(n, Name))


def _named(node: Syntax) -> str:
    return tree.atom(node) or "?"
