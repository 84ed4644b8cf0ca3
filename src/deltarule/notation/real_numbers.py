r"""Functions of a real number, and the number itself beside an array of its letter.

    S(t) = \prod_{i: t_i \leq t} (1 - d_i / n_i)   -->   S = \prod_{i: t_i \leq t} (1 - d_i / n_i),
                                                         the number t, and the array t_i
    S(x) = \sum_{u_i \leq x} d_i                   -->   S = \sum_{u_i \leq x} d_i

What is compared with an element of its own letter is a number. So is the argument of a function that is
no subscript, has no range, and is compared with elements which are no integers; S is then its value there.
What is declared to lie in \mathbb{R} is never an index or an integer: E107.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.operators import ORDER
from deltarule.notation.primes import name_of
from deltarule.notation.symbols import Symbols
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with such functions as numbers, and with a name for the array of the letter."""
    compared = list(_comparisons(statements))
    own = {n.name: e for n, e in reversed(compared)
           if n.name == _symbol(e) and e.style != "bracket"}  # fmt: skip
    arguments = {n for s in statements for n in _arguments(s)}
    integers = {n for s in statements for n in _integers(s)}
    numbers = own.keys() | {n.name for n, e in compared
                            if n.name in arguments and _symbol(e) not in integers}  # fmt: skip
    numbers -= {n for s in statements for n in _running(s)}
    if not numbers:
        return statements
    taken = statement_tree.all_names(statements)
    arrays = {n: new for n in own.keys() & numbers
              if (new := f"{n}_{''.join(_subscripts(own[n]))}") not in taken}  # fmt: skip
    calls = [n for n in statement_tree.all_nodes(statements) if isinstance(n, Apply)]
    values = {name.name for s in statements if (name := _function(s)) is not None}
    values -= {_symbol(c) for c in calls if not _is_at(c, numbers)}

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Apply) and isinstance(new.head, Name) and new.head.name in values:
            return replace(new.head, span=new.span)
        if isinstance(new, Indexed) and isinstance(new.base, Name) and new.base.name in arrays:
            return replace(new, base=replace(new.base, name=arrays[new.base.name]))
        return new

    return statement_tree.rebuild_all(statements, node)


@dataclass(frozen=True, slots=True)
class Reals:
    r"""What is declared to lie in \mathbb{R} or \mathbb{R}^n, and what is a number without subscripts."""

    symbols: frozenset[str]
    numbers: frozenset[str]


def declared(statements: list[Statement]) -> Reals:
    """The declarations of a document whose names are merged."""
    symbols: set[str] = set()
    numbers: set[str] = set()
    for subject, space in statement_tree.declarations(statements):
        if (name := name_of(subject)) is not None:
            symbols.add(name.name)
        if isinstance(subject, Name) and not space.dimensions:
            numbers.add(subject.name)
    return Reals(frozenset(symbols), frozenset(numbers))


def check(found: Symbols, reals: Reals) -> None:
    """E107 where a declared real number is used as an integer."""
    for name in sorted((reals.symbols & found.integers) | (reals.numbers & found.bound)):
        raise DeltaruleError(
            "E107",
            f"'{name}' is declared as real and used as an integer",
            at=found.spans.get(name),
            seen="compared with an index, or used as one",
            help=f"declare its values: {found.latex.get(name, name)} \\in \\{{1, \\ldots, n\\}}; "
            "or compare with a number that is no index",
        )


def _symbol(node: Indexed | Apply) -> str:
    name = node.base if isinstance(node, Indexed) else node.head
    return name.name if isinstance(name, Name) else ""


def _comparisons(statements: list[Statement]) -> Iterator[tuple[Name, Indexed]]:
    r"""The symbols that are compared with an element x_i, where i runs; x_{\max} is none."""
    letters = frozenset(n for s in statements for n in _letters(s))
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Chain) and len(node.ops) == 1 and node.ops[0] in ORDER:
            for one, other in (node.operands, reversed(node.operands)):
                if isinstance(one, Name) and isinstance(other, Indexed):
                    if letters.intersection(_subscripts(other)):
                        yield one, other


def _letters(statement: Statement) -> Iterator[str]:
    """What runs: in sums, on the left side, and in ranges."""
    scope = names.bound_on_the_left(statement)
    yield from scope - set(_arguments(statement))
    for node in statement_tree.nodes(statement):
        if isinstance(node, Big):
            yield from tree.bound_by(node, scope)
            inner = (i for e in node.below for i in tree.descend(e) if isinstance(i, Indexed))
            yield from (n for i in inner for n in _subscripts(i))
    yield from tree.names(*statement.conditions)


def _subscripts(element: Indexed) -> Iterator[str]:
    for subscript in tree.apart(element.subscripts):
        if isinstance(subscript, Name) and not names.is_styled(subscript):
            yield subscript.name


def _function(statement: Statement) -> Name | None:
    """S of S(t) = …."""
    left = statement_tree.left_side(statement)
    if isinstance(left, Apply) and not left.primes and isinstance(left.head, Name):
        return left.head
    return None


def _arguments(statement: Statement) -> Iterator[str]:
    """t of S(t) = …."""
    if _function(statement) is not None and isinstance(statement.relation, Chain):
        left = statement.relation.operands[0]
        if isinstance(left, Apply):
            yield from (a.name for a in left.arguments if isinstance(a, Name))


def _is_at(call: Apply, numbers: set[str]) -> bool:
    arguments = all(isinstance(a, Name) and a.name in numbers for a in call.arguments)
    return arguments and not call.primes


def _integers(statement: Statement) -> Iterator[str]:
    r"""y of y_i \in \{1, \ldots, K\}, and of x_{y_i}."""
    relation = statement.relation
    if isinstance(relation, Chain) and isinstance(relation.operands[-1], Interval):
        yield from (n.name for o in relation.operands[:-1] if (n := name_of(o)) is not None)
    for node in statement_tree.nodes(statement):
        if isinstance(node, Indexed):
            yield from tree.names(*node.subscripts)


def _running(statement: Statement) -> Iterator[str]:
    """What subscripts, sums, ranges and their ends name."""
    yield from _integers(statement)
    places: list[Syntax] = list(statement.conditions)
    for node in statement_tree.nodes(statement):
        if isinstance(node, Big):
            places += [] if node.above is None else [node.above]
            places += [e for e in node.below if not _is_comparison(e)]
        elif isinstance(node, Interval):
            places += [node.low, node.high]
        elif isinstance(node, RealSpace):
            places += node.dimensions
    yield from tree.names(*places)


def _is_comparison(entry: Syntax) -> bool:
    return isinstance(entry, Chain) and len(entry.ops) == 1 and entry.ops[0] in ORDER
