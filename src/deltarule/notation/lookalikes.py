"""What a character or word that is not in the notation was probably meant to be.

Texts come from word processors, web pages, Markdown and Python: typographic dashes and quotes,
letters of other alphabets that look like Latin ones, HTML entities, words without a backslash.
"""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.source import Source, Span, name_of

DASHES = "‐‑‒–—―﹣"
QUOTES = '“”„‟«»‹›"‘‚‛'
CYRILLIC = dict(zip("асеорхуіјАВЕКМНОРСТХ", "aceopxyijABEKMHOPCTX", strict=True))
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|([A-Za-z]+\d*));")
TAG = re.compile(r"</?(?:sub|sup|br|em|strong|span|div|code|pre|math)\b[^<>\n]*>")
WORD_OF_LETTERS = re.compile(
    r"(?<![A-Za-z\\])(sum|prod|max|min|argmax|argmin|exp|log|ln|sinh?|cosh?|tanh?|sqrt|frac|softmax"
    r"|sigmoid|relu|ReLU)(?=\s*[({_^])"
)

FUNCTION_OF_LETTERS = re.compile(
    r"(?<![A-Za-z\\])(max|min|exp|log|ln|sinh?|cosh?|tanh?|[sS]oftmax|SoftMax|[sS]igmoid|relu|ReLU"
    r"|GELU)"
    r"(?=\s*(?:\\left\s*|\\[bB]igg?l?\s*)?\()"
)


def refuse_markup(source: Source, position: int, end: int) -> None:
    """E001 for &lt; and <sub>, where a text was copied from the source of a web page."""
    entity = ENTITY.match(source.text, position, end)
    known = entity is not None and (entity[1] is None or f"{entity[1]};" in html5)
    found = entity if known else TAG.match(source.text, position, end)
    if found is None:
        return
    what = "HTML entity" if known else "HTML tag"
    raise DeltaruleError(
        "E001",
        f"the {what} '{found[0]}' is not known",
        at=Span(source, found.start(), found.end()),
        seen="not known",
        help="copy the text as it is shown, or write the sign itself" if known else
        "write subscripts as x[1] or x_{1}, powers as x^2",
    )  # fmt: skip


def word_of_letters(source: Source, position: int, end: int) -> str | None:
    r"""The exp of exp(x): letters before parentheses that spell a function are that function."""
    found = FUNCTION_OF_LETTERS.match(source.text, position, end)
    return found[1] if found else None


def refuse_word_of_letters(source: Source, position: int, end: int) -> None:
    r"""E006 for max_k x_k in LaTeX, which is m a x_k x_k: a command or a product?"""
    found = WORD_OF_LETTERS.match(source.text, position, end)
    if found is None:
        return
    word = found[1]
    command = rf"\{word}"
    if word in ("softmax", "sigmoid", "relu", "ReLU", "argmax", "argmin"):
        command = rf"\operatorname{{{word}}}"
    raise DeltaruleError(
        "E006",
        f"'{word}' is a product of letters in LaTeX",
        at=Span(source, found.start(), found.end()),
        seen="a backslash is missing",
        help=f"write {command}; plain text stands in a ```deltarule block",
    )


def refuse_low_line(source: Source, start: int, end: int) -> NoReturn:
    """E003 for (W x)_i in plain text, which would be W x times a symbol _i."""
    raise DeltaruleError(
        "E003",
        "a subscript after brackets stands in brackets",
        at=Span(source, start, end),
        seen="this would be a factor",
        help=f"write (W x)[{source.text[start + 1 : end] or 'i'}], or LaTeX between $$ and $$",
    )


def refuse_character(source: Source, position: int, help: str) -> None:
    """E001, with what the character resembles."""
    char = source.text[position]
    raise DeltaruleError(
        "E001",
        f"the character {name_of(char)} is not known",
        at=Span(source, position, position + 1),
        seen="not known",
        help=_meant(char) or help,
    )


def _meant(char: str) -> str:
    if char in DASHES:
        return "did you mean the minus sign -?"
    if char in QUOTES:
        return "names and text stand without quotes"
    if char in CYRILLIC:
        return f"this is a Cyrillic letter; did you mean {CYRILLIC[char]}?"
    if unicodedata.category(char) in ("Cf", "Cc", "Zl", "Zp"):
        return "remove it: it cannot be seen, and comes from copying"
    plain = unicodedata.normalize("NFKC", char)
    kind = unicodedata.decomposition(char).partition(">")[0]
    if plain == char or not plain.isascii() or not plain.isprintable():
        return ""
    if kind == "<sub":
        return f"write a subscript as x_{plain} or x[{plain}]"
    if kind == "<super":
        return f"write a power as x^{plain}"
    return f"did you mean {plain}?"
