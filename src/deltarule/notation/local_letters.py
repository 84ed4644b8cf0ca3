r"""Letters of functions that are also symbols of the document: each definition has its own.

    \hat{v}(\mathbf{w}) = \sum_i w_i x_i,  u_t = \hat{v}(\mathbf{w}_t)
        -->   \hat{v}(\mathbf{w}_1) = \sum_i w_{1,i} x_i,  u_t = \hat{v}(\mathbf{w}_t)

The w of the definition stands for one vector, and i is its component; elsewhere w has a step below it. Where it also
stands alone elsewhere, w_i means the same in both places, and the letter stays.

    \sigma(x) = 1 / (1 + e^{-x}),  y = \sigma(w^\top x + b)     -->   \sigma(x_1) = 1 / (1 + e^{-x_1}),  …

The x of the formula stands for any value, where the function is called with more than x; that x is a vector
elsewhere says nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with new letters in such definitions."""
    taken = statement_tree.all_names(statements)
    return [_settled(s, statements, taken) for s in statements]


def _settled(statement: Statement, statements: list[Statement], taken: set[str]) -> Statement:
    sides = statement_tree.sides(statement)
    if sides is None:
        return statement
    left, body = sides
    if not isinstance(left, Apply) or left.primes:
        return statement
    for letter in left.arguments:
        if isinstance(letter, Name) and _is_component(letter.name, body):
            others = [
                part
                for s in statements
                if s is not statement and not _is_parameter(letter.name, s)
                for part in statement_tree.parts(s)
            ]
            if _is_always_element(letter.name, others):
                statement = _renamed(statement, letter, taken)
        elif isinstance(letter, Name) and _stands_for_any(letter.name, left, statement, statements):
            statement = _renamed(statement, letter, taken)
    return statement


def _stands_for_any(
    name: str, left: Apply, definition: Statement, statements: list[Statement]
) -> bool:
    """Whether an equation reads the letter, and a call of the function has more than it in its place."""
    place = next(n for n, a in enumerate(left.arguments) if tree.symbol(a) == name)
    others = [s for s in statements if s is not definition and statement_tree.sides(s) is not None]
    if not any(n == name for s in others for n in _symbols(s.relation)):
        return False
    calls = [n for s in others for n in tree.descend(s.relation) if _is_call(n, left)]
    given = [tree.ungrouped(c.arguments[place]) for c in calls if len(c.arguments) > place]
    return any(not (isinstance(a, Name) and a.name == name) for a in given)


def _is_call(node: Syntax, left: Apply) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and tree.key(node.head) == tree.key(left.head)


def _symbols(node: Syntax) -> Iterator[str]:
    return (n.name for n in tree.descend(node) if isinstance(n, Name))


def _is_parameter(name: str, statement: Statement) -> bool:
    """Whether the statement defines a function with this letter, which is then its own."""
    left = statement_tree.left_side(statement)
    arguments = left.arguments if isinstance(left, Apply) else ()
    return any(isinstance(a, Name) and a.name == name for a in arguments)


def _is_component(name: str, body: Syntax) -> bool:
    """Whether the formula has it with subscripts."""
    return any(_element(n) == name for n in tree.descend(body))


def _is_always_element(name: str, parts: list[Syntax]) -> bool:
    """Whether it occurs, and with subscripts wherever it does."""
    elements = sum(_element(n) == name for p in parts for n in tree.descend(p))
    return 0 < elements == sum(n == name for p in parts for n in _symbols(p))


def _element(node: Syntax) -> str | None:
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        return node.base.name
    return None


def _renamed(statement: Statement, letter: Name, taken: set[str]) -> Statement:
    number = next(n for n in range(1, len(taken) + 2) if f"{letter.name}_{n}" not in taken)
    new = f"{letter.name}_{number}"
    taken.add(new)

    def node(old: Syntax) -> Syntax:
        if isinstance(old, Name) and old.name == letter.name:
            return replace(old, name=new, latex=f"{old.latex}_{{{number}}}")
        return tree.rebuild(old, node)

    return statement_tree.rebuild(statement, node)
