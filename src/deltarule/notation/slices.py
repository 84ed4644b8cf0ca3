r"""Parts of an axis: x_{1:d}, y_{d+1:D}; in plain text x[1..d].

    z = W x_{1:d}, x \in \mathbb{R}^D     -->   z = W [ x_1 \cdots x_d ],        D - d >= 0
    y_{d+1:D} = \exp(x_{d+1:D})           -->   y_{d+k} = \exp(x_{d+k})          for k = 1..D - d

Both ends belong to it, as everywhere outside of programs. The array is declared with all its axes, or its equations
have such parts on the left too: where x_t may be a vector, x_{1:T} would be a matrix. Ends that run need a length
that does not, x_{t-k+1:t}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import progressions, statement_tree, tree
from deltarule.notation.progressions import Form, form_of
from deltarule.notation.syntax import (
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    RealSpace,
    Statement,
    Sum,
    Syntax,
    Whole,
)

LETTERS = ("k", "j", "l", "m", "p", "q", "r", *(f"k{n}" for n in range(2, 1000)))
ONE = progressions.number(1)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with vectors of elements for parts of arrays, and with the orders of sizes that these need."""
    found = refuse(statements)
    if not found:
        return statements
    slices = _Slices(statements)
    result = [new for s in statements for new in slices.written_out(s)]
    return [*result, *slices.declarations(), *slices.orders(found)]


def refuse(statements: list[Statement]) -> list[Indexed]:
    """The parts of axes. E008 where one is no vector of numbers, or has no length that is known."""
    found = [
        n for n in statement_tree.all_nodes(statements) if isinstance(n, Indexed) and _slice(n)
    ]
    if found:
        slices = _Slices(statements)
        for node in found:
            slices.check(node)
    return found


def is_order(relation: Chain, sizes: frozenset[str]) -> bool:
    """D - d >= 0, where both are sizes."""
    left, right = relation.operands[0], relation.operands[-1]
    if relation.ops != (">=",) or not isinstance(right, Num) or right.text != "0":
        return False
    return isinstance(left, Sum) and tree.names(left) <= sizes


def refuse_orders(last: Chain) -> NoReturn:
    """E108 for parts of axes that no sizes have."""
    raise DeltaruleError(
        "E108",
        "the parts of axes here fit no sizes",
        at=last.span,
        seen="this contradicts what the others say of the sizes",
        help="check the ends: both belong to the part, x_{1:d}, x_{d+1:D}",
    )


def _slice(node: Syntax) -> tuple[int, Interval] | None:
    """Which subscript is a part of the axis."""
    if not isinstance(node, Indexed):
        return None
    found = [(n, s) for n, s in enumerate(node.subscripts) if isinstance(s, Interval)]
    return found[0] if found else None


def _part(node: Indexed) -> tuple[int, Interval]:
    found = _slice(node)
    assert found is not None, "it has a part"
    return found


