"""An expression as a function of its indices' values: by definition, one number at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

from deltarule.costs.rules import flatten
from deltarule.equations import domains, functions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Add,
    Affine,
    All,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    Condition,
    Expr,
    IndexValue,
    Mul,
    Number,
    Pow,
    Reduce,
    Relation,
    Select,
    Size,
)
from deltarule.equations.system import Array
from deltarule.errors import DeltaruleError
from deltarule.runtimes.arithmetic import COMPARE, Arithmetic, NotExact, Rational
from deltarule.runtimes.points import Grouped, grouped, limits

T = TypeVar("T")
Env = dict[str, int]
Evaluate = Callable[[Env], T]
Fetch = Callable[[str, tuple[int, ...], bool], T]


@dataclass(frozen=True)
class Interpreter(Generic[T]):
    """Makes functions of expressions. `fetch(array, subscripts, zero_outside)` reads an element."""

    arithmetic: Arithmetic[T]
    fetch: Fetch[T]
    fetch_integer: Fetch[int]
    arrays: Mapping[str, Array]
    sizes: Mapping[str, int]
    context: Domain
    zero_outside: bool = False  # inside a sum without limits

    def compile(self, node: Expr) -> Evaluate[T]:
        """The value of a node, given numbers for the names around it."""
        match node:
            case Number(value):
                constant = self.arithmetic.number(value)
                return lambda env: constant
            case Size(name) | IndexValue(name):
                number = self.arithmetic.number
                return lambda env: number(Fraction(env[name]))
            case Access():
                return self._access(node)
            case Call():
                return self._call(node)
            case Add(terms):
                return self._fold(self.arithmetic.add, terms)
            case Mul(factors):
                return self._product(factors)
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Reduce():
                return self._reduce(flatten(node))
            case ArgReduce():
                return self._place(node)
            case Bracket(condition):
                return self._bracket(condition)
            case Select(condition, then, otherwise):
                return self._select(condition, then, otherwise)

    def integer(self, node: Expr) -> Evaluate[int]:
        """The value of an expression that defines an integer array."""
        if isinstance(node, ArgReduce):
            return self._argument(node)
        exact = self._exact(node)
        return lambda env: int(exact(env))

    def _exact(self, node: Expr) -> Evaluate[Fraction]:
        """An expression that reads no real element."""
        return Interpreter(
            Rational(),
            _no_real_element,
            self.fetch_integer,
            self.arrays,
            self.sizes,
            self.context,
            self.zero_outside,
        ).compile(node)

    def subscript(self, form: Affine) -> Evaluate[int]:
        """An affine form, its integer elements read."""
        names = [(a, c) for a, c in form.terms if isinstance(a, str)]
        elements = [(self._integer_element(a), c) for a, c in form.terms if isinstance(a, Access)]
        constant = form.constant
        if not elements and not constant and len(names) == 1 and names[0][1] == 1:
            name = names[0][0]
            return lambda env: env[name]
        if not elements:
            return lambda env: constant + sum([env[n] * c for n, c in names])
        return lambda env: (
            constant + sum(env[n] * c for n, c in names) + sum(e(env) * c for e, c in elements)
        )

    def condition(self, condition: Condition) -> Callable[[Env], bool]:
        match condition:
            case Relation(form, op):
                value, compare = self.subscript(form), COMPARE[op]
                return lambda env: compare(value(env), 0)
            case Compare(left, op, right):
                first, second = self.compile(left), self.compile(right)
                holds = self.arithmetic.compare
                return lambda env: holds(op, first(env), second(env))
            case All(parts):
                tests = [self.condition(part) for part in parts]
                return lambda env: all(test(env) for test in tests)

    def _access(self, node: Access) -> Evaluate[T]:
        subscripts = [self.subscript(s) for s in node.subscripts]
        name, zero = node.array, self.zero_outside
        if self.arrays[name].kind == "integer":
            number, integer = self.arithmetic.number, self._integer_element(node)
            return lambda env: number(Fraction(integer(env)))
        fetch = self.fetch
        return lambda env: fetch(name, tuple([s(env) for s in subscripts]), zero)

    def _integer_element(self, node: Access) -> Evaluate[int]:
        subscripts = [self.subscript(s) for s in node.subscripts]
        name, zero, fetch = node.array, self.zero_outside, self.fetch_integer
        return lambda env: fetch(name, tuple([s(env) for s in subscripts]), zero)

    def _call(self, node: Call) -> Evaluate[T]:
        written_out = functions.expand(node)
        if written_out != node:
            return self.compile(written_out)
        args = [self.compile(a) for a in node.args]
        name, order, call = node.function, node.order, self.arithmetic.call
        return lambda env: call(name, order, tuple([a(env) for a in args]))

    def _fold(self, operation: Callable[[T, T], T], nodes: tuple[Expr, ...]) -> Evaluate[T]:
        first, *rest = [self.compile(n) for n in nodes]

        def fold(env: Env) -> T:
            result = first(env)
            for evaluate in rest:
                result = operation(result, evaluate(env))
            return result

        return fold

    def _product(self, factors: tuple[Expr, ...]) -> Evaluate[T]:
        """A bracket that does not hold makes the product zero, whatever the other factors are."""
        tests = [self.condition(f.condition) for f in factors if isinstance(f, Bracket)]
        rest = tuple(f for f in factors if not isinstance(f, Bracket))
        zero, one = self._constant(0), self._constant(1)
        value = self._fold(self.arithmetic.multiply, rest) if rest else lambda env: one
        if not tests:
            return value
        return lambda env: value(env) if all(test(env) for test in tests) else zero

    def _power(self, base: Expr, exponent: Expr) -> Evaluate[T]:
        of, power = self.compile(base), self.arithmetic.power
        if isinstance(exponent, Number):
            constant = exponent.value
            return lambda env: power(of(env), constant)
        if not any(isinstance(n, Access | Call | Reduce) for n in walk.descend(exponent)):
            exact = self._exact(exponent)
            return lambda env: power(of(env), exact(env))
        to, general = self.compile(exponent), self.arithmetic.general_power
        return lambda env: general(of(env), to(env))

    def _reduce(self, node: Reduce) -> Evaluate[T]:
        points, inside = self._inside(node.domain, node.indices, node.body, node.unlimited)
        body = inside.compile(node.body)
        if node.op == "sum":
            return _accumulate(self._constant(0), self.arithmetic.add, points, node.indices, body)
        if node.op == "prod":
            multiply = self.arithmetic.multiply
            return _accumulate(self._constant(1), multiply, points, node.indices, body)
        best = self._extreme(node.op == "max", points, node.indices, body, node)
        return lambda env: best(env)[1]

    def _place(self, node: ArgReduce) -> Evaluate[T]:
        argument, number = self._argument(node), self.arithmetic.number
        return lambda env: number(Fraction(argument(env)))

    def _argument(self, node: ArgReduce) -> Evaluate[int]:
        points, inside = self._inside(node.domain, (node.index,), node.body, False)
        body = inside.compile(node.body)
        best = self._extreme(node.op == "argmax", points, (node.index,), body, node)
        return lambda env: best(env)[0][0]

    def _inside(
        self, domain: Domain, indices: tuple[str, ...], body: Expr, unlimited: bool
    ) -> tuple[Grouped, Interpreter[T]]:
        domain = limits(domain, body, unlimited, self.arrays)
        points = grouped(domain, indices, self.context, self.sizes)
        around = domains.project_out(self.context, indices)
        inner = replace(
            self,
            context=domains.intersect(around, domain),
            zero_outside=self.zero_outside or unlimited,
        )
        return points, inner

    def _extreme(
        self,
        largest: bool,
        points: Grouped,
        indices: tuple[str, ...],
        body: Evaluate[T],
        node: Reduce | ArgReduce,
    ) -> Callable[[Env], tuple[tuple[int, ...], T]]:
        """The first point at which the body is largest (or smallest), and the value there."""
        compare = self.arithmetic.compare

        def best(env: Env) -> tuple[tuple[int, ...], T]:
            inner = dict(env)
            found: tuple[tuple[int, ...], T] | None = None
            for point in points.at(env):
                inner.update(zip(indices, point, strict=True))
                value = body(inner)
                if found is None or compare(">" if largest else "<", value, found[1]):
                    found = (point, value)
            if found is None:
                raise _empty_extreme(node)
            return found

        return best

    def _bracket(self, condition: Condition) -> Evaluate[T]:
        test, zero, one = self.condition(condition), self._constant(0), self._constant(1)
        return lambda env: one if test(env) else zero

    def _select(self, condition: Condition, then: Expr, otherwise: Expr) -> Evaluate[T]:
        test, yes, no = self.condition(condition), self.compile(then), self.compile(otherwise)
        return lambda env: yes(env) if test(env) else no(env)

    def _constant(self, value: int) -> T:
        return self.arithmetic.number(Fraction(value))


def _no_real_element(array: str, subscripts: tuple[int, ...], zero_outside: bool) -> Fraction:
    raise NotExact(f"an element of '{array}' is no fraction")


def _accumulate(
    start: T,
    operation: Callable[[T, T], T],
    points: Grouped,
    indices: tuple[str, ...],
    body: Evaluate[T],
) -> Evaluate[T]:
    def total(env: Env) -> T:
        inner = dict(env)
        result = start
        for point in points.at(env):
            inner.update(zip(indices, point, strict=True))
            result = operation(result, body(inner))
        return result

    return total


def _empty_extreme(node: Reduce | ArgReduce) -> DeltaruleError:
    return DeltaruleError(
        "E102",
        f"the {node.op} of nothing: its range is empty here",
        at=node.span,
        help="give it at least one point, or make the empty case a case of its own",
    )
