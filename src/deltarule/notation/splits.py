r"""Vectors and matrices on left sides, one after the other: the parts of what the right side computes.

    [a; b] = W x,  a \in \mathbb{R}^n, b \in \mathbb{R}^m     -->   a_k = (W x)_k,  b_k = (W x)_{n+k}
    [Q_1; Q_2] = X W,  Q_1, Q_2 \in \mathbb{R}^{n \times d}, W \in \mathbb{R}^{p \times 2d}
                                                             -->   Q_{1,jk} = (X W)_{jk},  Q_{2,jk} = (X W)_{j,d+k}

Declarations say how long each part is, and whether matrices stand side by side or below each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import progressions, statement_tree, tree
from deltarule.notation.progressions import Form, form_of
from deltarule.notation.syntax import (
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Product,
    RealSpace,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
)

LETTERS = ("j", "k", "l", "m", "p", "q", "r", *(f"k{n}" for n in range(2, 1000)))

Dims = tuple[Syntax, ...]
Spaces = Mapping[tuple[str | None, int], RealSpace]


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation for each part."""
    if not any(isinstance(statement_tree.left_side(s), Stack) for s in statements):
        return statements
    spaces = {
        _address(subject): space for subject, space in statement_tree.declarations(statements)
    }
    taken = statement_tree.all_names(statements)
    free = [x for x in LETTERS if x not in taken]
    return [new for s in statements for new in _apart(s, spaces, free)]


def _apart(statement: Statement, spaces: Spaces, free: list[str]) -> Iterator[Statement]:
    left, value = statement_tree.sides(statement) or (None, None)
    if not isinstance(left, Stack) or value is None:
        yield statement
        return
    parts = [_dims(part, spaces) for part in left.parts]
    whole = _dims(value, spaces)
    if whole is None or any(part is None or len(part) != len(whole) for part in parts):
        _refuse(left, value)
    dims = [part for part in parts if part is not None]
    axis = next((a for a in range(len(whole)) if _fits(dims, whole, a)), None)
    if axis is None:
        _refuse_lengths(left)
    before = progressions.number(0)
    for part, lengths in zip(left.parts, dims, strict=True):
        yield _equation(statement, part, value, lengths, axis, before, free)
        before = progressions.combine(before, _form(lengths[axis]))


def _equation(
    statement: Statement,
    part: Syntax,
    value: Syntax,
    lengths: Dims,
    axis: int,
    before: Form,
    free: list[str],
) -> Statement:
    """Q_{2,jk} = (X W)_{j,d+k} for 1 <= j <= n, 1 <= k <= d."""
    indices = tuple(Name(x, x, part.span) for x in free[: len(lengths)])
    here = Form({indices[axis].name: 1}, 0, {indices[axis].name: indices[axis]})
    places: list[Syntax] = list(indices)
    places[axis] = progressions.written(progressions.combine(here, before), part.span)
    base, own = (part.base, part.subscripts) if isinstance(part, Indexed) else (part, ())
    if isinstance(base, Name):
        base = replace(base, vector=False)
    target = Indexed(base, (*own, *indices), "subscript", part.span)
    group = value if isinstance(value, Group) else Group(value, value.span)
    element = Indexed(group, tuple(places), "subscript", value.span)
    ranges = tuple(
        Chain((Num("1", part.span), index, length), ("<=", "<="), part.span)
        for index, length in zip(indices, lengths, strict=True)
    )
    relation = Chain((target, element), ("=",), statement.relation.span)
    return replace(statement, relation=relation, conditions=(*statement.conditions, *ranges))


def _address(node: Syntax) -> tuple[str | None, int]:
    return tree.symbol(node), len(node.subscripts) if isinstance(node, Indexed) else 0


def _dims(node: Syntax, spaces: Spaces) -> Dims | None:
    """The lengths that declarations give an expression; None where they do not say it."""
    match node:
        case Name() | Indexed(Name()):
            space = spaces.get(_address(node))
            return None if space is None or not space.dimensions else space.dimensions
        case Group(body):
            return _dims(body, spaces)
        case Transposed(base):
            found = _dims(base, spaces)
            return None if found is None else tuple(reversed(found))
        case Sum(terms):
            return next((d for _, t in terms if (d := _dims(t, spaces)) is not None), None)
        case Product(factors, ops) if not any(ops):
            known = [_dims(factor, spaces) for factor in factors]
            first, last = known[0], known[-1]
            matrices = all(d is not None and len(d) == 2 for d in known[:-1])
            if matrices and first is not None and last is not None:
                return (first[0], *last[1:])
    return None


def _fits(parts: list[Dims], whole: Dims, axis: int) -> bool:
    """Whether the parts fill the whole one after the other along the axis."""
    total = progressions.number(0)
    for part in parts:
        forms = zip(map(_form, part), map(_form, whole), strict=True)
        if any(one != other for number, (one, other) in enumerate(forms) if number != axis):
            return False
        total = progressions.combine(total, _form(part[axis]))
    return total == _form(whole[axis])


def _form(length: Syntax) -> Form:
    """A length, as a symbol where it is no sum."""
    key = tree.key(length)
    return form_of(length) or Form({key: 1}, 0, {key: length})


def _refuse(left: Stack, value: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E003",
        "the left side of an equation is an array or one of its elements",
        at=left.span,
        seen="how long are the parts?",
        help="declare them and what they are parts of, as in a, b \\in \\mathbb{R}^n, W \\in \\mathbb{R}^{2n \\times m}",
    )


def _refuse_lengths(left: Stack) -> NoReturn:
    raise DeltaruleError(
        "E108",
        "the dimensions do not fit",
        at=left.span,
        seen="together these parts have another shape than the right side",
        help="check the declarations R^{m \\times n}",
    )
