"""`make fuzz`: derives and proves the gradients of random Systems, by all their inputs.

The Systems are those of tests/gradients/random_systems.py; each is its seed. What fails is printed with its text, and
the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "gradients"))

from random_systems import outcome  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many Systems (20000)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (0)")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.count)
    found: Counter[str] = Counter()
    start = time.monotonic()
    with Pool(os.cpu_count()) as pool:
        for number, (seed, said) in enumerate(pool.imap_unordered(_one, seeds, chunksize=8), 1):
            known = said in ("proved", "no range")
            found[said if known else "failed"] += 1
            if not known:
                print(f"seed {seed}: {said}", flush=True)
            if number % 500 == 0:
                print(
                    f"{number} Systems, {time.monotonic() - start:.0f} s: {dict(found)}", flush=True
                )
    print(f"seeds {seeds.start}..{seeds.stop - 1}: {dict(found)}")
    sys.exit(1 if found["failed"] else 0)


def _one(seed: int) -> tuple[int, str]:
    try:
        return seed, outcome(seed)
    except Exception as error:  # whatever it is, it is a finding
        return seed, f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
