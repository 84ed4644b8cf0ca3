"""Matrix-vector notation into index notation, on the surface syntax.

    f(x) = W2 sigma(W1 x)  used as  f(x_i)   -->   z1_{i,j} = sum_{k=1}^{N_x} W1_{j,k} x_{i,k}
                                                  h_{i,j}  = sigma(z1_{i,j})
                                                  f_{i,l}  = sum_{j=1}^{N_h} W2_{l,j} h_{i,j}

Symbols are vectors or matrices by declaration (W in R^{m x n}), by the author's mark (\\vec, \\mathbf)
or by where they stand (right of a matrix; added to a vector). A product inside a non-linearity or
inside another product becomes an array of its own, so that its cost is paid once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    RealSpace,
    Statement,
    Sum,
    Syntax,
    Transposed,
)
from deltarule.notation.vector_letters import Letters
from deltarule.notation.vector_shapes import Definition, Shapes, infer_shapes


def lower(statements: list[Statement]) -> list[Statement]:
    """The document with every vector written by its components; unchanged when it has none."""
    shapes = infer_shapes(statements)
    if not shapes.ranks and not shapes.declared:
        return statements
    return _Lowering(statements, shapes).run()


@dataclass
class _Lowering:
    statements: list[Statement]
    shapes: Shapes
    made: dict[object, Indexed] = field(default_factory=dict)  # expression --> its array
    instances: list[tuple[object, ...]] = field(default_factory=list)
    new: list[Statement] = field(default_factory=list)
    out: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.letters = Letters(self.statements, self.shapes)

    def run(self) -> list[Statement]:
        called = {d for d in self.shapes.definitions if self._is_called(d)}
        for statement in self.statements:
            definition = self.shapes.definition_of(statement)
            if definition is not None and definition.name in called:
                continue  # its instances appear where it is called
            self.new = []
            lowered = self._statement(statement, definition)
            self.out.extend(self.new)
            self.out.append(lowered)
        return self.out

    def _is_called(self, name: str) -> bool:
        for statement in self.statements:
            if self.shapes.definition_of(statement) is not None:
                continue
            for part in tree.descend(statement.relation):
                if isinstance(part, Apply) and isinstance(part.head, Name):
                    if part.head.name == name:
                        return True
        return False

    def _statement(self, statement: Statement, definition: Definition | None) -> Statement:
        relation = statement.relation
        if not isinstance(relation, Chain):
            return statement
        left, right = relation.operands[0], relation.operands[-1]
        if isinstance(right, RealSpace):
            return self._declaration(statement, left, right)
        if relation.ops[0] != "=":
            return statement
        if definition is not None:
            left = Name(definition.name, definition.latex, left.span)
            self.shapes.ranks.setdefault(definition.name, definition.rank)
        scope = names.bound_on_the_left(statement)
        rank = max(self.shapes.rank(left), self.shapes.rank(right))
        dims = self.shapes.dimensions(right, rank)
        axes = self.letters.axes(dims, scope)
        target = self._append(left, axes) if rank else left
        value = self.component(right, axes, scope | frozenset(axes))
        return replace(
            statement,
            relation=replace(relation, operands=(target, value), ops=("=",)),
            conditions=(*statement.conditions, *self._ranges(axes, dims)),
        )

    def _declaration(self, statement: Statement, left: Syntax, space: RealSpace) -> Statement:
        """W in R^{m x n}  -->  W_{j,k} for 1 <= j <= m, 1 <= k <= n."""
        if not space.dimensions:
            return statement
        axes = self.letters.axes(space.dimensions, frozenset())
        return replace(
            statement,
            relation=self._append(_without_batch(left), axes),
            conditions=tuple(self._ranges(axes, space.dimensions)),
        )

    def _ranges(self, axes: tuple[str, ...], dims: tuple[Syntax | None, ...]) -> list[Syntax]:
        """1 <= j <= N_h, for every axis whose dimension is known."""
        return [
            Chain((Num("1", d.span), Name(a, a, d.span), d), ("<=", "<="), d.span)
            for a, d in zip(axes, dims, strict=True)
            if d is not None
        ]

    # -------------------------------------------------------------------------- one component

    def component(self, node: Syntax, axes: tuple[str, ...], scope: frozenset[str]) -> Syntax:
        """The element of a vector expression at the axes; with no axes, a scalar expression."""
        rank = self.shapes.rank(node)
        if rank == 0 and axes and self.shapes.is_scalar(node):
            return self.component(node, (), scope)  # a scalar stands for all components
        match node:
            case Name() | Indexed():
                return self._append(node, axes)
            case Group(body):
                return replace(node, body=self.component(body, axes, scope))
            case Sum(terms):
                parts = tuple((sign, self.component(t, axes, scope)) for sign, t in terms)
                return replace(node, terms=parts)
            case Product():
                return self._product(node, axes, scope)
            case Quotient(above, below):
                return replace(
                    node,
                    numerator=self.component(above, axes, scope),
                    denominator=self.component(
                        below, axes if self.shapes.rank(below) else (), scope
                    ),
                )
            case Transposed(base):
                return self.component(base, tuple(reversed(axes)), scope)
            case Power(Norm(body, order), exponent) if not axes and self.shapes.rank(body):
                return self._norm(body, order, exponent, node, scope)
            case Norm(body, order) if self.shapes.rank(body):
                return self._norm(body, order, None, node, scope)
            case Apply():
                return self._apply(node, axes, scope)
            case Big():
                inside = scope | frozenset(tree.bound_by(node, scope))
                return replace(node, body=self.component(node.body, axes, inside))
        return tree.rebuild(node, lambda child: self.component(child, axes, scope))

    def _append(self, node: Syntax, axes: tuple[str, ...]) -> Syntax:
        if not axes:
            return node.base if isinstance(node, Indexed) and not node.subscripts else node
        new = tuple(Name(a, self.letters.latex(a), node.span) for a in axes)
        if isinstance(node, Indexed):
            return replace(node, base=_unmarked(node.base), subscripts=node.subscripts + new)
        return Indexed(_unmarked(node), new, "subscript", node.span)

    def _apply(self, node: Apply, axes: tuple[str, ...], scope: frozenset[str]) -> Syntax:
        head = node.head
        definition = self.shapes.definitions.get(head.name) if isinstance(head, Name) else None
        if definition is not None:
            return self._append(self._instance(definition, node, scope), axes)
        if not axes and not any(self.shapes.rank(a) for a in node.arguments):
            return tree.rebuild(node, lambda child: self.component(child, (), scope))
        arguments = tuple(
            self.component(self._settled(a, scope), axes, scope) for a in node.arguments
        )
        return replace(node, arguments=arguments)

    def _instance(self, definition: Definition, call: Apply, scope: frozenset[str]) -> Syntax:
        """The array that holds f(x_i): its equation is the body with x_i for x."""
        key = (definition.name, *(tree.key(a) for a in call.arguments))
        if key not in self.made:
            values = dict(zip(definition.parameters, call.arguments, strict=True))
            body = tree.substitute(definition.body, values)
            spare = (f"{definition.name}_{n}" for n in range(2, 1000))
            first = not any(k[0] == definition.name for k in self.instances)
            self.instances.append(key)
            name = definition.name if first else self.letters.claim(spare)
            spelled = definition.latex if name == definition.name else name
            self.made[key] = self._equation(name, spelled, body, definition.rank, scope, call)
        return self.made[key]

    def _equation(
        self, name: str, latex: str, body: Syntax, rank: int, scope: frozenset[str], at: Syntax
    ) -> Indexed:
        """A new array for an expression: name_{batch, axes} = component; returns name_{batch}."""
        used = _symbols_of(body)
        batch = tuple(sorted(i for i in scope if i in used))
        dims = self.shapes.dimensions(body, rank)
        axes = self.letters.axes(dims, frozenset(batch))
        value = self.component(body, axes, frozenset(batch) | frozenset(axes))
        shown = Name(name, latex, at.span)
        here = tuple(Name(b, self.letters.latex(b), at.span) for b in batch)
        target = self._append(Indexed(shown, here, "subscript", at.span) if batch else shown, axes)
        self.shapes.note(name, rank, dims)
        relation = Chain((target, value), ("=",), at.span)
        self.new.append(Statement(relation, tuple(self._ranges(axes, dims)), at.span))
        if not batch:
            return Indexed(shown, (), "subscript", at.span)
        return Indexed(shown, here, "subscript", at.span)

    def _settled(self, node: Syntax, scope: frozenset[str]) -> Syntax:
        """A product or a non-linearity inside something else: the array that holds it."""
        bare = node.body if isinstance(node, Group) else node
        if self.shapes.rank(bare) == 0 or not self._has_own_array(bare):
            return node
        key = tree.key(bare)
        if key not in self.made:
            rank = self.shapes.rank(bare)
            dims = self.shapes.dimensions(bare, rank)
            name = self.letters.name_for(bare, dims)
            self.made[key] = self._equation(name, name, bare, rank, scope, bare)
        return self.made[key]

    def _has_own_array(self, node: Syntax) -> bool:
        if isinstance(node, Sum):
            return any(self._has_own_array(term) for _, term in node.terms)
        if isinstance(node, Group):
            return self._has_own_array(node.body)
        if isinstance(node, Product):
            ranks = [self.shapes.rank(f) for f in node.factors]
            return sum(r > 0 for r in ranks) > 1
        if isinstance(node, Apply) and isinstance(node.head, Name):
            return node.head.name not in self.shapes.definitions
        return False

    # -------------------------------------------------------------------------- products

    def _product(self, node: Product, axes: tuple[str, ...], scope: frozenset[str]) -> Syntax:
        """Scalars times a chain of matrices and vectors; odot is element by element."""
        if "odot" in node.ops:
            parts = tuple(
                self.component(self._settled(f, scope), axes, scope) for f in node.factors
            )
            return replace(node, factors=parts, ops=tuple("" for _ in parts[1:]))
        scalars = [f for f in node.factors if self.shapes.rank(f) == 0]
        tensors = [f for f in node.factors if self.shapes.rank(f) > 0]
        lowered = [self.component(s, (), scope) for s in scalars]
        if tensors:
            lowered.append(self._chain(tensors, axes, scope, node))
        return lowered[0] if len(lowered) == 1 else _product_of(lowered, node)

    def _chain(
        self, tensors: list[Syntax], axes: tuple[str, ...], scope: frozenset[str], at: Syntax
    ) -> Syntax:
        """A (B v): one sum for the first product; the rest is an array of its own."""
        if len(tensors) == 1:
            return self.component(tensors[0], axes, scope)
        first, rest = tensors[0], tensors[1:]
        tail = rest[0] if len(rest) == 1 else _product_of(rest, at)
        rank_first, rank_tail = self.shapes.rank(first), self.shapes.rank(tail)
        if self._is_outer(first, tail):
            left = self.component(self._settled(first, scope), axes[:1], scope)
            row = tail.base if isinstance(tail, Transposed) else tail
            return _product_of(
                [left, self.component(self._settled(row, scope), axes[1:], scope)], at
            )
        if rank_first == 1 and not isinstance(first, Transposed) and rank_tail == 1:
            raise DeltaruleError(
                "E108",
                "two vectors side by side have no product",
                at=at.span,
                help="write x^\\top y for the inner product, x y^\\top for the outer, x \\odot y "
                "for the element-wise one",
            )
        is_row = rank_first == 1 and isinstance(first, Transposed)
        dimension = self.shapes.common(
            self.shapes.dimensions(first, rank_first)[-1],
            self.shapes.dimensions(tail, rank_tail)[0],
            first,
            tail,
        )
        index = self.letters.axes((dimension,), scope)[0]
        inside = scope | {index}
        keep = 0 if is_row else rank_first - 1
        head = first.base if is_row and isinstance(first, Transposed) else first
        left = self.component(self._settled(head, scope), (*axes[:keep], index), inside)
        right = self.component(self._settled(tail, scope), (index, *axes[keep:]), inside)
        return self._sum_over(index, dimension, _product_of([left, right], at), at)

    def _is_outer(self, first: Syntax, tail: Syntax) -> bool:
        return (
            self.shapes.rank(first) == 1
            and not isinstance(first, Transposed)
            and isinstance(tail, Transposed)
            and self.shapes.rank(tail) == 1
        )

    def _sum_over(self, index: str, dimension: Syntax | None, body: Syntax, at: Syntax) -> Syntax:
        name = Name(index, self.letters.latex(index), at.span)
        if dimension is None:
            return Big("sum", (name,), None, body, at.span, at.span)
        limits: Syntax = Chain((name, Num("1", at.span)), ("=",), at.span)
        return Big("sum", (limits,), dimension, body, at.span, at.span)

    def _norm(
        self,
        body: Syntax,
        order: Syntax | None,
        exponent: Syntax | None,
        at: Syntax,
        scope: frozenset[str],
    ) -> Syntax:
        """|v|_2^2 --> sum of squares; |v|_2 --> its root; |v|_1 --> sum of absolute values."""
        rank = self.shapes.rank(body)
        dims = self.shapes.dimensions(body, rank)
        axes = self.letters.axes(dims, scope)
        element = self.component(body, axes, scope | frozenset(axes))
        which = order.text if isinstance(order, Num) else "2" if order is None else _named(order)
        if which == "1":
            inner: Syntax = AbsoluteValue(element, at.span)
        elif which in ("2", "F"):
            inner = Power(Group(element, at.span), Num("2", at.span), at.span)
        else:
            raise DeltaruleError(
                "E008",
                f"the norm of order {which} is not supported",
                at=at.span,
                help="1, 2 and F are",
            )
        for axis, dimension in reversed(list(zip(axes, dims, strict=True))):
            inner = self._sum_over(axis, dimension, inner, at)
        squared = isinstance(exponent, Num) and exponent.text == "2" and which != "1"
        if squared:
            return inner
        if which != "1":
            inner = Apply(Name("sqrt", "sqrt", at.span), 0, (inner,), True, at.span)
        return inner if exponent is None else Power(inner, exponent, at.span)


MARK = re.compile(r"\\(?:vec|mathbf|bm|boldsymbol)\s*(?:\{(.*?)\}|(\\?\w+))")


def _unmarked(node: Syntax) -> Syntax:
    """\vec{x} --> x: a component has no arrow."""
    if not isinstance(node, Name):
        return node
    return replace(node, latex=MARK.sub(lambda m: m[1] or m[2], node.latex), vector=False)


def _product_of(factors: list[Syntax], at: Syntax) -> Syntax:
    return Product(tuple(factors), tuple("" for _ in factors[1:]), at.span)


def _without_batch(node: Syntax) -> Syntax:
    return node.base if isinstance(node, Indexed) else node


def _symbols_of(node: Syntax) -> frozenset[str]:
    return frozenset(n.name for n in tree.descend(node) if isinstance(n, Name))


def _named(node: Syntax) -> str:
    return tree.atom(node) or "?"