class _Slices:
    """The arrays of a document that have such parts."""

    def __init__(self, statements: list[Statement]) -> None:
        self.spaces = dict(_spaces(statements))
        lefts = [left for s in statements
                 if isinstance(left := statement_tree.left_side(s), Indexed) and _slice(left)]  # fmt: skip
        self.defined = dict(_lengths(lefts, self.spaces))
        self.bare = {n for s in statements for n in _bare(s.relation)}
        self.running = frozenset(_running(statements))
        taken = statement_tree.all_names(statements)
        self.letter = next(x for x in LETTERS if x not in taken)
        self.whole = {n for n in self.spaces if not self.spaces[n][0]} | self.defined.keys()

    def check(self, node: Indexed) -> None:
        """E008 for a part that is no vector of numbers, or has no length that is known."""
        name = tree.symbol(node)
        parts = sum(isinstance(s, Interval | Whole) for s in node.subscripts)
        if name is None or parts > 1:
            _refuse(node, "a part of one axis of an array is", "write an index for every element")
        length = self.length(node)
        if length is None or (length.is_number and length.constant < 1):
            _refuse(
                node,
                "it is empty, or its ends run or are no sums of sizes",
                "write an index for every element, as in \\sum_{j=1}^{h} w_j x_{i+j-1}",
            )
        if name in self.spaces:
            before, space = self.spaces[name]
            if before + len(space.dimensions) == len(node.subscripts):
                return
        elif name in self.defined and (self.defined[name][1] or name not in self.bare):
            return
        _refuse(
            node,
            "nothing says that its elements are numbers",
            f"declare the array, {name} \\in \\mathbb{{R}}^n, or write an index for every element",
        )

    def length(self, node: Indexed) -> Form | None:
        """D - d of x_{d+1:D}; None where no form says it, or its letters run."""
        _, part = _part(node)
        low, high = form_of(part.low), form_of(part.high)
        if low is None or high is None:
            return None
        form = progressions.combine(progressions.combine(high, low, -1), ONE)
        names = {n for s in form.symbols.values() for n in tree.names(s) if form.terms.get(n)}
        return None if names & self.running else form

    # -------------------------------------------------------------------------- what it becomes

    def written_out(self, statement: Statement) -> Iterator[Statement]:
        """Elements for the part on a left side, vectors for all others."""
        left = statement_tree.left_side(statement)
        if left is None or _slice(left) is None:
            yield statement_tree.rebuild(statement, self.vectors)
            return
        assert isinstance(left, Indexed), "it has a part"
        relation = statement_tree.rebuild(statement, self.vectors).relation
        assert isinstance(relation, Chain), "it is an equation"
        index = Name(self.letter, self.letter, left.span)
        place, part = _part(left)
        values = tuple(self.component(v, index, part) for v in relation.operands[1:])
        subscripts = (*left.subscripts[:place], index, *left.subscripts[place + 1 :])
        target = replace(left, base=self.unmarked(left.base), subscripts=subscripts)
        changed = replace(relation, operands=(target, *values))
        within = Chain((part.low, index, part.high), ("<=", "<="), left.span)
        yield replace(statement, relation=changed, conditions=(*statement.conditions, within))

    def component(self, value: Syntax, index: Name, part: Interval) -> Syntax:
        """The element of a value, whose first one is that where the part begins."""
        low = form_of(part.low)
        assert low is not None, "it was checked"
        first = progressions.combine(low, ONE, -1)
        here = progressions.combine(Form({index.name: 1}, 0, {index.name: index}), first, -1)
        shown = progressions.written(here, value.span)
        match value:
            case Num():
                return value
            case Big("row", _, _, body):
                return tree.substitute(body, {index.name: shown})
        group = value if isinstance(value, Group) else Group(value, value.span)
        return Indexed(group, (shown,), "subscript", value.span)

    def vectors(self, node: Syntax) -> Syntax:
        """The expression with vectors of elements."""
        new = tree.rebuild(node, self.vectors)
        if not isinstance(new, Indexed) or _slice(new) is None:
            return self.unmarked(new)
        index = Name(self.letter, self.letter, new.span)
        first = Chain((index, Num("1", new.span)), ("=",), new.span)
        element = self.element(new, index)
        return Big("row", (first,), self.shown_length(new), element, new.span, new.span)

    def element(self, node: Indexed, index: Name) -> Indexed:
        """x_{d+k} of x_{d+1:D}."""
        place, part = _part(node)
        low = form_of(part.low)
        assert low is not None, "it was checked"
        here = progressions.combine(low, Form({index.name: 1}, 0, {index.name: index}))
        here = progressions.combine(here, ONE, -1)
        subscripts = list(node.subscripts)
        subscripts[place] = progressions.written(here, node.span)
        return replace(node, base=self.unmarked(node.base), subscripts=tuple(subscripts))

    def unmarked(self, node: Syntax) -> Syntax:
        """A bold letter whose elements are written here is a vector because a declaration says so."""
        if isinstance(node, Name) and node.vector and node.name in self.whole:
            return replace(node, vector=False)
        return node

    def shown_length(self, node: Indexed) -> Syntax:
        form = self.length(node)
        assert form is not None, "it was checked"
        return progressions.written(form, _part(node)[1].span)

    # -------------------------------------------------------------------------- what it says of sizes

    def declarations(self) -> Iterator[Statement]:
        r"""y \in \mathbb{R}^D where y_{1:d} and y_{d+1:D} have an equation each."""
        for left, length in self.defined.values():
            if length is not None:
                space = RealSpace((progressions.written(length, left.span),), left.span)
                base = self.unmarked(left.base)
                yield Statement(Chain((base, space), ("in",), left.span), (), left.span)

    def orders(self, found: list[Indexed]) -> Iterator[Statement]:
        """D - d >= 0: the part of an axis has a length, and does not reach beyond the axis."""
        seen = set()
        for node in found:
            for form in self._not_negative(node):
                names = {n for s in form.symbols.values() for n in tree.names(s)}
                shown = progressions.written(form, node.span)
                key = tree.key(shown)
                if (
                    form.terms
                    and isinstance(shown, Sum)
                    and key not in seen
                    and not names & self.running
                ):
                    seen.add(key)
                    order = Chain((shown, Num("0", node.span)), (">=",), node.span)
                    yield Statement(order, (), node.span)

    def _not_negative(self, node: Indexed) -> Iterator[Form]:
        length = self.length(node)
        if length is not None:
            yield length
        place, part = _part(node)
        before, space = self.spaces.get(tree.symbol(node) or "", (0, None))
        if space is None or place < before:
            return
        whole = form_of(space.dimensions[place - before])
        high = form_of(part.high)
        if whole is not None and high is not None:
            yield progressions.combine(whole, high, -1)


