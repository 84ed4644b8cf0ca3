r"""Functions of vectors that are called with several shapes: each call has a formula with letters of its own.

    f(x) = x \odot \sigma(x),  y = f(W x) + V f(x)
        -->   f(x_1) = x_1 \odot \sigma(x_1),  f_2(x_2) = x_2 \odot \sigma(x_2),  y = f(W x) + V f_2(x)

The letters that a function is defined with stand for any value. Usually they are what it is called
with, too, and their shapes tell of each other; this is for where these do not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Apply, Chain, Indexed, Name, Statement, Syntax
from deltarule.notation.vector_definitions import definitions
from deltarule.notation.vector_shapes import Shapes, infer_shapes

MOST_CALLS = 200


def settle(statements: list[Statement]) -> tuple[list[Statement], Shapes]:
    """The statements and their shapes, with a copy of a function for each call where one does not do.

    Raises E108 where the shapes do not fit in either way, at what does not fit without copies.
    """
    try:
        return statements, infer_shapes(statements)
    except DeltaruleError as error:
        if error.code != "E108":
            raise
        copies = _Copies(statements)
        copied = copies.run()
        if copied is None:
            raise
        try:
            return copied, infer_shapes(copied, frozenset(copies.letters))
        except DeltaruleError:
            raise error from None


@dataclass
class _Copies:
    statements: list[Statement]
    made: dict[object, Name] = field(default_factory=dict)  # a call --> the function that it calls
    new: dict[str, list[Statement]] = field(default_factory=dict)  # name --> its copies
    letters: set[str] = field(default_factory=set)  # of the copies
    count: int = 0

    def run(self) -> list[Statement] | None:
        """The statements with a copy for each call; None where there are none, or too many."""
        self.own = {
            name: (left, statement)
            for statement in self.statements
            for name, left, _ in definitions([statement])
        }
        self.taken = statement_tree.all_names(self.statements)
        called = {n for s in self.statements for n in self._called(s)}
        self.own = {n: d for n, d in self.own.items() if n in called}
        definitions_of = {id(s): name for name, (_, s) in self.own.items()}
        others = {
            id(s): replace(
                s,
                relation=self._calls(s.relation),
                conditions=tuple(self._calls(c) for c in s.conditions),
            )
            for s in self.statements
            if id(s) not in definitions_of
        }
        if not self.made or self.count > MOST_CALLS:
            return None
        result: list[Statement] = []
        for statement in self.statements:
            name = definitions_of.get(id(statement))
            result += [others[id(statement)]] if name is None else self.new.get(name, [])
        return result

    def _called(self, statement: Statement) -> Iterator[str]:
        left = statement_tree.first_operand(statement)
        left = left.base if isinstance(left, Indexed) else left
        for node in tree.descend(statement.relation):
            if isinstance(node, Apply) and node is not left and isinstance(node.head, Name):
                yield node.head.name

    def _calls(self, node: Syntax) -> Syntax:
        """The expression with each call to the copy that is its own."""
        new = tree.rebuild(node, self._calls)
        if not isinstance(new, Apply) or not isinstance(new.head, Name) or new.primes:
            return new
        if new.head.name not in self.own or self.count > MOST_CALLS:
            return new
        left, statement = self.own[new.head.name]
        if len(left.arguments) != len(new.arguments):
            return new
        key = (new.head.name, *(tree.key(a) for a in new.arguments))
        if key not in self.made:
            self.made[key] = self._copy(left, statement)
        return replace(new, head=replace(self.made[key], span=new.head.span))

    def _copy(self, left: Apply, statement: Statement) -> Name:
        head, relation = left.head, statement.relation
        assert isinstance(head, Name) and isinstance(relation, Chain), "it defines a function"
        self.count += 1
        copies = self.new.setdefault(head.name, [])
        own = head
        if copies:
            own = replace(head, name=self._spare(head.name), latex=f"{{{head.latex}}}")
        letters = {
            a.name: replace(a, name=self._spare(a.name))
            for a in left.arguments
            if isinstance(a, Name)
        }
        self.letters.update(p.name for p in letters.values())
        place = len(copies)
        copies.append(statement)
        operands = [tree.substitute(o, letters) for o in relation.operands]
        operands = [self._with_head(operands[0], own), *(self._calls(o) for o in operands[1:])]
        copies[place] = replace(
            statement,
            relation=replace(relation, operands=tuple(operands)),
            conditions=tuple(tree.substitute(c, letters) for c in statement.conditions),
        )
        return own

    def _with_head(self, left: Syntax, head: Name) -> Syntax:
        if isinstance(left, Indexed):
            return replace(left, base=self._with_head(left.base, head))
        assert isinstance(left, Apply), "it was found as one"
        return replace(left, head=head)

    def _spare(self, name: str) -> str:
        spare = next(x for x in (f"{name}_{n}" for n in range(2, 9999)) if x not in self.taken)
        self.taken.add(spare)
        return spare
