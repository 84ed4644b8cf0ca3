"""Sizes from shapes, and the errors where shapes do not say them."""

from __future__ import annotations

import pytest
import small_systems

from deltarule.equations.system import Array, System
from deltarule.errors import DeltaruleError
from deltarule.runtimes.shapes import Extents, Shape, form_text, infer_sizes, shape_text

SOLVED: list[tuple[System, dict[str, Shape], dict[str, int], dict[str, int]]] = [
    (small_systems.spiral(), {"x": (100,), "w": (31, 31)}, {}, {"M": 32, "n": 100}),
    (small_systems.spiral(), {"x": (1,), "w": (1, 1)}, {}, {"M": 2, "n": 1}),
    (small_systems.spiral(), {"x": (5,), "w": (0, 0)}, {}, {"M": 1, "n": 5}),
    (small_systems.spiral(), {"x": (5,)}, {"M": 4}, {"M": 4, "n": 5}),
    (small_systems.spiral(), {"x": (5,), "w": (3, 3)}, {"M": 4}, {"M": 4, "n": 5}),
    (small_systems.correlation(), {"w": (3,), "h": (60000,)}, {}, {"H": 60000}),
    (small_systems.correlation(), {"xi": (7,)}, {}, {"H": 9}),
    (small_systems.strided(), {"o": (4,), "h": (7,)}, {}, {"H": 7}),
    (small_systems.strided(), {"o": (4,)}, {"H": 8}, {"H": 8}),
]


@pytest.mark.parametrize(("system", "shapes", "given", "expected"), SOLVED)
def test_sizes_are_solved(
    system: System, shapes: dict[str, Shape], given: dict[str, int], expected: dict[str, int]
) -> None:
    assert infer_sizes(system, Extents(system), shapes, given) == expected


REFUSED: list[tuple[System, dict[str, Shape], dict[str, int], str, str, str, str]] = [
    (
        small_systems.spiral(),
        {"x": (100,), "y": (99,), "w": (31, 31)},
        {},
        "E305",
        "the shapes of 'x' and 'y' contradict each other",
        "x (n,) has shape (100,); y (n,) has shape (99,)",
        "change one",
    ),
    (
        small_systems.spiral(),
        {"x": (5,), "w": (31, 30)},
        {},
        "E302",
        "the array 'w' has the wrong shape",
        "(31, 30)",
        "expected (M - 1, M - 1)",
    ),
    (
        small_systems.spiral(),
        {"x": (5,), "w": (31, 30)},
        {"M": 4},
        "E302",
        "the array 'w' has the wrong shape",
        "(31, 30)",
        "expected (M - 1, M - 1), here (3, 3)",
    ),
    (
        small_systems.spiral(),
        {"x": (5,), "w": (31, 31)},
        {"M": 4},
        "E305",
        "the shape of 'w' contradicts the size that was given",
        "M = 4 is given; w (M - 1, M - 1) has shape (31, 31)",
        "change one",
    ),
    (
        small_systems.spiral(),
        {"x": (5,)},
        {},
        "E305",
        "the shapes do not say what the size 'M' is",
        "",
        "for example M=32",
    ),
    (
        small_systems.spiral(),
        {"x": (5,)},
        {"M": 0},
        "E305",
        "a size is at least 1",
        "M = 0 is given",
        "positive",
    ),
    (
        small_systems.correlation(),
        {"w": (4,), "h": (9,)},
        {},
        "E302",
        "the array 'w' has the wrong shape",
        "(4,)",
        "expected (3,)",
    ),
    (
        small_systems.strided(),
        {"o": (4,)},
        {},
        "E305",
        "the shapes do not say what the size 'H' is",
        "anything in 7..8 fits the shapes",
        "for example H=8",
    ),
]


@pytest.mark.parametrize(("system", "shapes", "given", "code", "message", "seen", "help"), REFUSED)
def test_what_shapes_cannot_say(
    system: System,
    shapes: dict[str, Shape],
    given: dict[str, int],
    code: str,
    message: str,
    seen: str,
    help: str,
) -> None:
    with pytest.raises(DeltaruleError) as caught:
        infer_sizes(system, Extents(system), shapes, given)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert caught.value.seen == seen
    assert help in caught.value.help


def test_an_unknown_range_says_how_to_declare_it() -> None:
    system = System((), {"h": Array("h", ("m",))}, ())
    with pytest.raises(DeltaruleError) as caught:
        infer_sizes(system, Extents(system), {"h": (3,)}, {})
    assert caught.value.code == "E104"
    assert "h[m] for 0 <= m < N" in caught.value.help


@pytest.mark.parametrize(
    ("name", "expected"),
    [("x", "(n,)"), ("w", "(M - 1, M - 1)"), ("E", "a number"), ("h", "(n, M)")],
)
def test_shapes_in_the_authors_sizes(name: str, expected: str) -> None:
    assert Extents(small_systems.spiral()).text(name) == expected


@pytest.mark.parametrize(
    ("terms", "constant", "expected"),
    [([], 3, "3"), ([("M", 1)], -1, "M - 1"), ([("K", -2), ("H", 1)], 1, "H - 2*K + 1")],
)
def test_forms_as_text(terms: list[tuple[str, int]], constant: int, expected: str) -> None:
    from deltarule.equations import affine

    assert form_text(affine.make(terms, constant)) == expected


def test_shape_text() -> None:
    assert [shape_text(s) for s in ((), (3,), (3, 4))] == ["a number", "(3,)", "(3, 4)"]
