"""Equations as they stand in papers and textbooks: read without a change, and read right.

Each file in `papers/` is a Markdown document with its source in the front matter. What it means is
a block of NumPy, written from the paper and not from what deltarule makes of it:

    ---
    source: Huber, Robust Estimation of a Location Parameter, 1964
    sizes: n = 5
    ---
    $$ \\bar{x} = \\frac{1}{n} \\sum_{i=1}^n x_i $$

    ```numpy
    x_bar = sum(x) / n
    ```

`fix: s = 2` gives a size its number, `functions: f = tanh` open functions a meaning, `positive: s` and
`unit: p` draw these inputs from 0.5..1.5 and 0.05..0.95. What the paper's prose says of ranges and shapes stands in a block of
declarations, `x[i] for i = 1..n` or `W \\in \\mathbb{R}^{m \\times n}`. A document that is refused
says so: `refused: E008` and `at: \\mathcal{N}`, the text under the caret. `pending: true` marks what is not read yet.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import special

import deltarule as dr
from deltarule.equations import affine
from deltarule.equations.objectives import scalars, unread
from deltarule.equations.system import Array, System, inputs
from deltarule.notation.document import front_matter
from deltarule.runtimes import layout
from deltarule.source import Source

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.md"))
MEANING = re.compile(r"^```numpy\n(.*?)^```", re.DOTALL | re.MULTILINE)
SIZES = (3, 4, 2, 5, 6, 7)


def settings(path: Path) -> dict[str, str]:
    return front_matter(Source(path.name, path.read_text("utf-8")))


def is_refused(path: Path) -> bool:
    return "refused" in settings(path)


def is_pending(path: Path) -> bool:
    return "pending" in settings(path)


PENDING = [p for p in PAPERS if is_pending(p)]
READ = [p for p in PAPERS if not is_refused(p) and not is_pending(p)]
REFUSED = [p for p in PAPERS if is_refused(p) and not is_pending(p)]


@pytest.mark.parametrize("path", READ, ids=lambda p: p.stem)
def test_the_equations_mean_what_the_paper_means(path):
    check_meaning(path)


@pytest.mark.parametrize("path", REFUSED, ids=lambda p: p.stem)
def test_what_is_refused_has_its_caret_there(path):
    stated = settings(path)
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(path)
    assert caught.value.code == stated["refused"]
    at = caught.value.at
    assert at is not None and at.source.text[at.start : at.end] == stated["at"]


@pytest.mark.parametrize("path", PENDING, ids=lambda p: p.stem)
def test_what_is_not_read_yet_is_not_misread(path):
    with pytest.raises(dr.DeltaruleError):
        check_meaning(path)


def test_those_that_nobody_can_read_are_few():
    assert len(REFUSED) <= 0.05 * len(PAPERS)


def test_every_document_has_a_source():
    assert [p.name for p in PAPERS if not settings(p).get("source")] == []


def check_meaning(path: Path) -> None:
    """Compare every array that the NumPy block computes with what the equations give."""
    stated = settings(path)
    system = dr.read(path)
    given = pairs(stated.get("functions", ""))
    meanings = {f: given.get(f, "tanh") for f in system.functions}
    sizes = dict(zip(system.sizes, SIZES * 9, strict=False))
    sizes |= {n: int(v) for n, v in pairs(stated.get("sizes", "")).items() if n in sizes}
    arrays = draw(system, sizes, stated)
    of = (scalars(system) or (None,))[-1]
    found = system.compile(functions=meanings, of=of).evaluate(**arrays, **sizes)
    found = in_python(found)
    fixed = {n: int(v) for n, v in pairs(stated.get("fix", "")).items()}
    expected = run(MEANING.search(path.read_text("utf-8"))[1], in_python(arrays | sizes | fixed))
    compared = [n for n in found if n in expected]
    assert compared, f"computes none of {list(found)}"
    wanted = scalars(system) or unread(system)
    assert set(in_python(dict.fromkeys(wanted))) & set(compared), f"computes none of {wanted}"
    for name in compared:
        assert np.isfinite(np.asarray(expected[name], dtype=float)).all(), f"{name} is not finite"
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-9, atol=1e-11, err_msg=name)


def in_python(values: dict[str, Any]) -> dict[str, Any]:
    """x' is x_prime."""
    return {n.replace("'", "_prime"): value for n, value in values.items()}


def pairs(text: str) -> dict[str, str]:
    return {k.strip(): v.strip() for k, _, v in (p.partition("=") for p in text.split(",")) if v}


def draw(system: System, sizes: dict[str, int], stated: dict[str, str]) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    positive, unit = stated.get("positive", "").split(), stated.get("unit", "").split()
    found = {}
    for name in inputs(system):
        array = system.arrays[name]
        shape = layout.shape(array, sizes)
        if array.kind == "integer":
            low, high = limits(array, sizes)
            found[name] = rng.integers(low, high + 1, size=shape)
        elif name in positive:
            found[name] = rng.uniform(0.5, 1.5, size=shape)
        elif name in unit:
            found[name] = rng.uniform(0.05, 0.95, size=shape)
        else:
            found[name] = rng.normal(size=shape)
        mask = layout.mask(array, sizes)
        if mask is not None:
            found[name] = np.where(mask, found[name], 0)
    return found


def limits(array: Array, sizes: dict[str, int]) -> tuple[int, int]:
    assert array.values is not None, f"the values of {array.name} have no known range"
    low, high = array.values
    return affine.value(low, sizes), affine.value(high, sizes)


def run(code: str, names: dict[str, Any]) -> dict[str, Any]:
    """The names that the paper's NumPy block defines; it is part of this suite, not of any input."""
    scope = {"np": np, "special": special, **names}
    exec(compile(code, "papers", "exec"), scope)
    return scope
