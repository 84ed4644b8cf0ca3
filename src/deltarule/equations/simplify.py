"""Simplify an expression by the table of rewrites, from the leaves up, until none applies."""

from __future__ import annotations

from collections.abc import Callable

from deltarule.equations import domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.facts import Facts
from deltarule.equations.nodes import ArgReduce, Expr, Reduce
from deltarule.equations.rewrites import RULES, Rewrite, Rules

Record = Callable[[str, Expr, Expr], None]

MOST_STEPS = 200  # per node: a table that goes in circles is a defect, not a reason to hang


def simplify(
    expression: Expr,
    facts: Facts,
    context: Domain,
    record: Record | None = None,
    rules: Rules = RULES,
) -> Expr:
    """The simplified expression; every step taken is given to `record` as (rule, before, after)."""
    inner = context
    if isinstance(expression, Reduce | ArgReduce):
        inner = domains.intersect(context, expression.domain)
    node = walk.map_children(expression, lambda child: simplify(child, facts, inner, record, rules))
    for _ in range(MOST_STEPS):
        step = _first_step(node, facts, context, rules)
        if step is None:
            return node
        rule, new = step
        if record is not None:
            record(rule, node, new)
        if _is_wrapper(rule):
            return simplify(new, facts, context, record, rules)
        node = new
    raise AssertionError(f"the rewrites do not come to an end on {node}")


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
