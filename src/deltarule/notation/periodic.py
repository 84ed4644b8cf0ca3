r"""Subscripts that run round: s_{(i - j) \bmod N}.

    y_i = \sum_j w_j s_{(i - j) \bmod N}   -->   y_i = \sum_j w_j s_mod_{i - j}
        s_mod_m = s_m              for 0 <= m < N
        s_mod_m = s_{m + N}        for -N <= m < 0
        s_mod_m = s_{m - N}        for N <= m < 2 N

Subscripts are sums of multiples, so the array is continued by a period to either side. What is read
beyond that is not defined, which is found where ranges are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.along import letter_after
from deltarule.notation.syntax import (
    Chain,
    Group,
    Indexed,
    Name,
    Num,
    Product,
    Remainder,
    Statement,
    Sum,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with continued arrays in the place of remainders. E008 for others than in subscripts."""
    if not any(isinstance(n, Remainder) for n in statement_tree.all_nodes(statements)):
        return statements
    continued = _Continued(statement_tree.all_names(statements))
    changed = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain):
            values = tuple(continued.node(o) for o in relation.operands[1:])
            relation = replace(relation, operands=(relation.operands[0], *values))
        changed.append(replace(statement, relation=relation))
        _refuse_others(changed[-1])
    return [*changed, *continued.made]


@dataclass
class _Continued:
    """Arrays continued by a period, by what they continue."""

    taken: set[str]
    names: dict[object, Name] = field(default_factory=dict)
    made: list[Statement] = field(default_factory=list)

    def node(self, old: Syntax) -> Syntax:
        new = tree.rebuild(old, self.node)
        if not isinstance(new, Indexed) or not isinstance(new.base, Name):
            return new
        subscripts = tree.apart(new.subscripts)
        places = [n for n, s in enumerate(subscripts) if _remainder(s) is not None]
        for place in places:
            new = self._element(new.base, tree.apart(new.subscripts), place, new)
            assert isinstance(new.base, Name), "it was one"
        return new

    def _element(
        self, base: Name, subscripts: tuple[Syntax, ...], place: int, at: Indexed
    ) -> Indexed:
        """x_{r + 1} for r = e mod N  -->  the continued array at e."""
        remainder = _remainder(subscripts[place])
        assert remainder is not None, "a place where one stands"
        inner = _with(subscripts[place], Num("0", remainder.span))
        key = (base.name, place, len(subscripts), tree.key(remainder.modulus), tree.key(inner))
        if key not in self.names:
            self.names[key] = self._define(base, subscripts, place, remainder)
        of = tree.ungrouped(remainder.of)
        new = (*subscripts[:place], of, *subscripts[place + 1 :])
        return replace(at, base=replace(self.names[key], span=base.span), subscripts=new)

    def _define(
        self, base: Name, subscripts: tuple[Syntax, ...], place: int, remainder: Remainder
    ) -> Name:
        """The equations of a continued array."""
        name = self._claim(f"{base.name}_mod")
        continued = replace(base, name=name, latex=f"{base.latex}^{{\\mathrm{{mod}}}}")
        span = remainder.span
        letters: list[Syntax] = []
        used: set[str] = set()
        for number, subscript in enumerate(subscripts):
            letter = subscript.name if isinstance(subscript, Name) else ""
            if number == place or not letter or letter in used:
                letter = letter_after("m", self.taken)
            used.add(letter)
            letters.append(Name(letter, letter, span))
        here = letters[place]
        left = Indexed(continued, tuple(letters), "bracket", span)
        zero, period = Num("0", span), remainder.modulus
        for low, high, shift in (
            (zero, period, 0),
            (_times(-1, period), zero, 1),
            (period, _times(2, period), -1),
        ):
            inner = _with(subscripts[place], _shifted(here, period, shift))
            places = (*letters[:place], inner, *letters[place + 1 :])
            right = Indexed(base, places, "bracket", span)
            within = Chain((low, here, high), ("<=", "<"), span)
            self.made.append(Statement(Chain((left, right), ("=",), span), (within,), span))
        return continued

    def _claim(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def _remainder(subscript: Syntax) -> Remainder | None:
    """The one remainder of e mod N and (e mod N) + 1; E008 where an index stands beside it."""
    found = [n for n in tree.descend(subscript) if isinstance(n, Remainder)]
    if len(found) != 1:
        return None
    beside = _with(subscript, Num("0", subscript.span))
    plain = all(isinstance(n, Num | Sum | Group) for n in tree.descend(beside))
    return found[0] if plain else None


def _with(node: Syntax, value: Syntax) -> Syntax:
    """The expression with a value for its remainder."""
    if isinstance(node, Remainder):
        return value
    return tree.rebuild(node, lambda child: _with(child, value))


def _times(factor: Literal[-1, 2], size: Syntax) -> Syntax:
    if factor == -1:
        return Sum(((-1, size),), size.span)
    return Product((Num("2", size.span), size), ("",), size.span)


def _shifted(here: Syntax, period: Syntax, shift: int) -> Syntax:
    if not shift:
        return here
    return Sum(((1, here), (1 if shift == 1 else -1, period)), here.span)


def _refuse_others(statement: Statement) -> None:
    for node in statement_tree.nodes(statement):
        if isinstance(node, Remainder):
            raise DeltaruleError(
                "E008",
                "a remainder is not supported here",
                at=node.span,
                seen="not a subscript on a right side",
                help=r"it may stand in a subscript, as in x_{(i - j) \bmod N} or "
                r"x_{(i \bmod N) + 1}; elsewhere write cases, or an index that runs over a period",
            )
