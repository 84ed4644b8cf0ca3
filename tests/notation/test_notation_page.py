"""docs/notation.md: every construct in LaTeX and in plain text, which are one System."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import deltarule as dr

PAGE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text("utf-8")
PAIR = re.compile(r"^```latex\n(.*?)^```\n```deltarule\n(.*?)^```", re.DOTALL | re.MULTILINE)
PAIRS = PAIR.findall(PAGE)


@pytest.mark.parametrize(("latex", "plain"), PAIRS, ids=[p.split("\n")[0] for _, p in PAIRS])
def test_both_languages_say_the_same(latex, plain):
    one, other = dr.read(f"```latex\n{latex}```"), dr.read(f"```deltarule\n{plain}```")
    assert equations(one) == equations(other)


def equations(system: dr.System) -> list[str]:
    """Each equation; what is given has letters of its own."""
    return sorted(str(system).partition("# given")[0].strip().split("\n"))


def test_every_block_of_the_page_has_its_twin():
    assert PAGE.count("```latex") == PAGE.count("```deltarule") == len(PAIRS)
