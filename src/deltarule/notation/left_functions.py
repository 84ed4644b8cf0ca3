r"""A function on the left side: \log \mu_i = \eta_i.

Where \mu is used elsewhere, this defines it by the inverse, \mu_i = \exp(\eta_i). Where only its
logarithm is, that is what the equations speak of, and it gets a name: log_p for \log p(x). \ln \sigma_t^2 = …
defines the square.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import tree
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Product,
    Raised,
    Stack,
    Statement,
    Syntax,
)

INVERSES = {"ln": "exp", "exp": "ln", "logit": "sigmoid", "sigmoid": "logit", "tanh": "atanh"}


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with arrays alone on their left sides."""
    statements = [_with_arguments(s) for s in statements]
    for number, statement in enumerate(statements):
        found = _function_on_the_left(statement)
        if found is not None:
            statements = _without(statements, number, *found)
    return statements


def _with_arguments(statement: Statement) -> Statement:
    """L^{CLIP} (theta) on a left side: arguments, not a factor."""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops[0] not in ("=", "<-"):
        return statement
    left = relation.operands[0]
    if not isinstance(left, Product) or len(left.factors) != 2 or left.ops != ("",):
        return statement
    head, inside = left.factors
    if not isinstance(head, Power | Raised | Indexed) or not isinstance(inside, Group | Stack):
        return statement
    arguments = inside.parts if isinstance(inside, Stack) else (inside.body,)
    call = Apply(head, 0, arguments, True, left.span)
    return replace(statement, relation=replace(relation, operands=(call, *relation.operands[1:])))


def _function_on_the_left(statement: Statement) -> tuple[str, Apply, str] | None:
    """ln, ln(p(x)) and p for \\log p(x) = …"""
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return None
    left = relation.operands[0]
    if not isinstance(left, Apply) or not isinstance(left.head, Name) or left.primes:
        return None
    name = canonical_function(left.head.name)
    base = _base(_root(left.arguments[0])) if len(left.arguments) == 1 else None
    return (name, left, base) if base is not None and name in (*INVERSES, "sqrt") else None


def _without(
    statements: list[Statement], number: int, name: str, left: Apply, base: str
) -> list[Statement]:
    relation = statements[number].relation
    assert isinstance(relation, Chain), "it was found in one"
    (argument,) = left.arguments
    squared = argument is not _root(argument)
    if squared or any(_stands_outside(s.relation, name, base) for s in statements):
        value = relation.operands[1]
        inverse = _inverse(name, value)
        changed = replace(relation, operands=(argument, inverse))
        new = replace(statements[number], relation=changed)
        return [new if n == number else s for n, s in enumerate(statements)]

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Apply) and _is_call(old, name, base):
            return _renamed(old.arguments[0], old)
        return tree.rebuild(old, node)

    return [replace(s, relation=node(s.relation)) for s in statements]


def _root(node: Syntax) -> Syntax:
    r"""\sigma_t of \sigma_t^2, whose equation defines the square."""
    match node:
        case Power(Name() | Indexed() as base, Num("2")):
            return base
    return node


def _inverse(name: str, value: Syntax) -> Syntax:
    if name == "sqrt":
        return Power(value, Num("2", value.span), value.span)
    head = Name(INVERSES[name], f"\\{INVERSES[name]}", value.span)
    return Apply(head, 0, (value,), True, value.span)


def _base(node: Syntax) -> str | None:
    if isinstance(node, Apply):
        return None if node.primes else _base(node.head)
    if isinstance(node, Indexed):
        return _base(node.base)
    return node.name if isinstance(node, Name) else None


def _is_call(node: Apply, name: str, base: str) -> bool:
    named = isinstance(node.head, Name) and canonical_function(node.head.name) == name
    return (
        named and not node.primes and len(node.arguments) == 1 and _base(node.arguments[0]) == base
    )


def _stands_outside(node: Syntax, name: str, base: str) -> bool:
    """Whether the symbol occurs where the function is not applied to it."""
    if isinstance(node, Apply) and _is_call(node, name, base):
        return any(_stands_outside(c, name, base) for c in tree.children(node.arguments[0])
                   if c is not _head(node.arguments[0]))  # fmt: skip
    if isinstance(node, Name):
        return node.name == base
    return any(_stands_outside(child, name, base) for child in tree.children(node))


def _head(node: Syntax) -> Syntax | None:
    if isinstance(node, Apply):
        return node.head
    return node.base if isinstance(node, Indexed) else None


def _renamed(node: Syntax, call: Apply) -> Syntax:
    """log_p(x) for \\log p(x)."""
    if isinstance(node, Apply):
        return replace(node, head=_renamed(node.head, call), span=call.span)
    if isinstance(node, Indexed):
        return replace(node, base=_renamed(node.base, call), span=call.span)
    assert isinstance(node, Name) and isinstance(call.head, Name), "it has a base"
    name = f"{call.head.name}_{node.name}"
    return replace(node, name=name, latex=f"{{{call.head.latex} {node.latex}}}", span=call.span)
