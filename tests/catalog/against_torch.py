"""Documents of the catalog beside PyTorch at float64: the same value, the same gradients by autograd."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import deltarule as dr

torch = pytest.importorskip("torch", reason="PyTorch is an optional witness; it is not installed")

TOLERANCE = 1e-10
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Witness:
    """An entry of the catalog, its meaning in PyTorch, and the arrays to compare them with.

    `reals` are drawn from a normal distribution, those in `positive` from 0.5..1.5; gradients of all of
    them are compared, but for those in `data`. `integers` have a shape, the least and the largest value. The
    meaning gets all of them by name, and returns the loss, or the output of a layer whose loss is open.
    """

    name: str
    meaning: Callable[[SimpleNamespace], Any]
    reals: Mapping[str, Shape]
    integers: Mapping[str, tuple[Shape, int, int]] = field(default_factory=dict)
    positive: tuple[str, ...] = ()
    data: tuple[str, ...] = ()

    def __str__(self) -> str:
        sizes = ", ".join("x".join(map(str, s)) or "1" for s in [*self.reals.values()][:2])
        return f"{self.name}: {sizes}"


def compare(witness: Witness) -> None:
    rng = np.random.default_rng(0)
    reals = {n: _draw(rng, shape, n in witness.positive) for n, shape in witness.reals.items()}
    integers = {
        n: rng.integers(low, high + 1, size=shape or None)
        for n, (shape, low, high) in witness.integers.items()
    }
    wrt = [n for n in reals if n not in witness.data]
    tensors = {n: torch.tensor(v, requires_grad=n in wrt) for n, v in reals.items()}
    indices = {n: torch.as_tensor(v) for n, v in integers.items()}
    expected = witness.meaning(SimpleNamespace(**tensors, **indices))
    system = dr.read(witness.name)
    compiled = system.compile(wrt=wrt)
    if system.objective is None:
        found, pullback = compiled.vjp(**reals, **integers)
        cotangent = rng.normal(size=tuple(expected.shape))
        gradients = pullback(cotangent)
        expected.backward(torch.tensor(cotangent))
    else:
        found, gradients = compiled.value_and_grad(**reals, **integers)
        expected.backward()
    _assert_close(found, expected.detach())
    for name in wrt:
        gradient = tensors[name].grad  # None of what is not read
        _assert_close(
            gradients[name], np.zeros(reals[name].shape) if gradient is None else gradient
        )


def _draw(rng: np.random.Generator, shape: Shape, positive: bool) -> Any:
    return rng.uniform(0.5, 1.5, size=shape) if positive else rng.normal(size=shape)


def _assert_close(found: Any, expected: Any) -> None:
    """Relative to the largest element, or to a hundredth where all are smaller."""
    expected = np.asarray(expected)
    assert np.shape(found) == expected.shape
    scale = float(np.abs(expected).max(initial=0.01))
    np.testing.assert_allclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE * scale)
