"""The System of what a moved weight touches: which elements, and by which equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import small_systems

from deltarule.equations.check import check
from deltarule.equations.system import System, equations_of
from deltarule.notation import print_text
from deltarule.runtimes import layout
from deltarule.runtimes.touched import perturb

SIZES = {"n": 2, "M": 4, "T": 5, "A": 3, "B": 3, "N_i": 2, "N_h": 3, "N_x": 2, "N_y": 2}
SIZES |= {"N": 2, "V": 3, "D": 2}

CASES = [
    (small_systems.spiral(), "w"),
    (small_systems.spiral(), "x"),
    (small_systems.two_layers(), "W1"),
    (small_systems.two_layers(), "W2"),
    (small_systems.softcount(), "W"),
    (small_systems.recurrence(), "u"),
    (small_systems.recurrence(), "x"),
    (small_systems.lattice(), "c"),
    (small_systems.two_steps_back(), "x"),
    (small_systems.embedding(), "W"),
    (small_systems.by_largest(), "x"),
]


@pytest.mark.parametrize(("system", "array"), CASES)
def test_the_touched_system_means_something(system: System, array: str) -> None:
    perturbed = perturb(system, array, system.objective or "")
    assert perturbed is not None
    check(perturbed.system)


EQUATIONS = [
    (
        small_systems.two_layers(),
        "W2",
        "f_new",
        ["f_new[p_1,p_2,i,p_1] = f[i,p_1] + h[i,p_2] (W2_moved[p_1,p_2] - W2[p_1,p_2])"],
    ),
    (
        small_systems.two_layers(),
        "W1",
        "f_new",
        ["f_new[p_1,p_2,i,m] = f[i,m] + W2[m,p_1] (h_new[p_1,p_2,i,p_1] - h[i,p_1])"],
    ),
    (
        small_systems.spiral(),
        "w",
        "xi_new",
        [
            "xi_new[p_1,p_2,i,p_1] = xi[i,p_1] + h[i,p_2] (w_moved[p_1,p_2] - w[p_1,p_2])",
            "xi_new[p_1,p_2,i,j] = xi[i,j] + sum(k=p_1..j-1) w[j,k] (h_new[p_1,p_2,i,k] - h[i,k])",
        ],
    ),
    (
        small_systems.recurrence(),
        "u",
        "h_new",
        ["h_new[t] = tanh(u_moved h_new[t-1] + x[t])", "h_new[1] = tanh(u_moved h[0] + x[1])"],
    ),
    (
        small_systems.two_steps_back(),
        "x",
        "L_new",
        ["L_new[p_1] = L + sum(t=p_1..T) (h_new[p_1,t]^2 - h[t]^2)"],
    ),
    (
        small_systems.by_largest(),
        "x",
        "s_new",
        [
            "s_new[p_1,p_2,p_1] = argmax(k=1..V) { x_moved[p_1,k] if p_2 = k; x[p_1,k] otherwise }",
            "s_new[p_1,p_2,i] = argmax(k=1..V) x[i,k]",
        ],
    ),
]


@pytest.mark.parametrize(("system", "array", "new", "expected"), EQUATIONS)
def test_the_equations(system: System, array: str, new: str, expected: list[str]) -> None:
    """Sums are corrected, the rest is evaluated again, each in the cases that differ."""
    perturbed = perturb(system, array, system.objective or "")
    assert perturbed is not None
    shown = []
    for equation in equations_of(perturbed.system, new):
        alone = replace(perturbed.system, equations=(equation,))
        shown.append(" ".join(print_text.array(alone, new).split()).split(" for ")[0])
    assert shown == expected


def test_nothing_depends_on_it() -> None:
    system = small_systems.two_outputs()
    assert perturb(system, "z", "p") is None
    assert perturb(system, "u", "p") is None
    assert perturb(system, "b", "p") is not None


TOUCHED: list[tuple[System, str, str, Callable[..., bool]]] = [
    (small_systems.spiral(), "w", "xi_new", lambda p, q, i, j: j >= p > q),
    (small_systems.two_layers(), "W1", "h_new", lambda p, q, i, j: j == p),
    (small_systems.two_layers(), "W1", "f_new", lambda p, q, i, m: True),
    (small_systems.recurrence(), "x", "h_new", lambda p, t: t >= p),
    (small_systems.lattice(), "c", "h_new", lambda p, q, i, j: i >= p and j >= q),
]


@pytest.mark.parametrize(("system", "array", "new", "expected"), TOUCHED)
def test_the_touched_elements(
    system: System, array: str, new: str, expected: Callable[..., bool]
) -> None:
    perturbed = perturb(system, array, system.objective or "")
    assert perturbed is not None
    sizes = {n: SIZES[n] for n in system.sizes}
    whole = layout.box(system.arrays[array], sizes)
    sizes |= perturbed.chunk(sizes, whole)
    found = perturbed.system.arrays[new]
    box = layout.box(found, sizes)
    mask = layout.mask(found, sizes)
    for at in np.ndindex(*layout.shape(found, sizes)):
        subscripts = [low + n for (low, _), n in zip(box, at, strict=True)]
        assert (mask is None or mask[at]) == expected(*subscripts)


def test_elements_are_counted() -> None:
    system = small_systems.recurrence()
    perturbed = perturb(system, "x", "L")
    assert perturbed is not None
    sizes = {"T": 5}
    one = sizes | perturbed.chunk(sizes, ((3, 3),))
    assert perturbed.elements(one) == 1 * 3 + 1  # h[3..5] and L
    whole = sizes | perturbed.chunk(sizes, ((1, 5),))
    assert perturbed.elements(whole) == 5 * 5 + 5
