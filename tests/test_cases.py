"""Documents with their expected outputs; `make golden` rewrites those.

A bad document says in a comment at its end where the caret belongs, so that a golden file cannot
settle in the wrong place: <!-- wrong: text --> at that text, <!-- wrong 2: text --> where it stands
for the second time, <!-- wrong after: text --> right behind it.
"""

from __future__ import annotations

import re

import pytest

import deltarule as dr
from regenerate import OPTIONS, bad, good, output

WRONG = re.compile(r"<!-- wrong(?: (\d+|after))?: (.*?) -->")
POINTED = re.compile(r"^ *--> .*?:(\d+):(\d+)$", re.MULTILINE)
WITHOUT_PLACE = {"E005", "E109", "E110"}  # errors of options; else the text is to blame


@pytest.mark.parametrize("form, ending", [("text", ".text"), ("latex", ".tex")])
@pytest.mark.parametrize("document", good(), ids=lambda path: path.stem)
def test_good(document, form, ending):
    status, printed, complained = output(document, "--format", form)
    assert (status, complained) == (0, "")
    assert printed == document.with_suffix(ending).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", good(), ids=lambda path: path.stem)
def test_what_good_documents_print_is_proved(document):
    """A golden file shows the form; that it is right is proved."""
    found = OPTIONS.match(document.read_text(encoding="utf-8"))
    options = found[1].split() if found else []
    wrt = options[options.index("--wrt") + 1].split(",") if "--wrt" in options else None
    proofs = dr.read(document).check(wrt=wrt)
    assert proofs and all(proof.passed for proof in proofs)


@pytest.mark.parametrize("document", bad(), ids=lambda path: path.stem)
def test_bad(document):
    status, printed, complained = output(document)
    assert (status, printed) == (2, "")
    assert complained == document.with_suffix(".txt").read_text(encoding="utf-8")
    assert complained.startswith("error[E") and len(complained.splitlines()) <= 8


def stated(document):
    """Line and column that the comment names; None where there is none."""
    text = document.read_text(encoding="utf-8")
    found = WRONG.search(text)
    if found is None:
        return None
    which, wrong = found.groups()
    place = -1
    for _ in range(int(which) if which and which != "after" else 1):
        place = text.index(wrong, place + 1)
    place += len(wrong) if which == "after" else 0
    assert place < found.start()
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def printed_place(document):
    found = POINTED.search(document.with_suffix(".txt").read_text(encoding="utf-8"))
    return found and (int(found[1]), int(found[2]))


@pytest.mark.parametrize("document", bad(), ids=lambda path: path.stem)
def test_a_bad_document_is_refused_in_the_right_line(document):
    place = printed_place(document)
    if place is None:
        assert document.with_suffix(".txt").read_text()[6:10] in WITHOUT_PLACE
    elif document.stem not in ("empty", "too_long", "too_deep"):
        assert stated(document)[0] == place[0]


def test_nearly_all_carets_are_in_the_right_column():
    places = [(stated(d), printed_place(d)) for d in bad() if stated(d) and printed_place(d)]
    assert sum(one == other for one, other in places) >= 0.95 * len(places)


def test_there_are_enough():
    assert len(bad()) >= 150
    assert {"spiral", "correlation", "softcount", "two-layer"} <= {path.stem for path in good()}
