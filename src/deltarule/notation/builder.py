"""Statements whose names have their kinds --> a System: its equations, arrays and declarations."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace

from deltarule.equations import affine, domains, functions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Affine, Call, Expr, Number, Relation
from deltarule.equations.system import Array, Equation, System, positive_sizes
from deltarule.errors import DeltaruleError
from deltarule.notation import (
    agreeing,
    case_regions,
    extremes,
    first_elements,
    ranges,
    slices,
    tree,
)
from deltarule.notation.lower import Lowering
from deltarule.notation.no_equation import refuse_left, refuse_relations, refuse_without_equals
from deltarule.notation.spellings import is_own
from deltarule.notation.subscripts import split
from deltarule.notation.symbols import Symbols, base_name
from deltarule.notation.syntax import (
    Apply,
    Cases,
    Chain,
    Derivative,
    Group,
    Indexed,
    Interval,
    Name,
    RealSpace,
    Statement,
    Syntax,
)

MAXIMUM_PARTS = 20_000  # twice what is read: a maximum of several arguments repeats them


@dataclass
class Builder:
    """Collects the equations and the arrays of the statements, one after the other."""

    symbols: Symbols
    lowering: Lowering
    equations: list[Equation] = field(default_factory=list)
    arrays: dict[str, Array] = field(default_factory=dict)
    supports: dict[str, tuple[tuple[str, ...], Domain]] = field(default_factory=dict)
    adjoints: dict[tuple[str, str], str] = field(default_factory=dict)
    elsewhere: dict[str, list[Equation]] = field(default_factory=dict)  # declared constants
    orders: dict[Relation, Chain] = field(default_factory=dict)  # of sizes
    parts: int = 0  # of all expressions
    named: dict[str, tuple[Chain, str]] = field(default_factory=dict)  # adjoint --> where, of what

    def system(self, statements: list[Statement], title: str) -> System:
        for statement in statements:
            self._statement(statement)
        if not self.equations:
            raise DeltaruleError(
                "E004",
                "the document has no equation",
                at=statements[0].span if statements else None,
                help="write at least one 'name = expression'",
            )
        self._restrict()
        self.equations = first_elements.settle(agreeing.settle(self.equations))
        self._outside()
        self._inputs()
        equations = tuple(self.equations)
        used = {n for e in equations for n in _names(e)}
        sizes = tuple(s for s in self.symbols.sizes if s in used | self._declared_names())
        functions = tuple(f for f in self.symbols.functions if _calls(equations, f))
        free = {*sizes, *functions, *self.arrays}
        spelled = {n: x for n, x in self.symbols.latex.items() if is_own(n, x, n in free)}
        if "ell" in free | used:
            spelled.setdefault("l", "l")  # else an index l would be printed as \\ell too
        system = System(
            sizes,
            self.arrays,
            equations,
            functions,
            adjoint_names=self.adjoints,
            latex=spelled,
            title=title,
            orders=tuple(r for r in self.orders if affine.names(r.affine) <= set(sizes)),
        )
        if system.orders and domains.is_empty(positive_sizes(system)):
            slices.refuse_orders(self.orders[system.orders[-1]])
        return system

    def _declared_names(self) -> set[str]:
        return {
            *(n for _, d in self.supports.values() for n in domains.involved(d)),
            *(n for a in self.arrays.values() for v in a.values or () for n in affine.names(v)),
        }

    # ------------------------------------------------------------------------------ statements

    def _statement(self, statement: Statement) -> None:
        relation = statement.relation
        if isinstance(relation, Indexed):
            self._support(statement, relation)
            return
        if not isinstance(relation, Chain):
            refuse_without_equals(relation)
        if relation.ops[0] == "in":
            self._membership(statement, relation)
        elif isinstance(relation.operands[-1], Derivative):
            self._name_adjoint(relation, relation.operands[-1])
        elif slices.is_order(relation, frozenset(self.symbols.sizes)):
            for order in self.lowering.static_relations(relation, frozenset()):
                self.orders.setdefault(order, relation)
        elif relation.ops != ("=",):
            refuse_relations(relation)
        else:
            self._equation(statement, relation.operands[0], relation.operands[1])

    def _support(self, statement: Statement, subject: Indexed) -> None:
        """h[m] for 0 <= m < H: where the array lives."""
        name = base_name(subject)
        axes = tuple(tree.atom(s) for s in split(subject))
        if name is None or any(a is None or a in self.symbols.sizes for a in axes):
            raise DeltaruleError(
                "E003",
                "a declaration has one letter per subscript",
                at=subject.span,
                help="for example h[m, n] for 0 <= m < H, 0 <= n < W",
            )
        letters = tuple(a for a in axes if a is not None)
        domain = self._conditions(statement.conditions, frozenset(letters))
        self.supports[name] = (letters, domain)

    def _membership(self, statement: Statement, relation: Chain) -> None:
        """y_i in {1, …, K} declares integers; x_i in R says where x is, if it says where i runs."""
        subject, space = relation.operands[0], relation.operands[-1]
        if isinstance(space, RealSpace):
            if isinstance(subject, Indexed):
                if ranges.bind(statement.conditions, split(subject)):
                    self._support(statement, subject)
            return
        name = base_name(subject)
        if not isinstance(space, Interval) or name is None:
            raise DeltaruleError(
                "E008",
                "membership in this set is not supported",
                at=space.span,
                help="\\mathbb{R}^{m \\times n} and \\{1, \\dots, n\\} are",
            )
        scope: frozenset[str] = frozenset()
        low, high = (self.lowering.position(b, scope) for b in (space.low, space.high))
        axes = tuple(
            a
            for s in (subject.subscripts if isinstance(subject, Indexed) else ())
            if (a := tree.atom(s)) is not None
        )
        self.arrays[name] = Array(name, axes, None, "integer", (low, high), span=subject.span)
        if statement.conditions:
            domain = self._conditions(statement.conditions, frozenset(axes))
            self.supports[name] = (axes, domain)

    def _name_adjoint(self, relation: Chain, derivative: Derivative) -> None:
        """delta_{i,j} = dE/dxi_{i,j} gives that adjoint its name."""
        left = relation.operands[0]
        name, of, by = base_name(left), base_name(derivative.of), base_name(derivative.by)
        if (
            name is None
            or of is None
            or by is None
            or _subscripts(left) != _subscripts(derivative.by)
        ):
            raise DeltaruleError(
                "E008",
                "this names no adjoint",
                at=relation.span,
                seen="the subscripts of both sides must be the same",
                help="for example \\delta_{i,j} = \\frac{\\partial E}{\\partial x_{i,j}}",
            )
        self.adjoints[(of, by)] = name
        self.named[name] = relation, by
        self.symbols.latex.setdefault(name, getattr(_base(left), "latex", name))
        for node in (_base(left), _base(derivative.of), _base(derivative.by)):
            if isinstance(node, Name):
                self.symbols.latex.setdefault(node.name, node.latex)

    # ------------------------------------------------------------------------------ equations

    def _equation(self, statement: Statement, left: Syntax, right: Syntax) -> None:
        target = base_name(left)
        if target is None or isinstance(left, Apply):
            refuse_left(left)
        if target in self.symbols.functions:
            raise DeltaruleError(
                "E107", f"'{target}' is defined as an array and called as a function", at=left.span
            )
        found = {
            a
            for s in _subscripts_of(left)
            for n in tree.descend(s)
            if (a := tree.atom(n)) is not None and a not in self.symbols.sizes
        }
        scope = frozenset(found)
        subscripts = tuple(
            self.lowering.position(s, scope)
            for s in (split(left) if isinstance(left, Indexed) else ())
        )
        if not all(affine.is_static(s) for s in subscripts):
            raise DeltaruleError(
                "E008",
                "a left side whose subscript is data is not supported",
                at=left.span,
                help="sum what belongs to an element: h[k] = sum(i=1..n) [y[i] = k] x[i]",
            )
        indices = _in_order(subscripts, scope)
        stated = self._conditions(statement.conditions, scope)
        whole = right.body if isinstance(right, Group) else right
        parts = self._regions(whole, stated, scope) if isinstance(whole, Cases) else None
        for inside, value in [(stated, right)] if parts is None else parts:
            expression = self.lowering.value(value, scope)
            self._add(target, subscripts, indices, inside, expression, statement)

    def _regions(
        self, cases: Cases, stated: Domain, scope: frozenset[str]
    ) -> list[case_regions.Region] | None:
        """Where which of the cases hold, as far as indices say; None where they say nothing."""

        def position(node: Syntax) -> Affine | None:
            whole = self.lowering.is_integer(node, scope)
            form = self.lowering.position(node, scope) if whole else None
            return form if form is not None and affine.is_static(form) else None

        def domain_of(condition: Syntax) -> Domain | None:
            found = extremes.domain_of(condition, position)
            if found is not None:
                return found
            return domains.of_condition(self.lowering.condition(condition, scope))

        return case_regions.regions(cases, stated, domain_of)

    def _add(
        self,
        target: str,
        subscripts: tuple[Affine, ...],
        indices: tuple[str, ...],
        domain: Domain,
        expression: Expr,
        statement: Statement,
    ) -> None:
        self._count(expression, statement)
        equation = Equation(target, subscripts, indices, domain, expression, statement.span)
        self.equations.append(equation)

    def _count(self, expression: Expr, statement: Statement) -> None:
        """E007 where maxima of several arguments, written out, take too many parts."""
        self.parts += walk.size(expression)
        if self.parts > MAXIMUM_PARTS:
            raise DeltaruleError(
                "E007",
                f"the equations have more than {MAXIMUM_PARTS} parts when written out",
                at=statement.span,
                seen="the limit is reached in this equation",
                help="give parts of the expression names of their own",
            )

    def _conditions(self, conditions: tuple[Syntax, ...], scope: frozenset[str]) -> Domain:
        domain = domains.everything()
        for condition in conditions:
            relations = self.lowering.static_relations(condition, scope)
            domain = domains.intersect(domain, domains.from_relations(relations))
        return domain

    # ------------------------------------------------------------------------------ arrays

    def _restrict(self) -> None:
        """A support declared for a defined array restricts its equations, but for those beyond it.

        h[t] for t = 1..T leaves h[0] = 0 and h[t] = 1 for t = 1-p..0 as they are.
        """
        for position, equation in enumerate(self.equations):
            if equation.target in self.supports:
                axes, support = self.supports[equation.target]
                if len(axes) != len(equation.subscripts):
                    raise _rank_error(
                        equation.target, len(axes), len(equation.subscripts), equation
                    )
                inside = _at(support, axes, equation.subscripts)
                domain = domains.intersect(equation.domain, inside)
                if domains.is_empty(domain):
                    domain = _beyond(equation, axes, support)
                self.equations[position] = replace(equation, domain=domain)

    def _outside(self) -> None:
        """x[t] = 0 for t <= 0, where x is no more than that: a constant outside the support."""
        for name in {e.target for e in self.equations}:
            own = [e for e in self.equations if e.target == name]
            if not all(_is_outside(e) for e in own):
                continue
            values = {e.expression for e in own}
            only = values.pop() if len(values) == 1 else None
            if isinstance(only, Number) and only.value.denominator == 1:
                self.equations = [e for e in self.equations if e.target != name]
                self.elsewhere[name] = own
                self.arrays[name] = Array(name, outside=int(only.value), span=own[0].span)

    def _inputs(self) -> None:
        ranks: dict[str, int] = {}
        for equation in self.equations:
            self._note_rank(equation.target, len(equation.subscripts), ranks, equation)
            for access in walk.accesses(equation.expression):
                self._note_rank(access.array, len(access.subscripts), ranks, access)
        for name in ranks:
            array = self.arrays.get(name, Array(name))
            if name in self.symbols.integers and array.kind == "real":
                array = replace(array, kind="integer")
            if name in self.supports and not any(e.target == name for e in self.equations):
                axes, support = self.supports[name]
                if len(axes) != ranks[name]:
                    raise DeltaruleError(
                        "E106",
                        f"'{name}' is declared with {_subscript_count(len(axes))} and used with "
                        f"{ranks[name]}",
                        at=self.symbols.spans.get(name),
                        seen="declared here",
                        help="declare one letter and its range per subscript",
                    )
                array = replace(array, axes=axes, support=support)
            span = array.span or self.symbols.spans.get(name)
            self.arrays[name] = replace(array, span=span)
        self._check_adjoints(ranks)
        order = [*(n for n in ranks if n not in self._targets()), *self._targets()]
        self.arrays = {n: self.arrays[n] for n in order}

    def _check_adjoints(self, ranks: dict[str, int]) -> None:
        for name, (relation, by) in self.named.items():
            if by not in ranks:
                near = difflib.get_close_matches(by, ranks, 1, 0.4)
                raise DeltaruleError(
                    "E110",
                    f"there is no '{by}' to derive by",
                    at=relation.operands[-1].span,
                    seen="not in the equations",
                    help=f"did you mean {near[0]}?" if near else f"arrays: {', '.join(ranks)}",
                )
            if name in self._targets():
                raise DeltaruleError(
                    "E107",
                    f"'{name}' names a derivative and is defined by an equation",
                    at=relation.operands[0].span,
                    seen="names a derivative",
                    help="give one of the two another name",
                )

    def _targets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.target for e in self.equations))

    def _note_rank(self, name: str, rank: int, ranks: dict[str, int], at: object) -> None:
        if ranks.setdefault(name, rank) != rank:
            raise _rank_error(name, ranks[name], rank, at)


def _rank_error(name: str, one: int, other: int, at: object) -> DeltaruleError:
    return DeltaruleError(
        "E106",
        f"'{name}' has {_subscript_count(one)} in one place and {other} in another",
        at=getattr(at, "span", None),
        seen=f"{other} here",
        help="separate subscripts by commas; give different arrays different names",
    )


def _subscript_count(count: int) -> str:
    return f"{count} subscript{'s' * (count != 1)}"


def _is_outside(equation: Equation) -> bool:
    """A number for an endless range of subscripts."""
    if not isinstance(equation.expression, Number):
        return False
    return any(
        domains.involves(equation.domain, i) and not domains.is_bounded_in(equation.domain, i)
        for i in equation.indices
    )


def _beyond(equation: Equation, axes: tuple[str, ...], support: Domain) -> Domain:
    """An equation outside of the declared support: what it leaves open runs as declared."""
    domain = equation.domain
    for axis, subscript in zip(axes, equation.subscripts, strict=True):
        index = affine.plain_name(subscript)
        if index in equation.indices and not domains.is_bounded_in(domain, str(index)):
            others = [a for a in axes if a != axis]
            along = domains.project_out(support, others)
            inside = domains.intersect(domain, _at(along, (axis,), (subscript,)))
            domain = domain if domains.is_empty(inside) else inside  # h[t] = 0 for t <= 0
    return domain


def _at(support: Domain, axes: tuple[str, ...], subscripts: tuple[Affine, ...]) -> Domain:
    """The support over its axes, as a condition on the indices in the subscripts."""
    return domains.substitute(support, dict(zip(axes, subscripts, strict=True)))


def _in_order(subscripts: tuple[Affine, ...], scope: frozenset[str]) -> tuple[str, ...]:
    found = [n for s in subscripts for n, _ in s.terms if isinstance(n, str) and n in scope]
    return tuple(dict.fromkeys(found))


def _base(node: Syntax) -> Syntax:
    return node.base if isinstance(node, Indexed) else node


def _subscripts_of(node: Syntax) -> tuple[Syntax, ...]:
    return node.subscripts if isinstance(node, Indexed) else ()


def _subscripts(node: Syntax) -> tuple[object, ...]:
    return tuple(tree.key(s) for s in _subscripts_of(node))


def _names(equation: Equation) -> set[str]:
    found = set(walk.free_names(equation.expression))
    found |= {n for s in equation.subscripts for n in affine.names(s)}
    found |= set(domains.involved(equation.domain))
    for node in walk.descend(equation.expression):
        if hasattr(node, "domain"):
            found |= set(domains.involved(node.domain))
    return found


def _calls(equations: tuple[Equation, ...], name: str) -> bool:
    if functions.is_known(name):
        return False
    return any(
        isinstance(node, Call) and node.function == name
        for e in equations
        for node in walk.descend(e.expression)
    )
