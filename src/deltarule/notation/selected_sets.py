r"""Sets that a condition selects, which an equation defines.

S(z) = \{j \in [K] : z_j > t\},  \sum_{j \in S(z)} z_j     -->   \sum_{j \in [K], z_j > t} z_j
I_j = \{i \mid q_i = j\},  \sum_{i \in I_j} g_i,  |I_j|     -->   \sum_{i : q_i = j} g_i,  \sum_{i : q_i = j} 1
N_i^r = \{j : a_{rij} = 1\},  \sum_{j \in N_i^r} h_j       -->   \sum_{j : a_{rij} = 1} h_j
A(i) = I \setminus \{i\},  \sum_{a \in A(i)} z_a           -->   \sum_{a \in I, a \neq i} z_a
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import range_parts, statement_tree, tree
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Indexed,
    Iverson,
    Name,
    Num,
    Power,
    Raised,
    Selected,
    Statement,
    Syntax,
    Without,
)

NEUTRAL = {"sum": "0", "prod": "1"}

LETTERS = (*"jkilmnqrsuvw", *(f"j{n}" for n in range(1, 100)))

Key = tuple[str, str, int]  # the set, how its parameters stand there, and how many there are


@dataclass(frozen=True, slots=True)
class _Definition:
    """S(z) = {j in [K] : z_j > t}."""

    parameters: tuple[str, ...]
    letter: str
    chosen: Selected


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with conditions in the place of such sets. E008 where one is no limit."""
    definitions = {}
    statements = _selecting(statements)
    for statement in statements:
        found = _definition(statement)
        if found is not None:
            key, definition = found
            if key in definitions:
                raise DeltaruleError(
                    "E103",
                    f"the set '{key[0]}' is defined twice",
                    at=statement.span,
                    seen="the second definition",
                    help="give the two different names",
                )
            definitions[key] = definition
    settling = _Settling(definitions, statement_tree.all_names(statements))
    members = _members(statements)
    running = {i for s in statements if _definition(s) is None for i in range_parts.left_indices(s)}
    result = []
    for statement in statements:
        if _definition(statement) is None:
            settling.around = range_parts.left_indices(statement)
            relation = settling.node(statement.relation)
            limits = (c for entry in statement.conditions for c in settling.limits(entry))
            conditions = tuple(settling.node(c) for c in limits)
            statement = replace(statement, relation=relation, conditions=conditions)
            _refuse_left_over(statement, settling)
            result.append(statement)
        else:  # the ranges of its parameters stand alone, and what other sets are
            said = [c for c in statement.conditions if range_parts.range_of(c) in running | members]
            result += [replace(statement, relation=c, conditions=()) for c in said]
    return result


def _definition(statement: Statement) -> tuple[Key, _Definition] | None:
    sides = statement_tree.sides(statement)
    if sides is None:
        return None
    left, right = sides
    if not isinstance(right, Selected):
        return None
    element = right.element.operands[0] if isinstance(right.element, Chain) else right.element
    found = _call(left)
    if found is None or not isinstance(element, Name):
        return None
    key, given = found
    parameters = tuple(p.name for p in given if isinstance(p, Name))
    if len(parameters) != len(given):
        return None
    return key, _Definition(parameters, element.name, right)


def _call(node: Syntax) -> tuple[Key, tuple[Syntax, ...]] | None:
    """The set and what it is given: z of S(z), j of I_j."""
    match node:
        case Name(name):
            return (name, "", 0), ()
        case Indexed(Name(name), subscripts):
            given = tree.apart(subscripts)
            return (name, "below", len(given)), given
        case Apply(Name(name), 0, arguments):
            return (name, "after", len(arguments)), arguments
        case Power(Indexed(Name(name), subscripts), above) | Raised(
            Indexed(Name(name), subscripts), above
        ):
            given = (*tree.apart(subscripts), above)
            return (name, "below and above", len(given)), given
        case Power(Name(name), above) | Raised(Name(name), above):
            return (name, "above", 1), (above,)
    return None


def _reads_data(condition: Syntax) -> bool:
    return any(isinstance(n, Indexed | Apply) for n in tree.descend(condition))


def _selecting(statements: list[Statement]) -> list[Statement]:
    """A(i) = I without {i}  -->  A(i) = {j in I : j != i}"""
    taken = statement_tree.all_names(statements)
    letter = next(x for x in LETTERS if x not in taken)
    result = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops == ("=",):
            left, right = relation.operands
            if isinstance(right, Without) and _call(left) is not None:
                index = Name(letter, letter, right.span)
                element = Chain((index, right.whole), ("in",), right.span)
                others = tuple(Chain((index, i), ("!=",), i.span) for i in right.items)
                chosen = Selected(element, others, right.span)
                statement = replace(statement, relation=replace(relation, operands=(left, chosen)))
        result.append(statement)
    return result


