"""The limits of a sum as the domain of its indices.

sum_{k=1}^n, sum_{1 <= k <= n}   -->   1 <= k <= n
sum_{j != y_i} f_j               -->   sum_j { f_j if j != y_i; 0 otherwise }
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Expr, Relation
from deltarule.errors import DeltaruleError
from deltarule.notation import tree
from deltarule.notation.subscripts import Subscripts, without_data
from deltarule.notation.symbols import Symbols
from deltarule.notation.syntax import Big, Cases, Chain, Indexed, Name, Num, Syntax

EXTREMES = frozenset(("min", "max", "argmin", "argmax"))


def check_free(index: str, node: Big, scope: frozenset[str], symbols: Symbols) -> None:
    """E112 for an index that runs already, E107 for one that is a size or a function."""
    if index in scope:
        raise DeltaruleError(
            "E112",
            f"the index '{index}' is already in use here",
            at=node.limits_span,
            seen=f"{node.op} over {index} again",
            help=f"give the inner index another letter than {index}",
        )
    if index in symbols.sizes or index in symbols.functions:
        what = "size" if index in symbols.sizes else "function"
        raise DeltaruleError(
            "E107",
            f"'{index}' is an index here and a {what} elsewhere",
            at=node.limits_span,
            help="an index can be read only under the sum that binds it; "
            "give one of the two another name",
        )


def check_runs(node: Big, bound: list[str], body: Expr) -> None:
    r"""E008 for \min_w (y - w x)^2: w is varied, and no index of anything."""
    indices = {n for a in walk.accesses(body) for s in a.subscripts for n in affine.names(s)}
    name = next((n for n in bound if n not in indices), None)
    if node.op not in EXTREMES or name is None:
        return
    raise DeltaruleError(
        "E008",
        f"'{node.op}' over a number that is no index is not supported",
        at=node.limits_span,
        seen=f"nothing has the subscript {name}",
        help=f"for an objective write what depends on {name} as an equation, L = …; "
        f"for an index say where it runs, {name} \\in \\{{1, \\dots, n\\}}",
    )


# ------------------------------------------------------------------------------ data


def with_data_inside(node: Big, inside: frozenset[str], symbols: Symbols) -> Big:
    """sum_{j != y_i} f_j --> sum_j { f_j if j != y_i; 0 otherwise }; so sum_{j : c_j = i}."""
    if node.op not in ("sum", "prod"):
        return node
    outside = frozenset(symbols.integers) - inside
    moved = tuple(
        e
        for e in node.below
        if isinstance(e, Chain) and (tree.is_such_that(e, node) or _reads_data(e, outside))
    )
    if not moved:
        return node
    bound = [Name(i, i, node.limits_span) for i in tree.bound_by(node, None)]
    left = [e for e in node.below if e not in moved]
    stated = {_running(e) for e in left}
    below = (*left, *(b for b in bound if b.name not in stated))
    neutral = Num("0" if node.op == "sum" else "1", node.limits_span)
    body = Cases(((node.body, moved), (neutral, None)), node.body.span)
    return replace(node, below=below, body=body)


def _reads_data(chain: Chain, integers: frozenset[str]) -> bool:
    """Whether a limit compares elements of arrays, or `integers` that data give.

    What follows k = is its lower end.
    """
    if tree.interval_of(chain) is not None or chain.ops in (("=",), ("in",)):
        return False
    parts = (part for operand in chain.operands for part in tree.descend(operand))
    return any(isinstance(part, Indexed) for part in parts) or any(
        isinstance(operand, Name) and operand.name in integers for operand in chain.operands
    )


def _running(entry: Syntax) -> str | None:
    """The index that a limit introduces."""
    return tree.atom(entry.operands[0]) if isinstance(entry, Chain) else tree.atom(entry)


# ------------------------------------------------------------------------------ domains


def domain(
    node: Big, bound: list[str], inside: frozenset[str], subscripts: Subscripts
) -> tuple[Domain, bool]:
    """The domain of the bound indices, and whether the author gave limits at all."""
    relations: list[Relation] = []
    limited = False
    lows = [e for e in node.below if _starts(e, node)]
    for entry in node.below:
        if not isinstance(entry, Chain) and lows:  # i, j = 1
            entry = replace(lows[0], operands=(entry, *lows[0].operands[1:]))
        if isinstance(entry, Chain):
            relations += _limit(entry, node, inside, subscripts)
            limited = True
    if not lows and node.above is not None:
        for index in bound:
            low, subject = Num("1", node.limits_span), Name(index, index, node.limits_span)
            whole = Chain((low, subject, node.above), ("<=", "<="), node.limits_span)
            relations += subscripts.static_relations(whole, inside)
        limited = True
    return domains.from_relations(relations), limited


def _limit(
    entry: Chain, node: Big, inside: frozenset[str], subscripts: Subscripts
) -> list[Relation]:
    if not _starts(entry, node):
        relations = subscripts.relations(entry, inside)
        if node.op in ("sum", "prod"):
            return without_data(relations, entry.span)
        only = "only sums and products take conditions on data"
        return without_data(relations, entry.span, only)
    if node.above is None:
        raise DeltaruleError(
            "E003",
            f"this {node.op} has a lower limit but no upper one",
            at=node.limits_span,
            seen="up to what?",
            help="write both limits, as in sum(k=1..n) or \\sum_{k=1}^n, or only the index",
        )
    here, low = (subscripts.position(o, inside) for o in entry.operands)
    high = subscripts.position(node.above, inside)
    found = [domains.at_least(here, low), domains.at_least(high, here)]
    return without_data(found, node.limits_span)


def _starts(entry: Syntax, node: Big) -> TypeGuard[Chain]:
    """Whether a limit is the lower end of an index, k = 1, and says nothing else of it; not l + p = j."""
    if not isinstance(entry, Chain) or entry.ops != ("=",) or tree.interval_of(entry) is not None:
        return False
    index = tree.atom(entry.operands[0])
    return index is not None and not (
        _is_tied(index, entry, node) or tree.is_such_that(entry, node)
    )


def _is_tied(index: str, entry: Chain, node: Big) -> bool:
    """p = j - l beside 1 <= l <= m, and nothing above: another index of the sum says which p."""
    others = set(tree.bound_by(node, None)) - {index}
    names = (n.name for n in tree.descend(entry.operands[1]) if isinstance(n, Name))
    return node.above is None and any(name in others for name in names)
