"""Which elements depend on one element of an input."""

from __future__ import annotations

import pytest
import small_systems

from deltarule.equations import affine, domains
from deltarule.equations.dependences import element_name
from deltarule.equations.domains import Domain
from deltarule.equations.system import System, positive_sizes
from deltarule.runtimes.reach import reach

AT = element_name(0)


def chosen(system: System, array: str) -> Domain:
    """All places, called p_1, p_2, …"""
    record = system.arrays[array]
    assert record.support is not None
    return domains.rename(record.support, {a: f"p_{n + 1}" for n, a in enumerate(record.axes)})


def reached(system: System, array: str) -> dict[str, Domain]:
    places = tuple(f"p_{n + 1}" for n in range(len(system.arrays[array].axes)))
    return reach(system, array, places, chosen(system, array))


def holds(touched: Domain, **numbers: int) -> bool:
    return domains.contains(touched, {n.replace("at", "'at"): v for n, v in numbers.items()})


def test_an_endless_recurrence_is_widened_to_all_that_follows() -> None:
    found = reached(small_systems.recurrence(), "x")["h"]
    for place in (1, 3, 40):
        for t in (1, 2, 3, 40, 41, 100):
            assert holds(found, p_1=place, at0=t, T=100) == (t >= place)


def test_a_divisibility_counts_as_touched_everywhere() -> None:
    found = reached(small_systems.two_steps_back(), "x")["h"]
    for place in (1, 5):
        touched = {t for t in range(-1, 9) if holds(found, p_1=place, at0=t, T=8)}
        assert set(range(place, 9, 2)) <= touched
    assert not holds(found, p_1=9, at0=9, T=8)


def test_integers_that_data_decide_are_touched_everywhere() -> None:
    found = reached(small_systems.by_largest(), "x")
    assert holds(found["s"], p_1=1, p_2=1, at0=2, N=2, V=2)


@pytest.mark.parametrize(
    ("array", "expected"),
    [("w", {"w", "xi", "h", "E"}), ("x", {"x", "xi", "h", "E"}), ("y", {"y", "E"})],
)
def test_only_what_depends_on_it(array: str, expected: set[str]) -> None:
    assert set(reached(small_systems.spiral(), array)) == expected


def test_a_gather_may_read_anything() -> None:
    system = small_systems.embedding()
    places = domains.intersect(chosen(system, "W"), positive_sizes(system))
    assert reached(system, "W")["L"] == places


def test_the_moved_element_itself() -> None:
    found = reached(small_systems.recurrence(), "x")["x"]
    assert domains.determined(found, AT) == affine.name("p_1")
