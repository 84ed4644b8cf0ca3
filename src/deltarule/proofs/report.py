"""What a proof says of one gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Proof:
    """<gradient, direction> = change of the objective, for the gradient by one array.

    `exact`: equal modulo a prime in every trial; `error_bound` is the probability that a wrong
    gradient passes (Schwartz-Zippel). `precise`: equal to `digits` digits in real arithmetic.
    `sizes` are those of the first trial, `detail` names further ones, or what went wrong.
    """

    array: str
    method: Literal["exact", "precise"]
    sizes: dict[str, int]
    trials: int
    error_bound: float | None
    digits: int | None
    passed: bool
    detail: str = ""

    def __str__(self) -> str:
        return describe(self)


def describe(proof: Proof) -> str:
    """One line for people."""
    at = ", ".join(f"{name} = {number}" for name, number in proof.sizes.items())
    where = f" at {at}" if at else ""
    if not proof.passed:
        return f"{proof.array}: NOT proved{where}: {proof.detail}"
    if proof.method == "exact":
        said = f"equal modulo 2^61 - 1 in {proof.trials} trials{where}"
        if proof.error_bound is not None:
            said += f"; a wrong formula passes with probability below {proof.error_bound:.0e}"
    else:
        said = f"equal to {proof.digits} digits in {proof.trials} trials{where}"
    return f"{proof.array}: {said}" + (f" ({proof.detail})" if proof.detail else "")
