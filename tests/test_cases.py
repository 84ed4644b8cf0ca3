"""Documents with their expected outputs; `make golden` rewrites those."""

from __future__ import annotations

import pytest

import deltarule as dr
from regenerate import OPTIONS, bad, good, output


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


def test_there_are_enough():
    assert len(bad()) >= 40
    assert {"spiral", "correlation", "softcount", "two-layer"} <= {path.stem for path in good()}
