r"""Error terms: what is left of data when the rest of an equation is taken away.

Y_i = b x_i + R_i,  Q = \sum_i R_i^2,  "minimise"          -->   R_i = Y_i - (b x_i)
y_t = A y_{t-1} + u_t,  S = \sum_t u_t' u_t, "white noise"  -->   u_t = y_t - (A y_{t-1})

The left side is data, for nothing else reads it; the error has no equation of its own, stands once, as a term with the
same subscripts, and one number, which nothing reads, is made of it. The words of the text say that it is an error. Where
they do not, it may also be given, as the b_i of y_i = w x_i + b_i is: E006. A statement of its own, `R_i for i = 1..n`,
says that it is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Chain, Group, Indexed, Name, Statement, Sum, Syntax

WORDS = re.compile(
    r"\b(minimi[sz]|least[ -]squares|residual|errors?\b|(?:white )?noise|disturbance|innovation|i\.i\.d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Error:
    place: int  # of the statement
    data: Syntax  # Y_i
    term: Syntax  # R_i
    rest: Syntax  # b x_i


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation for each error term in place of that of its data. E006 where it may be given."""
    found = list(_found(statements))
    if not found:
        return statements
    result = list(statements)
    for error in found:
        if not WORDS.search(error.term.span.source.text):
            _refuse(error)
        old = statements[error.place]
        value = Sum(((1, error.data), (-1, error.rest)), error.rest.span)
        relation = Chain((error.term, value), ("=",), old.relation.span)
        result[error.place] = replace(old, relation=relation)
    return result


def _found(statements: list[Statement]) -> Iterator[_Error]:
    reads = [Counter(_symbols(s)) for s in statements]
    lefts = Counter(tree.symbol(statement_tree.defined(s)) for s in statements)
    given = {tree.symbol(s.relation) for s in statements}  # R_i for i = 1..n
    for place, statement in enumerate(statements):
        sides = statement_tree.sides(statement)
        if sides is None:
            continue
        left, right = sides
        data = tree.symbol(left)
        if data is None or lefts[data] > 1 or not isinstance(right, Sum):
            continue
        if any(
            data in r and i != place and not _is_space(statements[i]) for i, r in enumerate(reads)
        ):
            continue
        errors = [
            term
            for sign, term in right.terms
            if sign == 1
            and (name := tree.symbol(term)) is not None
            and _subscripts(term) == _subscripts(left)
            and lefts[name] == 0
            and name not in given
            and reads[place][name] == 1
            and _is_minimised(name, statements, reads, place)
        ]
        others = tuple((s, t) for s, t in right.terms if t is not errors[0]) if errors else ()
        if len(errors) == 1 and others:
            yield _Error(place, left, errors[0], Group(Sum(others, right.span), right.span))


def _is_minimised(
    error: str, statements: list[Statement], reads: list[Counter[str]], place: int
) -> bool:
    """Whether one equation reads it besides, that of a number that nothing else reads."""
    readers = [i for i, r in enumerate(reads)
               if error in r and i != place and not _is_space(statements[i])]  # fmt: skip
    if len(readers) != 1:
        return False
    left = statement_tree.defined(statements[readers[0]])
    head = left.head if isinstance(left, Apply) else left
    return isinstance(head, Name) and sum(head.name in r for r in reads) == 1


def _symbols(statement: Statement) -> Iterator[str]:
    return (n.name for n in statement_tree.nodes(statement) if isinstance(n, Name))


def _is_space(statement: Statement) -> bool:
    return any(True for _ in statement_tree.declarations([statement]))


def _subscripts(node: Syntax) -> object:
    return tuple(map(tree.key, node.subscripts)) if isinstance(node, Indexed) else ()


def _refuse(error: _Error) -> None:
    term, data = tree.written(error.term), tree.written(error.data)
    raise DeltaruleError(
        "E006",
        f"'{term}' can be read in two ways: as given, or as the error, which the equation defines",
        at=error.term.span,
        seen=f"nothing else reads {data}",
        help=f"write the error as {term} = {data} - (…); what is given has a statement of its own, {term}",
    )
