"""The documentation shows what its code prints."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from deltarule.errors import CODES

ROOT = Path(__file__).parents[1]


def _make_docs():
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["README.md", "docs/walkthrough.md"])
def test_outputs_are_those_of_the_code(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert _make_docs().rewritten(text) == text


def test_readme_starts_with_the_two_commands():
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:24]
    assert any(line.startswith("make demo") for line in first_screen)
    assert any(line.startswith("make test") for line in first_screen)


def test_every_error_code_is_explained():
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert re.findall(r"\| \[(E\d{3})\]", page) == sorted(CODES)
