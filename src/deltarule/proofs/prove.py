"""Prove a gradient: for each array, <gradient, direction> is the change of the objective.

prove(forward, gradient, ("w",))  -->  [Proof(array="w", method="exact", passed=True, …)]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from deltarule.equations.system import System
from deltarule.errors import DeltaruleError
from deltarule.proofs import exact, precise
from deltarule.proofs.bounded import bounded
from deltarule.proofs.claim import Claim, NoPoint, NoValue
from deltarule.proofs.report import Proof
from deltarule.proofs.sizes import choose, near
from deltarule.runtimes.precise import OutsideTheReals

TRIALS = 3
FAILURES = (DeltaruleError, NoPoint, OutsideTheReals, ZeroDivisionError)
Sizes = dict[str, int]
Point = TypeVar("Point")


def prove(forward: System, gradient: System, wrt: tuple[str, ...], seed: int = 0) -> list[Proof]:
    """A proof, or what fails in it, for the gradient with respect to each array.

    The gradient System marks its adjoints by `Array.adjoint_of`; where the forward one has no
    objective, the cotangents of its outputs are inputs of the gradient. Arrays of unknown support
    get small ones. Raises E104 where an input has no range even so.
    """
    claim = _finite(forward, gradient)
    if exact.is_exact(claim.forward) and exact.is_exact(claim.gradient):
        rounds = _rounds(exact, claim, seed)
        found = _try_all(exact, claim, wrt, rounds, seed)
        return [_exact_proof(claim, name, rounds, verdict) for name, verdict in found.items()]
    rounds = _rounds(precise, claim, seed)
    found = _try_all(precise, claim, wrt, rounds, seed)
    return [_precise_proof(name, rounds, verdict) for name, verdict in found.items()]


def _finite(forward: System, gradient: System) -> Claim:
    forward = bounded(forward)
    known = {n: a.support for n, a in forward.arrays.items() if a.support is not None}
    return Claim(forward, bounded(gradient, known))


def _rounds(method: Method[Point], claim: Claim, seed: int) -> list[Sizes]:
    """The sizes of each trial: those at which the equations have values, all of them in turn."""
    chosen = choose(claim.forward, claim.gradient)
    places = [found for sizes in chosen if (found := _with_values(method, claim, sizes, seed))]
    if not places and any(chosen):
        raise DeltaruleError(
            "E204",
            "the equations have no value at any of the points tried",
            seen="; ".join(_shown(sizes) for sizes in chosen),
            help="look for a division by zero, or for the logarithm or root of a negative number",
        )
    places = places or [{}]
    return [places[i % len(places)] for i in range(max(TRIALS, len(places)))]


def _with_values(method: Method[Point], claim: Claim, sizes: Sizes, seed: int) -> Sizes | None:
    """These sizes, or others near them, where the equations have values; None where there are none."""
    for others in near(sizes, claim.forward, claim.gradient):
        try:
            method.trial(claim, others, f"{seed}|0")
        except NoValue:
            continue
        except FAILURES:
            return others  # the trials say what is wrong there
        return others
    return None


class Method(Protocol[Point]):
    """A way to compare both sides: a random point, and the verdict on one array there."""

    def trial(self, claim: Claim, sizes: Sizes, seed: str) -> Point: ...

    def check(self, point: Point, name: str, seed: str) -> tuple[int | None, str]: ...


@dataclass
class _Verdict:
    """What the trials so far say of one array: digits agreed on, and '' or what is wrong."""

    digits: int | None = None
    wrong: str = ""


def _try_all(
    method: Method[Point], claim: Claim, wrt: tuple[str, ...], rounds: list[Sizes], seed: int
) -> dict[str, _Verdict]:
    verdicts = {name: _Verdict() for name in wrt}
    for number, sizes in enumerate(rounds):
        own_seed = f"{seed}|{number}"
        open_ones = {name: v for name, v in verdicts.items() if not v.wrong}
        try:
            point = method.trial(claim, sizes, own_seed)
        except FAILURES as error:
            _refuse_without_range(error)
            for verdict in open_ones.values():
                verdict.wrong = _said(error, sizes)
            continue
        for name, verdict in open_ones.items():
            _judge(verdict, sizes, partial(method.check, point, name, own_seed))
    return verdicts


def _judge(verdict: _Verdict, sizes: Sizes, check: Callable[[], tuple[int | None, str]]) -> None:
    try:
        digits, said = check()
    except FAILURES as error:
        _refuse_without_range(error)
        verdict.wrong = _said(error, sizes)
        return
    verdict.wrong = f"{said} at {_shown(sizes)}" if said else ""
    if digits is not None:
        verdict.digits = digits if verdict.digits is None else min(digits, verdict.digits)


def _refuse_without_range(error: Exception) -> None:
    """Numbers cannot be had where a range is not known: that is for the author to say, and no failed proof."""
    if isinstance(error, DeltaruleError) and error.code == "E104":
        raise error


def _exact_proof(claim: Claim, name: str, rounds: list[Sizes], verdict: _Verdict) -> Proof:
    """The trials at the first sizes bound the error there; those at other sizes come on top."""
    bound = None
    if not verdict.wrong:
        trials = sum(1 for sizes in rounds if sizes == rounds[0])
        bound = exact.error_bound(claim, rounds[0], name, trials)
    detail = verdict.wrong or _further(rounds)
    return Proof(name, "exact", rounds[0], len(rounds), bound, None, not verdict.wrong, detail)


def _precise_proof(name: str, rounds: list[Sizes], verdict: _Verdict) -> Proof:
    detail = verdict.wrong or _further(rounds)
    if not verdict.wrong and verdict.digits is None:
        detail = "both sides are zero at every point tried" + (detail and f"; {detail}")
    sizes, count = rounds[0], len(rounds)
    return Proof(name, "precise", sizes, count, None, verdict.digits, not verdict.wrong, detail)


def _said(error: Exception, sizes: Sizes) -> str:
    message = error.message if isinstance(error, DeltaruleError) else str(error)
    return f"{message} at {_shown(sizes)}"


def _shown(sizes: Sizes) -> str:
    return ", ".join(f"{name} = {number}" for name, number in sizes.items()) or "a random point"


def _further(rounds: list[Sizes]) -> str:
    """The sizes of the trials that differ from the first."""
    seen = [rounds[0]]
    for sizes in rounds:
        if sizes not in seen:
            seen.append(sizes)
    return "; ".join(["also at " + _shown(sizes) for sizes in seen[1:]])
