"""The reference interpreter: a System evaluated by definition, over numbers of any kind.

Every element is the value of its equation's expression at its indices; sums list their points.
Nothing is rearranged, vectorised or scheduled: the other runtimes are checked against this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar, cast

from deltarule.costs.rules import Operations
from deltarule.equations import affine, domains, walk
from deltarule.equations.system import Equation, System, defined, inputs
from deltarule.errors import DeltaruleError
from deltarule.runtimes import counting
from deltarule.runtimes.arithmetic import Arithmetic
from deltarule.runtimes.counting import Costs, Counter
from deltarule.runtimes.interpret import Env, Interpreter
from deltarule.runtimes.order import Element, Missing, settle, show
from deltarule.runtimes.points import Point, listed

T = TypeVar("T")
Elements = dict[tuple[int, ...], T]


def evaluate(
    system: System,
    sizes: Mapping[str, int],
    values: Mapping[str, Mapping[tuple[int, ...], T]],
    arithmetic: Arithmetic[T],
    counter: Counter | None = None,
    added: Mapping[str, Mapping[tuple[int, ...], T]] | None = None,
) -> dict[str, Elements[T]]:
    """Every array that equations define, by its author's subscripts.

    `values` are the inputs' elements, the author's subscripts as keys; elements of integer arrays
    are Python ints, in and out. `counter` is increased by every operation. `added` is a
    perturbation: numbers added to elements of defined arrays before anything reads them.

    Raises E301 for a missing input, E302 for one that lacks elements, E305 for a missing size, E102
    for reading an element that nothing defines, E103 for one defined twice, E105 for a cycle.
    """
    _check_sizes(system, sizes)
    _check_inputs(system, sizes, values)
    run = _Run(system, dict(sizes), arithmetic, added or {}, counter)
    run.found.update({name: dict(values[name]) for name in inputs(system)})
    for equation in system.equations:
        run.define(equation)
    settle(run.wanted(), run.is_settled, run.compute)
    return {name: run.found[name] for name in defined(system)}


@dataclass(frozen=True)
class _Compiled(Generic[T]):
    """An equation at given sizes: its value, and what it costs, at a point."""

    equation: Equation
    value: Callable[[Env], T | int]
    cost: Operations | Costs | None


@dataclass
class _Run(Generic[T]):
    """One evaluation: the elements found so far and where each of the others is defined."""

    system: System
    sizes: dict[str, int]
    arithmetic: Arithmetic[T]
    added: Mapping[str, Mapping[tuple[int, ...], T]]
    counter: Counter | None
    found: dict[str, Elements[T]] = field(default_factory=dict)
    definitions: dict[str, dict[tuple[int, ...], tuple[_Compiled[T], Point]]] = field(
        default_factory=dict
    )

    def define(self, equation: Equation) -> None:
        """Enter every element that an equation defines."""
        compiled = self._compile(equation)
        elements = self.definitions.setdefault(equation.target, {})
        self.found.setdefault(equation.target, {})
        env = dict(self.sizes)
        inside = domains.fix(equation.domain, self.sizes)
        for point in listed(inside, equation.indices):
            env.update(zip(equation.indices, point, strict=True))
            subscripts = tuple(affine.value(s, env) for s in equation.subscripts)
            if subscripts in elements:
                raise _twice((equation.target, subscripts), equation)
            elements[subscripts] = (compiled, point)

    def wanted(self) -> Iterator[Element]:
        """Every defined element, arrays before those that read them as far as there is an order."""
        for name in _readers_last(self.system):
            for subscripts in self.definitions[name]:
                yield name, subscripts

    def is_settled(self, element: Element) -> bool:
        return element[1] in self.found[element[0]]

    def compute(self, element: Element) -> None:
        """Evaluate and store one element; raises Missing where it reads one not found yet."""
        name, subscripts = element
        compiled, point = self.definitions[name][subscripts]
        env = {**self.sizes, **dict(zip(compiled.equation.indices, point, strict=True))}
        value = cast(T, compiled.value(env))
        extra = self.added.get(name, {}).get(subscripts)
        if extra is not None:
            value = self.arithmetic.add(value, extra)
        self.found[name][subscripts] = value
        if self.counter is not None and compiled.cost is not None:
            self.counter.add(counting.at(compiled.cost, env))

    def fetch(self, name: str, subscripts: tuple[int, ...], zero_outside: bool) -> T:
        try:
            return self.found[name][subscripts]
        except KeyError:
            return self.arithmetic.number(Fraction(self._outside(name, subscripts, zero_outside)))

    def fetch_integer(self, name: str, subscripts: tuple[int, ...], zero_outside: bool) -> int:
        try:
            return cast(int, self.found[name][subscripts])
        except KeyError:
            return self._outside(name, subscripts, zero_outside)

    def _outside(self, name: str, subscripts: tuple[int, ...], zero_outside: bool) -> int:
        """What stands where no value is found: an element to compute, a constant, or zero."""
        if subscripts in self.definitions.get(name, {}):
            raise Missing((name, subscripts))
        declared = self.system.arrays[name].outside
        if declared is not None:
            return declared
        if zero_outside:
            return 0
        raise DeltaruleError(
            "E102",
            f"{show((name, subscripts))} is read but nothing defines it",
            help=f"define it, or declare what {name} is outside its support",
        )

    def _compile(self, equation: Equation) -> _Compiled[T]:
        arrays = self.system.arrays
        interpreter = Interpreter(
            self.arithmetic,
            self.fetch,
            self.fetch_integer,
            arrays,
            self.sizes,
            domains.fix(equation.domain, self.sizes),
        )
        integer = arrays[equation.target].kind == "integer"
        node = equation.expression
        value = interpreter.integer(node) if integer else interpreter.compile(node)
        cost = None
        if self.counter is not None:
            cost = counting.cost(node, interpreter.context, self.sizes, arrays)
        return _Compiled(equation, value, cost)


def _readers_last(system: System) -> list[str]:
    """The defined arrays, each after those that it reads, cycles broken anywhere."""
    reads: dict[str, dict[str, None]] = {name: {} for name in defined(system)}
    for equation in system.equations:
        for access in walk.accesses(equation.expression):
            if access.array in reads:
                reads[equation.target][access.array] = None
    order: dict[str, None] = {}
    stack = [(name, False) for name in reversed(reads)]
    opened: set[str] = set()
    while stack:
        name, done = stack.pop()
        if done:
            order[name] = None
        elif name not in opened:
            opened.add(name)
            stack.append((name, True))
            stack.extend((n, False) for n in reads[name] if n not in opened)
    return list(order)


def _check_sizes(system: System, sizes: Mapping[str, int]) -> None:
    missing = [name for name in system.sizes if name not in sizes]
    if missing:
        raise DeltaruleError(
            "E305",
            f"the size{'s' if len(missing) > 1 else ''} {', '.join(missing)} must be given",
            help=f"sizes of these equations: {', '.join(system.sizes)}",
        )


def _check_inputs(
    system: System,
    sizes: Mapping[str, int],
    values: Mapping[str, Mapping[tuple[int, ...], T]],
) -> None:
    for name in inputs(system):
        if name not in values:
            raise DeltaruleError(
                "E301",
                f"the array '{name}' is missing",
                help=f"inputs: {', '.join(inputs(system))}",
            )
        array = system.arrays[name]
        if array.support is None:
            continue
        support = domains.fix(array.support, sizes)
        for point in listed(support, array.axes):
            if point not in values[name]:
                raise DeltaruleError(
                    "E302",
                    f"the array '{name}' lacks the element {show((name, point))}",
                    help="give every element of its support",
                )


def _twice(element: Element, equation: Equation) -> DeltaruleError:
    return DeltaruleError(
        "E103",
        f"{show(element)} is defined twice",
        at=equation.span,
        help="the domains of an array's equations must not meet",
    )
