"""Runs the examples of `deltarule explain`, writes their outputs, and docs/errors.md from the pages.

A page has the sections Wrong and Mended. A block of equations (latex, deltarule, markdown) is the
file equations.txt of the commands in the sh block after it, or of `deltarule derive equations.txt`
where there is none. A python block runs as it stands. The text block shows the error.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
import tempfile
from pathlib import Path

from deltarule import cli
from deltarule.errors import CODES, DeltaruleError
from deltarule.pages import GROUPS

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "src" / "deltarule" / "pages"
ERRORS = ROOT / "docs" / "errors.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (\w+)$", re.MULTILINE)

INTRODUCTION = """\
# Errors

Every error has a code, the place in your text where there is one, what was seen, and how to mend it; the exit
status is 2. `deltarule.DeltaruleError` is the Python exception, with `code`, `message`, `at`, `seen` and `help`.
`deltarule explain E104` prints the page of a code: an example, why it is an error, and the same mended.
"""


def sections(page: str) -> dict[str, str]:
    """Heading --> text below it."""
    parts = SECTION.split(page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def heading(code: str) -> str:
    """The meaning of a code, as its page has it."""
    first = (PAGES / f"{code}.md").read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix(f"# {code}: ")


def expected(section: str) -> str:
    """The output that a section shows."""
    return next((body for language, body in BLOCK.findall(section) if language == "text"), "")


def run(section: str) -> str:
    """What an example says on standard error; nothing where it is in order."""
    blocks = [(language, body) for language, body in BLOCK.findall(section) if language != "text"]
    languages = [language for language, _ in blocks]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        said = [_run(language, body) for language, body in blocks]
        if not {"sh", "python"} & set(languages):
            said.append(_command("deltarule derive equations.txt"))
    return "".join(said)


def _run(language: str, body: str) -> str:
    if language == "python":
        return _python(body)
    if language == "sh":
        lines = [line for line in body.splitlines() if line.startswith("deltarule ")]
        return "".join(_command(line) for line in lines)
    Path("equations.txt").write_text(body, encoding="utf-8")
    return ""


def _command(line: str) -> str:
    complained = io.StringIO()
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(complained),
        contextlib.suppress(SystemExit),
    ):
        cli.main(shlex.split(line)[1:])
    return complained.getvalue()


def _python(code: str) -> str:
    hidden = {name for name, module in sys.modules.items() if module is None}
    kept = dict(sys.modules)
    try:
        exec(compile(code, "page", "exec"), {})
    except DeltaruleError as error:
        return f"{error}\n"
    finally:
        for name in [n for n, m in sys.modules.items() if m is None and n not in hidden]:
            if name in kept:
                sys.modules[name] = kept[name]
            else:
                del sys.modules[name]
    return ""


def rewritten(page: str) -> str:
    """The page with the error that its example gives now."""
    said = run(sections(page)["Wrong"])
    before, fence, after = page.partition("```text\n")
    return before + fence + said + after[after.index("```") :]


def list_of_codes() -> str:
    """docs/errors.md."""
    parts = [INTRODUCTION]
    for prefix, title in GROUPS.items():
        codes = [code for code in sorted(CODES) if code.startswith(prefix)]
        rows = [f"| [{c}](../src/deltarule/pages/{c}.md) | {heading(c)} |" for c in codes]
        parts.append("\n".join([f"## {title}\n", "| code | meaning |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    for path in sorted(PAGES.glob("E*.md")):
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
    ERRORS.write_text(list_of_codes(), encoding="utf-8")
    print(f"wrote {len(CODES)} pages and docs/errors.md")
