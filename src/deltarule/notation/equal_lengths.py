r"""Which axes have one length, and what it is called.

    W x, with W \in \mathbb{R}^{m \times n}     -->   the axis of x and the second of W are of length n

Axes are numbers. Those of one length form a class, which goes by the last axis that stands for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from deltarule.errors import DeltaruleError
from deltarule.notation import progressions, tree
from deltarule.notation.syntax import Num, Syntax


@dataclass
class EqualLengths:
    """Classes of axes of one length, with the length of those that a declaration names."""

    parents: list[int] = field(default_factory=list)
    named: dict[int, Syntax] = field(default_factory=dict)  # class --> the length as declared

    def new(self) -> int:
        """An axis of which nothing is known."""
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def root(self, of: int) -> int:
        """The axis that stands for its class."""
        while self.parents[of] != of:
            of = self.parents[of]
        return of

    def same(self, one: int, other: int, at: Syntax) -> int:
        """The two are one length. Raises E108 where the declarations say otherwise."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return one
        if one in self.named and other in self.named:
            first, second = self.named[one], self.named[other]
            if not alike(first, second):
                raise DeltaruleError(
                    "E108",
                    "the dimensions do not fit",
                    at=at.span,
                    seen=f"this has dimension {shown(second)}, what stands before it "
                    f"has {shown(first)}",
                    help="check the declarations R^{m \\times n}, or transpose one of the two",
                )
        if one in self.named:
            one, other = other, one
        self.parents[one] = other
        return other

    def name(self, axis: int, dimension: Syntax) -> None:
        """One class for every length that is declared alike."""
        for root, known in self.named.items():
            if alike(known, dimension):
                self.parents[self.root(axis)] = self.root(root)
                return
        self.named[self.root(axis)] = dimension

    def repeated(self, one: int, other: int) -> int | None:
        r"""n for n and 1: the row b \in \mathbb{R}^{1 \times d} is added to each of n rows."""
        first, second = self.root(one), self.root(other)
        if self.is_one(second) and first in self.named:
            return first
        return second if self.is_one(first) and second in self.named else None

    def is_one(self, axis: int) -> bool:
        """Whether the axis is declared with length 1."""
        length = self.named.get(self.root(axis))
        return isinstance(length, Num) and length.text == "1"


def alike(one: Syntax, other: Syntax) -> bool:
    """Whether two lengths are one: D - d and (D-d), d + m and m + d."""
    first, second = progressions.form_of(one), progressions.form_of(other)
    if first is None or second is None:
        return tree.key(one) == tree.key(other)
    return first == second


def shown(node: Syntax) -> str:
    """A length as the text has it."""
    return tree.atom(node) or node.span.source.text[node.span.start : node.span.end]
