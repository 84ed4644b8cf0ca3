"""Any text whatever: `read` gives a System or a DeltaruleError with a place, and nothing else.

The examples are the same in every run. `make fuzz` searches on, guided by coverage; what it finds is
kept in findings/ and replayed here.
"""

from __future__ import annotations

import pytest
from fuzz_target import FINDINGS, check, documents, tokens
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXTS = documents()
TOKENS = [tokens(text) for text in TEXTS]
KNOWN = sorted({token for text in TOKENS for token in text})
SECONDS = 8_000  # milliseconds that one text may take on a busy machine

LATEX = (
    r"\frac \dfrac \sum \prod \max \argmax _ ^ { } ( ) [ ] | \| \left \right \begin{cases} "
    r"\end{cases} \begin{aligned} \end{aligned} & \\ , ; . = < > \in \neq \mathbb{R} \mathbb{1} "
    r"\mathbf \mathrm{loss} \text{if} \text{for} \text{otherwise} \quad .. \dots \partial d / * "
    r"\cdot \odot \hat \bar \ln \exp \tanh \sigma \{ \} - + T \top \{1,\dots,n\} $ $$ x y i j k n h "
    r"w E 0 1 2 12 ' \substack \sqrt \operatorname{relu} \big % ~ \, \lvert \rvert \label{a}"
).split(" ")
PLAIN = (
    "sum( prod( max( argmax( sqrt( f( g( ) [ ] { } | || , ; : = == <= < >= != in for if otherwise "
    "and or where .. + - * / ^ ** @ ' (*) (.) x y i j k n h w E R 0 1 2 1.5 dE/dx ∂E/∂x Σ ξ ² · "
    "# norm( 1..n i=1..n k=1..j-1 x[i] h[i,j] w[j,k] x[y[i]] [y=k] \t"
).split(" ")
FENCES = st.sampled_from(["{}", "$$\n{}\n$$", "```deltarule\n{}\n```", "```latex\n{}\n```"])
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("=[]{}()\\$_^&|'\"`~#%<>-+*/.,;: \n\t")


