r"""Matrices whose elements have the small letter: A = (a_{ij}).

A = (a_{ij}),  y_i = \sum_j a_{ij} x_j       -->  y_i = \sum_j A_{ij} x_j
\mathbf{x} = (u_i),  L = \sum_i u_i^2        -->  L = \sum_i x_i^2
\|A x - b\|^2,  y_i = \sum_j a_{ij} x_j      -->  E006 where nothing says that a_{ij} is an element of A, or is not
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deltarule.equations.system import System, defined
from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.syntax import Group, Indexed, Name, Statement, Syntax


@dataclass(frozen=True, slots=True)
class _Stated:
    """That `whole` has the elements `element` with so many subscripts."""

    whole: Name
    element: str
    count: int


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with elements of one name with their matrix, without what says so."""
    vectors = {s.name for s, _ in statement_tree.declarations(statements) if isinstance(s, Name)}
    for statement in statements:
        stated = _stated(statement, vectors)
        if stated is not None:
            others = [s for s in statements if s is not statement]
            statements = [_renamed(s, stated) for s in others]
    return statements


def _stated(statement: Statement, vectors: set[str]) -> _Stated | None:
    sides = statement_tree.sides(statement)
    if sides is None or not isinstance(sides[0], Name) or not isinstance(sides[1], Group):
        return None
    whole, element = sides[0], sides[1].body
    if not isinstance(element, Indexed) or not isinstance(element.base, Name):
        return None
    letters = [n for n in tree.apart(element.subscripts) if isinstance(n, Name)]
    plain = [n.name for n in letters if len(n.latex) == 1 and not names.is_styled(n)]
    count = len(tree.apart(element.subscripts))
    if len(set(plain)) < count or (count == 1 and not whole.vector and whole.name not in vectors):
        return None
    return _Stated(whole, element.base.name, count)


def _renamed(statement: Statement, stated: _Stated) -> Statement:
    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        if new.base.name != stated.element or len(tree.apart(new.subscripts)) != stated.count:
            return new
        base = replace(stated.whole, vector=False, span=new.base.span)
        return replace(new, base=base)

    return statement_tree.rebuild(statement, node)


# ------------------------------------------------------------------ where nothing says so


def unstated(statements: list[Statement]) -> dict[str, Name]:
    """The a of a_{ij} --> A, which never has subscripts; where not both are declared."""
    declared = {
        n.name
        for subject, _ in statement_tree.declarations(statements)
        for n in tree.descend(subject)
        if isinstance(n, Name)
    }
    nodes = list(statement_tree.all_nodes(statements))
    bases = {n.base.name for n in nodes if isinstance(n, Indexed) and isinstance(n.base, Name)}
    found: dict[str, Name] = {}
    for name in (n for n in nodes if isinstance(n, Name)):
        small = name.name.lower()
        capital = len(name.name) == 1 and name.name != small and name.name not in bases
        if capital and small in bases and not {small, name.name} <= declared:
            found.setdefault(small, name)
    return found


def check(system: System, capitals: dict[str, Name]) -> None:
    """E006 for matrices A and a that are both given, A as a whole and a by its elements."""
    given = {n for n, a in system.arrays.items() if len(a.axes) == 2}.difference(defined(system))
    for small, whole in capitals.items():
        if {small, whole.name} <= given:
            i, j = system.arrays[small].axes
            element = f"{small}_{{{i}{j}}}"
            raise DeltaruleError(
                "E006",
                f"'{whole.name}' and '{small}' can be read in two ways: as a matrix and its elements, or as two",
                at=whole.span,
                seen=f"nothing says what this has to do with {element}",
                help=f"write {whole.name} = ({element}) for the first, or declare both: "
                f"{whole.name}, {small} \\in \\mathbb{{R}}^{{m \\times n}}",
            )
