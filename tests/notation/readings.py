"""What a text is read as, in a form that a test can compare: lines as printed, or the refusal."""

from __future__ import annotations

import pytest

import deltarule as dr


def printed(text: str) -> str:
    """The equations of a text as they are printed, without what is given."""
    return str(dr.read(text)).partition("\n\n# given")[0]


def printed_lines(text: str) -> list[str]:
    return printed(text).splitlines()


def error_of(text: str) -> dr.DeltaruleError:
    """The error with which a text is refused. It has a place in this text, or is about a setting."""
    with pytest.raises(dr.DeltaruleError) as caught:
        dr.read(text)
    error = caught.value
    if error.at is None:
        assert error.code == "E110", error
    else:
        assert error.at.source.text == text, error
    return error


def under_caret(error: dr.DeltaruleError) -> str:
    assert error.at is not None
    return error.at.source.text[error.at.start : error.at.end]


def refusal(text: str) -> tuple[str, str]:
    """The code of the error with which a text is refused, and what stands under its caret."""
    error = error_of(text)
    return error.code, under_caret(error)
