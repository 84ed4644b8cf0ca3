"""An equation as NumPy operations over a whole box of points at once.

Every expression becomes a function without arguments that gives its values over the axes of a frame: an
array with one position per axis (extent 1 where it does not depend on the axis), or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltarule.equations import affine, build, domains, functions, walk
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
from deltarule.equations.system import Equation
from deltarule.errors import DeltaruleError
from deltarule.runtimes import questions
from deltarule.runtimes.contraction import Contraction
from deltarule.runtimes.frame import Frame
from deltarule.runtimes.regions import Region
from deltarule.runtimes.substitution import choose_indices
from deltarule.runtimes.views import Workspace, check_budget

Thunk = Callable[[], Any]
LARGEST = 1e300  # of the constants that are computed beforehand
NEUTRAL = {"sum": 0.0, "prod": 1.0, "max": -np.inf, "min": np.inf}
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal,
    ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reduction:
    """A reduction ready to run: indices chosen for the smallest box, its region known."""

    op: str
    indices: tuple[str, ...]
    body: Expr
    region: Region


class EquationPlan:
    """One equation (or its part in a loop), to be emitted for each turn of the loops around it."""

    def __init__(
        self, equation: Equation, domain: Domain, sizes: Mapping[str, int], workspace: Workspace
    ) -> None:
        self.equation = equation
        self.sizes = sizes
        self.workspace = workspace
        self.domain = domains.fix(domain, sizes)
        self.region = Region(self.domain, self.domain, equation.indices, ())
        self.reductions: dict[tuple[int, frozenset[str]], _Reduction] = {}
        self.kept: list[Expr] = []  # keeps ids in `reductions` alive

    def emit(self, loops: Mapping[str, int]) -> Callable[[], None] | None:
        """The operation at one turn of the loops; None when nothing is to be done there."""
        if not self.region.runs(loops):
            return None
        limits = self.region.limits(loops)
        if limits is None:
            return None
        frame = Frame({}, {**self.sizes, **loops}).extended(limits)
        value = self._compile(self.equation.expression, frame)
        view = self.workspace.view(
            self.equation.target, self.equation.subscripts, frame.limits, frame.fixed
        )
        mask = self.region.mask(frame.fixed, frame.limits)
        if mask is None:

            def store() -> None:
                view.values[...] = value()

            return store

        def store_some() -> None:
            np.copyto(view.values, value(), where=mask, casting="same_kind")

        return store_some

    # ------------------------------------------------------------------------------ nodes

    def _compile(self, node: Expr, frame: Frame) -> Thunk:
        match node:
            case Number(value):
                number = float(value) if value.denominator != 1 else int(value)
                return lambda: number
            case Size(name) | IndexValue(name):
                return self._position(affine.name(name), frame)
            case Access():
                return self._access(node, frame)
            case Call():
                return self._call(node, frame)
            case Add(terms):
                return self._add(terms, frame)
            case Mul(factors):
                return self._multiply(factors, frame)
            case Pow(base, exponent):
                return self._power(base, exponent, frame)
            case Reduce():
                return self._reduce(node, frame)
            case ArgReduce():
                return self._argreduce(node, frame)
            case Bracket(condition):
                holds = self._condition(condition, frame)
                dtype = self.workspace.dtype
                return lambda: np.asarray(holds()).astype(dtype)
            case Select(condition, then, otherwise):
                return self._select(condition, then, otherwise, frame)

    def _access(self, node: Access, frame: Frame) -> Thunk:
        if all(affine.is_static(s) for s in node.subscripts):
            view = self.workspace.view(node.array, node.subscripts, frame.limits, frame.fixed)
            return lambda: view.values
        positions = [self._position(s, frame) for s in node.subscripts]
        workspace, name = self.workspace, node.array

        def gather() -> NDArray[Any]:
            buffer = workspace.buffers[name]
            index = tuple(
                np.clip(np.asarray(p()) - low, 0, extent - 1)
                for p, low, extent in zip(positions, workspace.low(name), buffer.shape, strict=True)
            )
            values: NDArray[Any] = buffer[index]
            return values

        return gather

    def _position(self, form: Affine, frame: Frame) -> Thunk:
        """The integer that an affine form is, over the frame."""
        constant = form.constant
        arrays: list[Any] = []
        data: list[tuple[int, Thunk]] = []
        rank = len(frame.limits)
        for atom, coefficient in form.terms:
            if not isinstance(atom, str):
                data.append((coefficient, self._access(atom, frame)))
            elif atom in frame.limits:
                axis = list(frame.limits).index(atom)
                low, high = frame.limits[atom]
                shape = [-1 if a == axis else 1 for a in range(rank)]
                arrays.append(coefficient * np.arange(low, high + 1).reshape(shape))
            else:
                constant += coefficient * frame.fixed[atom]
        static: Any = sum(arrays, start=constant)
        if not data:
            return lambda: static
        return lambda: sum((c * read() for c, read in data), start=static)

    def _call(self, node: Call, frame: Frame) -> Thunk:
        function = functions.KNOWN.get(node.function)
        if function is None or node.order or len(node.args) != function.arity:
            raise DeltaruleError(
                "E307",
                f"the function '{node.function}' has no numerical meaning",
                at=node.span,
                help=f'functions={{"{node.function}": "tanh"}}; '
                f"known: {', '.join(sorted(functions.KNOWN))}",
            )
        apply, arguments = function.numpy, [self._compile(a, frame) for a in node.args]
        if questions.is_constant(node):
            number = float(apply(*(argument() for argument in arguments)))
            return lambda: number
        if len(arguments) == 1:
            (argument,) = arguments
            return lambda: apply(argument())
        return lambda: apply(*(argument() for argument in arguments))

    def _add(self, terms: tuple[Expr, ...], frame: Frame) -> Thunk:
        first, *rest = sorted(terms, key=questions.is_negative)
        start = self._compile(first, frame)
        others = [
            (np.subtract, self._compile(build.negate(t), frame))
            if questions.is_negative(t)
            else (np.add, self._compile(t, frame))
            for t in rest
        ]
        if len(others) == 1:
            operation, other = others[0]
            return lambda: operation(start(), other())

        def total() -> Any:
            result = start()
            for operation, other in others:
                result = operation(result, other())
            return result

        return total

    def _multiply(self, factors: tuple[Expr, ...], frame: Frame) -> Thunk:
        brackets = [f for f in factors if isinstance(f, Bracket)]
        if brackets and len(brackets) < len(factors):
            return self._where_all_hold(brackets, factors, frame)
        above = [f for f in factors if not questions.is_inverse(f)]
        below = [f.base for f in factors if isinstance(f, Pow) and questions.is_inverse(f)]
        up = [self._compile(f, frame) for f in above]
        down = [self._compile(f, frame) for f in below]
        if len(up) == 1 and not down:
            return up[0]
        if len(up) == 2 and not down:
            left, right = up
            return lambda: left() * right()

        def value() -> Any:
            result: Any = up[0]() if up else 1.0
            for factor in up[1:]:
                result = result * factor()
            for factor in down:
                result = result / factor()
            return result

        return value

    def _where_all_hold(
        self, brackets: list[Bracket], factors: tuple[Expr, ...], frame: Frame
    ) -> Thunk:
        """[P] u is zero where P fails, also where u is infinite or NaN there."""
        tests = [self._condition(b.condition, frame) for b in brackets]
        value = self._multiply(tuple(f for f in factors if f not in brackets), frame)

        def select() -> Any:
            holds = tests[0]()
            for test in tests[1:]:
                holds = np.logical_and(holds, test())
            with np.errstate(all="ignore"):
                return np.where(holds, value(), 0)

        return select

    def _power(self, base: Expr, exponent: Expr, frame: Frame) -> Thunk:
        value = self._compile(base, frame)
        if isinstance(exponent, Number):
            short = not isinstance(base, Number) or abs(base.value) < LARGEST
            if short and questions.is_constant(base):
                number = float(np.float64(value()) ** float(exponent.value))
                return lambda: number
            known = questions.POWERS.get(exponent.value)
            if known is not None:
                return lambda: known(value())
            if exponent.value.denominator == 1:
                whole = int(exponent.value)
                if whole < 0:
                    return lambda: 1.0 / value() ** (-whole)
                return lambda: value() ** whole
            number = float(exponent.value)
            return lambda: value() ** number
        power = self._compile(exponent, frame)
        return lambda: value() ** power()

    def _select(self, condition: Condition, then: Expr, otherwise: Expr, frame: Frame) -> Thunk:
        holds = self._condition(condition, frame)
        yes, no = self._compile(then, frame), self._compile(otherwise, frame)

        def choose() -> Any:
            with np.errstate(all="ignore"):  # the branch that is not taken may be anything
                return np.where(holds(), yes(), no())

        return choose

    def _condition(self, condition: Condition, frame: Frame) -> Thunk:
        match condition:
            case Relation(form, op):
                value = self._position(form, frame)
                test = COMPARE[op]
                return lambda: test(value(), 0)
            case Compare(left, op, right):
                one, other = self._compile(left, frame), self._compile(right, frame)
                test = COMPARE[op]
                return lambda: test(one(), other())
            case All(parts):
                tests = [self._condition(p, frame) for p in parts]
                return lambda: np.logical_and.reduce(np.broadcast_arrays(*(t() for t in tests)))

    # ------------------------------------------------------------------------------ reductions

    def _reduction(self, node: Reduce, frame: Frame) -> _Reduction:
        key = (id(node), frozenset(frame.limits))
        if key not in self.reductions:
            op, indices, body, domain = node.op, node.indices, node.body, node.domain
            while op == "sum" and isinstance(body, Reduce) and body.op == "sum":
                indices, domain = indices + body.indices, domains.intersect(domain, body.domain)
                body = body.body
            around = self._around(frame)
            required = domains.fix(domain, self.sizes)
            if op == "sum":
                indices, body, required = choose_indices(
                    indices, body, required, around, self.sizes
                )
            region = Region(around, required, indices, tuple(frame.limits))
            self.kept.append(node)
            self.reductions[key] = _Reduction(op, indices, body, region)
        return self.reductions[key]

    def _around(self, frame: Frame) -> Domain:
        """What is known of the indices around: the equation's domain, enclosing reductions' ranges."""
        extra = [
            domains.between(affine.number(low), n, affine.number(high))
            for n, (low, high) in frame.limits.items()
            if n not in self.equation.indices
        ]
        return domains.intersect(self.domain, *extra) if extra else self.domain

    def _open(self, plan: _Reduction, frame: Frame) -> tuple[Frame, NDArray[Any] | None] | None:
        """The frame inside a reduction with its mask; None when it has no points."""
        limits = plan.region.limits(frame.fixed)
        if limits is None:
            return None
        inner = frame.extended(limits)
        return inner, plan.region.mask(inner.fixed, inner.limits)

    def _reduce(self, node: Reduce, frame: Frame) -> Thunk:
        plan = self._reduction(node, frame)
        opened = self._open(plan, frame)
        if opened is None:
            neutral = NEUTRAL[plan.op]
            return lambda: neutral
        inner, mask = opened
        if plan.op == "sum":
            by_key = self._sum_by_key(plan, frame, inner, mask)
            if by_key is not None:
                return by_key
            contraction = self._contraction(plan.body, frame, inner, mask)
            if contraction is not None:
                return contraction
        return self._fold(plan.op, plan.body, frame, inner, mask)

    def _fold(
        self, op: str, body: Expr, frame: Frame, inner: Frame, mask: NDArray[Any] | None
    ) -> Thunk:
        """All values of the body, masked, then one reduction over the new axes."""
        value = self._compile(body, inner)
        shape, rank = inner.shape(), len(frame.limits)
        check_budget(prod(shape) * 8, f"the terms of a {op}")
        axes = tuple(range(rank, len(shape)))
        neutral = NEUTRAL[op]
        reduce: Any = {"sum": np.sum, "prod": np.prod, "max": np.max, "min": np.min}[op]

        def fold() -> Any:
            values = value() if mask is None else np.where(mask, value(), neutral)
            values = np.broadcast_to(values, shape) if axes else np.asarray(values)
            return reduce(values, axis=axes) if axes else values

        return fold

    def _argreduce(self, node: ArgReduce, frame: Frame) -> Thunk:
        as_max = Reduce("max", (node.index,), node.domain, node.body)
        key = (id(node), frozenset(frame.limits))
        if key not in self.reductions:
            self.reductions[key] = self._reduction(as_max, frame)
            self.kept.append(node)
        plan = self.reductions[key]
        opened = self._open(plan, frame)
        if opened is None:
            return lambda: 0
        inner, mask = opened
        if node.index in inner.fixed:
            only = inner.fixed[node.index]
            return lambda: only
        value = self._compile(plan.body, inner)
        shape, low = inner.shape(), inner.limits[node.index][0]
        find: Any = np.argmax if node.op == "argmax" else np.argmin
        neutral = -np.inf if node.op == "argmax" else np.inf

        def place() -> Any:
            values = value() if mask is None else np.where(mask, value(), neutral)
            return find(np.broadcast_to(values, shape), axis=-1) + low

        return place

    # ------------------------------------------------------------------------------ contractions

    def _contraction(
        self, body: Expr, frame: Frame, inner: Frame, mask: NDArray[Any] | None
    ) -> Thunk | None:
        """A product of two groups of factors, summed by BLAS; None where it is no such product."""
        if not isinstance(body, Mul) or len(inner.limits) == len(frame.limits):
            return None
        data = [f for f in body.factors if any(True for _ in walk.accesses(f))]
        if len(data) < 2:
            return None
        scale = [f for f in body.factors if f not in data]
        left, right = questions.two_groups(data, frozenset(inner.limits))
        axes = list(inner.limits)
        left_axes, right_axes = (
            frozenset(axes.index(n) for f in group for n in walk.free_names(f) if n in axes)
            for group in (left, right)
        )
        operands = [self._group(group, inner) for group in (left, right)]
        static = [
            len(g) == 1 and isinstance(g[0], Access) and questions.is_plain(g[0])
            for g in (left, right)
        ]
        if mask is not None:
            side = questions.side_for(mask, left_axes, right_axes)
            if side is None:
                return None
            shown = questions.thin(mask)
            operands[side] = questions.masked(operands[side], shown)
            static[side] = False
        summed = frozenset(range(len(frame.limits), len(axes)))
        for group in (left_axes, right_axes):
            check_budget(prod(inner.shape()[a] for a in group) * 8, "an operand of a contraction")
        contract = Contraction(
            operands[0],
            operands[1],
            left_axes,
            right_axes,
            summed,
            inner.shape(),
            (static[0], static[1]),
        )
        if not scale:
            return contract
        factor = (
            self._multiply(tuple(scale), frame)
            if len(scale) > 1
            else self._compile(scale[0], frame)
        )
        return lambda: contract() * factor()

    def _group(self, factors: list[Expr], inner: Frame) -> Thunk:
        value = (
            self._compile(factors[0], inner)
            if len(factors) == 1
            else self._multiply(tuple(factors), inner)
        )
        rank = len(inner.limits)
        return lambda: questions.with_rank(value(), rank)

    def _sum_by_key(
        self, plan: _Reduction, frame: Frame, inner: Frame, mask: NDArray[Any] | None
    ) -> Thunk | None:
        """sum(i) [k = y[i]] u[i]  -->  each u[i] is added to the row that y[i] names."""
        factors = plan.body.factors if isinstance(plan.body, Mul) else (plan.body,)
        for factor in factors:
            found = questions.key_of(factor, frame.limits)
            others = tuple(f for f in factors if f is not factor)
            if found is None or mask is not None:
                continue
            row, key = found
            if any(row in walk.free_names(f) for f in others):
                continue
            rest = replace(plan, body=build.multiply(*others))
            return self._scatter(rest.body, row, key, frame, inner)
        return None

    def _scatter(self, body: Expr, row: str, key: Affine, frame: Frame, inner: Frame) -> Thunk:
        axes = [a for a in inner.limits if a != row]
        thin = Frame({a: inner.limits[a] for a in axes}, inner.fixed)
        kept = [a for a in frame.limits if a != row]
        summed = [a for a in axes if a not in kept]
        value, rows = self._compile(body, thin), self._position(key, thin)
        low, high = frame.limits[row]
        where = list(frame.limits).index(row)
        shape, dtype = thin.shape(), self.workspace.dtype
        order = [axes.index(a) for a in (*summed, *kept)]
        parts = tuple(shape[axes.index(a)] for a in kept)

        def scatter() -> NDArray[Any]:
            values = np.broadcast_to(value(), shape).transpose(order)
            names = np.broadcast_to(rows(), shape).transpose(order)
            count = prod(shape[axes.index(a)] for a in summed)
            values, names = values.reshape(count, *parts), names.reshape(count, *parts)
            result = np.zeros((high - low + 1, *parts), dtype=dtype)
            place = names.reshape(count, -1)[:, 0] - low
            valid = (place >= 0) & (place <= high - low)
            np.add.at(result, place[valid], values[valid])
            return np.moveaxis(result, 0, where)

        if affine.names(key) & set(kept):  # another row at each point: no scatter of whole rows
            return self._fold("sum", questions.bracketed(body, row, key), frame, inner, None)
        return scatter
