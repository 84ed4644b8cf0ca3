"""What each name of a document is: an array, a size, an integer array or a function.

Evidence decides, over the whole document: a name used with primes or only ever in front of
parentheses is a function; one that stands bare in a limit, a subscript or a dimension, and that no
sum and no left side binds, is a size; one that is subscripted inside a subscript, compared with an
index in an Iverson bracket or declared to lie in {1, …, n} is an integer array.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.clipped import is_choice
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import (
    Apply,
    Big,
    Cases,
    Chain,
    Derivative,
    Group,
    Indexed,
    Interval,
    Iverson,
    Name,
    Num,
    Power,
    RealSpace,
    Statement,
    Syntax,
)
from deltarule.source import Span


@dataclass
class Symbols:
    """The kinds of all names; `spans` is where each was first seen, `latex` how it is spelled."""

    sizes: dict[str, None] = field(default_factory=dict)  # ordered
    integers: set[str] = field(default_factory=set)
    compared: set[str] = field(default_factory=set)  # with an index, in an Iverson bracket
    functions: dict[str, None] = field(default_factory=dict)
    subscripted: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)  # used as a value without subscripts
    called: dict[str, Apply] = field(default_factory=dict)
    defined: dict[str, None] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    latex: dict[str, str] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)  # indices of sums and of left sides
    unbound: dict[str, Span] = field(
        default_factory=dict
    )  # where a name stood bare, bound by nothing


def function_name(name: str) -> str:
    """The name that a function has in the table: log --> ln."""
    return canonical_function(name)


def collect(statements: list[Statement]) -> Symbols:
    """The kinds of all names of a document whose names are merged and whose vectors are lowered."""
    found = Symbols()
    for statement in statements:
        _note_left(statement, found)
    ends = _ends(statements)
    for statement in statements:
        scope = names.bound_on_the_left(statement)
        scope = (scope | names.bound_by_declaration(statement)) - ends
        if not _defines_function(statement):
            found.bound |= scope
        _Visit(found, statement).statement(scope)
    _settle(found)
    return found


def _ends(statements: list[Statement]) -> frozenset[str]:
    """The T of h_T = 0 and t = 1..T: what ranges end with and nothing lets run is a size."""
    ends: set[str] = set()
    for statement in statements:
        own = names.bound_on_the_left(statement)
        for node in statement_tree.nodes(statement):
            places: tuple[Syntax, ...] = ()
            if isinstance(node, Interval):
                places = (node.high,)
            elif isinstance(node, Big) and node.above is not None:
                places = (node.above,)
            elif isinstance(node, Chain) and set(node.ops) <= {"<", "<="}:
                places = (node.operands[-1],)
            found = tree.names(*places)
            ends |= found - own
    return frozenset(ends - _running(statements))


def _running(statements: list[Statement]) -> set[str]:
    """What a sum binds, and what ranges are given for."""
    found: set[str] = set()
    for statement in statements:
        scope = names.bound_on_the_left(statement)
        for node in statement_tree.nodes(statement):
            if isinstance(node, Big):
                found.update(tree.bound_by(node, scope))
        for condition in statement.conditions:
            if isinstance(condition, Chain):
                middle = len(condition.operands) == 3
                first = condition.operands[1] if middle else condition.operands[0]
                found |= tree.names(first)
    return found


def _note_left(statement: Statement, found: Symbols) -> None:
    left = statement_tree.left_side(statement)
    if left is not None and (name := base_name(left)) is not None:
        found.defined[name] = None


def _defines_function(statement: Statement) -> bool:
    return isinstance(statement_tree.first_operand(statement), Apply)


def base_name(node: Syntax) -> str | None:
    """The array that an element belongs to: h for h_{i,j} and for h."""
    if isinstance(node, Indexed | Apply):
        node = node.base if isinstance(node, Indexed) else node.head
        return base_name(node)
    return node.name if isinstance(node, Name) else None


@dataclass
class _Visit:
    found: Symbols
    at: Statement

    def statement(self, scope: frozenset[str]) -> None:
        relation = self.at.relation
        if isinstance(relation, Chain) and relation.ops[0] == "in":
            self._membership(relation, scope)
        elif not (isinstance(relation, Chain) and isinstance(relation.operands[-1], Derivative)):
            self._value(relation, scope)
        for condition in self.at.conditions:
            self._position(condition, scope)

    def _membership(self, relation: Chain, scope: frozenset[str]) -> None:
        subject, space = relation.operands[0], relation.operands[-1]
        name = base_name(subject)
        if isinstance(space, Interval) and name is not None:
            self.found.integers.add(name)
            self.found.compared.add(name)
            self._see(subject)
            self._position(space, scope)
        elif isinstance(space, RealSpace):
            self._see(subject)
            for dimension in space.dimensions:
                self._position(dimension, scope)

    def _see(self, node: Syntax) -> None:
        for part in tree.descend(node):
            if isinstance(part, Name):
                self.found.spans.setdefault(part.name, part.span)
                self.found.latex.setdefault(part.name, part.latex)

    def _value(self, node: Syntax, scope: frozenset[str]) -> None:
        """A sub-expression whose value is a real number."""
        match node:
            case Name(name):
                self._see(node)
                if name not in scope:
                    self.found.bare.add(name)
                    self.found.unbound.setdefault(name, node.span)
            case Indexed(base, subscripts):
                self._element(base, subscripts, scope)
            case Apply(head, primes, arguments):
                self._application(node, head, primes, arguments, scope)
            case Iverson(conditions):
                for condition in conditions:
                    self._bracket(condition, scope)
            case Cases(branches):
                for value, when in branches:
                    self._value(value, scope)
                    for condition in when or ():
                        self._case(condition, scope)
            case Big():
                self._big(node, scope)
            case Power(Name("e") | Group(Name("e")), exponent):
                self._value(exponent, scope)
            case _:
                for child in tree.children(node):
                    self._value(child, scope)

    def _element(self, base: Syntax, subscripts: tuple[Syntax, ...], scope: frozenset[str]) -> None:
        self._see(base)
        name = base_name(base)
        if name is not None:
            self.found.subscripted.add(name)
        for subscript in subscripts:
            self._position(subscript, scope)

    def _application(
        self,
        node: Apply,
        head: Syntax,
        primes: int,
        arguments: tuple[Syntax, ...],
        scope: frozenset[str],
    ) -> None:
        if not arguments:
            return  # a constant
        self._see(head)
        if isinstance(head, Name):
            self.found.called.setdefault(head.name, node)
            if primes:
                self.found.functions[head.name] = None
        else:
            self._value(head, scope)
        for argument in arguments:
            self._value(argument, scope)

    def _big(self, node: Big, scope: frozenset[str]) -> None:
        bound = frozenset(tree.bound_by(node, scope))
        self.found.bound |= bound
        inside = scope | bound
        for entry in node.below:
            self._limit(entry, inside)
        if node.above is not None:
            self._position(node.above, scope)
        self._value(node.body, inside)

    def _limit(self, entry: Syntax, inside: frozenset[str]) -> None:
        """A limit; one that compares elements, Y_j >= Y_i, compares values."""
        compared = isinstance(entry, Chain) and not any(
            isinstance(o, Interval) or _is_position(o, inside) for o in entry.operands
        )
        if compared:
            self._value(entry, inside)
        else:
            self._position(entry, inside)

    def _position(self, node: Syntax, scope: frozenset[str]) -> None:
        """A sub-expression that is an integer: a subscript, a limit, a dimension."""
        match node:
            case Name(name):
                self._see(node)
                if name not in scope:
                    self.found.sizes[name] = None
                    self.found.unbound.setdefault(name, node.span)
            case Indexed(base, subscripts):
                self._see(base)
                own = base_name(base)
                if own is not None:
                    self.found.subscripted.add(own)
                    self.found.integers.add(own)
                for subscript in subscripts:
                    self._position(subscript, scope)
            case Apply(_, _, arguments) if is_choice(node):
                for argument in arguments:
                    self._position(argument, scope)
            case _:
                for child in tree.children(node):
                    self._position(child, scope)

    def _bracket(self, condition: Syntax, scope: frozenset[str]) -> None:
        """[y = k]: what equals an index is an integer; anything else is a comparison of data."""
        if not _compares_positions(condition, scope):
            self._value(condition, scope)
            return
        assert isinstance(condition, Chain)
        for operand in condition.operands:
            name = tree.atom(operand)
            if isinstance(operand, Name) and name is not None and name not in scope:
                self._see(operand)
                self.found.integers.add(operand.name)
                self.found.compared.add(operand.name)
            else:
                self._position(operand, scope)

    def _case(self, condition: Syntax, scope: frozenset[str]) -> None:
        """A condition of a case: on indices where it names one, else on data."""
        if _speaks_of(condition, scope):
            self._position(condition, scope)
        else:
            self._value(condition, scope)


def _speaks_of(condition: Syntax, scope: frozenset[str]) -> bool:
    """Whether a whole side of a condition is an index or an affine form of one."""
    operands = condition.operands if isinstance(condition, Chain) else (condition,)
    return any(_is_position(o, scope) for o in operands)


def _is_position(node: Syntax, scope: frozenset[str]) -> bool:
    """An index, or sums and multiples of indices: j, j - 1, 2 k."""
    if isinstance(node, Name):
        return node.name in scope
    if isinstance(node, Indexed | Apply | Num):
        return False
    return any(_is_position(child, scope) for child in tree.children(node)) and not any(
        isinstance(part, Indexed | Apply | Big | Power) for part in tree.descend(node)
    )


def _compares_positions(condition: Syntax, scope: frozenset[str]) -> bool:
    return isinstance(condition, Chain) and _speaks_of(condition, scope)


def _settle(found: Symbols) -> None:
    """Weigh the evidence; a name with two readings is E006 or E107."""
    for name, span in found.unbound.items():
        if name in found.bound:
            raise DeltaruleError(
                "E101",
                f"the index '{name}' is used where nothing binds it",
                at=span,
                seen=f"no sum over {name} and no left side around this",
                help=f"sum over {name}, give the left side the subscript {name}, "
                "or use another letter for a size",
            )
    for name in set(found.defined) & set(found.sizes):
        found.integers.add(name)  # p = argmax …, a[p]
        found.compared.add(name)
    for name in found.integers & set(found.sizes):
        if name in found.subscripted or name in found.compared:
            del found.sizes[name]  # y in W[y[i], d], in [y = k]
        else:
            found.integers.discard(name)
    for name, use in found.called.items():
        _settle_call(found, name, use)
    for name in found.sizes:
        if name in found.subscripted or name in found.functions:
            what = "a function" if name in found.functions else "an array with subscripts"
            raise DeltaruleError(
                "E107",
                f"'{name}' is used as a size and as {what}",
                at=found.spans.get(name),
                seen="used as a size here",
                help="give one of the two another name",
            )


def _settle_call(found: Symbols, name: str, use: Apply) -> None:
    known = functions.is_known(function_name(name))
    as_value = name in found.subscripted or name in found.sizes or name in found.integers
    if name == "Gamma" and (as_value or name in found.bare):
        known = False  # a symbol of the author's
    if name in found.functions and as_value:
        raise DeltaruleError(
            "E107",
            f"'{name}' is used as a function (with a prime) and as an array or size",
            at=use.span,
            help="give one of the two another name",
        )
    if as_value and not known:
        return
    if name in found.bare and not known and not use.primes:
        readings = f"the function {name}(…), or the product of {name} and the parentheses"
        raise DeltaruleError(
            "E006",
            f"'{name}(' can be read in two ways: {readings}",
            at=use.span,
            seen=f"'{name}' also stands alone elsewhere",
            help=f"write '{name} \\cdot (…)' for the product, or rename one of the two",
        )
    found.functions[name] = None
