r"""First and last elements of recurrences that a declaration speaks of, and no equation: they are given.

    h_t = f(h_{t-1}), t = 1..T,  h_0 \in \mathbb{R}^n   -->   h_0 = h_{\text{init}},  h_{\text{init}} \in \mathbb{R}^n
    x_{t-1} = f(x_t),  x_T \in \mathbb{R}^n             -->   x_T = x_{\text{T}},  x_{\text{T}} \in \mathbb{R}^n
    h_t = f(h_{t-1}), t = 1..T,  h_T \in \mathbb{R}^n   -->   stays: the equation defines h_T

An element is given where it lies before or after the range that is stated beside the equations of its array. Without
a range, numbers are the first elements where elements before are read, as many as that reaches back; a size
is the last one where elements after are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.notation import statement_tree, tree
from deltarule.notation.progressions import combine, form_of
from deltarule.notation.range_parts import ends_of, range_of
from deltarule.notation.syntax import Big, Chain, Indexed, Name, Num, Statement, Syntax


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with an equation and a declaration for each such element."""
    candidates = [c for s in statements if (c := _candidate(s, statements)) is not None]
    given = {id(c.statement): c for c in candidates if _is_given(c, candidates, statements)}
    result = []
    for statement in statements:
        result.append(statement)
        if (found := given.get(id(statement))) is not None:
            result += found.written_out(_label(found, candidates))
    return result


@dataclass(frozen=True)
class _Candidate:
    """A declared element with one fixed subscript, where the equations of its array have a running one."""

    statement: Statement
    element: Indexed
    place: int
    general: tuple[Statement, ...]

    @property
    def fixed(self) -> Syntax:
        return self.element.subscripts[self.place]

    def is_beside(self, other: _Candidate) -> bool:
        """Whether both are elements of one array."""
        return tree.key(self.element.base) == tree.key(other.element.base)

    def written_out(self, label: str) -> list[Statement]:
        """h_0 = h_{\\text{init}}, and where that lies."""
        base, relation = self.element.base, self.statement.relation
        assert isinstance(base, Name) and isinstance(relation, Chain)
        name = tree.with_label(base, label, f"\\text{{{label}}}")
        others = tuple(s for p, s in enumerate(self.element.subscripts) if p != self.place)
        given = replace(self.element, base=name, subscripts=others) if others else name
        equation = Chain((self.element, given), ("=",), self.element.span)
        declared = replace(relation, operands=(given, *relation.operands[1:]))
        return [replace(self.statement, relation=r) for r in (equation, declared)]


def _label(found: _Candidate, candidates: list[_Candidate]) -> str:
    """T of x_T; init of h_0, and init0 beside h_1."""
    if isinstance(found.fixed, Name):
        return found.fixed.name
    several = sum(found.is_beside(other) for other in candidates) > 1
    return "init" + tree.written(found.fixed) * several


def _candidate(statement: Statement, statements: list[Statement]) -> _Candidate | None:
    declared = next(statement_tree.declarations([statement]), None)
    if declared is None or not isinstance(declared[0], Indexed):
        return None
    element = declared[0]
    equations = [s for s in statements if (left := _element(statement_tree.left_side(s))) is not None
                 and tree.key(left.base) == tree.key(element.base)]  # fmt: skip
    if any(tree.key(statement_tree.subject(s)) == tree.key(element) for s in equations):
        return None
    counts = _counts(statements)
    fixed = [p for p, s in enumerate(element.subscripts) if _is_fixed(s, counts)]
    if len(fixed) != 1 or not equations:
        return None
    general = tuple(s for s in equations if _running(s, fixed[0], len(element.subscripts)))
    return _Candidate(statement, element, fixed[0], general) if general else None


def _element(node: Syntax | None) -> Indexed | None:
    return node if isinstance(node, Indexed) and isinstance(node.base, Name) else None


def _is_fixed(node: Syntax, counts: frozenset[str]) -> bool:
    """0, and T where something runs to T."""
    return isinstance(node, Num) or (isinstance(node, Name) and node.name in counts)


def _counts(statements: list[Statement]) -> frozenset[str]:
    """What ranges and sums end with."""
    ranges = [c for s in statements for c in statement_tree.parts(s) if range_of(c) is not None]
    ends = [end for c in ranges for end in ends_of(c) or ()]
    sums = [n.above for n in statement_tree.all_nodes(statements)
            if isinstance(n, Big) and n.above is not None]  # fmt: skip
    return frozenset(tree.names(*ends, *sums))


def _running(statement: Statement, place: int, count: int) -> str | None:
    """The t of h_t = …, of h_{t+1} = … at that place."""
    left = _element(statement_tree.left_side(statement))
    if left is None or len(left.subscripts) != count:
        return None
    form = form_of(left.subscripts[place])
    letters = [] if form is None else list(form.terms.items())
    only = letters[0] if len(letters) == 1 else (None, 0)
    return only[0] if isinstance(only[0], str) and only[1] == 1 else None


# ------------------------------------------------------------------------------ what is given


def _is_given(found: _Candidate, candidates: list[_Candidate], statements: list[Statement]) -> bool:
    stated = [c for s in found.general if (c := _range(s, found)) is not None]
    if stated:
        return len(stated) == len(found.general) and all(
            _is_outside(found, s, c) for s, c in zip(found.general, stated, strict=True)
        )
    beside = [c for c in candidates if found.is_beside(c)]
    steps = set(_steps(found, statements))
    if isinstance(found.fixed, Num):
        return bool(steps) and max(steps) <= 0 and len(beside) == -min(steps) > 0
    return bool(steps) and min(steps) >= 0 and len(beside) == max(steps) == 1


def _range(statement: Statement, found: _Candidate) -> Syntax | None:
    index = _running(statement, found.place, len(found.element.subscripts))
    return next((c for c in statement.conditions if range_of(c) == index), None)


def _is_outside(found: _Candidate, statement: Statement, condition: Syntax) -> bool:
    """Whether h_0 lies before the first element that an equation defines, or x_T after the last."""
    ends, left = ends_of(condition), _element(statement_tree.left_side(statement))
    if ends is None or left is None:
        return False
    index = _running(statement, found.place, len(left.subscripts))
    forms = [form_of(n) for n in (*ends, left.subscripts[found.place], found.fixed)]
    low, high, own, place = forms
    if low is None or high is None or own is None or place is None:
        return False
    for end, sign in ((low, -1), (high, 1)):
        distance = combine(combine(place, end, -1), replace(own, terms={}), -1)
        if distance.is_number and sign * distance.constant > 0:
            return index is not None
    return False


def _steps(found: _Candidate, statements: list[Statement]) -> Iterator[int]:
    """-1 for h_{t-1} in an equation for c_t: how far from its own place it reads."""
    count = len(found.element.subscripts)
    for statement in statements:
        left = _element(statement_tree.left_side(statement))
        own = [f for s in (left.subscripts if left is not None else ()) if (f := form_of(s))]
        relation = statement_tree.equation(statement)
        for side in relation.operands[1:] if relation is not None else ():
            for node in tree.descend(side):
                read = _element(node)
                if read is None or tree.key(read.base) != tree.key(found.element.base):
                    continue
                form = (
                    form_of(read.subscripts[found.place]) if len(read.subscripts) == count else None
                )
                for other in own:
                    if form is not None and form.terms and form.terms == other.terms:
                        yield form.constant - other.constant
