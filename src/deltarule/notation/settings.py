r"""What an author settles for a whole document, in its front matter or where it is read.

---
einstein: yes            an index that stands twice in a term is summed over
star: product            x * y is a product, not a convolution
otimes: elementwise      x \otimes y is the product of elements; outer: the outer product
functions: f = tanh      what open functions are; f = open: it stays open
fix: s = 2               sizes that have a number
---
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from deltarule.errors import DeltaruleError
from deltarule.notation.document import front_matter, place_of_setting
from deltarule.source import Source

KNOWN = ("einstein", "star", "otimes", "functions", "fix", "title")
YES, NO = ("yes", "true", "on"), ("no", "false", "off")
STARS = ("product", "convolution")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a document is to be read."""

    einstein: bool = False
    star_is_product: bool = False
    otimes: str = ""  # elementwise or outer
    functions: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


def of_document(source: Source, einstein: bool = False) -> Settings:
    """The settings in a front matter. Raises E110 for one that is misspelt or has another value.

    Keys that are none of these are the author's own.
    """
    stated = _Stated(source, front_matter(source))
    stated.refuse_misspelt()
    return Settings(
        einstein or stated.choice("einstein", YES + NO, "no", "yes or no") in YES,
        stated.choice("star", STARS, STARS[1], "product or convolution") == "product",
        stated.choice("otimes", ("elementwise", "outer"), "", "elementwise or outer"),
        stated.pairs("functions", "f = tanh, g = relu"),
        stated.numbers("fix", "s = 2, d = 3"),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    """The values of a front matter; what is wrong with one is said at its line."""

    source: Source
    values: Mapping[str, str]

    def refuse_misspelt(self) -> None:
        for key in self.values:
            near = difflib.get_close_matches(key, KNOWN, 1, 0.8)
            if near and key not in KNOWN:
                raise DeltaruleError(
                    "E110",
                    f"the setting '{key}' is not known",
                    at=place_of_setting(self.source, key),
                    seen="not known",
                    help=f"did you mean {near[0]}?",
                )

    def choice(self, key: str, allowed: tuple[str, ...], usual: str, wanted: str) -> str:
        """One of the words, or the usual one where nothing is said."""
        value = self.values.get(key, "").lower()
        if value and value not in allowed:
            raise self.wrong(key, wanted)
        return value or usual

    def pairs(self, key: str, example: str) -> dict[str, str]:
        """f = tanh, sigma = sigmoid"""
        found = {}
        for part in filter(None, (p.strip() for p in self.values.get(key, "").split(","))):
            name, equals, value = (p.strip() for p in part.partition("="))
            if not (name and equals and value):
                raise self.wrong(key, example)
            found[name] = value
        return found

    def numbers(self, key: str, example: str) -> dict[str, str]:
        """s = 2, d = 3"""
        found = self.pairs(key, example)
        if not all(value.isascii() and value.isdigit() for value in found.values()):
            raise self.wrong(key, example)
        return found

    def wrong(self, key: str, wanted: str) -> DeltaruleError:
        return DeltaruleError(
            "E110",
            f"the setting '{key}' cannot be '{self.values[key]}'",
            at=place_of_setting(self.source, key),
            seen=f"{wanted} wanted here",
            help=f"write {key}: {wanted}",
        )
