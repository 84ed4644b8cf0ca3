r"""Definitions of what brackets mean.

    \langle u, v \rangle := \sum_k u_k v_k     -->   inner(u, v) = \sum_k u_k v_k
    (u)_+ = \max(0, u)                         -->   relu(u) = \max(0, u)
    \| x \|_A = \sqrt{x^\top A x}               -->   norm(x) = \sqrt{x^\top A x}

What the author says of these brackets holds wherever they are written.
"""

from __future__ import annotations

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Group,
    Indexed,
    Inner,
    Name,
    Norm,
    Statement,
    Syntax,
)

Kind = tuple[str, object]  # of which brackets, and what stands below them


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with calls in the place of the brackets that one of them defines."""
    kinds = dict.fromkeys(k for s in statements if (k := _defined(s)) is not None)
    if not kinds:
        return statements
    taken = tree.names(*(s.relation for s in statements))
    names = {kind: _claim(kind[0], taken) for kind in kinds}

    def node(old: Syntax) -> Syntax:
        kind = _kind(old)
        if kind is None or kind not in names:
            return tree.rebuild(old, node)
        name = names[kind]
        head = Name(name, f"\\operatorname{{{name}}}", old.span)
        return Apply(head, 0, tuple(node(part) for part in _inside(old)), True, old.span)

    return statement_tree.rebuild_all(statements, node)


def _defined(statement: Statement) -> Kind | None:
    """The kind of brackets around symbols on the left side of an equation."""
    relation = statement_tree.equation(statement)
    if relation is None:
        return None
    left = relation.operands[0]
    kind = _kind(left)
    if kind is None:
        return None
    inside = [tree.symbol(part) for part in _inside(left)]
    read = tree.names(relation.operands[-1])
    return kind if all(name in read for name in inside) else None


def _kind(node: Syntax) -> Kind | None:
    """Equal for brackets that are written alike, whatever they hold."""
    match node:
        case Inner():
            return ("inner", None)
        case Indexed(Inner(), (Name(label),)):
            return ("inner", label)
        case AbsoluteValue():
            return ("absolute", None)
        case Norm(_, order):
            return ("norm", None if order is None else tree.key(order))
        case Apply(Name("relu"), 0, (_,)) if _is_positive_part(node):
            return ("relu", None)
    return None


def _is_positive_part(node: Apply) -> bool:
    r"""(u)_+, which is read as the function ReLU, but is not called so."""
    (inside,) = node.arguments
    return node.span.start == inside.span.start


def _inside(node: Syntax) -> tuple[Syntax, ...]:
    match node:
        case Inner(left, right) | Indexed(Inner(left, right)):
            return (left, right)
        case AbsoluteValue(body) | Norm(body):
            return (body,)
        case Apply(_, _, (Group(body),)):
            return (body,)
        case Apply(_, _, arguments):
            return arguments
    raise AssertionError("asked only of brackets")


def _claim(name: str, taken: set[str]) -> str:
    """A name that nothing else has; (u)_+ keeps the one that it is read with."""
    if name != "relu":
        name = next(x for x in (name, *(f"{name}{n}" for n in range(2, 1000))) if x not in taken)
    taken.add(name)
    return name
