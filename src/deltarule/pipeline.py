"""The whole flow, one line per stage.

text --read--> System --derive--> gradient System --prove, cost, compile--> proofs, prices, numbers
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deltarule.catalog import open_source
from deltarule.equations.objectives import require_objective
from deltarule.equations.system import System, inputs
from deltarule.errors import DeltaruleError
from deltarule.gradients.reverse import Derivation, loss_name
from deltarule.gradients.reverse import derive as derive_gradients
from deltarule.notation import settings
from deltarule.notation.document import read_statements, title_of
from deltarule.notation.elaborate import elaborate
from deltarule.notation.recursion import room_for_recursion
from deltarule.source import Span

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from deltarule.costs.report import CostTable
    from deltarule.proofs.report import Proof
    from deltarule.runtimes.compiled import CompiledFunction
    from deltarule.training.problem import Request, Trained


def read(equations: str | Path, einstein: bool = False) -> System:
    """A catalog name, a path or a text  -->  the checked System, as its front matter settles."""
    source = open_source(equations)
    stated = settings.of_document(source, einstein)
    with room_for_recursion(Span(source, 0, len(source.text))):
        system = elaborate(read_statements(source), title_of(source), stated)
        if stated.functions:
            system = _bound(system, stated.functions)
        return system


def _bound(system: System, functions: Mapping[str, str]) -> System:
    """The System with the meanings of its open functions: names of known ones, or formulas."""
    from deltarule.equations.meanings import bind_functions
    from deltarule.notation.formulas import write_out

    return bind_functions(*write_out(system, functions))


def with_objective(system: System, of: str | None = None) -> System:
    """The System with the scalar to differentiate. Raises E109 when several could be meant."""
    return require_objective(system, of)


@room_for_recursion()
def derive(system: System, wrt: Iterable[str] | None = None, of: str | None = None) -> Derivation:
    """Back-propagation of the objective, or the pull-back of a layer."""
    return derive_gradients(require_objective(system, of), wrt)


def with_names(system: System, names: Mapping[tuple[str, str], str]) -> System:
    """The System with names for derivatives, {("E", "xi"): "delta"}. Raises E110 for one that cannot be."""
    objective = system.objective or loss_name(system)
    taken = {*system.arrays, *system.sizes, *system.functions}
    for (value, array), name in names.items():
        if value != objective or array not in system.arrays:
            what = f"there is no derivative d{value}/d{array}"
        elif name in taken or not name.isidentifier():
            what = f"'{name}' is {'in use' if name in taken else 'no name'}"
        else:
            continue
        raise DeltaruleError(
            "E110",
            f"{what}",
            seen=f"{name}=d{value}/d{array}",
            help=f"derivatives are d{objective}/d{{{', '.join(system.arrays)}}}; names are new ones",
        )
    return replace(system, adjoint_names={**system.adjoint_names, **names})


@room_for_recursion()
def prove(system: System, derivation: Derivation, seed: int = 0) -> list[Proof]:
    """One proof per gradient, of a System with its objective. Raises E202 for one that is wrong."""
    from deltarule.proofs.prove import prove as prove_gradients

    wanted = tuple(derivation.adjoint_of)
    proofs = prove_gradients(system, derivation.system, wanted, seed=seed)
    for proof in proofs:
        if not proof.passed:
            raise DeltaruleError(
                "E202",
                f"the gradient with respect to '{proof.array}' fails its proof",
                seen=proof.detail,
                help="this is a fault of deltarule, not of the equations: please report it",
            )
    return proofs


UNPROVED = frozenset({"E104", "E204", "E305", "E307"})  # no range, no value, no size, no meaning


def prove_where_possible(system: System, derivation: Derivation) -> list[Proof]:
    """The proofs; none where numbers cannot be had, as where a range is not known. Raises E202."""
    try:
        return prove(system, derivation)
    except DeltaruleError as error:
        if error.code not in UNPROVED:
            raise
        return []


@room_for_recursion()
def explain(system: System, derivation: Derivation, form: str = "text") -> str:
    """The derivation step by step, as text, unicode, markdown, latex or html."""
    from deltarule.explanation import render, steps
    from deltarule.notation import print_mathml, spell_text

    flat = form in ("text", "unicode")
    parts = steps.explain(system, derivation, flat)
    shown = derivation.trace.collected or system
    if flat:
        dialect = spell_text.UNICODE if form == "unicode" else spell_text.ASCII
        return render.as_text(parts, dialect)
    if form == "markdown":
        return render.as_markdown(parts, shown)
    if form == "latex":
        return render.as_latex(parts, shown)
    return print_mathml.page(system.title, render.as_html(parts, shown))


@room_for_recursion()
def cost(system: System, derivation: Derivation) -> CostTable:
    """The price of forward, of each gradient, and of forward Euler."""
    from deltarule.costs.report import cost_table

    return cost_table(system, derivation.system, derivation.adjoint_of)


def fit(equations: str | Path, request: Request, of: str | None = None) -> Trained:
    """Read, derive, compile and train: everything `deltarule fit` does."""
    from deltarule.training.problem import train

    system = _bound(require_objective(read(equations), of), request.functions)
    if system.objective is None:
        raise DeltaruleError(
            "E109",
            "training needs an objective, and these equations have none",
            help="add a loss, for example L = sum(i=1..n) (h[i] - y[i])^2",
        )
    wrt = [n for n in inputs(system) if _is_trained(system, n, request)]
    return train(system, compile_functions(system, {}, wrt, of), request)


def _is_trained(system: System, name: str, request: Request) -> bool:
    return system.arrays[name].kind == "real" and name not in request.mapping


@room_for_recursion()
def compile_functions(
    system: System,
    functions: Mapping[str, str],
    wrt: Iterable[str] | None = None,
    of: str | None = None,
    method: str = "backprop",
    dtype: DTypeLike | None = None,
) -> CompiledFunction:
    """Forward and gradient as a function of NumPy arrays."""
    from deltarule.runtimes.compiled import compile_system
    from deltarule.runtimes.numpy_runtime import NumPyRuntime

    forward = _bound(require_objective(system, of), functions)
    derivation = derive_gradients(forward, wrt)
    return compile_system(
        forward,
        derivation.system,
        derivation.adjoint_of,
        {},
        runtime=NumPyRuntime(),
        dtype=dtype,
        method=method,
    )
