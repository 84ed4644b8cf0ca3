"""Documents: which parts are equations, in which language, and where they stand."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parse_examples import show_statement

from deltarule.errors import DeltaruleError
from deltarule.notation.document import front_matter, read_statements, title_of
from deltarule.source import Source, line_and_column

DOCUMENT = r"""---
title: "Two: things"
author: me
---
# A layer

Prose with $x = 1$, `$$`, and 5 \$$ in it.

$$ y_i = 2 x_i $$

```python
z = 3
```

```latex
h_k = e^{\xi_k}
```
<!-- $$ hidden = 1 $$ -->

~~~deltarule
a[i] = b[i]   for i = 1..n
~~~

\begin{align*}
c &= d \\
e &= f
\end{align*}
and \[ g = h \]
<math display="block"><mrow><msub><mi>p</mi><mi>i</mi></msub><mo>=</mo><mfrac><mn>1</mn><mi>q</mi></mfrac></mrow></math>
with <math><mi>z</mi><mo>=</mo><mn>4</mn></math> in the line.
"""


def shown(text: str) -> list[str]:
    return [show_statement(s) for s in read_statements(Source("doc.md", text))]


def test_the_blocks_of_a_document_are_read_in_order() -> None:
    assert shown(DOCUMENT) == [
        "y[i] = ‹2 x[i]›",
        "h[k] = e^xi[k]",
        "a[i] = b[i] | i = 1..n",
        "c = d",
        "e = f",
        "g = h",
        "p[i] = ‹1/q›",
    ]


def test_spans_are_those_of_the_whole_document() -> None:
    places = [line_and_column(s.span) for s in read_statements(Source("doc.md", DOCUMENT))]
    assert places == [(9, 4), (16, 1), (21, 1), (25, 1), (26, 1), (28, 8), (29, 35)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y[i] = 2 x[i]", ["y[i] = ‹2 x[i]›"]),
        (r"y = \xi x", ["y = ‹xi x›"]),
        ("y_{i} = xy", ["y[i] = ‹x y›"]),
        ("yy = xy", ["yy = xy"]),
        ("$y = xy$", ["y = ‹x y›"]),
        ("---\ntitle: t\n---\nyy = 2", ["yy = 2"]),
        ("```math\na = b", ["a = b"]),
    ],
)
def test_a_text_without_blocks_is_equations(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_front_matter_and_title() -> None:
    source = Source("doc.md", DOCUMENT)
    assert front_matter(source) == {"title": "Two: things", "author": "me"}
    assert title_of(source) == "Two: things"
    assert title_of(Source("doc.md", DOCUMENT.split("---\n")[2])) == "A layer"
    assert front_matter(Source("t", "a = b")) == {}
    assert title_of(Source("t", "# a remark\na = b")) == ""


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "E004", (1, 1)),
        ("# only a remark", "E004", (1, 1)),
        ("words\n\n```latex\n% nothing\n```\n", "E004", (1, 1)),
        ("words\n $$ a = b", "E002", (2, 2)),
        ("\\begin{align}\na = b", "E002", (1, 1)),
        ("words\n$$\na = (b\n$$", "E002", (3, 5)),
        ("x = 1\n" * 11000, "E007", (10923, 5)),
    ],
)
def test_bad_documents_are_refused(text: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(DeltaruleError) as caught:
        shown(text)
    assert caught.value.at is not None
    assert (caught.value.code, line_and_column(caught.value.at)) == (code, place)


def test_the_recursion_limit_is_left_as_it_was() -> None:
    before = sys.getrecursionlimit()
    shown("x = " + "(" * 90 + "y" + ")" * 90)
    assert sys.getrecursionlimit() == before


PIECES = (
    r"\frac \sum \max _ ^ { } ( ) [ ] | \| \left \right \begin{cases} \end{cases} & \\ , = < \in "
    r"\mathbb \mathbf 1 R x y i 12 ' \partial d / * \cdot \text{if} \text{for} \quad .. \dots sum( "
    r"if otherwise for 1..n ; : . \hat \ln ln \{ \} - + T \top \{1,\dots,n\} $"
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(str.split(PIECES)), max_size=14), st.sampled_from(["", " "]))
def test_any_text_is_read_or_refused_with_a_place(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    try:
        statements = read_statements(Source("t", text))
    except DeltaruleError as error:
        assert error.at is not None
        assert 0 <= error.at.start <= error.at.end <= len(text)
        return
    assert all(0 <= s.span.start < s.span.end <= len(text) for s in statements)


MATHML = "<math><mi>y</mi><mo>=</mo><mi>a</mi><msub><mi>x</mi><mn>1</mn></msub></math>"


def test_a_text_that_is_mathml_is_read_as_that() -> None:
    assert shown(f"\n {MATHML}\n") == ["y = ‹a x[1]›"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("<math><mi>y</mi><mo>=</mo>", "E002", ">"),
        (f"{MATHML[:-7]}<mo>+</mo></math>", "E003", "<mo>+</mo>"),
        (MATHML.replace("msub", "mlongdiv"), "E008", "<mlongdiv>"),
        (MATHML.replace("<mn>1</mn>", ""), "E003", "<msub><mi>x</mi></msub>"),
    ],
)
def test_errors_in_mathml_point_into_it(text: str, code: str, place: str) -> None:
    with pytest.raises(DeltaruleError) as caught:
        shown(text)
    assert caught.value.code == code
    at = caught.value.at
    assert at is not None and at.source.text[at.start : at.end] == place