def fuzzed(examples: int):
    return settings(
        max_examples=examples,
        deadline=SECONDS,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@fuzzed(300)
@given(st.text(CHARACTERS, max_size=120), FENCES)
def test_arbitrary_text(text, fence):
    check(fence.replace("{}", text))


@fuzzed(150)
@given(st.binary(max_size=120), FENCES)
def test_arbitrary_bytes(data, fence):
    for decoded in (data.decode("latin-1"), data.decode("utf-8", "replace")):
        check(fence.replace("{}", decoded))


@fuzzed(1200)
@given(st.lists(st.sampled_from(LATEX), max_size=24), st.sampled_from(["E = ", "h_i = ", ""]))
def test_soups_of_latex(pieces, before):
    check("$$" + before + " ".join(pieces) + "$$")


@fuzzed(1200)
@given(
    st.lists(st.sampled_from(PLAIN), max_size=24),
    st.sampled_from(["E = ", "h[i] = ", ""]),
    st.sampled_from([" ", ""]),
)
def test_soups_of_plain_text(pieces, before, between):
    check(f"```deltarule\n{before}{between.join(pieces)}\n```")


LETTER = st.sampled_from("x y h w b E i j k n t T R".split())
NUMBER = st.sampled_from("0 1 2 3 1.5".split())


def _plain(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair, three = st.tuples(inner, inner), st.tuples(inner, inner, inner)
    limits = st.tuples(LETTER, inner, inner, inner)
    return st.one_of(
        pair.map(lambda p: f"{p[0]} + {p[1]}"),
        pair.map(lambda p: f"{p[0]} {p[1]}"),
        pair.map(lambda p: f"{p[0]}/({p[1]})"),
        pair.map(lambda p: f"({p[0]})^{p[1]}"),
        inner.map(lambda e: f"-({e})"),
        inner.map(lambda e: f"f'({e})"),
        pair.map(lambda p: f"max({p[0]}, {p[1]})"),
        st.tuples(LETTER, inner).map(lambda p: f"{p[0]}[{p[1]}]"),
        st.tuples(LETTER, inner, inner).map(lambda p: f"{p[0]}[{p[1]},{p[2]}]"),
        limits.map(lambda p: f"sum({p[0]}={p[1]}..{p[2]}) {p[3]}"),
        st.tuples(LETTER, inner).map(lambda p: f"sum({p[0]}) {p[1]}"),
        st.tuples(LETTER, inner).map(lambda p: f"argmax({p[0]}=1..n) {p[1]}"),
        pair.map(lambda p: f"[{p[0]} = {p[1]}]"),
        three.map(lambda p: f"{{ {p[0]} if {p[1]} > {p[2]}; 0 otherwise }}"),
        pair.map(lambda p: f"({p[0]} @ {p[1]}^T)"),
        pair.map(lambda p: f"({p[0]} (*) {p[1]})"),
        inner.map(lambda e: f"||{e}||"),
    )


def _latex(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair, three = st.tuples(inner, inner), st.tuples(inner, inner, inner)
    limits = st.tuples(LETTER, inner, inner, inner)
    return st.one_of(
        pair.map(lambda p: f"{p[0]} - {p[1]}"),
        pair.map(lambda p: f"{p[0]} {p[1]}"),
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        pair.map(lambda p: f"{{{p[0]}}}^{{{p[1]}}}"),
        inner.map(lambda e: rf"\sigma({e})"),
        inner.map(lambda e: rf"\sqrt{{{e}}}"),
        st.tuples(LETTER, inner).map(lambda p: f"{p[0]}_{{{p[1]}}}"),
        st.tuples(LETTER, inner, inner).map(lambda p: f"{p[0]}_{{{p[1]},{p[2]}}}"),
        st.tuples(LETTER, inner).map(lambda p: f"{p[0]}^{{({p[1]})}}"),
        limits.map(lambda p: rf"\sum_{{{p[0]}={p[1]}}}^{{{p[2]}}} {p[3]}"),
        st.tuples(LETTER, inner).map(lambda p: rf"\max_{p[0]} {p[1]}"),
        pair.map(lambda p: rf"\mathbb{{1}}[{p[0]} = {p[1]}]"),
        three.map(lambda p: rf"\begin{{cases}} {p[0]} & {p[1]} < {p[2]} \\ 0 \end{{cases}}"),
        LETTER.map(lambda e: rf"\mathbf{{{e}}}"),
        pair.map(lambda p: rf"{p[0]}^\top {p[1]}"),
        pair.map(lambda p: rf"{p[0]} \odot {p[1]}"),
        inner.map(lambda e: rf"\|{e}\|_2^2"),
        pair.map(lambda p: rf"{p[0]} * {p[1]}"),
        LETTER.map(lambda e: rf"\frac{{\partial E}}{{\partial {e}}}"),
    )


ATOMS = LETTER | NUMBER
PLAIN_EXPRESSION = st.recursive(ATOMS, _plain, max_leaves=6)
LATEX_EXPRESSION = st.recursive(ATOMS, _latex, max_leaves=6)
RANGES = st.sampled_from(
    ["", ", i = 1..n", ", 0 <= i < n, j = 1..i", ", i = 2..3, j = i", ", k = 1..n, t = n..1"]
)


@fuzzed(400)
@given(st.lists(st.tuples(PLAIN_EXPRESSION, PLAIN_EXPRESSION, RANGES), min_size=1, max_size=3))
def test_equations_that_follow_the_plain_grammar(equations):
    lines = (
        f"{left} = {right}   for {r[2:]}" if r else f"{left} = {right}"
        for left, right, r in equations
    )
    check("\n".join(lines))


@fuzzed(400)
@given(st.lists(st.tuples(LATEX_EXPRESSION, LATEX_EXPRESSION, RANGES), min_size=1, max_size=3))
def test_equations_that_follow_the_latex_grammar(equations):
    lines = (f"{left} = {right} {r}" for left, right, r in equations)
    check("$$" + r" \\ ".join(lines) + "$$")


@st.composite
def mutations(draw) -> str:
    """A document with some of its tokens deleted, doubled, swapped or replaced."""
    text = list(draw(st.sampled_from(TOKENS)))
    for _ in range(draw(st.integers(1, 4))):
        place, other = (draw(st.integers(0, len(text) - 1)) for _ in range(2))
        match draw(st.sampled_from(["delete", "double", "swap", "replace", "insert"])):
            case "delete":
                del text[place]
            case "double":
                text.insert(place, text[place])
            case "swap":
                text[place], text[other] = text[other], text[place]
            case "replace":
                text[place] = draw(st.sampled_from(KNOWN))
            case "insert":
                text.insert(place, draw(st.sampled_from(KNOWN)))
    return "".join(text)


@fuzzed(700)
@given(mutations())
def test_mutations_of_documents(text):
    check(text)


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.txt")), ids=lambda path: path.stem)
def test_what_was_found_before(path):
    check(path.read_bytes().decode("utf-8"))
