"""Names for what matrix-vector notation leaves unnamed: component indices and inner arrays.

An axis keeps one letter per dimension through the document: N_h -> j, N_x -> k, N_y -> l.
"""

from __future__ import annotations

from collections.abc import Iterable

from deltarule.notation import tree
from deltarule.notation.syntax import Apply, Name, Product, RealSpace, Statement, Syntax, Transposed

INDEX_LETTERS = ("j", "k", "l", "m", "p", "q", "r", "s", "t", "a", "b", "c", "d")
ARRAY_LETTERS = ("z", "u", "v", "a", "s", "q", "r", "p")


class Letters:
    """Hands out names that the document does not use."""

    def __init__(self, statements: list[Statement], taken: set[str]) -> None:
        self.taken = taken
        self.taken.update(a for s in statements for a in _atoms(s))
        self.free = (*INDEX_LETTERS, *(f"{a}{n}" for n in range(2, 200) for a in INDEX_LETTERS))
        self.own: set[str] = set()  # letters of axes
        self.of_dimension: dict[object, list[str]] = {}
        for statement in statements:
            for node in tree.descend(statement.relation):
                if isinstance(node, RealSpace):
                    self.axes(node.dimensions, frozenset())

    def axes(self, dims: Iterable[Syntax | None], scope: frozenset[str]) -> tuple[str, ...]:
        """One letter per dimension, none of them in scope and no two alike."""
        chosen: list[str] = []
        for dimension in dims:
            key = tree.key(dimension) if dimension is not None else None
            letters = self.of_dimension.setdefault(key, [])
            usable = [x for x in letters if x not in scope and x not in chosen]
            if not usable:
                letters.append(self._next(scope, chosen))
                usable = letters[-1:]
            chosen.append(usable[0])
        return tuple(chosen)

    def _next(self, scope: frozenset[str], chosen: list[str]) -> str:
        used = {x for letters in self.of_dimension.values() for x in letters}
        unusable = {*scope, *chosen, *used, *(self.taken - self.own)}
        letter = next(x for x in self.free if x not in unusable)
        self.taken.add(letter)
        self.own.add(letter)
        return letter

    def latex(self, letter: str) -> str:
        return letter if len(letter) == 1 else f"{letter[0]}_{{{letter[1:]}}}"

    def claim(self, candidates: Iterable[str]) -> str:
        """The first candidate that nothing else is called."""
        name = next(c for c in candidates if c not in self.taken)
        self.taken.add(name)
        return name

    def name_for(self, node: Syntax, dims: tuple[Syntax | None, ...]) -> str:
        """z1 for a product with W1, h for an activation of dimension N_h, else the next free letter."""
        wanted = [*_suggestions(node, dims), *ARRAY_LETTERS]
        wanted += [f"{letter}{n}" for n in range(2, 1000) for letter in "zuva"]
        return self.claim(wanted)


def _suggestions(node: Syntax, dims: tuple[Syntax | None, ...]) -> list[str]:
    if isinstance(node, Product):
        label = _label(node.factors[0])
        return [f"z{label}"] if label else []
    if isinstance(node, Apply) and dims and dims[0] is not None:
        base, _, unit = (tree.atom(dims[0]) or "").partition("_")
        if len(unit) == 1 and unit.isalpha() and base in ("N", "n", "d", "D", "M", "m"):
            return [unit, "a"]
        return ["a"]
    return []


def _label(node: Syntax) -> str:
    """The digits that a matrix's name ends with: 1 for W1."""
    while isinstance(node, Transposed):
        node = node.base
    name = node.name if isinstance(node, Name) else ""
    return name[len(name.rstrip("0123456789")) :]


def _atoms(statement: Statement) -> Iterable[str]:
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            name = tree.atom(node)
            if name is not None:
                yield name
