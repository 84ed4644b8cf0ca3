r"""Conditions on the smallest or largest of several indices: \min(i, j) = 0, \max(i, j) \leq n.

min(i, j) = 0    -->   i = 0 and j >= 0, or j = 0 and i >= 0
max(i, j) <= n   -->   i <= n and j <= n
"""

from __future__ import annotations

from collections.abc import Callable

from deltarule.equations import affine, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Relation
from deltarule.notation.operators import MIRRORED, canonical_function
from deltarule.notation.syntax import Apply, Chain, ChainOp, Name, Syntax

Position = Callable[[Syntax], Affine | None]


def domain_of(condition: Syntax, position: Position) -> Domain | None:
    """Where it holds; None where it is no comparison of a smallest or largest index with a position.

    `position` is the form that an expression of indices and sizes is, None for any other.
    """
    if not isinstance(condition, Chain) or len(condition.ops) != 1:
        return None
    (op,), (left, right) = condition.ops, condition.operands
    if not _is_extreme(left):
        left, right, op = right, left, MIRRORED.get(op, op)
    if not isinstance(left, Apply) or not _is_extreme(left) or op not in MIRRORED:
        return None
    found = [position(a) for a in left.arguments]
    forms, bound = [f for f in found if f is not None], position(right)
    if bound is None or len(forms) < len(found):
        return None
    return _compared(_name(left), forms, op, bound)


def _compared(name: str, forms: list[Affine], op: ChainOp, bound: Affine) -> Domain:
    if op == "!=":
        return domains.subtract(domains.everything(), _compared(name, forms, "=", bound))
    beyond: ChainOp = ">=" if name == "min" else "<="
    if op == "=":
        met = domains.unite(*(_holds(f, "=", bound) for f in forms))
        return domains.intersect(met, *(_holds(f, beyond, bound) for f in forms))
    parts = [_holds(f, op, bound) for f in forms]
    all_of_them = op[0] == beyond[0]
    return domains.intersect(*parts) if all_of_them else domains.unite(*parts)


def _holds(form: Affine, op: ChainOp, bound: Affine) -> Domain:
    strict = affine.number(1 if op in ("<", ">") else 0)
    relations: dict[str, Relation] = {
        "=": domains.equal(form, bound),
        "<": domains.at_least(bound, affine.add(form, strict)),
        ">": domains.at_least(form, affine.add(bound, strict)),
    }
    return domains.from_relations([relations[op[0]]])


def _is_extreme(node: Syntax) -> bool:
    return isinstance(node, Apply) and _name(node) in ("min", "max") and not node.primes


def _name(node: Apply) -> str:
    return canonical_function(node.head.name) if isinstance(node.head, Name) else ""
