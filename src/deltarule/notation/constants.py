r"""Letters that are numbers: \pi, where the document says nothing else of it, and e below an exponent.

\sqrt{2 / \pi}   -->   pi()        \pi_k, \pi(a), and a \pi that is defined or declared, stay
e^{e_{i,j}}      -->   exp(e_{i,j}): the e that has subscripts is another one
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Power, Statement, Syntax

CONSTANTS = frozenset(("pi",))
EULER = "e"


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with constants as functions of nothing."""
    elements = any(_is_element(node, EULER) for node in statement_tree.all_nodes(statements))
    constants = CONSTANTS - {name for s in statements if (name := _stated(s)) is not None}

    def node(old: Syntax) -> Syntax:
        if elements and isinstance(old, Power) and isinstance(old.base, Name):
            if old.base.name == EULER:
                exponential = replace(old.base, name="exp", latex=r"\exp")
                return Apply(exponential, 0, (node(old.exponent),), True, old.span)
        if isinstance(old, Name):
            return Apply(old, 0, (), True, old.span) if old.name in constants else old
        if isinstance(old, Indexed) and isinstance(old.base, Name):
            return replace(old, subscripts=tuple(node(s) for s in old.subscripts))
        if isinstance(old, Apply):
            arguments = tuple(node(a) for a in old.arguments)
            head = node(old.head) if isinstance(old.head, Indexed) else old.head
            return replace(old, head=head, arguments=arguments)
        return tree.rebuild(old, node)

    return statement_tree.rebuild_all(statements, node)


def _is_element(node: Syntax, name: str) -> bool:
    return isinstance(node, Indexed) and isinstance(node.base, Name) and node.base.name == name


def _stated(statement: Statement) -> str | None:
    """What a statement defines or declares, where it has no subscripts there."""
    subject = statement_tree.subject(statement)
    return subject.name if isinstance(subject, Name) else None