def _spaces(statements: list[Statement]) -> Iterator[tuple[str, tuple[int, RealSpace]]]:
    """x, the subscripts of its declaration, and its space."""
    for subject, space in statement_tree.declarations(statements):
        name = tree.symbol(subject)
        if name is not None:
            yield name, (len(subject.subscripts) if isinstance(subject, Indexed) else 0, space)


def _lengths(
    lefts: list[Indexed], spaces: Mapping[str, tuple[int, RealSpace]]
) -> Iterator[tuple[str, tuple[Indexed, Form | None]]]:
    """y, one of its left sides and D, of y_{1:d} = … and y_{d+1:D} = …; None where something lies between."""
    for name in dict.fromkeys(tree.symbol(left) for left in lefts):
        if name is None or name in spaces:
            continue
        own = [left for left in lefts if tree.symbol(left) == name]
        ends = [(form_of(part.low), form_of(part.high)) for _, part in map(_part, own)]
        last: Form | None = progressions.number(0)
        for _ in own:
            following = progressions.combine(last, ONE) if last is not None else None
            last = next((high for low, high in ends if low == following), None)
        yield name, (own[0], last if all(len(n.subscripts) == 1 for n in own) else None)


def _bare(node: Syntax) -> Iterator[str]:
    """The symbols without subscripts."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Indexed) and isinstance(node.base, Name):
        for subscript in node.subscripts:
            yield from _bare(subscript)
    else:
        for child in tree.children(node):
            yield from _bare(child)


def _running(statements: list[Statement]) -> Iterator[str]:
    """The letters that stand in subscripts, parts aside, or are bound by a sum or a range."""
    for node in statement_tree.all_nodes(statements):
        if isinstance(node, Indexed):
            places = [s for s in node.subscripts if not isinstance(s, Interval)]
            yield from tree.names(*places) if places else ()
        elif isinstance(node, Big):
            yield from tree.bound_by(node, None)
    for statement in statements:
        for condition in statement.conditions:
            if isinstance(condition, Chain):
                yield from tree.names(*condition.operands[:-1])


def _refuse(node: Indexed, seen: str, help: str) -> NoReturn:
    raise DeltaruleError(
        "E008",
        "this part of an axis is not supported",
        at=node.span,
        seen=seen,
        help=help,
    )
