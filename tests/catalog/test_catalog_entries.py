"""Every document of the catalog reads, is proved, is priced, and says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import deltarule as dr
from deltarule.catalog import names, open_source
from deltarule.notation.document import title_of

README = Path(__file__).parents[2] / "README.md"
OUR_OWN = {"correlation", "softcount", "spiral", "two-layer"}  # without a publication


@pytest.mark.parametrize("name", names())
def test_every_gradient_is_proved(name):
    """`check` raises E202 for a gradient that is wrong, and leaves none of them out."""
    system = dr.read(name)
    proofs = system.check()
    assert {p.array for p in proofs} == set(system.derivation().adjoint_of)


@pytest.mark.parametrize("name", names())
def test_every_price_is_known_or_says_why(name):
    for line in str(dr.read(name).cost()).splitlines():
        assert "not known" not in line or "give the sizes numbers" in line


@pytest.mark.parametrize("name", names())
def test_every_document_has_a_title_and_a_source(name):
    source = open_source(name)
    assert title_of(source)
    assert name in OUR_OWN or re.search(r"^Source: [^$]*\d{4}", source.text, re.MULTILINE)


def test_the_readme_counts_the_documents():
    assert f"shows the {len(names())} documents" in README.read_text(encoding="utf-8")