def _members(statements: list[Statement]) -> set[str]:
    """The letters of sets that something lies in."""
    found = set()
    for node in (n for s in statements for n in tree.descend(s.relation)):
        if isinstance(node, Chain) and node.ops[-1] == "in":
            last = node.operands[-1]
            whole = last.whole if isinstance(last, Without) else last
            if isinstance(whole, Name):
                found.add(whole.name)
    return found


class _Settling:
    def __init__(self, definitions: dict[Key, _Definition], taken: set[str]) -> None:
        self.definitions = definitions
        self.taken = taken
        self.around: list[str] = []  # the indices in scope

    def node(self, node: Syntax) -> Syntax:
        if isinstance(node, Big):
            outer = self.around
            self.around = [*outer, *tree.bound_by(node, None)]
            node = tree.rebuild(self._big(node), self.node)
            self.around = outer
            return node
        if isinstance(node, Iverson):
            conditions = tuple(part for entry in node.conditions for part in self.limits(entry))
            node = replace(node, conditions=tuple(c for c in conditions if isinstance(c, Chain)))
        if isinstance(node, AbsoluteValue) and self.is_set(node.body):
            return self.node(self._size(node))
        return tree.rebuild(node, self.node)

    def _big(self, node: Big) -> Big:
        """The sum with the set's range as its limit; what depends on data selects in the body."""
        below: list[Syntax] = []
        selecting: list[Syntax] = []
        for entry in node.below:
            first, *more = self.limits(entry)
            below.append(first)
            for condition in more:
                (selecting if _reads_data(condition) else below).append(condition)
        other = NEUTRAL.get(node.op)
        if not selecting or other is None:
            return replace(node, below=(*below, *selecting))
        none = Num(other, node.body.span)
        body = Cases(((node.body, tuple(selecting)), (none, None)), node.body.span)
        return replace(node, below=tuple(below), body=body)

    def is_set(self, node: Syntax) -> bool:
        found = _call(node)
        return isinstance(node, Selected) or (found is not None and found[0] in self.definitions)

    def limits(self, entry: Syntax) -> tuple[Syntax, ...]:
        """j \\in S(z): j \\in [K] and z_j > t."""
        if not isinstance(entry, Chain) or entry.ops != ("in",):
            return (entry,)
        index, space = entry.operands
        if not isinstance(index, Name) or not self.is_set(space):
            return (entry,)
        chosen = self._chosen(space, index)
        inside = chosen.element if isinstance(chosen.element, Chain) else index
        return (*self.limits(inside), *chosen.conditions)

    def _chosen(self, space: Syntax, index: Name) -> Selected:
        """The set with this letter for its elements."""
        if isinstance(space, Selected):
            element = space.element.operands[0] if isinstance(space.element, Chain) else None
            element = space.element if element is None else element
            letter = element.name if isinstance(element, Name) else index.name
            definition = _Definition((), letter, space)
            given: tuple[Syntax, ...] = ()
        else:
            found = _call(space)
            assert found is not None, "it is a set"
            key, given = found
            definition = self.definitions[key]
        values: dict[str, Syntax] = {
            p: g
            for p, g in zip(definition.parameters, given, strict=True)
            if not (isinstance(g, Name) and g.name == p)
        }
        values[definition.letter] = index
        chosen = tree.substitute(definition.chosen, values)
        assert isinstance(chosen, Selected), "it stays one"
        return chosen

    def _size(self, node: AbsoluteValue) -> Syntax:
        found = _call(node.body)
        chosen = node.body if found is None else self.definitions[found[0]].chosen
        assert isinstance(chosen, Selected), "it is a set"
        element = (
            chosen.element.operands[0] if isinstance(chosen.element, Chain) else chosen.element
        )
        letter = element.name if isinstance(element, Name) else "j"
        if letter in self.around:
            letter = next(x for x in LETTERS if x not in self.taken and x not in self.around)
        index = Name(letter, letter, node.span)
        below = (Chain((index, node.body), ("in",), node.span),)
        return Big("sum", below, None, Num("1", node.span), node.span, node.span)


def _refuse_left_over(statement: Statement, settling: _Settling) -> None:
    for node in statement_tree.nodes(statement):
        if settling.is_set(node):
            raise DeltaruleError(
                "E008",
                "a set that a condition selects is not supported here",
                at=node.span,
                seen="no limit of a sum",
                help="define it, S = \\{j : x_j > 0\\}, and sum over it, \\sum_{j \\in S}; or write "
                "its condition into brackets, [x_j > 0]",
            )
