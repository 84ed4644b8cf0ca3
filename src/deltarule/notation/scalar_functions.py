"""Functions that the author defines by a formula are written out where they are called.

g(u) = 1 / (1 + e^{-u}),  h_i = g(x_i)   -->   h_i = 1 / (1 + e^{-x_i})
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Group, Indexed, Name, Statement, Syntax

DEPTH = 50  # definitions that call one another deeper than this call themselves
MAXIMUM_NODES = 50_000  # visited while formulas are written out


@dataclass(frozen=True, slots=True)
class _Definition:
    parameters: tuple[str, ...]
    body: Syntax
    statement: Statement


def inline_functions(statements: list[Statement]) -> list[Statement]:
    """The statements without the definitions, their calls replaced by the formula."""
    definitions = {}
    for statement in statements:
        found = _definition(statement)
        if found is not None:
            name, definition = found
            if name in definitions:
                raise DeltaruleError(
                    "E103",
                    f"the function '{name}' is defined twice",
                    at=statement.span,
                    seen="the second definition",
                    help="remove one of the two, or rename it",
                )
            definitions[name] = definition
    if not definitions:
        return statements
    own = {id(d.statement) for d in definitions.values()}
    result = []
    for statement in statements:
        if id(statement) not in own:
            inlining = _Inlining(definitions, statement)
            relation = inlining.written_out(statement.relation)
            result.append(replace(statement, relation=relation))
    return result


def refuse_circles(statements: list[Statement]) -> None:
    """E105 at a formula that calls itself, perhaps through others: it has no end when written out."""
    found = dict(f for s in statements if (f := _definition(s)) is not None)
    called = {name: set(_called(d.body)) & found.keys() for name, d in found.items()}
    for name, definition in reversed(found.items()):
        reached: set[str] = set()
        ahead = called[name]
        while ahead - reached:
            reached |= ahead
            ahead = {c for n in ahead for c in called[n]}
        if name in reached:
            _refuse_circle(name, definition)


def _refuse_circle(name: str, definition: _Definition) -> NoReturn:
    raise DeltaruleError(
        "E105",
        f"the function '{name}' calls itself",
        at=definition.statement.span,
        seen="its formula contains it",
        help="a recurrence is written with a subscript: h[t] = f(h[t-1])",
    )


def _called(body: Syntax) -> Iterator[str]:
    calls = (n for n in tree.descend(body) if isinstance(n, Apply))
    return (h.name for c in calls if (h := _family(c.head)[0]) is not None)


def _definition(statement: Statement) -> tuple[str, _Definition] | None:
    """name(parameters) = formula, the formula speaking of the parameters."""
    sides = statement_tree.sides(statement)
    if sides is None:
        return None
    left, body = sides
    if not isinstance(left, Apply) or left.primes:
        return None
    head, places = _family(left.head)
    wanted = (*places, *left.arguments)
    parameters = tuple(a.name for a in wanted if isinstance(a, Name))
    if head is None or len(parameters) != len(wanted):
        return None
    return head.name, _Definition(parameters, body, statement)


def _family(head: Syntax) -> tuple[Name | None, tuple[Syntax, ...]]:
    """h and t of h_t(x)."""
    if isinstance(head, Indexed) and isinstance(head.base, Name):
        return head.base, tree.apart(head.subscripts)
    return (head if isinstance(head, Name) else None), ()


@dataclass
class _Inlining:
    """Writes formulas out within one statement; `visited` bounds what that may grow to."""

    definitions: dict[str, _Definition]
    statement: Statement
    visited: int = 0

    def written_out(self, node: Syntax, depth: int = 0) -> Syntax:
        self.count()
        node = tree.rebuild(node, lambda child: self.written_out(child, depth))
        if not isinstance(node, Apply):
            return node
        head, places = _family(node.head)
        definition = self.definitions.get(head.name) if head is not None else None
        if definition is None or head is None:
            return node
        arguments = (*places, *node.arguments)
        self.refuse_misfit(node, head.name, definition, arguments)
        if depth > DEPTH or head.name in _called(definition.body):
            _refuse_circle(head.name, definition)
        values = dict(zip(definition.parameters, arguments, strict=True))
        body = tree.substitute(definition.body, values)
        return Group(self.written_out(body, depth + 1), node.span)

    def count(self) -> None:
        """E007 for formulas that call one another so often that they double at each level."""
        self.visited += 1
        if self.visited > MAXIMUM_NODES:
            raise DeltaruleError(
                "E007",
                f"an equation has more than {MAXIMUM_NODES} parts when its functions are written out",
                at=self.statement.span,
                seen="the limit is reached in this equation",
                help="give parts of the expression names of their own",
            )

    def refuse_misfit(
        self, node: Apply, name: str, definition: _Definition, arguments: tuple[Syntax, ...]
    ) -> None:
        if node.primes:
            raise DeltaruleError(
                "E008",
                f"the derivative of '{name}', which has a formula here, is not supported",
                at=node.span,
                help="leave the function without a formula, or write its derivative out",
            )
        if len(arguments) != len(definition.parameters):
            raise DeltaruleError(
                "E106",
                f"'{name}' is defined with {len(definition.parameters)} and called with "
                f"{len(arguments)} arguments",
                at=node.span,
                seen="called here",
                help=f"its definition has ({', '.join(definition.parameters)})",
            )
