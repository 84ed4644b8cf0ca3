"""Visiting and rebuilding the surface syntax: the one place that knows every record's children."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeGuard, TypeVar, cast, get_args

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
    Statement,
    Sum,
    Syntax,
)
from deltarule.source import Span

RECORDS = get_args(Syntax)


def children(node: Syntax) -> Iterator[Syntax]:
    """The direct sub-expressions, left to right."""
    for field in fields(node):
        yield from _parts(getattr(node, field.name))


def _parts(value: Any) -> Iterator[Syntax]:
    if isinstance(value, RECORDS):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


def descend(node: Syntax) -> Iterator[Syntax]:
    """The node and all below it, outermost first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(list(children(here))))


def rebuild(node: Syntax, f: Callable[[Syntax], Syntax]) -> Syntax:
    """The node with f applied to each direct sub-expression."""
    changed = {}
    for field in fields(node):
        value = getattr(node, field.name)
        new = _mapped(value, f)
        if new is not value:
            changed[field.name] = new
    return replace(node, **changed) if changed else node


def _mapped(value: Any, f: Callable[[Syntax], Syntax]) -> Any:
    if isinstance(value, RECORDS):
        return f(value)
    if isinstance(value, tuple):
        new = tuple(_mapped(item, f) for item in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    return value


def substitute(node: Syntax, values: Mapping[str, Syntax]) -> Syntax:
    """Replace names, where they are not bound again by a sum of the same letter."""
    if isinstance(node, Name):
        return values.get(node.name, node)
    if isinstance(node, Big):
        hidden = frozenset(bound_by(node, frozenset(values)))  # what has a value runs nowhere here
        inner = {n: v for n, v in values.items() if n not in hidden}
        below = tuple(substitute(b, inner) for b in node.below)
        above = substitute(node.above, values) if node.above is not None else None
        return replace(node, below=below, above=above, body=substitute(node.body, inner))
    return rebuild(node, lambda child: substitute(child, values))


T = TypeVar("T")


def moved(value: T, place: Callable[[Span], Span]) -> T:
    """A record with its spans replaced, and those of all records in it."""
    return cast(T, _moved(value, place))


def _moved(value: object, place: Callable[[Span], Span]) -> object:
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, tuple):
        return tuple(_moved(item, place) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _moved(getattr(value, f.name), place) for f in fields(value)}
        return replace(value, **parts)
    return value


def key(node: Syntax) -> object:
    """Equal for expressions that are written alike, wherever they stand."""
    return _key(node)


def _key(value: Any) -> object:
    if isinstance(value, Name):
        return ("Name", value.name)
    if isinstance(value, RECORDS):
        named = [f.name for f in fields(value) if f.name not in ("span", "limits_span")]
        return (type(value).__name__, *(_key(getattr(value, n)) for n in named))
    if isinstance(value, tuple):
        return tuple(_key(item) for item in value)
    return value


