r"""What an author settles for a whole document, in its front matter or where it is read.

---
einstein: yes            an index that stands twice in a term is summed over
star: product            x * y is a product, not a convolution
otimes: elementwise      x \otimes y is the product of elements; outer: the outer product
functions: f = tanh      what open functions are
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
YES, NO = ("yes", "true", "on"), ("no", "false", "off", "")


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
    stated = front_matter(source)
    for key in stated:
        near = difflib.get_close_matches(key, KNOWN, 1, 0.8)
        if near and key not in KNOWN:
            raise DeltaruleError(
                "E110",
                f"the setting '{key}' is not known",
                at=place_of_setting(source, key),
                seen="not known",
                help=f"did you mean {near[0]}?",
            )
    try:
        return _settings(stated, einstein)
    except _WrongValueError as error:
        error.at = place_of_setting(source, error.setting)
        raise


class _WrongValueError(DeltaruleError):
    """E110 for a value, with the setting that has it."""

    def __init__(self, setting: str, value: str, wanted: str) -> None:
        self.setting = setting
        super().__init__(
            "E110",
            f"the setting '{setting}' cannot be '{value}'",
            seen=f"{wanted} wanted here",
            help=f"write {setting}: {wanted}",
        )


def _settings(stated: Mapping[str, str], einstein: bool) -> Settings:
    star = stated.get("star", "convolution")
    if star not in ("convolution", "product"):
        raise _WrongValueError("star", star, "product or convolution")
    otimes = stated.get("otimes", "")
    if otimes not in ("", "elementwise", "outer"):
        raise _WrongValueError("otimes", otimes, "elementwise or outer")
    return Settings(
        einstein or _flag("einstein", stated.get("einstein", "")),
        star == "product",
        otimes,
        _pairs("functions", stated.get("functions", ""), "f = tanh, g = relu"),
        _numbers(stated.get("fix", "")),
    )


def _flag(name: str, value: str) -> bool:
    if value.lower() not in YES + NO:
        raise _WrongValueError(name, value, "yes or no")
    return value.lower() in YES


def _numbers(text: str) -> dict[str, str]:
    """s = 2, d = 3"""
    found = _pairs("fix", text, "s = 2, d = 3")
    if not all(value.isascii() and value.isdigit() for value in found.values()):
        raise _WrongValueError("fix", text, "s = 2, d = 3")
    return found


def _pairs(setting: str, text: str, wanted: str) -> dict[str, str]:
    """f = tanh, sigma = sigmoid"""
    found = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, equals, value = (p.strip() for p in part.partition("="))
        if not (name and equals and value):
            raise _WrongValueError(setting, text, wanted)
        found[name] = value
    return found
