"""Functions that the author defines by a formula are written out where they are called.

g(u) = 1 / (1 + e^{-u}),  h_i = g(x_i)   -->   h_i = 1 / (1 + e^{-x_i})
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Chain, Group, Name, Statement, Syntax

DEPTH = 50  # definitions that call one another deeper than this call themselves


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
            relation = _inline(statement.relation, definitions, 0)
            result.append(replace(statement, relation=relation))
    return result


def _definition(statement: Statement) -> tuple[str, _Definition] | None:
    """name(parameters) = formula, the formula speaking of the parameters."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return None
    left, body = relation.operands
    if not isinstance(left, Apply) or left.primes or not isinstance(left.head, Name):
        return None
    parameters = tuple(a.name for a in left.arguments if isinstance(a, Name))
    if len(parameters) != len(left.arguments):
        return None
    return left.head.name, _Definition(parameters, body, statement)


def _inline(node: Syntax, definitions: dict[str, _Definition], depth: int) -> Syntax:
    node = tree.rebuild(node, lambda child: _inline(child, definitions, depth))
    if not isinstance(node, Apply) or not isinstance(node.head, Name):
        return node
    definition = definitions.get(node.head.name)
    if definition is None:
        return node
    if node.primes:
        raise DeltaruleError(
            "E008",
            f"the derivative of '{node.head.name}', which has a formula here, is not supported",
            at=node.span,
            help="leave the function without a formula, or write its derivative out",
        )
    if len(node.arguments) != len(definition.parameters):
        raise DeltaruleError(
            "E106",
            f"'{node.head.name}' is defined with {len(definition.parameters)} and called with "
            f"{len(node.arguments)} arguments",
            at=node.span,
            seen="called here",
            help=f"its definition has ({', '.join(definition.parameters)})",
        )
    if depth > DEPTH:
        raise DeltaruleError(
            "E105",
            f"the function '{node.head.name}' calls itself",
            at=definition.statement.span,
            seen="its formula contains it",
            help="a recurrence is written with a subscript: h[t] = f(h[t-1])",
        )
    values = dict(zip(definition.parameters, node.arguments, strict=True))
    body = tree.substitute(definition.body, values)
    return Group(_inline(body, definitions, depth + 1), node.span)
