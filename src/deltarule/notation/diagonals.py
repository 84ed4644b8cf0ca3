r"""Diagonal matrices, and their powers.

    D_{ii} = \sum_j A_{ij},  L = D - A         -->   L = \operatorname{diag}(\operatorname{diag}(D)) - A
    D = \operatorname{diag}(d),  D^{-1/2} X    -->   \operatorname{diag}(\operatorname{diag}(D)^{-1/2}) X

A matrix of which one equation gives the diagonal, and nothing any other element, is diagonal; not one whose
diagonal is a constant, W_{ii} = 0, which says something of a matrix that is given. A power of a diagonal
matrix, the inverse among them, is one of its diagonal elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Power,
    Quotient,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)
from deltarule.notation.vector_ranks import DIAGONALS

Use = Literal["whole", "diagonal", "element"]
WITHOUT_OTHERS: tuple[set[Use], ...] = ({"whole"}, {"whole", "diagonal"})


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with diagonals in the place of such matrices."""
    elements, wholes = _diagonal(statements)
    if not elements | wholes:
        return statements

    def node(old: Syntax) -> Syntax:
        match old:
            case Power(Name(name) as base, exponent) if name in elements | wholes:
                if _is_number(exponent):
                    return _diag(Power(_diag(base), exponent, old.span))
            case Name(name) if name in elements:
                return _diag(_diag(old))
            case Indexed(Name(), subscripts):
                return replace(old, subscripts=tuple(node(s) for s in subscripts))
            case Apply(Name(name), 0, (Name(of),)) if name in DIAGONALS and of in elements:
                return old
        return tree.rebuild(old, node)

    result = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and not isinstance(relation.operands[-1], RealSpace):
            first, *rest = relation.operands
            statement = replace(
                statement, relation=replace(relation, operands=(first, *map(node, rest)))
            )
        result.append(statement)
    return result


def refuse_constants(statements: list[Statement]) -> None:
    """E006 for w_{ii} = 0, where nothing else is said of w, and other elements are read."""
    found: dict[str, list[Chain]] = {}
    uses: dict[str, set[Use]] = {}
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is not None:
            for operand in relation.operands[1:]:
                for name, use in _uses(operand):
                    uses.setdefault(name, set()).add(use)
            if (subject := tree.symbol(relation.operands[0])) is not None:
                found.setdefault(subject, []).append(relation)
    for name, relations in found.items():
        left, right = relations[0].operands[0], relations[0].operands[-1]
        alone = len(relations) == 1 and _is_twice(_letters(left)) and _is_constant(right)
        if alone and uses.get(name, set()) - {"diagonal"}:
            text = tree.written(left)
            raise DeltaruleError(
                "E006",
                f"'{text}' can be read in two ways: as all that {name} is, or as something that is "
                f"so of a {name} that is given",
                at=relations[0].span,
                seen="ambiguous",
                help=f"leave these elements out where {name} is read: \\sum_{{j \\neq i}}; a diagonal "
                f"matrix is {name} = \\operatorname{{diag}}(…)",
            )


def _is_constant(node: Syntax) -> bool:
    return not tree.names(node)


def _diag(node: Syntax) -> Syntax:
    return Apply(Name("diag", "\\operatorname{diag}", node.span), 0, (node,), True, node.span)


def _is_number(exponent: Syntax) -> bool:
    """-1, 1/2, 2: numerals only. D^T is a transpose, and D^k may be an element or a label."""
    parts = tree.descend(exponent)
    return all(isinstance(n, Num | Sum | Quotient | Group) for n in parts)


def _diagonal(statements: list[Statement]) -> tuple[frozenset[str], frozenset[str]]:
    """The symbols whose diagonal alone is defined, D_{ii} = …, and those that are a diag(…)."""
    lefts: dict[str, list[tuple[str, ...] | None]] = {}
    wholes: set[str] = set()
    uses: dict[str, set[Use]] = {}
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is None:
            continue
        left, right = relation.operands[0], relation.operands[-1]
        base = left.base if isinstance(left, Indexed) else left
        if isinstance(base, Name):
            letters = None if _is_constant(right) else _letters(left)
            lefts.setdefault(base.name, []).append(letters)
            if isinstance(left, Name) and _is_diag(right):
                wholes.add(base.name)
        for name, use in _uses(right):
            uses.setdefault(name, set()).add(use)
    elements = {
        name
        for name, found in lefts.items()
        if len(found) == 1 and _is_twice(found[0]) and uses.get(name, set()) in WITHOUT_OTHERS
    }
    wholes = {name for name in wholes if lefts[name] == [()]}
    return frozenset(elements), frozenset(wholes)


def _letters(left: Syntax) -> tuple[str, ...] | None:
    """i, i of D_{ii}; none of D; None for anything else."""
    if not isinstance(left, Indexed):
        return ()
    names = tuple(s.name for s in tree.apart(left.subscripts) if isinstance(s, Name))
    return names if len(names) == len(tree.apart(left.subscripts)) else None


def _is_twice(letters: tuple[str, ...] | None) -> bool:
    return letters is not None and len(letters) == 2 and letters[0] == letters[1]


def _is_diag(node: Syntax) -> bool:
    if isinstance(node, Group):
        return _is_diag(node.body)
    return isinstance(node, Apply) and isinstance(node.head, Name) and node.head.name in DIAGONALS


def _uses(node: Syntax) -> Iterator[tuple[str, Use]]:
    """Each symbol, and whether it stands whole, as D_{ii}, or as another element."""
    if isinstance(node, Indexed) and isinstance(node.base, Name):
        yield node.base.name, "diagonal" if _is_twice(_letters(node)) else "element"
        for subscript in node.subscripts:
            yield from _uses(subscript)
        return
    if isinstance(node, Name):
        yield node.name, "whole"
    for child in tree.children(node):
        yield from _uses(child)
