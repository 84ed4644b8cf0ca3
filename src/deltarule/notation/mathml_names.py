r"""Names between LaTeX and MathML: \hat{\xi}, W^{(1)}, \mathcal{E} and the characters for them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from xml.sax.saxutils import escape

from deltarule.notation.operators import LETTERS

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)

ACCENTS: dict[str, str] = {
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~",
    "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "vec": "→",
}  # fmt: skip

UPRIGHT = frozenset(
    "mathrm mathsf mathtt mathit operatorname text textrm textit textsf textbf mbox".split()
)

# the name of a character in Unicode: MATHEMATICAL BOLD CAPITAL W; ℰ is just SCRIPT CAPITAL E
STYLES: dict[str, str] = {
    "mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathfrak": "FRAKTUR", "mathbb": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK", "mathbf": "BOLD", "symbf": "BOLD", "bm": "BOLD ITALIC",
    "boldsymbol": "BOLD ITALIC", "pmb": "BOLD ITALIC",
}  # fmt: skip
COMMANDS: dict[str, str] = {
    "SCRIPT": "mathcal", "BOLD SCRIPT": "mathcal", "FRAKTUR": "mathfrak", "BLACK-LETTER": "mathfrak",
    "DOUBLE-STRUCK": "mathbb", "BOLD": "mathbf", "BOLD ITALIC": "boldsymbol",
}  # fmt: skip
STYLED = re.compile(
    r"(?:MATHEMATICAL )?(BOLD ITALIC|BOLD SCRIPT|BOLD|SCRIPT|FRAKTUR|BLACK-LETTER|DOUBLE-STRUCK)"
    r" (?:CAPITAL |SMALL |DIGIT )"
)


SIGNS: dict[str, str] = {"*": "∗", "-": "−"}
PRIME = "′"

Scripted = tuple[str, str | None, str | None]  # an element, what is below, what is above


# ------------------------------------------------------------------------------ letters


def styled(letter: str, command: str) -> str:
    r"""E, mathcal --> ℰ; the letter itself where Unicode has no such character."""
    base = LETTERS.get(letter.removeprefix("\\"), letter)
    if len(base) != 1:
        return base
    words = re.sub(r"LATIN |GREEK |LETTER ", "", unicodedata.name(base, ""))
    style = STYLES[command]
    for candidate in (f"MATHEMATICAL {style} {words}", f"{style} {words}", f"BLACK-LETTER {words}"):
        with suppress(KeyError):
            found: str = unicodedata.lookup(candidate)
            return found
    return base


def unstyled(char: str) -> tuple[str, str] | None:
    """ℰ --> ("mathcal", "E"); None for a character without such a style."""
    found = STYLED.match(unicodedata.name(char, "")) if len(char) == 1 else None
    base = unicodedata.normalize("NFKC", char)
    return (COMMANDS[found[1]], base) if found and base != char else None


# ------------------------------------------------------------------------------ elements


def element(tag: str, *children: str, **attributes: str) -> str:
    """An XML element around children that are XML already."""
    listed = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{listed}>{''.join(children)}</{tag}>"


def row(*children: str) -> str:
    """Several elements as one; one alone stays as it is."""
    return children[0] if len(children) == 1 else element("mrow", *children)


def scripted(base: str, below: str | None, above: str | None) -> str:
    """An element with what stands below and above at its right, if there is anything."""
    if below is not None and above is not None:
        return element("msubsup", base, below, above)
    if below is not None:
        return element("msub", base, below)
    return base if above is None else element("msup", base, above)


def identifier(text: str, upright: bool = False) -> str:
    """A name; several letters are upright anyway."""
    if upright and len(text) == 1:
        return element("mi", escape(text), mathvariant="normal")
    return element("mi", escape(text))


# ------------------------------------------------------------------------------ LaTeX --> MathML


def latex_to_mathml(latex: str) -> str:
    r"""The MathML of a name in LaTeX: W^{(1)} --> <msup>…</msup>."""
    return row(*(scripted(*part) for part in _Reader(latex).parts()))


def with_subscripts(latex: str, below: str) -> str:
    r"""A name with subscripts; what is raised at its end stands above them: W^{(1)}_{j,k}."""
    parts = _Reader(latex).parts()
    if len(parts) == 1 and parts[0][1] is None:
        return scripted(parts[0][0], below, parts[0][2])
    return scripted(row(*(scripted(*part) for part in parts)), below, None)


class _Reader:
    """The LaTeX of a name: letters, commands with an argument, groups, scripts and primes."""

    def __init__(self, latex: str) -> None:
        self.tokens: list[str] = [t for t in TOKEN.findall(latex) if not t.isspace()]
        self.position = 0

    def parts(self) -> list[Scripted]:
        found: list[Scripted] = []
        while self.position < len(self.tokens) and not self.here("}"):
            base, below = self.atom(), None
            above: list[str] = []
            while self.here("_", "^", "'"):
                sign = self.advance()
                if sign == "_":
                    below = self.atom()
                else:
                    above.append(element("mo", PRIME) if sign == "'" else self.atom())
            found.append((base, below, row(*above) if above else None))
        return found

    def here(self, *tokens: str) -> bool:
        return self.position < len(self.tokens) and self.tokens[self.position] in tokens

    def advance(self) -> str:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def atom(self) -> str:
        if self.position >= len(self.tokens):
            return element("mrow")
        token = self.advance()
        if token == "{":
            inside = self.parts()
            self.position += 1
            return row(*(scripted(*part) for part in inside))
        if token.isdigit():
            while self.position < len(self.tokens) and self.tokens[self.position].isdigit():
                token += self.advance()
            return element("mn", token)
        if token.startswith("\\"):
            return self.command(token[1:])
        if token.isalpha():
            return identifier(token)
        return element("mo", escape(SIGNS.get(token, token)))

    def command(self, name: str) -> str:
        if name in UPRIGHT:
            return identifier(self.argument(), upright=True)
        if name in STYLES:
            return identifier(styled(self.argument(), name))
        if name in ACCENTS:
            accent = element("mo", ACCENTS[name], stretchy="false")
            return element("mover", self.atom(), accent, accent="true")
        return identifier(LETTERS.get(name, name))

    def argument(self) -> str:
        """The characters of what is to be upright or styled."""
        if not self.here("{"):
            return self.advance() if self.position < len(self.tokens) else ""
        self.position += 1
        text = ""
        while self.position < len(self.tokens) and not self.here("}"):
            token = self.advance()
            text += "_" if token == r"\_" else token
        self.position += 1
        return text
