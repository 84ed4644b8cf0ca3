"""The System of equations: the one data structure that every stage reads or makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from deltarule.equations.domains import Domain, from_relations
from deltarule.equations.nodes import Affine, Expr, Relation
from deltarule.source import Span

Kind = Literal["real", "integer"]
TiePolicy = Literal["first", "even"]


@dataclass(frozen=True, slots=True)
class Array:
    """What is known about an array, whether equations define it or a user passes it.

    `axes` names one index per axis, the author's letters where there are some; `support` is a
    domain over the axes and the sizes, None when it could not be inferred. An integer array has
    `values`, the smallest and largest value that it may hold, where known. Reads outside the
    support are errors, except where `outside` is a declared constant.
    """

    name: str
    axes: tuple[str, ...] = ()
    support: Domain | None = None
    kind: Kind = "real"
    values: tuple[Affine, Affine] | None = None
    outside: int | None = None
    adjoint_of: tuple[str, str] | None = None  # (objective, array): this is d objective / d array
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Equation:
    """target[subscripts] = expression, for every point of the domain in the indices.

    The subscripts are static affine forms in the indices and sizes; the domain constrains the
    indices in terms of the sizes.
    """

    target: str
    subscripts: tuple[Affine, ...]
    indices: tuple[str, ...]
    domain: Domain
    expression: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class System:
    """Sizes, arrays, equations, and what is wanted of them.

    `objective` is the scalar to differentiate, or None for a layer, whose `outputs` then get their
    cotangents from outside; with `is_layer` also an output that is a scalar is no objective. `adjoint_names` maps (objective, array) to the author's name of
    that derivative, as `('E', 'xi') -> 'delta'`. `latex` maps names to their LaTeX spelling where it differs.
    `orders` is what is known of the sizes beside that they are positive: d <= D where x_{1:d} is a part of x.
    """

    sizes: tuple[str, ...]
    arrays: Mapping[str, Array]
    equations: tuple[Equation, ...]
    functions: tuple[str, ...] = ()
    objective: str | None = None
    outputs: tuple[str, ...] = ()
    is_layer: bool = False
    adjoint_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    latex: Mapping[str, str] = field(default_factory=dict)
    ties: TiePolicy = "first"
    title: str = ""
    orders: tuple[Relation, ...] = ()


def defined(system: System) -> tuple[str, ...]:
    """The arrays that equations define, in the order of their first equation."""
    return tuple(dict.fromkeys(e.target for e in system.equations))


def inputs(system: System) -> tuple[str, ...]:
    """The arrays that a user passes: those no equation defines."""
    targets = set(defined(system))
    return tuple(name for name in system.arrays if name not in targets)


def equations_of(system: System, name: str) -> tuple[Equation, ...]:
    return tuple(e for e in system.equations if e.target == name)


def positive_sizes(system: System) -> Domain:
    """The context of every domain: each size is at least 1, and what else is known of them."""
    positive = (Relation(Affine(((size, 1),), -1), ">=") for size in system.sizes)
    return from_relations((*positive, *system.orders))
