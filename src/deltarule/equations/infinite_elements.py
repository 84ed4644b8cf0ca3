r"""Elements that are infinite by definition: the boundary of a table, what a mask leaves out.

    r[i,j] = d[i,j] + min(r[i-1,j], r[i,j-1]), r[0,j] = ∞
        -->  r[1,j] = d[1,j] + r[1,j-1],  r[i,j] = d[i,j] + min(r[i-1,j], r[i,j-1]) for i > 1
    y[i] = sum(j) e^{s[i,j] + m[i,j]}, m[i,j] = -∞ for j > i
        -->  y[i] = sum(j <= i) e^{s[i,j] + m[i,j]}

No array holds them: an equation is taken apart by which of its elements are infinite, and what these
leave of its value is computed. An equation whose value is infinite itself defines further such elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.equations import affine, build, dependences, domains, infinity, walk
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.infinity import MINUS, PLUS, Infinite, NoValueError, Split, Value
from deltarule.equations.nodes import (
    Access,
    Add,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    Expr,
    Mul,
    Pow,
    Reduce,
    Select,
)
from deltarule.equations.system import Equation
from deltarule.errors import DeltaruleError

SYMBOL = "infty"
ROUNDS = 12  # each finds what is infinite because of what the one before found
LOSES = {"max": MINUS, "min": PLUS, "argmax": MINUS, "argmin": PLUS}

Sets = dict[str, dict[int, Domain]]  # the infinite elements of an array, by their sign
Piece = tuple[Domain, dict[Access, int]]  # where which elements are infinite


def settle(equations: tuple[Equation, ...]) -> tuple[Equation, ...]:
    """The equations without infinity. E008 where an element that is wanted would be infinite."""
    reads = (a for e in equations for a in walk.accesses(e.expression))
    if not any(_is_infinity(a) for a in reads) or any(e.target == SYMBOL for e in equations):
        return equations
    sets: Sets = {}
    for _ in range(ROUNDS):
        found: Sets = {}
        result: list[Equation] = []
        for equation in equations:
            result += _finite_parts(equation, sets, found)
        if found == sets:
            _refuse_without_a_number(equations, result)
            return tuple(result)
        sets = found
    raise DeltaruleError(
        "E008",
        "more and more elements are infinite because others are",
        at=next(e.span for e in equations if e.target in sets),
        seen="the first of them",
        help="let the boundary be infinite only where a minimum or an exponential leaves it out",
    )


def _refuse_without_a_number(equations: tuple[Equation, ...], left: list[Equation]) -> None:
    """E008 where all that is computed of a result is infinity."""
    kept = {e.target for e in left}
    read = {a.array for e in equations for a in walk.accesses(e.expression)}
    for equation in equations:
        if equation.target not in kept and (equation.target not in read or not left):
            raise _no_value(equation, f"all of '{equation.target}' is infinite")


def _is_infinity(access: Access) -> bool:
    return access.array == SYMBOL and not access.subscripts


# ------------------------------------------------------------------------------ equations


def _finite_parts(equation: Equation, sets: Sets, found: Sets) -> Iterator[Equation]:
    """The parts of an equation that are finite; where it is infinite, that is noted in `found`."""
    values: list[tuple[Expr, Domain]] = []
    try:
        for inside, signs in _pieces(equation.expression, equation.domain, sets):
            value = _Evaluation(sets, signs, inside).value(equation.expression)
            if isinstance(value, Infinite):
                _note(found, equation, inside, value.sign)
            elif isinstance(value, Split):
                raise NoValueError("data decides whether this is infinite")
            else:
                values.append((value, inside))
    except NoValueError as error:
        raise _no_value(equation, str(error)) from None
    merged: list[tuple[Expr, Domain]] = []
    for value, inside in values:
        if merged and merged[-1][0] == value:
            merged[-1] = value, domains.unite(merged[-1][1], inside)
        else:
            merged.append((value, inside))
    for value, inside in merged:
        yield replace(equation, expression=value, domain=inside)


def _note(found: Sets, equation: Equation, inside: Domain, sign: int) -> None:
    sizes = _others(equation, inside)
    elements = dependences.image(Access(equation.target, equation.subscripts), inside, sizes)
    known = found.setdefault(equation.target, {})
    known[sign] = domains.unite(known[sign], elements) if sign in known else elements


def _others(equation: Equation, inside: Domain) -> tuple[str, ...]:
    named = {n for s in equation.subscripts for n in affine.names(s)}
    return tuple(sorted((named | set(domains.names_of(inside))) - set(equation.indices)))


def _no_value(equation: Equation, why: str) -> DeltaruleError:
    at = next((a.span for a in walk.accesses(equation.expression) if _is_infinity(a)), None)
    return DeltaruleError(
        "E008",
        f"infinity is not supported here: {why}",
        at=at or equation.span,
        seen="∞ reaches this",
        help="∞ may be an argument of min or max, of exp, or the value of a boundary that these read",
    )


# ------------------------------------------------------------------------------ where


def _pieces(expression: Expr, domain: Domain, sets: Sets) -> list[Piece]:
    """The domain, taken apart by which elements are infinite that are read for all of a point."""
    found: list[Piece] = [(domain, {})]
    for access in dict.fromkeys(_read_here(expression)):
        for sign, where in _where(access, sets).items():
            split: list[Piece] = []
            for inside, signs in found:
                if access in signs:
                    split.append((inside, signs))
                    continue
                split.append((domains.subtract(inside, where), signs))
                split.append((domains.intersect(inside, where), {**signs, access: sign}))
            found = [piece for piece in split if not domains.is_empty(piece[0])]
    return found


def _where(access: Access, sets: Sets) -> dict[int, Domain]:
    """For each sign the condition on an access's indices that its element is infinite."""
    if _is_infinity(access):
        return {1: domains.everything()}
    values = {element_name(a): s for a, s in enumerate(access.subscripts) if affine.is_static(s)}
    found = {}
    for sign, elements in sets.get(access.array, {}).items():
        where = domains.substitute(elements, values)
        if any(domains.involves(where, element_name(a)) for a in range(len(access.subscripts))):
            raise NoValueError("data decides which element is read")
        found[sign] = where
    return found


