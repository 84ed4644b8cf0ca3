r"""What a table is of, as subscripts of its name: \operatorname{lev}_{a,b}(i,j), where a and b are arrays.

    \operatorname{lev}_{a,b}(i,j) = … a_i … b_j   -->   \operatorname{lev}(i,j)

They are the same wherever the table is applied, and nothing runs over them: they say which sequences
are compared. Where they differ, lev_{a,b} and lev_{b,c}, the table is a function of arrays, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such tables under their bare names."""
    arrays = {n for s in statements for n in _arrays(s)}
    heads: dict[str, set[object]] = {}
    tables: set[str] = set()
    alone: set[str] = set()
    for part in statement_tree.all_parts(statements):
        for name, subscripts in _applied(part):
            heads.setdefault(name, set()).add(tuple(tree.key(s) for s in subscripts))
            if subscripts and all(isinstance(s, Name) and s.name in arrays for s in subscripts):
                tables.add(name)
        alone.update(_not_applied(part))
    named = {t for t in tables if len(heads[t]) == 1 and t not in alone}
    if not named:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Apply) and isinstance(new.head, Indexed):
            base = new.head.base
            if isinstance(base, Name) and base.name in named:
                return replace(new, head=replace(base, span=new.head.span))
        return new

    return statement_tree.rebuild_all(statements, node)


def _arrays(statement: Statement) -> Iterator[str]:
    """The symbols with subscripts, those of what is applied aside."""
    for part in statement_tree.parts(statement):
        heads = {id(n.head) for n in tree.descend(part) if isinstance(n, Apply)}
        for node in tree.descend(part):
            if isinstance(node, Indexed) and isinstance(node.base, Name) and id(node) not in heads:
                yield node.base.name


def _applied(node: Syntax) -> Iterator[tuple[str, tuple[Syntax, ...]]]:
    """lev with a and b for lev_{a,b}(i,j), with nothing for lev(i,j)."""
    for part in tree.descend(node):
        if isinstance(part, Apply) and len(part.arguments) > 1:
            head = part.head
            if isinstance(head, Indexed) and isinstance(head.base, Name):
                yield head.base.name, tree.apart(head.subscripts)
            elif isinstance(head, Name):
                yield head.name, ()


def _not_applied(node: Syntax) -> Iterator[str]:
    heads: set[int] = set()
    for part in tree.descend(node):
        if isinstance(part, Apply) and len(part.arguments) > 1:
            head = part.head
            heads.add(id(head))
            if isinstance(head, Indexed):
                heads.add(id(head.base))
        elif isinstance(part, Name) and id(part) not in heads:
            yield part.name