def atom(node: Syntax) -> str | None:
    """The name that a symbol would have on its own: k, n_1, N_Y; None for anything longer."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Indexed) and node.style == "subscript" and isinstance(node.base, Name):
        label = label_of(node.subscripts)
        return f"{node.base.name}_{label}" if label is not None else None
    return None


def label_of(subscripts: tuple[Syntax, ...]) -> str | None:
    """The text of a subscript that may be part of a name: Y, 1, xh; None for several or arithmetic."""
    if len(subscripts) != 1:
        return None
    only = subscripts[0]
    if isinstance(only, Name):
        return only.name
    if isinstance(only, Num):
        return only.text
    if isinstance(only, Apply) and not only.parenthesised and not only.primes:  # \\log\\cosh
        parts = [label_of((part,)) for part in (only.head, *only.arguments)]
        return None if None in parts else "".join(p for p in parts if p)
    if isinstance(only, Product) and not any(only.ops):
        parts = [label_of((factor,)) for factor in only.factors]
        if all(p is not None for p in parts):
            return "".join(p for p in parts if p is not None)
    return None


def apart(subscripts: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    """x_{jk}, x_{i y_i}, x_{i1} and x_{0i} have two subscripts, as x_{j,k} has; x_{2i} has one.

    Nobody writes 0 i or 1 i for a product.
    """
    if len(subscripts) != 1 or not isinstance(subscripts[0], Product):
        return subscripts
    product = subscripts[0]
    if any(product.ops) or not all(isinstance(f, Name | Indexed | Num) for f in product.factors):
        return subscripts
    first = product.factors[0]
    multiple = isinstance(first, Num) and first.text not in ("0", "1")
    return subscripts if multiple else product.factors


def bound_by(node: Big, scope: frozenset[str] | None) -> list[str]:
    """The indices that a sum or maximum binds; those of its conditions are found by their place.

    k = 1, k = 1..n, k in S bind k; 1 <= k <= n binds its middle, 1 <= i < j <= n both; k < j binds the
    side that is not in scope, and i < j both where neither is; of these only the first where the scope is
    not known (None). i + j = n binds what the body reads of its left side.
    Beside j, c_j = i binds nothing.
    """
    found: list[str] = []
    compared: list[Chain] = []
    for entry in node.below:
        if (
            isinstance(entry, Chain)
            and len(entry.operands) == 2
            and (entry.ops[0] not in ("=", "in") or isinstance(entry.operands[0], Sum))
        ):
            compared.append(entry)
            continue
        if not is_such_that(entry, node):
            found += [n for n in _bound_names(entry) if n not in found]
    if found:
        return found
    for entry in compared:
        if entry.ops == ("=",):
            summed = [n.name for n in descend(entry.operands[0]) if isinstance(n, Name)]
            read = _read(node.body) - (scope or frozenset())
            found += [n for n in summed if n in read and n not in found]
            continue
        free = [
            o.name for o in entry.operands if isinstance(o, Name) and o.name not in (scope or ())
        ]
        both = len(free) == 2 and scope is not None and set(free) <= _read(node.body)
        found += [n for n in (free if both else free[:1]) if n not in found]
    return found


def is_such_that(entry: Syntax, node: Big) -> TypeGuard[Chain]:
    r"""Whether a limit says something of elements: the c_j = i of \sum_{j : c_j = i}, of \sum_{j=1, c_j = i}^n."""
    if not isinstance(entry, Chain) or len(entry.operands) != 2:
        return False
    left = entry.operands[0]
    if not isinstance(left, Indexed):
        return False
    running = {n for other in node.below if other is not entry for n in _bound_names(other)}
    return any(atom(n) in running for s in left.subscripts for n in descend(s))


def _bound_names(entry: Syntax) -> list[str]:
    if not isinstance(entry, Chain):
        names = [atom(entry)]
    elif entry.ops[0] in ("=", "in"):
        names = [atom(entry.operands[0])]
    elif len(entry.operands) > 2:
        names = [atom(o) for o in entry.operands[1:-1]]
    else:
        names = []
    return [n for n in names if n is not None]


def _read(node: Syntax) -> set[str]:
    """The symbols in subscripts."""
    return {
        a
        for part in descend(node)
        if isinstance(part, Indexed)
        for s in part.subscripts
        for n in descend(s)
        if (a := atom(n)) is not None
    }


def scoped_children(node: Syntax, scope: frozenset[str]) -> Iterator[tuple[Syntax, frozenset[str]]]:
    """The direct sub-expressions with the indices in scope at each."""
    if not isinstance(node, Big):
        yield from ((child, scope) for child in children(node))
        return
    inside = scope | frozenset(bound_by(node, scope))
    for entry in node.below:
        if isinstance(entry, Chain):
            about = is_such_that(entry, node)
            for operand in entry.operands:
                yield operand, (inside if about or atom(operand) in inside - scope else scope)
        else:
            yield entry, inside
    if node.above is not None:
        yield node.above, scope
    yield node.body, inside


def interval_of(chain: Chain) -> Interval | None:
    """k = 1..n or k in {1, …, n}: the interval."""
    last = chain.operands[-1]
    return last if isinstance(last, Interval) else None


def names(*nodes: Syntax) -> set[str]:
    """The symbols in them."""
    return {n.name for node in nodes for n in descend(node) if isinstance(n, Name)}


def symbol(node: Syntax | None) -> str | None:
    """x of x_i and of x; None of anything else."""
    base = node.base if isinstance(node, Indexed) else node
    return base.name if isinstance(base, Name) else None


def with_label(base: Name, label: str, shown: str) -> Name:
    """x_l of x: a label below is a part of the name; `shown` is its LaTeX."""
    shown = shown if len(shown) == 1 else f"{{{shown}}}"
    return replace(base, name=f"{base.name}_{label}", latex=f"{base.latex}_{shown}")


def ungrouped(node: Syntax) -> Syntax:
    """u for (u)."""
    return node.body if isinstance(node, Group) else node


def written(node: Syntax) -> str:
    """The text that it was read from."""
    return node.span.source.text[node.span.start : node.span.end]


def written_between(before: Syntax, after: Syntax | Statement) -> str:
    """The text after the one and before the other."""
    return before.span.source.text[before.span.end : after.span.start]