def _read_here(node: Expr) -> Iterator[Access]:
    """The elements read outside of sums and maxima, which have points of their own."""
    if isinstance(node, Access):
        yield node
    elif not isinstance(node, Reduce | ArgReduce):
        for child in walk.children(node):
            yield from _read_here(child)


# ------------------------------------------------------------------------------ values


@dataclass(frozen=True)
class _Evaluation:
    """What expressions are where the elements in `signs` are infinite; `inside` holds the points."""

    sets: Sets
    signs: dict[Access, int]
    inside: Domain

    def value(self, node: Expr) -> Value:
        if not self.reads_infinite(node):
            return node
        match node:
            case Access():
                return Infinite(self.signs[node])
            case Add(terms):
                return infinity.add([self.value(t) for t in terms])
            case Mul(factors):
                return infinity.multiply([self.value(f) for f in factors])
            case Pow(base, exponent):
                return infinity.power(self.value(base), self.value(exponent))
            case Call(_, args):
                return infinity.call(node, [self.value(a) for a in args])
            case Select(_, then, otherwise):
                return self.chosen(node, then, otherwise)
            case Bracket():
                return self.chosen(node, build.ONE, build.ZERO)
            case Reduce() | ArgReduce():
                return self.reduced(node)
        return node

    def reads_infinite(self, node: Expr) -> bool:
        return any(
            a in self.signs or a.array in self.sets or _is_infinity(a) for a in walk.accesses(node)
        ) and (not isinstance(node, Access) or node in self.signs)

    def chosen(self, node: Select | Bracket, then: Expr, otherwise: Expr) -> Value:
        condition = node.condition
        sides = (condition.left, condition.right) if isinstance(condition, Compare) else ()
        values = [self.value(side) for side in sides]
        if isinstance(condition, Compare):
            op = condition.op

            def decide(found: list[Expr | Infinite]) -> Value:
                holds = infinity.compare(found[0], op, found[1])
                if isinstance(holds, bool):
                    return self.value(then if holds else otherwise)
                if isinstance(node, Bracket):
                    return replace(node, condition=holds)
                return infinity.choose(holds, self.value(then), self.value(otherwise))

            return infinity.combine(values, decide)
        for part in walk.children(Bracket(condition)):
            if isinstance(self.value(part), Infinite | Split):
                raise NoValueError("∞ is compared in one of several conditions")
        if isinstance(node, Bracket):
            return node
        return infinity.choose(condition, self.value(then), self.value(otherwise))

    def reduced(self, node: Reduce | ArgReduce) -> Value:
        """A sum without the points where its body is 0, a maximum without those where it is -∞."""
        indices = node.indices if isinstance(node, Reduce) else (node.index,)
        bodies: list[tuple[Expr, Domain]] = []
        infinite: list[tuple[Infinite, Domain]] = []
        for domain, signs in _pieces(node.body, node.domain, self.sets):
            both = domains.intersect(self.inside, domain)
            if domains.is_empty(both):
                continue
            body = _Evaluation(self.sets, {**self.signs, **signs}, both).value(node.body)
            if isinstance(body, Split):
                raise NoValueError("data decides whether an element is infinite")
            if isinstance(body, Infinite):
                if body != LOSES.get(node.op):
                    infinite.append((body, both))
            elif not (node.op == "sum" and body == build.ZERO):
                bodies.append((body, domain))
        if infinite:
            return self.infinite(infinite, indices)
        return self.joined(node, bodies, indices)

    def infinite(self, found: list[tuple[Infinite, Domain]], indices: tuple[str, ...]) -> Value:
        """A sum with infinite terms of one sign, where it has one everywhere."""
        signs = {value for value, _ in found}
        met = domains.project_out(domains.unite(*(d for _, d in found)), indices)
        if len(signs) > 1 or not domains.is_subset(self.inside, met):
            raise NoValueError("some of the elements that are summed or compared are infinite")
        return signs.pop()

    def joined(
        self, node: Reduce | ArgReduce, bodies: list[tuple[Expr, Domain]], indices: tuple[str, ...]
    ) -> Value:
        groups: dict[Expr, Domain] = {}
        for body, domain in bodies:
            groups[body] = domains.unite(groups[body], domain) if body in groups else domain
        if not groups and node.op in LOSES and isinstance(node, Reduce):
            return LOSES[node.op]
        if node.op in LOSES:
            self.require_some(list(groups.values()), indices)
        parts = [replace(node, body=body, domain=domain) for body, domain in groups.items()]
        if len(parts) == 1:
            return parts[0]
        if node.op != "sum":
            raise NoValueError("what is compared takes another form where elements are infinite")
        return build.add(*parts)

    def require_some(self, left: list[Domain], indices: tuple[str, ...]) -> None:
        """What is compared must not all be infinite anywhere."""
        met = domains.project_out(domains.unite(*left), indices) if left else domains.nothing()
        if not domains.is_subset(self.inside, met):
            raise NoValueError("all of the elements that are compared may be infinite")
