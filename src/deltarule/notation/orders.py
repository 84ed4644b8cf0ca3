r"""What limits and conditions say of which integers are the larger: forms that are not negative.

\sum_{s=1}^t     -->   s - 1 and t - s
i < j            -->   j - i - 1
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltarule.notation import statement_tree
from deltarule.notation.progressions import Form, combine, form_of, number
from deltarule.notation.range_parts import range_of
from deltarule.notation.syntax import Big, Chain, ChainOp, Interval, Statement, Syntax

OPPOSITE: dict[ChainOp, ChainOp] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def of_statement(statement: Statement) -> tuple[Form, ...]:
    """What is said of the indices after an equation."""
    return tuple(of_conditions(statement.conditions))


def of_ranges(statements: Iterable[Statement]) -> tuple[Form, ...]:
    """What is said of indices in statements of their own: 1 <= i <= j <= n."""
    alone = (s.relation for s in statements if statement_tree.equation(s) is None)
    return tuple(of_conditions(r for r in alone if range_of(r) is not None))


def of_limits(node: Big) -> tuple[Form, ...]:
    """What is said of the index of a sum, below and above it."""
    found = list(of_conditions(node.below))
    for entry in node.below:
        if isinstance(entry, Chain) and entry.ops == ("=",) and node.above is not None:
            index, low = entry.operands
            found += [*_difference(index, low), *_difference(node.above, index)]
    return tuple(found)


def of_conditions(conditions: Iterable[Syntax]) -> Iterator[Form]:
    """What these relations say."""
    for condition in conditions:
        if isinstance(condition, Chain):
            pairs = zip(condition.operands, condition.ops, condition.operands[1:], strict=False)
            for left, op, right in pairs:
                yield from _of_pair(left, op, right)


def opposite(conditions: tuple[Syntax, ...]) -> tuple[Form, ...]:
    """What holds where these do not; nothing where several must fail together."""
    match conditions:
        case (Chain(operands=(_, _), ops=(op,)) as chain,) if op in OPPOSITE:
            return tuple(of_conditions([replace(chain, ops=(OPPOSITE[op],))]))
    return ()


def _of_pair(left: Syntax, op: ChainOp, right: Syntax) -> Iterator[Form]:
    if isinstance(right, Interval):
        if op in ("=", "in"):
            yield from (*_difference(left, right.low), *_difference(right.high, left))
        return
    less = {"<=": 0, "<": 1}.get(op)
    more = {">=": 0, ">": 1}.get(op)
    if less is not None:
        yield from _difference(right, left, less)
    elif more is not None:
        yield from _difference(left, right, more)


def _difference(larger: Syntax, smaller: Syntax, less: int = 0) -> Iterator[Form]:
    one, other = form_of(larger), form_of(smaller)
    if one is not None and other is not None:
        yield combine(combine(one, other, -1), number(less), -1)
