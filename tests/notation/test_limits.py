"""Limits on length, depth and size: each with its message and a caret where it is passed.

Near the limits everything must still be read, checked and printed, without a RecursionError.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path

import pytest

import deltarule as dr
from deltarule.notation.document import MAXIMUM_LENGTH, read_statements
from deltarule.notation.tokens import MAXIMUM_DEPTH, MAXIMUM_NODES
from deltarule.source import Source, line_and_column

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

# opening, innermost, closing; how many levels one round of them is
LATEX = {
    "parentheses": ("(", r"\xi", ")", 1),
    "braces": ("{", r"\xi", "}", 1),
    "square brackets": ("[", r"\xi", "]", 1),
    "set braces": (r"\{", r"\xi", r"\}", 1),
    "left and right": (r"\left(", "x", r"\right)", 1),
    "fractions": (r"\frac{1}{", "x", "}", 1),
    "fractions above": (r"\frac{", "x", "}{2}", 1),
    "fractions without braces": (r"\frac1", "x", "", 1),
    "roots": (r"\sqrt{", "x", "}", 1),
    "roots without braces": (r"\sqrt", " x", "", 1),
    "roots' orders": (r"\sqrt[", "2", "]x", 1),
    "sums": (r"\sum_k ", "x_k", "", 1),
    "limits of sums": (r"\sum_{k=1}^{", "m", "} x", 1),
    "maxima": (r"\max_k ", "x_k", "", 1),
    "arguments of maxima": (r"\max(", "x", ", y)", 1),
    "cases": (r"\begin{cases} ", "x", r" & i = 1 \\ 0 & \text{otherwise} \end{cases}", 1),
    "subscripts": ("x_{", "x", "}", 1),
    "brackets": ("x[", "i", "]", 1),
    "superscripts": ("x^{", "2", "}", 1),
    "bars": (r"\lvert ", "x", r" \rvert", 1),
    "bars and parentheses": ("|(", "x", ")|", 2),
    "norms": (r"\lVert ", "x", r" \rVert", 1),
    "functions": (r"\sin ", "x", "", 1),
    "calls": ("f(", r"\xi", ")", 1),
    "hats": (r"\hat{", "x", "}", 1),
    "bold": (r"\mathbf{", "x", "}", 1),
    "Iverson brackets": ("[i = ", r"\xi", "]", 1),
    "indicators": (r"\mathbb{1}[i = ", r"\xi", "]", 1),
    "derivatives": (r"\frac{\partial ", "E", r"}{\partial x}", 1),
    "dimensions": (r"\mathbb{R}^{", "n", "}", 1),
}
PLAIN = {
    "parentheses": ("(", "x", ")", 1),
    "square brackets": ("[", "x", "]", 1),
    "braces": ("{", "x", "}", 1),
    "quotients": ("1/(", "x", ")", 2),
    "roots": ("sqrt(", "x", ")", 1),
    "sums": ("sum(k=1..n) ", "x", "", 1),
    "limits of sums": ("sum(k=1..", "m", ") x", 1),
    "maxima": ("max(", "x", ", y)", 1),
    "cases": ("{ ", "x", " if i=1; 0 otherwise }", 1),
    "subscripts": ("x[", "x", "]", 1),
    "powers": ("x^", "2", "", 1),
    "powers with stars": ("x**", "2", "", 1),
    "negative powers": ("x^-", "2", "", 1),
    "powers in parentheses": ("x^(", "2", ")", 2),
    "bars": ("|(", "x", ")|", 2),
    "norms": ("||(", "x", ")||", 2),
    "functions": ("sin ", "x", "", 1),
    "calls": ("f(", "x", ")", 1),
    "Iverson brackets": ("[i = ", "x", "]", 1),
    "derivatives": ("∂E/∂x[", "1", "]", 1),
    "dimensions": ("R^(", "n", ")", 2),
}
# what is built up from the left, without a bracket that opens
LATEX_CHAINS = {"quotients": "/2", "convolutions": "*x", "elements": "[i]"}
PLAIN_CHAINS = {"quotients": "/2", "convolutions": "(*)x", "elements": "[i]", "transposes": "^T"}

ALL_NESTED = [
    *(pytest.param("latex", *form, id=f"latex, {kind}") for kind, form in LATEX.items()),
    *(pytest.param("deltarule", *form, id=f"plain, {kind}") for kind, form in PLAIN.items()),
]
ALL_CHAINED = [
    *(pytest.param("latex", link, id=f"latex, {kind}") for kind, link in LATEX_CHAINS.items()),
    *(pytest.param("deltarule", link, id=f"plain, {kind}") for kind, link in PLAIN_CHAINS.items()),
]


def fenced(language: str, equations: str) -> str:
    return f"```{language}\n{equations}\n```\n"


def statements(text: str) -> int:
    return len(read_statements(Source("text", text)))


def refusal(text: str) -> dr.DeltaruleError:
    with pytest.raises(dr.DeltaruleError) as caught:
        statements(text)
    assert caught.value.code == "E007"
    assert caught.value.seen == "the limit is reached here"
    assert caught.value.help
    assert caught.value.at is not None
    return caught.value


def nested(form: tuple[str, str, str], rounds: int) -> str:
    opening, inner, closing = form
    return f"E = {opening * rounds}{inner}{closing * rounds}"


def read_and_print(text: str) -> None:
    """All of reading, with whatever error is said: none but a DeltaruleError."""
    before = sys.getrecursionlimit()
    try:
        system = dr.read(text)
    except dr.DeltaruleError as error:
        assert "error[E" in str(error)
    else:
        assert str(system) and system._repr_latex_()
        assert all(system[name].text for name in {e.target for e in system.equations})
    assert sys.getrecursionlimit() == before


# ------------------------------------------------------------------------------ depth


@pytest.mark.parametrize(("language", "opening", "inner", "closing", "levels"), ALL_NESTED)
def test_a_nesting_of_that_depth_is_read(language, opening, inner, closing, levels):
    rounds = (MAXIMUM_DEPTH - 2) // levels
    text = fenced(language, nested((opening, inner, closing), rounds))
    statements(text)
    read_and_print(text)


@pytest.mark.parametrize(("language", "opening", "inner", "closing", "levels"), ALL_NESTED)
@pytest.mark.parametrize("rounds", [101, 400])
def test_a_deeper_one_is_refused_there(language, opening, inner, closing, levels, rounds):
    equation = nested((opening, inner, closing), rounds)
    error = refusal(fenced(language, equation))
    assert error.message == "the nesting is deeper than 100"
    line, column = line_and_column(error.at)
    reached = "E = " + opening * (MAXIMUM_DEPTH // levels + 1)
    assert line == 2
    assert len(reached) - 2 * len(opening) - 2 <= column <= len(reached) + len(inner) + 1


@pytest.mark.parametrize(("language", "link"), ALL_CHAINED)
def test_what_nests_to_the_left_counts_too(language, link):
    before = r"E = \xi" if language == "latex" else "E = x"
    text = fenced(language, before + link * (MAXIMUM_DEPTH - 2))
    statements(text)
    read_and_print(text)
    error = refusal(fenced(language, before + link * 3000))
    assert error.message == "the nesting is deeper than 100"
    _, column = line_and_column(error.at)
    assert abs(column - len(before) - MAXIMUM_DEPTH * len(link)) <= len(link) + 2


@pytest.mark.parametrize("language", ["latex", "deltarule"])
def test_one_function_has_a_hundred_primes_at_most(language):
    statements(fenced(language, "E = f" + "'" * MAXIMUM_DEPTH + "(x)"))
    error = refusal(fenced(language, "E = f" + "'" * 5000 + "(x)"))
    assert error.message == "the number of primes is greater than 100"
    assert line_and_column(error.at) == (2, 6 + MAXIMUM_DEPTH)


@pytest.mark.parametrize("language", ["latex", "deltarule"])
@pytest.mark.parametrize(
    "signs", ["-" * 5000 + "x", "x" + "^" * 5000, "- " * 5000, "+-" * 5000 + "x"]
)
def test_chains_of_signs_are_refused_at_the_second(language, signs):
    with pytest.raises(dr.DeltaruleError) as caught:
        statements(fenced(language, f"E = {signs}"))
    assert caught.value.code in ("E001", "E003")
    line, column = line_and_column(caught.value.at)
    assert line == 2 and column <= 10


def test_brackets_beside_one_another_are_not_deep():
    assert statements("E = " + " + ".join(["(x)"] * 500)) == 1
    assert statements("E = x" + " + x/2" * 300) == 1
    assert statements(fenced("latex", "E = " + " + ".join([r"\frac{x[i]}{x_{j}^{2}}"] * 300))) == 1


# ------------------------------------------------------------------------------ size


@pytest.mark.parametrize("language", ["latex", "deltarule"])
def test_the_number_of_parts(language):
    fine = fenced(language, "E = x" + " + x" * (MAXIMUM_NODES - 10))
    assert statements(fine) == 1
    error = refusal(fenced(language, "E = x" + " + x" * MAXIMUM_NODES))
    assert error.message == "the equations have more than 10000 parts"
    assert line_and_column(error.at) == (2, 1 + 4 * MAXIMUM_NODES)


def test_the_number_of_parts_over_several_equations():
    error = refusal("".join(f"a{n} = b + c\n" for n in range(3000)))
    assert error.message == "the equations have more than 10000 parts"
    line, _ = line_and_column(error.at)
    assert line == MAXIMUM_NODES // 5 + 1  # an equation has five


@pytest.mark.parametrize("language", ["latex", "deltarule"])
def test_the_length(language):
    error = refusal(fenced(language, "E = 1" + " + x" * (MAXIMUM_LENGTH // 4)))
    assert error.at.start == MAXIMUM_LENGTH
    assert error.message.endswith(f"the limit is {MAXIMUM_LENGTH}")


def test_the_length_of_a_number():
    assert statements("E = " + "9" * 100) == 1
    for digits in ("9" * 101, "1e401", "1e-99999999999", "0." + "1" * 5000):
        with pytest.raises(dr.DeltaruleError) as caught:
            statements(f"E = 1 + {digits} x")
        assert caught.value.code == "E007"
        assert line_and_column(caught.value.at) == (1, 9)
    with pytest.raises(dr.DeltaruleError) as caught:
        statements(r"E = \xi_{" + "9" * 5000 + "}")
    assert caught.value.code == "E007"


def test_the_number_of_subscripts():
    statements("E = x[" + ", ".join(["i"] * 30) + "]")
    error = refusal("E = x[" + ", ".join(["i"] * 31) + "]")
    assert line_and_column(error.at) == (1, 7 + 3 * 30)


# ------------------------------------------------------------------------------ what grows later


@pytest.mark.parametrize(
    "equations",
    [
        "E = " + "max(a, " * 40 + "b" + ")" * 40,
        "E = " + "min(" * 40 + "b" + ", a)" * 40,
        "f0(u) = u u\n"
        + "".join(f"f{n + 1}(u) = f{n}(f{n}(u))\n" for n in range(30))
        + "E = f30(x)",
        "f(u) = " + "sin(" * 90 + "u" + ")" * 90 + "\ng(u) = f(f(f(f(u))))\nE = g(g(g(g(x))))",
        "E = tanh" + "'" * 60 + "(x)",
    ],
    ids=["max", "min", "doubling functions", "deep functions", "primes"],
)
def test_what_would_explode_is_refused_at_once(equations):
    start = time.perf_counter()
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(equations)
    assert caught.value.code == "E007"
    assert caught.value.at is not None and caught.value.help
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("power", ["9^9^9^9", "10^1000000000", "10^-1000000000", "(1/3)^(10^9)"])
def test_large_powers_are_not_computed(power):
    assert "1000000000" in str(dr.read(f"E = x {power}")) or "^" in str(dr.read(f"E = x {power}"))


def test_a_maximum_of_many_is_written_out_in_halves():
    letters = "abcdfghijklmnopqrstu"
    system = dr.read(f"E = max({', '.join(letters)})")
    given = {letter: float(n * 7 % 20) for n, letter in enumerate(letters)}
    assert system.compile().value(**given) == 19.0


def test_large_whole_numbers_are_positions():
    text = str(dr.read("E = sum(i=1..99999999999999999999) x[88888888888888888888 + i]"))
    assert "99999999999999999999" in text


# ------------------------------------------------------------------------------ time


def _kinds():
    spec = importlib.util.spec_from_file_location("parse_benchmark", BENCHMARKS / "parse.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module.KINDS


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.__name__)
def test_the_longest_texts_take_no_time(kind):
    """`make bench` shows the times; here only what grows with the square of the length fails."""
    text = kind(MAXIMUM_LENGTH)
    assert MAXIMUM_LENGTH - 100 <= len(text) <= MAXIMUM_LENGTH
    start = time.process_time()
    try:
        statements(text)
    except dr.DeltaruleError as error:
        assert error.at is not None
    assert time.process_time() - start < 4
