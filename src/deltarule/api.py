"""What a person does with equations in Python: read, derive, check, price, compile.

spiral = dr.read("spiral")
spiral.gradients()["w"]
f = spiral.compile(functions={"g": "tanh"})
loss, grads = f.value_and_grad(x=x, y=y, w=w)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deltarule import pipeline
from deltarule.equations import system as records
from deltarule.errors import DeltaruleError
from deltarule.notation.recursion import room_for_recursion

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from deltarule.costs.report import CostTable
    from deltarule.gradients.reverse import Derivation
    from deltarule.proofs.report import Proof
    from deltarule.runtimes.compiled import CompiledFunction

Method = Literal["backprop", "forward-euler", "forward-euler-touched"]


@dataclass(frozen=True, slots=True)
class Formula:
    """The definition of one array: text when printed, mathematics in a notebook."""

    system: records.System
    name: str

    @property
    @room_for_recursion()
    def text(self) -> str:
        from deltarule.notation import print_text

        return print_text.array(self.system, self.name)

    @property
    @room_for_recursion()
    def latex(self) -> str:
        from deltarule.notation import print_latex

        return print_latex.array(self.system, self.name)

    @property
    @room_for_recursion()
    def mathml(self) -> str:
        from deltarule.notation import print_mathml

        return print_mathml.array(self.system, self.name)

    @property
    def known_as(self) -> list[str]:
        """What the field calls such a formula: convolution, matrix product, …"""
        from deltarule.gradients.recognise import recognise

        return recognise(self.system, self.name)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_latex_(self) -> str:
        return f"$$ {self.latex} $$"


@dataclass(frozen=True, slots=True, repr=False)
class System(records.System):
    """Equations that were read or derived. What is printed of them, `read` reads again."""

    def __str__(self) -> str:
        return self.to_text()

    __repr__ = __str__

    @room_for_recursion()
    def to_text(self, unicode: bool = False) -> str:
        """Plain text, in ASCII or with the letters and signs of Unicode."""
        from deltarule.notation import print_text, spell_text

        dialect = spell_text.UNICODE if unicode else spell_text.ASCII
        return print_text.system_to_text(self, dialect)

    @room_for_recursion()
    def to_latex(self) -> str:
        """LaTeX for mathematics on display, with the ranges of what is given."""
        from deltarule.notation import print_latex

        return print_latex.system_to_latex(self)

    @room_for_recursion()
    def to_mathml(self) -> str:
        """Presentation MathML: a <math> element that browsers show."""
        from deltarule.notation import print_mathml

        return print_mathml.system_to_mathml(self)

    def _repr_latex_(self) -> str:
        return f"$$ {self.to_latex()} $$"

    def __getitem__(self, name: str) -> Formula:
        """The definition of an array; in a gradient System, `["w"]` is the adjoint of w.

        Raises E110 for a name that is not there.
        """
        adjoints = {a.adjoint_of[1]: a.name for a in self.arrays.values() if a.adjoint_of}
        found = adjoints.get(name, name)
        if found not in records.defined(self):
            raise DeltaruleError(
                "E110",
                f"no equation defines '{name}'",
                help=f"defined: {', '.join((*adjoints, *records.defined(self)))}",
            )
        return Formula(self, found)

    def derivation(self, wrt: Iterable[str] | None = None, of: str | None = None) -> Derivation:
        """The gradient System with its trace: every use, every rule that was applied."""
        return pipeline.derive(self, wrt, of)

    def explain(
        self, wrt: Iterable[str] | None = None, of: str | None = None, form: str = "text"
    ) -> str:
        """The derivation step by step: text, unicode, markdown, latex or html."""
        system = pipeline.with_objective(self, of)
        return pipeline.explain(system, pipeline.derive(system, wrt), form)

    def gradients(self, wrt: Iterable[str] | None = None, of: str | None = None) -> System:
        """Back-propagation: the equations again, with one for the adjoint of each array.

        `wrt`: the arrays wanted, by default the parameters. `of`: the scalar to differentiate, by
        default the one that nothing else reads; a System without one is a layer, whose outputs get
        their cotangents as inputs. Raises E109 when several scalars could be meant, E110, E201.
        """
        return lift(self.derivation(wrt, of).system)

    def jvp(self, wrt: Iterable[str], outputs: Iterable[str] | None = None) -> System:
        """Forward mode: the equations with the tangents of the outputs, as arrays in `wrt` move.

        The tangent of x is x_dot, of its shape: given for the arrays in `wrt`, defined for all that
        depend on them. `outputs` are by default the objective or the outputs. Raises E110, E201.
        """
        from deltarule.gradients.tangents import tangents

        return lift(tangents(self, wrt, outputs))

    def hessian_vector(self, wrt: Iterable[str] | None = None, of: str | None = None) -> System:
        """The Hessian times a direction: dE_dw_dot for the direction w_dot, of the shape of w.

        `wrt`: the arrays that move, by default the parameters. Raises E109, E110, E201.
        """
        from deltarule.gradients.second_order import hessian_vector

        return lift(hessian_vector(pipeline.with_objective(self, of), wrt))

    def gauss_newton(
        self, through: str, wrt: Iterable[str] | None = None, of: str | None = None
    ) -> System:
        """J^T H J times a direction: H is the Hessian of the objective by the array `through`, J the
        Jacobian of that array by those in `wrt`, which move by w_dot. Raises E109, E110, E201.
        """
        from deltarule.gradients.second_order import gauss_newton

        return lift(gauss_newton(pipeline.with_objective(self, of), through, wrt))

    def check(
        self, wrt: Iterable[str] | None = None, of: str | None = None, seed: int = 0
    ) -> list[Proof]:
        """A proof of each gradient. Raises E202 with the counterexample when one fails."""
        return pipeline.prove(pipeline.with_objective(self, of), self.derivation(wrt, of), seed)

    def cost(self, wrt: Iterable[str] | None = None, of: str | None = None) -> CostTable:
        """Multiply-accumulates of forward, each gradient, and forward Euler, in the sizes' names."""
        return pipeline.cost(pipeline.with_objective(self, of), self.derivation(wrt, of))

    def compile(
        self,
        functions: Mapping[str, str] | None = None,
        *,
        wrt: Iterable[str] | None = None,
        of: str | None = None,
        method: Method = "backprop",
        dtype: DTypeLike | None = None,
    ) -> CompiledFunction:
        """A function of NumPy arrays: `value`, `value_and_grad`, `vjp`, `evaluate`.

        `functions` says what an uninterpreted function is: {"g": "tanh"}. `method` is how gradients
        are found: the derived formulas, or forward differences one weight at a time.
        """
        return pipeline.compile_functions(self, functions or {}, wrt, of, method, dtype)


def lift(system: records.System) -> System:
    """The record with the methods."""
    return System(**{f.name: getattr(system, f.name) for f in fields(records.System)})


def read(equations: str | Path, einstein: bool = False) -> System:
    """The System of a catalog entry, a Markdown file, or a text of equations (LaTeX or plain).

    With `einstein`, an index that stands twice in a term is summed over; a document can settle that,
    and the meaning of its open functions, in its front matter.
    Raises DeltaruleError with the place in the text for anything that it does not understand.
    """
    return lift(pipeline.read(equations, einstein))
