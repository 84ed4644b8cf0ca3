"""`deltarule explain`: a page per code, whose examples do what the page says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from deltarule import cli, pages
from deltarule.errors import CODES, DeltaruleError
from deltarule.notation import document
from deltarule.source import Source

ROOT = Path(__file__).parents[1]


def _make_pages():
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "tools" / "make_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = _make_pages()


def explain(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(["explain", *arguments])
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


def test_every_code_has_a_page_and_no_page_is_left_over():
    assert sorted(p.stem for p in make.PAGES.glob("*.md")) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_says_what_the_code_means(code):
    text = pages.page(code)
    assert text.splitlines()[0] == f"# {code}: {CODES[code]}"
    assert list(make.sections(text)) == ["Wrong", "Why", "Mended"]
    assert max(len(line) for line in text.partition("## Wrong")[0].splitlines()) <= 120


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_wrong_example_gives_the_error_as_printed(code):
    wrong = make.sections(pages.page(code))["Wrong"]
    said = make.run(wrong)
    assert said.startswith(f"error[{code}]: ")
    assert said == make.expected(wrong)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_mended_example_runs(code):
    assert make.run(make.sections(pages.page(code))["Mended"]) == ""


@pytest.mark.parametrize("code", sorted(CODES))
def test_equations_are_read_in_the_language_that_the_page_names(code):
    for language, body in make.BLOCK.findall(pages.page(code)):
        if language in ("latex", "deltarule"):
            (block,) = [document._whole(Source("equations.txt", body), 0)]
            assert block.language == {"latex": "latex", "deltarule": "plain"}[language]


def test_the_list_of_errors_is_made_from_the_pages():
    assert make.ERRORS.read_text(encoding="utf-8") == make.list_of_codes()


@pytest.mark.parametrize("spelled", ["E104", "e104", "error[E104]", "[E104]", "error[E104]:"])
def test_a_code_may_be_pasted_as_it_was_printed(capsys, spelled):
    status, out, err = explain(capsys, spelled)
    assert (status, err) == (0, "")
    assert out.startswith("# E104: a range that cannot be inferred\n")


def test_without_a_code_all_are_listed(capsys):
    status, out, err = explain(capsys)
    assert (status, err) == (0, "")
    assert [line[2:6] for line in out.splitlines() if line.startswith("  E")] == sorted(CODES)
    assert all(meaning in out for meaning in CODES.values())


@pytest.mark.parametrize("spelled", ["E999", "104", "", "E1044", "../E104"])
def test_an_unknown_code_is_an_error(capsys, spelled):
    status, out, err = explain(capsys, spelled)
    assert (status, out) == (2, "")
    assert err.startswith(f"error[E401]: there is no error code '{spelled}'")


def test_a_near_code_is_suggested():
    with pytest.raises(DeltaruleError) as caught:
        pages.page("E1044")
    assert caught.value.help.startswith("did you mean E10")
