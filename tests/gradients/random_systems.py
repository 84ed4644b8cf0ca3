"""Random well-formed Systems as plain text, from a seed: what papers write, put together by chance.

Shifts, strides and mixed subscripts, triangles, nested sums, products and maxima, brackets, cases on indices and on
data, gathers, recurrences in both directions, uninterpreted and known functions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import deltarule as dr
from deltarule.equations.system import inputs

BOUND = ("k", "l")
OPEN, BOUNDED = ("g", "f"), ("tanh", "sin", "sigmoid")
KNOWN = (*BOUNDED, "exp")


class Writer:
    """Writes one System; `smooth` leaves out what has kinks, and functions that have identities."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.exact = (
            self.random.random() < 0.5
        )  # so that half of the proofs are those without digits

    def system(self) -> str:
        lines = [
            f"p[i] = {self.expression(('i',), 2)}   for i = 1..n",
            f"q[i,j] = {self.expression(('i', 'j'), 3, ('p[i]',))}   for i = 1..n, {self.plane()}",
        ]
        lines += self.end()
        text = "\n".join(lines)
        if "c[" in text:
            text += "\nc[t] in 1..m"
        return text

    def plane(self) -> str:
        return self.random.choice(("j = 1..m", "j = 1..i", "j = i..n", "j = 0..m", "j = 1..2 m"))

    def end(self) -> list[str]:
        """A scalar, or a recurrence that reads the rows of q."""
        row = "sum(j) q[i,j]"
        kind = self.random.choice(("scalar", "power", "forwards", "backwards", "past", "coupled"))
        squash = self.random.choice(OPEN if self.exact else BOUNDED)
        match kind:
            case "scalar":
                return ["s = sum(i, j) q[i,j]^2 / n"]
            case "power":
                return [f"s = sum(i=1..n) {squash}(p[i] + {row})"]
            case "forwards":
                step = self.random.choice(("r[i-1]", "v r[i-1]", "r[i-1] p[i]"))
                return [f"r[i] = {squash}({step} + {row})   for i = 2..n", "r[1] = p[1]"]
            case "backwards":
                return [f"r[i] = {squash}(r[i+1] + {row})   for i = 1..n-1", "r[n] = 1"]
            case "past":
                return [f"r[i] = 1 + sum(l=1..i-1) w[i,l] r[l] / 2 + {row}   for i = 1..n"]
        return [
            f"u[i] = {squash}(z[i-1]) p[i]   for i = 1..n",
            f"z[i] = z[i-1] + u[i] + {row}   for i = 1..n",
            "z[0] = x0",
        ]

    def expression(self, scope: tuple[str, ...], depth: int, more: Sequence[str] = ()) -> str:
        """A value over the indices in scope; `more` are elements that it may read too."""
        kinds = ("read",) if depth == 0 else (
            "read", "read", "function", "product", "sum", "power", "quotient", "reduce", "reduce",
            "bracket", "choice", "gather",
        )  # fmt: skip
        kind = self.random.choice(kinds)

        def inner() -> str:
            return self.expression(scope, depth - 1, more)

        match kind:
            case "function":
                return f"{self.random.choice(OPEN if self.exact else (*OPEN, *KNOWN))}({inner()})"
            case "product":
                return f"({inner()}) ({inner()})"
            case "sum":
                return f"{self.random.choice(('2', '1/3', 'v *'))} ({inner()}) - {self.atom(scope)}"
            case "power":
                return f"({inner()})^{self.random.choice('23')}"
            case "quotient":
                return f"({inner()})/(1 + ({self.atom(scope)})^2)"
            case "reduce":
                return self.reduction(scope, depth, more)
            case "bracket":
                return f"({inner()}) [{self.form(scope)} {self.random.choice(('>=', '=', '!='))} 1]"
            case "choice":
                return f"({self.choice(scope, inner(), inner())})"
            case "gather":
                return f"b[c[{self.form(scope)}], {self.form(scope)}]"
        return self.atom(scope, more)

    def choice(self, scope: tuple[str, ...], one: str, other: str) -> str:
        """Cases on indices, or on data where kinks are allowed."""
        if self.exact or self.random.random() < 0.5:
            return f"{{ {one} if {self.form(scope)} >= 2; {other} otherwise }}"
        return f"{{ {one} if {self.atom(scope)} > 0; {other} otherwise }}"

    def atom(self, scope: tuple[str, ...], more: Sequence[str] = ()) -> str:
        form = self.form
        return self.random.choice(
            [f"a[{form(scope)}]", f"b[{form(scope)}, {form(scope)}]", *more, *more]
        )

    def reduction(self, scope: tuple[str, ...], depth: int, more: Sequence[str]) -> str:
        index = next((letter for letter in BOUND if letter not in scope), None)
        if index is None:
            return self.atom(scope, more)
        op = self.random.choice(
            ("sum", "sum", "sum", "prod") if self.exact else ("sum", "max", "min", "prod")
        )
        ends = ["1..m", f"{scope[0]}..{scope[0]}+2"]
        if op in ("sum", "prod"):
            ends += [f"1..{scope[0]}-1", f"{scope[0]}+1..n", "1..3"]
        body = self.expression(
            (*scope, index), min(depth - 1, 1) if op == "prod" else depth - 1, more
        )
        return f"({op}({index}={self.random.choice(ends)}) ({body}) a[{index}])"

    def form(self, scope: tuple[str, ...]) -> str:
        """i, i + 1, 2 k - 1, i - k, …"""
        first = self.random.choice(scope)
        text = self.random.choice(("", "", "", "2 ", "-")) + first
        others = [n for n in scope if n != first]
        if others and self.random.random() < 0.3:
            text += self.random.choice((" + ", " - ")) + self.random.choice(others)
        shift = self.random.choice(("", "", " + 1", " - 1", " + 2"))
        return text + shift


def random_system(seed: int) -> str:
    return Writer(seed).system()


def outcome(seed: int) -> str:
    """What becomes of the System of a seed: "proved", "no range", or what went wrong.

    Chance writes inputs that no point reads, as in a case that never holds; they have no range, and numbers
    cannot be drawn for them: E104 says so.
    """
    text = random_system(seed)
    try:
        system = dr.read(text)
        wrt = [n for n in inputs(system) if system.arrays[n].kind == "real"]
        proofs = system.check(wrt)
    except dr.DeltaruleError as error:
        return "no range" if error.code == "E104" else f"{error}\n{text}"
    assert len(proofs) == len(wrt)
    return "proved"
