"""`make golden`: writes the expected outputs of all documents under tests/cases. Read the difference!"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from deltarule import cli

CASES = Path(__file__).parent / "cases"
OPTIONS = re.compile(r"<!-- options: (.*?) -->")


def output(path: Path, *more: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of `deltarule derive PATH`.

    A document may name options in its first line: <!-- options: --of E -->.
    """
    found = OPTIONS.match(path.read_text(encoding="utf-8"))
    options = found[1].split() if found else []
    printed, complained = io.StringIO(), io.StringIO()
    status = 0
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
        try:
            cli.main(["derive", str(path), *options, *more])
        except SystemExit as ended:
            status = int(ended.code or 0)
    return status, printed.getvalue(), complained.getvalue()


def good() -> list[Path]:
    return sorted((CASES / "good").glob("*.md"))


def bad() -> list[Path]:
    return sorted((CASES / "bad").glob("*.md"))


if __name__ == "__main__":
    for document in good():
        for form, ending in (("text", ".text"), ("latex", ".tex")):
            document.with_suffix(ending).write_text(output(document, "--format", form)[1])
    for document in bad():
        document.with_suffix(".txt").write_text(output(document)[2])
    print(f"wrote the outputs of {len(good())} good and {len(bad())} bad documents")
