"""Simplify an expression by the table of rewrites, from the leaves up, until none applies."""

from __future__ import annotations

from collections.abc import Callable

from deltarule.equations import domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts
from deltarule.equations.nodes import ArgReduce, Expr, Reduce
from deltarule.equations.rewrites import RULES, Rewrite, Rules
from deltarule.errors import DeltaruleError

Record = Callable[[str, Expr, Expr, Domain], None]

MOST_STEPS = 200  # per node, and one within the other: a table that goes in circles is a defect


def simplify(
    expression: Expr,
    facts: Facts,
    context: Domain,
    record: Record | None = None,
    rules: Rules = RULES,
    deep: int = 0,
) -> Expr:
    """The simplified expression; every step taken is given to `record` as (rule, before, after, context).

    `deep` counts the steps that led to this expression. Raises E007 where they do not end.
    """
    if deep > MOST_STEPS:
        raise _endless(expression)
    inner = context
    if isinstance(expression, Reduce | ArgReduce):
        context = _outside(expression, context)
        inner = domains.intersect(context, expression.domain)
    node = walk.map_children(
        expression, lambda child: simplify(child, facts, inner, record, rules, deep)
    )
    for _ in range(MOST_STEPS):
        step = _first_step(node, facts, context, rules)
        if step is None:
            return node
        rule, new = step
        if record is not None:
            record(rule, node, new, context)
        if _is_wrapper(rule):
            return simplify(new, facts, context, record, rules, deep + 1)
        node = new
    raise _endless(node)


def _outside(node: Reduce | ArgReduce, context: Domain) -> Domain:
    """The context without what it says of letters that the node binds: those are other indices."""
    indices = node.indices if isinstance(node, Reduce) else (node.index,)
    again = [i for i in indices if i in domains.names_of(context)]
    return domains.project_out(context, again) if again else context


def _endless(node: Expr) -> DeltaruleError:
    return DeltaruleError(
        "E007",
        "the rewrites of an expression do not come to an end",
        at=next((n.span for n in walk.descend(node) if n.span is not None), None),
        seen="simplified here",
        help="this is a fault of deltarule, not of the equations: please report it",
    )


def _is_wrapper(rule: str) -> bool:
    """After every step but these the children are still simplified."""
    return rule not in ("collect powers", "collect equal terms")


def _first_step(node: Expr, facts: Facts, context: Domain, rules: Rules) -> tuple[str, Expr] | None:
    for name, kinds, rewrite in rules:
        if isinstance(node, kinds):
            new = _apply(rewrite, node, facts, context)
            if new is not None:
                return name, new
    return None


def _apply(rewrite: Rewrite, node: Expr, facts: Facts, context: Domain) -> Expr | None:
    new = rewrite(node, facts, context)
    return new if new is not None and new != node else None
