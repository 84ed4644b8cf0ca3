r"""Objectives without a name: \min_{w} \frac{1}{n} \sum_i (y_i - w x_i)^2, as a whole statement.

    \min_{w, b} E, \quad \arg\min_{w, b} E     -->   L = E, or the first of L, J, E that is free
    \min_{w \in \mathbb{R}^d} E                -->   L = E,  w \in \mathbb{R}^d
    \min_G \max_D V(D, G) = E                  -->   V(D, G) = E
    \min_w J(w)                                -->   nothing, where an equation defines J

What is varied stands below, and is no index: no symbol has it among its subscripts. A maximum without a name is refused, for
what is minimised is its negative.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.limits import EXTREMES
from deltarule.notation.no_equation import refuse_without_equals
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Name,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)

LETTERS = ("L", "J", "E", "objective")


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation for each such objective. E003 for one that is none, E008 for a constraint."""
    taken = statement_tree.all_names(statements)
    defined = {tree.symbol(_head(left)) for s in statements
               if (left := statement_tree.left_side(s)) is not None}  # fmt: skip
    result = []
    for statement in statements:
        for new in _written_out(statement, taken, defined):
            taken |= tree.names(new.relation)
            result.append(new)
    return result


def _written_out(
    statement: Statement, taken: set[str], defined: set[str | None]
) -> list[Statement]:
    relation = statement.relation
    left = relation.operands[0] if isinstance(relation, Chain) else relation
    bare, varied = _without_extremes(left)
    if not varied or any(_is_index(_subject(v), relation) for v in varied):
        return [statement]
    names = {_subject(v) for v in varied}
    for condition in statement.conditions:
        if names & tree.names(condition):
            _refuse_constraint(condition)
    spaces = [replace(statement, relation=v, conditions=()) for v in varied if isinstance(v, Chain)]
    if isinstance(relation, Chain):
        value = relation.operands[1:]
        if relation.ops[0] != "=" or not names <= tree.names(*value):
            return [statement]
        return [replace(statement, relation=replace(relation, operands=(bare, *value))), *spaces]
    if tree.symbol(_head(bare)) in defined and not statement.conditions:
        return spaces
    if isinstance(_head(bare), Name | Indexed) or statement.conditions or not _is_named(left):
        refuse_without_equals(relation)
    letter = next(x for x in LETTERS if x not in taken)
    name = Name(letter, letter if len(letter) == 1 else rf"\mathrm{{{letter}}}", bare.span)
    return [replace(statement, relation=Chain((name, bare), ("=",), bare.span)), *spaces]


def _refuse_constraint(condition: Syntax) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "a constraint on what is varied is not supported",
        at=condition.span,
        seen="a constraint",
        help="leave it out, or add a penalty to the value",
    )


def _is_named(left: Syntax) -> bool:
    """Whether one minimum is taken, over what stands below it: a maximum would need its sign."""
    bare, varied = _without_extremes(left)
    extremes = [n for n in tree.descend(left) if isinstance(n, Big) and n.op in EXTREMES
                and any(v in n.below for v in varied)]  # fmt: skip
    once = len(extremes) == 1 and extremes[0].op in ("min", "argmin")
    return once and {_subject(v) for v in varied} <= tree.names(bare)


def _without_extremes(node: Syntax) -> tuple[Syntax, list[Syntax]]:
    """\\min_w a + b --> a + b, and w; from a sum it is taken off the first term."""
    match node:
        case Big(op, below, None, body) if op in EXTREMES:
            bare, inner = _without_extremes(tree.ungrouped(body))
            return bare, [*below, *inner]
        case Sum(((1, first), *others)):
            bare, varied = _without_extremes(first)
            return (replace(node, terms=((1, bare), *others)), varied) if varied else (node, [])
    return node, []


def _subject(varied: Syntax) -> str | None:
    r"""w of w, of w \in \mathbb{R}^d, and of w_*, all of them; None where it is something else."""
    if isinstance(varied, Chain):
        real = varied.ops == ("in",) and isinstance(varied.operands[-1], RealSpace)
        return tree.symbol(varied.operands[0]) if real else None
    return tree.symbol(varied)


def _is_index(name: str | None, node: Syntax) -> bool:
    """Whether a symbol has it among its subscripts, or it is no symbol."""
    below = (s for n in tree.descend(node) if isinstance(n, Indexed) for s in n.subscripts)
    return name is None or name in tree.names(*below)


def _head(node: Syntax) -> Syntax:
    """J of J(w)."""
    return node.head if isinstance(node, Apply) else node
