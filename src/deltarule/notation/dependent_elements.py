r"""What an element that an equation defines without arguments depends on, where a document says so.

    E = \sum_i \alpha_i(x) \phi_i(t \mid x),  \alpha_i = …     -->   \alpha_i \phi_i(t \mid x)

The parentheses hold no factor where what stands in them stands nowhere but among the arguments of symbols, of
several, and somewhere not alone or marked as a vector; it may stand elsewhere where \alpha_i is computed from it.
They are left out then: the equation of \alpha_i says all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from deltarule.notation import called, dependence, statement_tree, tree
from deltarule.notation.syntax import Apply, Indexed, Name, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without such arguments."""
    uses = _uses(statements)
    conditions = uses.conditions()
    defined = _defined(statements)
    if not conditions or not defined:
        return statements
    read = _read(statements)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if not isinstance(new, Apply) or not isinstance(new.head, Indexed) or new.primes:
            return new
        name = called.head(new) or ""
        if defined.get(name, 0) < len(tree.apart(new.head.subscripts)):
            return new
        values = uses.elsewhere - dependence.all_read(name, read)
        said = all(isinstance(a, Name) and a.name in conditions - values for a in new.arguments)
        return replace(new.head, span=new.span) if said else new

    return statement_tree.rebuild_all(statements, node)


def _defined(statements: list[Statement]) -> dict[str, int]:
    r"""\alpha and its number of subscripts, of the equations \alpha_i = …; not where one is \alpha_i(x) = …."""
    ranks: dict[str, int] = {}
    applied: set[str] = set()
    for left in map(statement_tree.left_side, statements):
        if isinstance(left, Indexed) and (name := tree.symbol(left)) is not None:
            rank = len(tree.apart(left.subscripts))
            ranks[name] = max(rank, ranks.get(name, 0))
        elif (name := called.head(left)) is not None:
            applied.add(name)
    return {name: rank for name, rank in ranks.items() if name not in applied}


def _read(statements: list[Statement]) -> dict[str, set[str]]:
    """What each symbol that has an equation is computed from."""
    read: dict[str, set[str]] = {}
    for statement in statements:
        relation = statement_tree.equation(statement)
        if relation is not None and (name := tree.symbol(relation.operands[0])) is not None:
            read.setdefault(name, set()).update(tree.names(*relation.operands[1:]))
    return read


@dataclass
class _Uses:
    """Where symbols stand: as arguments, `applied` has of what; or anywhere else. `no_factors` are those
    that stand beside other arguments, or are marked as vectors."""

    applied: dict[str, set[str]] = field(default_factory=dict)
    no_factors: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)

    def conditions(self) -> frozenset[str]:
        """The symbols that say what others depend on; `elsewhere` they are values."""
        several = {n for n, heads in self.applied.items() if len(heads) > 1}
        return frozenset(several & self.no_factors)


def _uses(statements: Iterable[Statement]) -> _Uses:
    uses = _Uses()
    for node in _values(statements):
        _note(node, uses)
    return uses


def _values(statements: Iterable[Statement]) -> Iterator[Syntax]:
    r"""What the statements say; not the x of x \in \mathbb{R}^n."""
    for statement in statements:
        relation = statement.relation
        declared = [of for of, _ in statement_tree.declarations([statement])]
        yield from (p for p in tree.children(relation) if not any(p is of for of in declared))
        yield from statement.conditions


def _note(node: Syntax, uses: _Uses) -> None:
    name = called.head(node)
    if isinstance(node, Name):
        uses.elsewhere.add(node.name)
    if not isinstance(node, Apply) or name is None:
        for child in tree.children(node):
            _note(child, uses)
        return
    if isinstance(node.head, Indexed):
        for subscript in node.head.subscripts:
            _note(subscript, uses)
    for argument in node.arguments:
        if not isinstance(argument, Name):
            _note(argument, uses)
            continue
        uses.applied.setdefault(argument.name, set()).add(name)
        if argument.vector or len(node.arguments) > 1:
            uses.no_factors.add(argument.name)
