r"""Sizes that an equation gives: N = 2 q + 1, where sums run to N.

    y = \sum_{t=1}^N x_t,  N = 2 q + 1   -->   y = \sum_{t=1}^{2 q + 1} x_t

Ranges end with sums of multiples of sizes, so only such a formula is put in the place of its name;
what data give stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deltarule.notation import names, statement_tree, tree
from deltarule.notation.symbols import base_name
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Product,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with the formulas of sizes written out. Names are merged by now."""
    formulas = _formulas(statements)
    for _ in formulas:
        formulas = {name: _written_out(f, formulas) for name, f in formulas.items()}
    formulas = {n: f for n, f in formulas.items() if not tree.names(f) & formulas.keys()}
    if not formulas:
        return statements
    others = [s for s in statements if _defined(s) not in formulas]
    return statement_tree.rebuild_all(others, lambda node: _written_out(node, formulas))


def _formulas(statements: list[Statement]) -> dict[str, Syntax]:
    """2 q + 1 for N, where a range ends with N and q is nothing that an equation gives."""
    running = names.running_symbols(statements)
    given = [name for s in statements if (name := _defined(s)) is not None]
    candidates = {n: f for s in statements if (n := _defined(s)) is not None
                  and given.count(n) == 1 and (f := _formula(s)) is not None}  # fmt: skip
    waiting = [n for part in statement_tree.all_parts(statements) for n in _ends(part)]
    found: dict[str, Syntax] = {}
    while waiting:
        name = waiting.pop()
        if name in candidates and name not in found and name not in running:
            found[name] = candidates[name]
            waiting += tree.names(candidates[name])
    reals = {name for name in given if name not in found} | _of_reals(statements)
    while any(tree.names(f) & reals for f in found.values()):
        wrong = {n for n, f in found.items() if tree.names(f) & reals}
        reals |= wrong
        found = {n: f for n, f in found.items() if n not in wrong}
    return found


def _formula(statement: Statement) -> Syntax | None:
    relation = statement.relation
    if statement.conditions or not isinstance(relation, Chain):
        return None
    left, right = relation.operands
    return right if isinstance(left, Name) and _is_affine(right) else None


def _written_out(node: Syntax, formulas: Mapping[str, Syntax]) -> Syntax:
    """The expression with formulas in the place of names, each where its name stood."""
    if isinstance(node, Name):
        formula = formulas.get(node.name)
        if formula is None:
            return node
        here = tree.moved(formula, lambda _: node.span)
        return here if isinstance(here, Name | Num | Group) else Group(here, node.span)
    return tree.rebuild(node, lambda child: _written_out(child, formulas))


def _defined(statement: Statement) -> str | None:
    relation = statement.relation
    if not isinstance(relation, Chain) or relation.ops[0] not in ("=", "<-"):
        return None
    return base_name(relation.operands[0]) if len(relation.ops) == 1 else None


def _ends(node: Syntax) -> Iterator[str]:
    """The symbols that ranges and dimensions are made of."""
    for part in tree.descend(node):
        places: tuple[Syntax, ...] = ()
        if isinstance(part, Big) and part.above is not None:
            places = (part.above,)
        elif isinstance(part, Interval):
            places = (part.low, part.high)
        elif isinstance(part, RealSpace):
            places = part.dimensions
        for place in places:
            yield from tree.names(place)


def _is_affine(node: Syntax) -> bool:
    """2 q + 1: a sum of whole multiples of symbols."""
    match node:
        case Num(text):
            return text.isdecimal()
        case Name(vector=vector):
            return not vector
        case Group(body):
            return _is_affine(body)
        case Sum(terms):
            return all(_is_affine(t) for _, t in terms)
        case Product(factors):
            several = sum(not isinstance(f, Num) for f in factors)
            return several <= 1 and all(_is_affine(f) for f in factors)
    return False


def _of_reals(statements: list[Statement]) -> set[str]:
    """What is declared as a number or an array, and what has subscripts or arguments."""
    applied = (n for n in statement_tree.all_nodes(statements) if isinstance(n, Indexed | Apply))
    declared = (subject for subject, _ in statement_tree.declarations(statements))
    return {name for n in (*declared, *applied) if (name := base_name(n)) is not None}
