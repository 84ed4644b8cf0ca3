"""`make fuzz`: searches for texts that `read` neither reads nor refuses properly, guided by coverage.

Needs the package atheris (python -m pip install atheris==3.0.0, Python 3.11 to 3.13). The target is
that of tests/notation/fuzz_target.py. Texts that reach new code are kept in tests/notation/corpus,
which begins with the documents of the catalog and the tests; a text that fails is shortened and kept
in tests/notation/findings, where the test suite replays it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTATION = ROOT / "tests" / "notation"
sys.path.insert(0, str(NOTATION))

try:
    import atheris
except ImportError:
    sys.exit("make fuzz needs atheris: .venv/bin/python -m pip install atheris==3.0.0")

with atheris.instrument_imports(include=["deltarule"]):
    from fuzz_target import DOCUMENTS, FINDINGS, TOKEN, check

    for module in ("elaborate", "print_latex", "print_text"):
        importlib.import_module(f"deltarule.notation.{module}")

CORPUS = NOTATION / "corpus"
LONGEST = 1200  # bytes of a text
SECONDS = 10  # of processor time for one text


class TooSlowError(Exception):
    """Reading a short text took longer than SECONDS."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15, help="how long to search (15)")
    parser.add_argument("--seed", type=int, default=0, help="of the search; 0 is another each time")
    options = parser.parse_args()
    seeds = seed_corpus()
    print(f"{seeds} texts in {CORPUS.relative_to(ROOT)}; searching for {options.minutes:g} minutes")
    signal.signal(signal.SIGVTALRM, _too_slow)
    with tempfile.NamedTemporaryFile("w", suffix=".dict", encoding="utf-8") as dictionary:
        dictionary.write("\n".join(f'"{_escaped(token)}"' for token in known_tokens()))
        dictionary.flush()
        arguments = [
            sys.argv[0],
            str(CORPUS),
            f"-max_total_time={int(60 * options.minutes)}",
            f"-max_len={LONGEST}",
            f"-dict={dictionary.name}",
            f"-seed={options.seed}",
            "-timeout=120",
            "-rss_limit_mb=3000",
            f"-artifact_prefix={FINDINGS}/",
        ]
        atheris.Setup(arguments, one_text, custom_mutator=Mutator(known_tokens()))
        atheris.Fuzz()


def seed_corpus() -> int:
    """Copy the documents, front matter aside, in where they are not yet."""
    CORPUS.mkdir(exist_ok=True)
    FINDINGS.mkdir(exist_ok=True)
    for folder in DOCUMENTS:
        for path in sorted(folder.glob("*.md")):
            data = path.read_bytes()[:LONGEST]
            (CORPUS / hashlib.sha1(data).hexdigest()).write_bytes(data)
    return len(list(CORPUS.iterdir()))


def known_tokens() -> list[str]:
    """The commands, words and signs that the documents use."""
    texts = [path.read_text("utf-8", "ignore") for path in CORPUS.iterdir()]
    return sorted({token for text in texts for token in TOKEN.findall(text) if token.strip()})


class Mutator:
    """Changes whole tokens mostly, bytes sometimes."""

    def __init__(self, known: list[str]) -> None:
        self.known = known

    def __call__(self, data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.2:
            return bytes(atheris.Mutate(data, longest))
        pieces = TOKEN.findall(data.decode("utf-8", "ignore"))
        for _ in range(chance.choice((1, 1, 2, 4))):
            self.change(pieces, chance)
        return "".join(pieces).encode()[:longest]

    def change(self, pieces: list[str], chance: random.Random) -> None:
        place, other = (chance.randrange(len(pieces) + 1) for _ in range(2))
        first, last = sorted((place, min(other, place + 12)))
        match chance.choice(("insert", "insert", "replace", "delete", "repeat", "move")):
            case "insert":
                pieces.insert(place, chance.choice(self.known))
            case "replace":
                pieces[place : place + 1] = [chance.choice(self.known)]
            case "delete":
                del pieces[first:last]
            case "repeat":
                pieces[place:place] = pieces[first:last]
            case "move":
                moved = pieces[first:last]
                del pieces[first:last]
                where = chance.randrange(len(pieces) + 1)
                pieces[where:where] = moved


def _escaped(token: str) -> str:
    return "".join(rf"\x{byte:02x}" for byte in token.encode())


# ------------------------------------------------------------------------------ one text


def one_text(data: bytes) -> None:
    """What atheris calls. A failure is kept, and the search goes on."""
    text = data.decode("utf-8", "ignore")
    failure = failure_of(text)
    if failure and failure not in _kept:
        _kept.add(failure)
        keep(shortened(text, lambda shorter: failure_of(shorter) == failure), failure)


_kept: set[str] = set()


def failure_of(text: str) -> str:
    """The exception and the line that raised it; nothing where all is well."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        check(text)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        slow = isinstance(error, TooSlowError)
        where = "" if slow else f" {Path(place.filename).stem}:{place.lineno}"
        return type(error).__name__ + where
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def _too_slow(signal_number: int, frame: object) -> None:
    raise TooSlowError


def shortened(text: str, still_fails: Callable[[str], bool], seconds: float = 60) -> str:
    """The text without what the failure does not need."""
    end = time.monotonic() + seconds
    pieces = TOKEN.findall(text)
    width = len(pieces) // 2
    while width and time.monotonic() < end:
        place = 0
        while place < len(pieces) and time.monotonic() < end:
            rest = pieces[:place] + pieces[place + width :]
            if still_fails("".join(rest)):
                pieces = rest
            else:
                place += width
        width //= 2
    return "".join(pieces)


def keep(text: str, failure: str) -> None:
    name = failure.lower().replace(" ", "-").replace(":", "-")
    path = FINDINGS / f"{name}.txt"
    path.write_bytes(text.encode())
    print(f"FOUND {failure}: {path.relative_to(ROOT)}: {text[:200]!r}", flush=True)


if __name__ == "__main__":
    main()
