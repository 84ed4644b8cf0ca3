"""`make bench`: how the time to parse grows with the length of the text.

Texts of several kinds, some of them not meant to be read, at 1 KiB to 64 KiB, the longest that is
accepted. Twice the length should take twice the time; 64 KiB less than a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle

from rich.console import Console
from rich.table import Table
from run import milliseconds

from deltarule.errors import DeltaruleError
from deltarule.notation.document import MAXIMUM_LENGTH, read_statements
from deltarule.source import Source

console = Console(width=110)
LENGTHS = [1 << power for power in range(10, 17)]
GOAL = 1000.0  # milliseconds for the longest
BARS = " ▁▂▃▄▅▆▇█"


def _filled(pieces: Iterator[str], length: int, before: str = "", after: str = "") -> str:
    """before + pieces + after, of that length at most."""
    kept, left = [], length - len(before) - len(after)
    for piece in pieces:
        if len(piece) > left:
            break
        kept.append(piece)
        left -= len(piece)
    return before + "".join(kept) + after


def _nested(opening: str, inner: str, closing: str, length: int, before: str = "E = ") -> str:
    depth = (length - len(before) - len(inner)) // len(opening + closing)
    return before + opening * depth + inner + closing * depth


def many_equations(length: int) -> str:
    lines = (f"h{n}[i] = sum(k=1..n) w{n}[i,k] x[k] + b[i]   for i = 1..m\n" for n in count())
    return _filled(lines, length)


def many_latex_equations(length: int) -> str:
    row = (
        r"z_i &= \frac{1}{n} \sum_{k=1}^{n} W_{i,k} x_k + b_i \quad \text{for } 1 \le i \le m \\"
        "\n"
    )
    return _filled(cycle([row]), length, "\\begin{align}\n", "\\end{align}\n")


def one_long_sum(length: int) -> str:
    return _filled(cycle(["+ x[i] y[i] "]), length, "E = 1 ")


def one_long_latex_sum(length: int) -> str:
    return _filled(cycle([r"+ \alpha_i \beta_{i,j} "]), length, r"E = \alpha ")


def deep_parentheses(length: int) -> str:
    return _nested("(", "x", ")", length)


def deep_fractions(length: int) -> str:
    return _nested(r"\frac{1}{", "x", "}", length)


def deep_sums(length: int) -> str:
    return _filled(cycle([r"\sum_{k=1}^n "]), length, "E = ", "x_k")


def deep_cases(length: int) -> str:
    return _nested(r"\begin{cases} ", "x", r" & i = 1 \end{cases}", length)


def long_prose(length: int) -> str:
    words = cycle(["A layer maps `x` to $y$, as in [1]; it costs 5 \\$.\n", "# Heading\n", "\n"])
    return _filled(words, length, after="$$ y = 2 x $$\n")


def long_heading(length: int) -> str:
    return _filled(cycle([" #"]), length, "# ", "x\n$$ y = 2 x $$")


def backticks(length: int) -> str:
    return _filled(cycle(["`"]), length, after="\n$$ y = 2 x $$")


def open_brackets(length: int) -> str:
    return _filled(cycle("([{"), length, "E = ")


def open_braces(length: int) -> str:
    return _filled(cycle([r"\text{"]), length, "E = ")


def open_text(length: int) -> str:
    return _filled(cycle(["}"]), length, r"E = \text{$")


def open_dollars(length: int) -> str:
    return _filled(cycle(["$"]), length, "E = x ")


def open_environments(length: int) -> str:
    return _filled(cycle([r"\begin{cases}"]), length, r"$$ E = ")


def bars(length: int) -> str:
    return _filled(cycle(["|"]), length, "E = ")


def row_ends(length: int) -> str:
    return _filled(cycle(["\\\\\n"]), length, "$$ a = b ", "$$")


def spaces(length: int) -> str:
    return _filled(cycle([r"\quad\,"]), length, "$$ a = b ", " c = d $$")


def comments(length: int) -> str:
    return _filled(cycle(["# x\n", "\n", "  \n"]), length, "a = b\n", "c = d")


def sizes_of_brackets(length: int) -> str:
    return _filled(cycle([r"\left(x\right)"]), length, "E = ")


def subscripts(length: int) -> str:
    return _filled(cycle([r"x_{i_1,j^2}' "]), length, "E = ")


def conditions(length: int) -> str:
    return _filled(cycle([r"[i = 1, j < k] "]), length, "E = x ")


def quantifiers(length: int) -> str:
    return _filled(cycle([", i = 1..n"]), length, "h[i] = x[i] for i = 1..n")


def greek(length: int) -> str:
    return _filled(cycle(["Σ ξ·"]), length, "E = ", "x")


def number(length: int) -> str:
    return _filled(cycle("12345"), length, "E = ")


KINDS: tuple[Callable[[int], str], ...] = (
    many_equations, many_latex_equations, one_long_sum, one_long_latex_sum, deep_parentheses,
    deep_fractions, deep_sums, deep_cases, long_prose, long_heading, backticks, open_brackets,
    open_braces, open_text, open_dollars, open_environments, bars, row_ends, spaces, comments,
    sizes_of_brackets, subscripts, conditions, quantifiers, greek, number,
)  # fmt: skip


def parse(text: str) -> str:
    """What becomes of it: how many statements, or the code of the error."""
    try:
        return str(len(read_statements(Source("text", text))))
    except DeltaruleError as error:
        return error.code


def times(kind: Callable[[int], str], runs: int = 3) -> list[float]:
    """Milliseconds for each of the lengths."""
    return [milliseconds(partial(parse, kind(length)), runs) for length in LENGTHS]


def curve(found: list[float]) -> str:
    """The times per character as bars: level where the time grows as the length does."""
    per_character = [t / length for t, length in zip(found, LENGTHS)]
    top = max(per_character)
    return "".join(BARS[max(1, round(p / top * (len(BARS) - 1)))] for p in per_character)


def growth() -> None:
    """The table: milliseconds by length, and the curve of the time per character."""
    labels = [f"{length >> 10}" for length in LENGTHS]
    title = f"milliseconds to parse KiB of text (goal: under {GOAL:.0f} for 64)"
    table = Table("text", *labels, "per character", "read as", title=title)
    for kind in KINDS:
        text = kind(MAXIMUM_LENGTH)
        found = times(kind)
        cells = [f"{t:.1f}" if t < 10 else f"{t:.0f}" for t in found]
        table.add_row(kind.__name__.replace("_", " "), *cells, curve(found), parse(text))
    console.print(table)


if __name__ == "__main__":
    growth()
