"""Equations of one array grouped into cases, with what the cases share taken out."""

from __future__ import annotations

from print_examples import arrays, at, define, form, ranges, spiral

from deltarule.equations import build, domains
from deltarule.equations.nodes import Relation
from deltarule.equations.system import Array, Equation, System
from deltarule.notation import print_latex, print_text
from deltarule.notation.print_cases import definitions


def system(*equations: Equation, sizes: tuple[str, ...] = ("n", "M")) -> System:
    names = {e.target: e.indices for e in equations}
    return System(sizes, arrays(*(Array(n, i) for n, i in names.items())), equations)


def test_equal_left_sides_are_one_definition() -> None:
    assert len(definitions(spiral(), "h")) == 1
    assert len(definitions(spiral(), "h")[0].branches) == 2


def test_a_case_on_the_inner_index_leaves_the_outer_range_to_for() -> None:
    inner = system(
        define(at("a", "j", "k"), at("x"), j=(2, "M"), k=(1, 1)),
        define(at("a", "j", "k"), at("z"), j=(2, "M"), k=(2, "j-1")),
    )
    assert print_text.array(inner, "a") == (
        "a[j,k] = { x   if k = 1\n         ; z   if 2 <= k < j }   for j = 2..M"
    )


def test_cases_on_a_diagonal() -> None:
    diagonal = system(
        define(at("a", "j", "k"), at("x"), j=(1, "M"), k=("j", "j")),
        define(at("a", "j", "k"), at("z"), j=(1, "M"), k=(1, "j-1")),
    )
    assert print_text.array(diagonal, "a") == (
        "a[j,k] = { x   if k = j\n         ; z   if 1 <= k < j }   for j = 1..M"
    )


def test_different_left_sides_are_lines() -> None:
    recurrence = system(
        define(at("h", 0), at("x")),
        define(at("h", "t"), at("h", "t-1"), t=(1, "n")),
    )
    assert print_text.array(recurrence, "h") == "h[0] = x\nh[t] = h[t-1]   for t = 1..n"
    assert print_latex.array(recurrence, "h") == (
        r"h_0 = x,\qquad h_t = h_{t-1} \quad \text{for } 1 \le t \le n"
    )


def test_what_follows_from_there_being_elements_is_not_said() -> None:
    """delta has elements for M >= 2 only; the case j = M does not repeat it."""
    last = spiral().equations[4]
    assert print_text.equation(spiral(), last).endswith("   for i = 1..n, j = M")


def test_sizes_that_decide_between_cases_are_said() -> None:
    large = domains.intersect(
        ranges(i=(1, "n")), domains.from_relations([Relation(form("M-2"), ">=")])
    )
    by_size = system(
        Equation("a", (form("i"),), ("i",), ranges(i=(1, "n"), M=(1, 1)), at("x")),
        Equation("a", (form("i"),), ("i",), large, at("z")),
    )
    assert print_text.array(by_size, "a") == (
        "a[i] = { x   if M = 1\n       ; z   if M >= 2 }   for i = 1..n"
    )


def test_long_cases_break_and_stay_apart() -> None:
    long = build.add(*(at(f"term_number_{i}", "j", "k") for i in range(6)))
    cases = system(
        define(at("a", "j", "k"), long, j=(1, "M"), k=(1, 1)),
        define(at("a", "j", "k"), at("z"), j=(1, "M"), k=(2, "M")),
    )
    assert print_text.array(cases, "a") == (
        "a[j,k] = { term_number_0[j,k] + term_number_1[j,k] + term_number_2[j,k]"
        " + term_number_3[j,k]\n"
        "             + term_number_4[j,k] + term_number_5[j,k]   if k = 1\n"
        "         ; z   if 2 <= k <= M }   for j = 1..M"
    )
