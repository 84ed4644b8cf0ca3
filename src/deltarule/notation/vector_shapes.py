r"""The lengths of vectors' axes: those that a declaration names, and which of them are one.

W \in \mathbb{R}^{m \times n} and h = \sigma(W x + b) make h and b of length m, x of length n. Lengths
that nothing names get a letter of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.equal_lengths import EqualLengths, shown
from deltarule.notation.rank_inference import infer_ranks
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
    Matrix,
    Name,
    Num,
    Power,
    Product,
    Quotient,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
    Whole,
)
from deltarule.notation.vector_definitions import Definition
from deltarule.notation.vector_lengths import element_uses, summed_to
from deltarule.notation.vector_ranks import (
    DIAGONALS,
    Ranks,
    is_dot_product,
)
from deltarule.source import Span

LENGTH_LETTERS = ("d", "m", "p", "D", "N", "K", "q", "H", *(f"d_{n}" for n in range(1, 1000)))

MOST_ALIKE = 100  # vectors of one length in a stack

Lengths = tuple[int, ...]  # one class of equal lengths per axis


@dataclass
class Shapes:
    """Ranks and lengths of every expression of the document."""

    known: Ranks
    taken: set[str]  # names that the document or what was made of it uses
    classes: EqualLengths = field(default_factory=EqualLengths)
    of_symbol: dict[str, Lengths] = field(default_factory=dict)  # all axes, subscripts first
    of_stack: dict[object, int] = field(default_factory=dict)
    stacks: dict[int, Stack] = field(default_factory=dict)
    by_use: dict[int, dict[object, Syntax]] = field(default_factory=dict)

    # ------------------------------------------------------------------------------ questions

    def rank(self, node: Syntax) -> int:
        return self.known.rank(node)

    def dimensions(self, node: Syntax) -> tuple[Syntax, ...]:
        """The length of each axis that is not written."""
        return tuple(self.length(c, node.span) for c in self.lengths(node))

    def length(self, of: int, at: Span) -> Syntax:
        root = self.classes.root(of)
        stack = next((n for c, n in self.stacks.items() if self.classes.root(c) == root), None)
        if root not in self.classes.named and stack is not None:
            self.classes.named[root] = self._sum_of(stack)
        if root not in self.classes.named:
            letter = next(x for x in LENGTH_LETTERS if x not in self.taken)
            self.taken.add(letter)
            self.classes.named[root] = Name(letter, letter, at)
        return self.classes.named[root]

    def _sum_of(self, stack: Stack) -> Syntax:
        """The length of [x; h]: that of x and that of h, numbers added up."""
        terms: list[Syntax] = []
        numbers = 0
        for part in stack.parts:
            found = self.dimensions(part)
            length = found[0] if found else Num("1", part.span)
            if isinstance(length, Num):
                numbers += int(length.text)
            else:
                terms.append(length)
        if numbers:
            terms.append(Num(str(numbers), stack.span))
        return Sum(tuple((1, t) for t in terms), stack.span) if len(terms) > 1 else terms[0]

    def check_stacks(self) -> None:
        """E108 where [x; h] stands where a vector of another declared length should."""
        for place, stack in self.stacks.items():
            stated = self.classes.named.get(self.classes.root(place))
            if stated is None:
                continue
            whole = self._sum_of(stack)
            if _terms(whole) != _terms(stated):
                text = " + ".join(shown(t) for t in _parts(whole))
                raise DeltaruleError(
                    "E108",
                    "the dimensions do not fit",
                    at=stack.span,
                    seen=f"this has dimension {text}, where {shown(stated)} is declared",
                    help=f"declare the length as {text}",
                )

    def note(self, name: str, lengths: Lengths, written: int) -> None:
        """A new symbol with these lengths after its written subscripts."""
        self.known.ranks[name] = len(lengths)
        self.known.base_counts[name] = written
        self.of_symbol[name] = (*(self.classes.new() for _ in range(written)), *lengths)

    # ------------------------------------------------------------------------------ elements

    def name_by_use(self, statement: Statement) -> None:
        r"""x has length n where \sum_{i=1}^n x_i reads it."""
        for element, ranges in element_uses(statement):
            axes = self._axes_of(element.base)
            for axis, subscript in zip(axes, element.subscripts, strict=False):
                if isinstance(subscript, Name) and subscript.name in ranges:
                    limit = ranges[subscript.name]
                    self.by_use.setdefault(axis, {})[tree.key(limit)] = limit

    def name_by_definition(self, statement: Statement) -> None:
        """D_{ij} = f((X W)_{ij}) has as many columns as W, where nothing else says it."""
        left = statement_tree.left_side(statement)
        if not isinstance(left, Indexed) or not isinstance(left.base, Name):
            return
        said = tree.names(*statement.conditions) if statement.conditions else set()
        for axis, letter in zip(self._axes_of(left.base), left.subscripts, strict=False):
            if not isinstance(letter, Name) or letter.name in said:
                continue
            found = {
                self.classes.root(axes[place]) if place < len(axes) else None
                for element, _ in element_uses(statement)
                if element is not left
                for axes in (self._axes_of(element.base),)
                for place, subscript in enumerate(tree.apart(element.subscripts))
                if letter.name in tree.names(subscript)
            }
            other = found.pop() if len(found) == 1 else None
            if self.classes.root(axis) not in self.classes.named and other in self.classes.named:
                self.classes.same(axis, other, left)

    def _axes_of(self, base: Syntax) -> Lengths:
        """All axes, those with subscripts too; none of an array without a whole vector."""
        if not isinstance(base, Name):
            return self.lengths(base)
        return self._symbol(base.name) if base.name in self.known.ranks else ()

    def settle_uses(self) -> None:
        """A length that nothing else names and all elements agree on."""
        together: dict[int, dict[object, Syntax]] = {}
        for axis, limits in self.by_use.items():
            together.setdefault(self.classes.root(axis), {}).update(limits)
        for root, limits in together.items():
            stacked = any(self.classes.root(place) == root for place in self.stacks)
            if root not in self.classes.named and len(limits) == 1 and not stacked:
                self.classes.name(root, next(iter(limits.values())))

    # ------------------------------------------------------------------------------ expressions

    def lengths(self, node: Syntax) -> Lengths:
        """One class per axis; what has to be equal inside becomes one class on the way."""
        if not self.rank(node):
            self._inside(node)
            return ()
        match node:
            case Name(name):
                return self._symbol(name)[-self.rank(node) :]
            case Indexed(Name(name), subscripts):
                return self._element(name, subscripts, self.rank(node))
            case Indexed(base, subscripts):
                return _beyond(self.lengths(base), subscripts)
            case Big("row", _, above, base):
                self.lengths(base)
                return (self._filled(node, above),)
            case Group(base) | AbsoluteValue(base) | Big(_, _, _, base):
                return self.lengths(base)
            case Power(base, exponent):
                return self.alike((base, exponent))
            case Quotient(above, below) | Convolution(above, below):
                return self.alike((above, below))
            case Transposed(base):
                return tuple(reversed(self.lengths(base)))
            case Sum(terms):
                return self._terms(tuple(term for _, term in terms))
            case Cases(branches):
                return self.alike(tuple(value for value, _ in branches))
            case Stack(parts):
                return (self._stack(node, parts),)
            case Matrix(rows):
                return (self._number(len(rows), node), self._number(len(rows[0]), node))
            case Filled(_, length):
                return (self._filled(node, length),)
            case Product():
                return self._product(node)
            case Apply():
                return self._application(node)
        raise AssertionError(f"no other expression has a rank: {type(node).__name__}")

    def _inside(self, node: Syntax) -> None:
        """A number: its parts may still be vectors whose lengths are one."""
        match node:
            case Product() if any(self.rank(f) for f in node.factors):
                self._product(node)
            case Inner(left, right):
                self.alike((left, right))
            case Apply():
                if not self._definition(node):
                    for argument in node.arguments:
                        self.lengths(argument)
                else:
                    self._arguments(node)
            case _:
                for child in tree.children(node):
                    self.lengths(child)

    def _symbol(self, name: str) -> Lengths:
        if name not in self.of_symbol:
            written = self.known.base_counts.get(name, 0)
            axes = [self.classes.new() for _ in range(written + self.known.ranks.get(name, 0))]
            space = self.known.declared.get(name) or self.known.identities.get(name)
            if space is not None:
                declared = list(reversed(space.dimensions))
                for axis, dimension in zip(reversed(axes), declared, strict=False):
                    self.classes.name(axis, dimension)
            self.of_symbol[name] = tuple(axes)
        return self.of_symbol[name]

    def _element(self, name: str, subscripts: tuple[Syntax, ...], rank: int) -> Lengths:
        axes = self._symbol(name) if name in self.known.ranks else ()
        if not axes:
            whole = sum(isinstance(s, Whole) for s in subscripts)
            axes = self.of_symbol.setdefault(name, tuple(self.classes.new() for _ in range(whole)))
            return axes
        return _beyond(axes, subscripts)[-rank:]

    def alike(self, nodes: tuple[Syntax, ...]) -> Lengths:
        """The lengths that all of them have, numbers aside. E108 where one has more axes."""
        result: Lengths = ()
        for node in nodes:
            found = self.lengths(node)
            if not found:
                continue
            if not result:
                result = found
            elif len(found) == len(result):
                pairs = zip(result, found, strict=True)
                result = tuple(
                    self.classes.same(a, b, node)
                    if (axis := self.classes.repeated(a, b)) is None
                    else axis
                    for a, b in pairs
                )
            else:
                raise DeltaruleError(
                    "E108",
                    "a vector and a matrix stand where both must have one shape",
                    at=node.span,
                    seen=f"{len(found)} axes here, {len(result)} before",
                    help=_beside_help(node if len(found) == 1 else None),
                )
        return result

    def _terms(self, nodes: tuple[Syntax, ...]) -> Lengths:
        """X W + b: a declared row b is added to each row of the product, however many there are."""
        single = [n for n in nodes if tree.symbol(n) in self.known.declared and self._has_one(n)]
        products = [n for n in nodes if isinstance(n, Product) and self.known.rank(n) == 2]
        if not single or not products:
            return self.alike(nodes)
        result = self.alike(tuple(products))
        for row in single:
            for axis, own in zip(result, self.lengths(row), strict=False):
                if not self.classes.is_one(own):
                    self.classes.same(axis, own, row)
        return self.alike((*products, *(n for n in nodes if n not in single and n not in products)))

    def _has_one(self, node: Syntax) -> bool:
        lengths = self.lengths(node)
        return len(lengths) == 2 and any(map(self.classes.is_one, lengths))

    def _product(self, node: Product) -> Lengths:
        if "odot" in node.ops:
            return self.alike(node.factors)
        result: Lengths = ()
        kind = self.known.orientation(Num("1", node.span))
        for factor, op in zip(node.factors, ("", *node.ops), strict=True):
            right, found = self.known.orientation(factor), self.lengths(factor)
            if is_dot_product(kind, right, op):
                self.classes.same(result[0], found[0], factor)
                result = ()
            elif kind and right:
                result = self._times(kind, result, right, found, factor)
            else:
                result = result or found
            kind = self.known.times(kind, right, op)
        return result

    def _times(self, left: str, one: Lengths, right: str, other: Lengths, at: Syntax) -> Lengths:
        if left == right and left != "matrix":
            self.classes.same(one[0], other[0], at)  # element by element
            return one
        if left == "column" and right == "row":
            return (one[0], other[0])
        self.classes.same(one[-1], other[0], at)
        return (*one[:-1], *other[1:])

    def _application(self, node: Apply) -> Lengths:
        definition = self._definition(node)
        if definition is not None and definition.axes:
            return tuple(self._call_axis(definition, node, axis) for axis in definition.axes)
        if definition is not None:
            self._arguments(node)
            return self.lengths(definition.body)
        if isinstance(node.head, Name) and node.head.name in DIAGONALS:
            (inner,) = node.arguments
            found = self.lengths(inner)
            return (found[0], found[0]) if len(found) == 1 else found[:1]
        return self.alike(node.arguments)

    def _call_axis(self, definition: Definition, node: Apply, axis: str) -> int:
        """The length of f(x) for f(z)_k = …: that of x where z_k occurs."""
        found = self.axis_of_argument(definition, node, axis)
        key = ("call", tree.key(node), axis)
        if found is None and key not in self.of_stack:
            self.of_stack[key] = self.classes.new()
        return self.of_stack[key] if found is None else found

    def axis_of_argument(self, definition: Definition, node: Apply, index: str) -> int | None:
        """The axis that the index runs along, as k of z_k in the formula."""
        for element in tree.descend(definition.body):
            if not isinstance(element, Indexed) or not isinstance(element.base, Name):
                continue
            if element.base.name not in definition.parameters:
                continue
            number = definition.parameters.index(element.base.name)
            for place, subscript in enumerate(element.subscripts):
                if isinstance(subscript, Name) and subscript.name == index:
                    lengths = self.lengths(node.arguments[number])
                    return lengths[place] if place < len(lengths) else None
        return None

    def own_lengths(self, definition: Definition, node: Apply) -> dict[str, Syntax]:
        r"""K --> the length of x, for f(x) where f(z)_k sums z_j to K and nothing else says K."""
        found: dict[str, Syntax] = {}
        for index, limit in summed_to(definition.body):
            axis = self.axis_of_argument(definition, node, index)
            if axis is not None and isinstance(limit, Name) and self._is_own(limit.name):
                found[limit.name] = self.length(axis, node.span)
        return found

    def _is_own(self, name: str) -> bool:
        """Whether only definitions by components speak of the symbol."""
        return not any(
            isinstance(n, Name) and n.name == name
            for s in self.known.statements
            if not ((d := self.known.definition_of(s)) is not None and d.axes)
            for part in (s.relation, *s.conditions)
            for n in tree.descend(part)
        )

    def _definition(self, node: Apply) -> Definition | None:
        name = node.head.name if isinstance(node.head, Name) else ""
        return self.known.definitions.get(name)

    def _arguments(self, node: Apply) -> None:
        definition = self._definition(node)
        assert definition is not None
        for parameter, argument in zip(definition.parameters, node.arguments, strict=False):
            found = self.lengths(argument)
            if found and self.known.ranks.get(parameter) == len(found):
                own = self._symbol(parameter)[-len(found) :]
                for a, b in zip(own, found, strict=True):
                    self.classes.same(a, b, argument)

    def _number(self, count: int, at: Syntax) -> int:
        axis = self.classes.new()
        self.classes.name(axis, Num(str(count), at.span))
        return self.classes.root(axis)

    def _filled(self, node: Filled | Big, length: Syntax | None) -> int:
        """Each vector of ones has the length that its place asks for."""
        key = ("filled", node.span.start, node.span.end)
        if key not in self.of_stack:
            self.of_stack[key] = self.classes.new()
            if length is not None:
                self.classes.name(self.of_stack[key], length)
        return self.of_stack[key]

    def _stack(self, node: Stack, parts: tuple[Syntax, ...]) -> int:
        key = tree.key(node)
        if key not in self.of_stack:
            for part in parts:
                self.lengths(part)
            self.of_stack[key] = self.classes.new()
            self.stacks[self.of_stack[key]] = node
        return self.of_stack[key]


def _parts(length: Syntax) -> tuple[Syntax, ...]:
    """n, n and m of 2 n + m."""
    match length:
        case Group(body):
            return _parts(body)
        case Sum(terms):
            return tuple(part for _, term in terms for part in _parts(term))
        case Product((Num(text), one)) if text.isdecimal() and 0 < int(text) < MOST_ALIKE:
            return _parts(one) * int(text)
    return (length,)


def _terms(length: Syntax) -> list[str]:
    return sorted(repr(tree.key(part)) for part in _parts(length))


def _beside_help(vector: Syntax | None) -> str:
    """What to write where a vector stands beside a matrix."""
    if vector is None or tree.symbol(vector) is None:
        return "check the declarations, or write the subscripts out"
    shown = tree.written(vector)
    return (
        f"where it is added to each row of the matrix, declare {shown} \\in \\mathbb{{R}}^{{1 \\times n}}; "
        f"where to each column, {shown} \\in \\mathbb{{R}}^{{m \\times 1}}"
    )


def _beyond(axes: Lengths, subscripts: tuple[Syntax, ...]) -> Lengths:
    """The axes that have no subscript, or a colon."""
    return tuple(
        axis
        for number, axis in enumerate(axes)
        if number >= len(subscripts) or isinstance(subscripts[number], Whole)
    )


def infer_shapes(statements: list[Statement], own: frozenset[str] = frozenset()) -> Shapes:
    """Ranks of all symbols, and which axes have one length. E108 where they do not fit.

    `own` are parameters of functions with a single call, which have the shapes of its arguments.
    """
    taken = {n.name for s in statements for p in (s.relation, *s.conditions)
             for n in tree.descend(p) if isinstance(n, Name)}  # fmt: skip
    ranks = infer_ranks(statements, own)
    taken |= tree.names(*ranks.identities.values())
    shapes = Shapes(ranks, taken)
    if not shapes.known.ranks and not shapes.known.declared:
        return shapes
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops[0] == "=":
            left, right = relation.operands[0], relation.operands[-1]
            if isinstance(left, Apply):
                shapes.lengths(right)
            else:
                shapes.alike((left, right))
    for statement in statements:
        shapes.name_by_use(statement)
    shapes.settle_uses()
    for statement in statements:
        shapes.name_by_definition(statement)
    shapes.check_stacks()
    return shapes
