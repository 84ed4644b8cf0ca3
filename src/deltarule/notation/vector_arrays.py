r"""What vectors are written out with: indices for their axes, and arrays for their parts.

    W2 sigma(W1 x)   -->   W2 h, with a new array h = sigma(z1), z1 = W1 x

A product or a non-linearity inside something else becomes an array of its own, so that its cost is
paid once. How an expression is written by its components, `vector_components` says.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import tree, vector_use
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Iverson,
    Name,
    Num,
    Product,
    Quotient,
    Statement,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.vector_definitions import definitions
from deltarule.notation.vector_letters import Letters
from deltarule.notation.vector_ranks import DIAGONALS
from deltarule.notation.vector_shapes import Shapes

Axes = tuple[str, ...]
Scope = frozenset[str]
Body = Callable[[Axes, Scope], Syntax]  # what is at these indices


@dataclass
class Arrays(ABC):
    """The symbols of a document, with the letters and the arrays that were made for them."""

    statements: list[Statement]
    shapes: Shapes
    stated: frozenset[str]  # functions that a setting gives a meaning
    made: dict[object, Indexed] = field(default_factory=dict)  # expression --> its array
    instances: list[tuple[object, ...]] = field(default_factory=list)  # calls that have an array
    within: list[str] = field(default_factory=list)  # functions that are being written out
    new: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = self.shapes.known
        self.letters = Letters(self.statements, self.shapes.taken)
        self.defined = {tree.symbol(s.relation.operands[0]) for s in self.statements
                        if isinstance(s.relation, Chain) and s.relation.ops[0] == "="}  # fmt: skip

        self.formulas = {name for name, _, _ in definitions(self.statements)}
        self.applied = vector_use.applied_to_several(self.statements)

    @abstractmethod
    def component(self, node: Syntax, axes: Axes, scope: Scope) -> Syntax:
        """The element of a vector expression at the axes; with no axes, a scalar expression."""

    @abstractmethod
    def number(self, node: Syntax, scope: Scope) -> Syntax:
        """An expression without axes, whose parts may be vectors."""

    @abstractmethod
    def component_of(self, base: Syntax, subscripts: tuple[Syntax, ...], scope: Scope) -> Syntax:
        """(W x)_i: the element of the array that holds W x; f(x)_i: of f."""

    def settled_component(self, node: Syntax, axes: Axes, scope: Scope) -> Syntax:
        """The component of an expression, which has an array of its own where it needs one."""
        return self.component(self.settled(node, scope), axes, scope)

    # -------------------------------------------------------------------------- indices

    def indices(self, axes: Axes, at: Syntax) -> tuple[Syntax, ...]:
        return tuple(Name(a, self.letters.latex(a), at.span) for a in axes)

    def ranges(self, axes: Axes, dims: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
        """1 <= j <= N_h, for every axis."""
        return tuple(
            Chain((Num("1", d.span), Name(a, a, d.span), d), ("<=", "<="), d.span)
            for a, d in zip(axes, dims, strict=True)
        )

    def append(self, node: Syntax, axes: Axes) -> Syntax:
        """The axes in the places of colons, the rest after the subscripts."""
        if isinstance(node, Name) and self.is_identity(node) and len(axes) == 2:
            return self.on_diagonal(axes, node)
        if not axes:
            return node.base if isinstance(node, Indexed) and not node.subscripts else node
        new = self.indices(axes, node)
        if not isinstance(node, Indexed):
            return Indexed(_unmarked(node), new, "subscript", node.span)
        return replace(node, base=_unmarked(node.base), subscripts=in_colons(node.subscripts, new))

    def is_identity(self, node: Name) -> bool:
        """I and I_n beside matrices, where the author says nothing else of it."""
        if node.name in self.known.identities:
            return True
        return node.name == "I" and node.name not in {*self.defined, *self.known.declared}

    def on_diagonal(self, axes: Axes, at: Syntax) -> Syntax:
        """[j = k]: the elements of the identity."""
        return Iverson((Chain(self.indices(axes, at), ("=",), at.span),), at.span)

    # -------------------------------------------------------------------------- sums

    def summed(self, dims: tuple[Syntax, ...], scope: Scope, at: Syntax, body: Body) -> Syntax:
        """The sum over new indices of these lengths of what `body` makes of them."""
        axes = self.letters.axes(dims, scope)
        result = body(axes, scope | frozenset(axes))
        for index, dimension in reversed(list(zip(self.indices(axes, at), dims, strict=True))):
            first = Chain((index, Num("1", at.span)), ("=",), at.span)
            result = Big("sum", (first,), dimension, result, at.span, at.span)
        return result

    def extreme(
        self,
        op: Literal["max", "min"],
        dims: tuple[Syntax, ...],
        scope: Scope,
        at: Syntax,
        body: Body,
    ) -> Syntax:
        """The largest or smallest value over new indices of these lengths."""
        axes = self.letters.axes(dims, scope)
        inside = body(axes, scope | frozenset(axes))
        return Big(op, self.ranges(axes, dims), None, inside, at.span, at.span)

    # -------------------------------------------------------------------------- own arrays

    def settled(self, node: Syntax, scope: Scope) -> Syntax:
        """A product or a non-linearity inside something else: the array that holds it."""
        bare = node.body if isinstance(node, Group) else node
        if isinstance(bare, Transposed):
            return replace(bare, base=self.settled(bare.base, scope))
        if self.shapes.rank(bare) == 0 or not self._has_own_array(bare):
            return node
        return self.own_array(bare, scope)

    def own_array(self, node: Syntax, scope: Scope) -> Indexed:
        """The array of an expression, made where there is none yet."""
        bare = node.body if isinstance(node, Group) else node
        key = tree.key(bare)
        if key not in self.made:
            name = self.letters.name_for(bare, self.shapes.dimensions(bare))
            self.made[key] = self.array(
                Name(name, name, bare.span),
                self.shapes.lengths(bare),
                bare,
                scope,
                lambda k, s: self.component(bare, k, s),
            )
        return self.made[key]

    def array(
        self,
        shown: Name,
        lengths: tuple[int, ...],
        body: Syntax,
        scope: Scope,
        value: Body,
    ) -> Indexed:
        """A new array with the indices in scope that the body reads, and the axes."""
        used = frozenset(n.name for n in tree.descend(body) if isinstance(n, Name))
        batch = tuple(sorted(scope & used))
        dims = tuple(self.shapes.length(c, shown.span) for c in lengths)
        axes = self.letters.axes(dims, frozenset(batch))
        component = value(axes, frozenset(batch) | frozenset(axes))
        here = self.indices(batch, shown)
        one = Indexed(shown, here, "subscript", shown.span) if batch else shown
        target = self.append(one, axes)
        self.shapes.note(shown.name, lengths, len(batch))
        relation = Chain((target, component), ("=",), shown.span)
        self.new.append(Statement(relation, self.ranges(axes, dims), shown.span))
        return Indexed(shown, here, "subscript", shown.span)

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


def in_colons(subscripts: tuple[Syntax, ...], new: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    """(i, :) and (j, k) --> (i, j, k): what has no colon comes last."""
    rest = list(new)
    filled = [rest.pop(0) if isinstance(s, Whole) and rest else s for s in subscripts]
    return (*filled, *rest)


MARK = re.compile(r"\\(?:vec|mathbf|bm|boldsymbol)\s*(?:\{(.*?)\}|(\\?\w+))")


def _unmarked(node: Syntax) -> Syntax:
    r"""\vec{x} --> x: a component has no arrow."""
    if not isinstance(node, Name):
        return node
    return replace(node, latex=MARK.sub(lambda m: m[1] or m[2], node.latex), vector=False)


def refuse_several(node: Syntax) -> NoReturn:
    """E108 for a vector where there is room for one value."""
    raise DeltaruleError(
        "E108",
        "a vector stands where a number is needed",
        at=node.span,
        seen="several values",
        help="write the product or the component that is meant",
    )
