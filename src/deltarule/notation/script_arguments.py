r"""Scripts between a symbol and its arguments: e^2(n), \mathbf{w}^T(n), w_t^c(i).

    J = \sum_n e^2(n),  e(n) = …                 -->   the square of e(n)
    y(n) = \mathbf{w}^T(n) \mathbf{u}(n)         -->   the transpose of \mathbf{w}(n)
    w_t^c(i) = …                                 -->   the name w_t^c, applied to i

Such a symbol is applied everywhere else too, and to nothing but indices: u^2 (n - 1), where u is a
number, stays a product. u^2 (n) is refused then: nobody writes a factor so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Power,
    Product,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the arguments that follow scripts where they belong."""
    running = frozenset(n for s in statements for n in _running(s))
    defined = {tree.key(left) for s in statements if (left := _left_call(s)) is not None}
    uses = _Uses(running, defined)
    for part in statement_tree.all_parts(statements):
        uses.note(part)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        return _joined(new, uses) if isinstance(new, Product) else new

    return statement_tree.rebuild_all(statements, node)


@dataclass
class _Uses:
    """How the document uses its symbols; `running` are the letters that are surely indices, `defined`
    the symbols with scripts that stand on left sides with arguments."""

    running: frozenset[str]
    defined: set[object]

    def __post_init__(self) -> None:
        self.applied: set[str] = set()  # to indices
        self.other: set[str] = set()  # applied to values, or not at all

    def note(self, node: Syntax) -> None:
        if isinstance(node, Apply):
            self._apply(node)
        elif isinstance(node, Product):
            self._product(node)
        elif isinstance(node, Name):
            self.other.add(node.name)
        elif isinstance(node, Indexed):
            self._scripts(node)
            if isinstance(node.base, Name):
                self.other.add(node.base.name)
        else:
            for child in tree.children(node):
                self.note(child)

    def is_array(self, name: str) -> bool:
        return name in self.applied - self.other

    def _apply(self, node: Apply) -> None:
        name = _symbol(node.head)
        if name is None:
            self.note(node.head)
        else:
            self._scripts(node.head)
            indices = all(is_position(a, self.running) for a in node.arguments)
            (self.applied if indices and not node.primes else self.other).add(name)
        for argument in node.arguments:
            self.note(argument)

    def _product(self, node: Product) -> None:
        """A symbol with scripts before parentheses says nothing by itself."""
        for number, factor in enumerate(node.factors):
            if _arguments_at(node, number + 1) and _under_scripts(factor) is not None:
                self._scripts(factor)
            else:
                self.note(factor)

    def _scripts(self, node: Syntax) -> None:
        """What stands below and above a symbol."""
        match node:
            case Indexed(base, subscripts):
                self._scripts(base)
                for subscript in subscripts:
                    self.note(subscript)
            case Power(base, exponent):
                self._scripts(base)
                self.note(exponent)
            case Transposed(base):
                self._scripts(base)


def _joined(product: Product, uses: _Uses) -> Syntax:
    """e^2 (n) u  -->  e(n)^2 u."""
    factors: list[Syntax] = []
    ops = []
    number = 0
    while number < len(product.factors):
        factor = product.factors[number]
        if number:
            ops.append(product.ops[number - 1])
        arguments = _arguments_at(product, number + 1)
        called = _called(factor, arguments, uses) if arguments else None
        factors.append(called or factor)
        number += 1 if called is None else 2
    if len(factors) == len(product.factors):
        return product
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(ops), product.span)


def _called(node: Syntax, arguments: tuple[Syntax, ...], uses: _Uses) -> Syntax | None:
    base = _under_scripts(node)
    name = _symbol(base) if base is not None else None
    if base is None or name is None or name in uses.running:
        return None
    span = replace(node.span, end=arguments[-1].span.end + 1)
    if tree.key(node) in uses.defined:
        return Apply(node, 0, arguments, True, span)
    labelled = isinstance(node, Power) and not isinstance(node.exponent, Num)
    several = labelled and len(arguments) > 1 and all(isinstance(a, Name) for a in arguments)
    if not several and not all(is_position(a, uses.running) for a in arguments):
        return None
    if labelled or not (uses.is_array(name) or _is_vector(node, base)):
        bare = all(isinstance(a, Name) for a in arguments)
        return Apply(node, 0, arguments, True, span) if bare or uses.is_array(name) else None
    call = Apply(base, 0, arguments, True, span)
    assert isinstance(node, Power | Transposed), "it has scripts"
    return replace(node, base=call, span=span)


def _is_vector(node: Syntax, base: Syntax) -> bool:
    """w^T with a bold w, and w^\\top: a vector, which no letter in parentheses follows as a factor."""
    bold = isinstance(base, Name) and base.vector
    return isinstance(node, Transposed) and (bold or not node.letter)


def _arguments_at(product: Product, number: int) -> tuple[Syntax, ...] | None:
    """What the parentheses there hold, where they stand right after a factor."""
    if number >= len(product.factors) or product.ops[number - 1]:
        return None
    factor = product.factors[number]
    if factor.span.source.text[factor.span.start] != "(":
        return None
    if isinstance(factor, Group):
        return (factor.body,)
    return factor.parts if isinstance(factor, Stack) else None


def _under_scripts(node: Syntax) -> Syntax | None:
    """w_t for w_t^2, w_t^T and w_t^c."""
    if isinstance(node, Power | Transposed) and _symbol(node.base) is not None:
        return node.base
    return None


def _symbol(node: Syntax | None) -> str | None:
    base = node.base if isinstance(node, Indexed | Power) else node
    return tree.symbol(base)


def is_position(node: Syntax, running: frozenset[str]) -> bool:
    """n, n - 1, 2 k + 1, 0: sums and multiples of indices, and numbers."""
    for part in tree.descend(node):
        if isinstance(part, Name):
            if part.name not in running:
                return False
        elif not isinstance(part, Num | Sum | Product | Group):
            return False
    return True


def _running(statement: Statement) -> Iterator[str]:
    """What sums and ranges bind, and what steps: n of x(n) = f(x(n - 1))."""
    for node in statement_tree.nodes(statement):
        if isinstance(node, Big):
            yield from tree.bound_by(node, frozenset())
        elif isinstance(node, Interval):
            yield from tree.names(node.low, node.high)
    yield from tree.names(*statement.conditions)
    yield from _steps(statement)


def _left_call(statement: Statement) -> Syntax | None:
    r"""V^\pi of V^\pi(s) = …"""
    left = statement_tree.subject(statement)
    if isinstance(left, Product) and len(left.factors) == 2 and _arguments_at(left, 1):
        return left.factors[0] if isinstance(left.factors[0], Power) else None
    return None


def _steps(statement: Statement) -> Iterator[str]:
    relation = statement.relation
    if not isinstance(relation, Chain) or not isinstance(relation.operands[0], Apply):
        return
    left = relation.operands[0]
    own = tree.names(*left.arguments)
    for node in tree.descend(relation):
        if isinstance(node, Apply) and tree.key(node.head) == tree.key(left.head):
            for one, other in zip(left.arguments, node.arguments, strict=False):
                letters = tree.names(other) & own
                plain = is_position(other, frozenset(own)) and is_position(one, frozenset(own))
                if letters and plain and tree.key(one) != tree.key(other):
                    yield from letters
