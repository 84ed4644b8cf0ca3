r"""Names between LaTeX and MathML: \hat{\xi}, W^{(1)}, \mathcal{E} and the characters for them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from xml.sax.saxutils import escape

from deltarule.notation.operators import LETTERS, OLD_STYLES

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)

ACCENTS: dict[str, str] = {
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~",
    "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘", "vec": "→",
}  # fmt: skip
ARROWS: dict[str, str] = {"overrightarrow": "→", "overleftarrow": "←"}  # as wide as the name

SIZES = re.compile(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large)(?![A-Za-z])\s*")
WORD = re.compile(r"(?:[A-Za-z0-9]|\\_)+")
OLD_STYLE = re.compile(rf"\{{\s*\\({'|'.join(OLD_STYLES)})(?![A-Za-z])\s*([^{{}}]*)\}}")

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
    return row(*(scripted(*part) for part in _parts(latex)))


def with_subscripts(latex: str, below: str) -> str:
    r"""A name with subscripts; what is raised at its end stands above them: W^{(1)}_{j,k}, \Delta c_j."""
    *others, (base, already_below, above) = _parts(latex)
    if already_below is None:
        return row(*(scripted(*part) for part in others), scripted(base, below, above))
    return scripted(row(*(scripted(*part) for part in _parts(latex))), below, None)


def _parts(latex: str) -> list[Scripted]:
    if r"\_" in latex and WORD.fullmatch(latex):
        return [(identifier(latex.replace(r"\_", "_")), None, None)]
    return _Reader(_modern(latex)).parts()


def _modern(latex: str) -> str:
    r"""{\rm in} --> \mathrm{in}; sizes are left out."""
    return OLD_STYLE.sub(lambda f: rf"\{OLD_STYLES[f[1]]}{{{f[2]}}}", SIZES.sub("", latex))


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
        if name in UPRIGHT | STYLES.keys() and self.holds_accents():
            return self.atom()
        if name in UPRIGHT:
            return identifier(self.argument(), upright=True)
        if name in STYLES:
            return identifier(styled(self.argument(), name))
        if name in ARROWS:
            arrow = element("mo", ARROWS[name], stretchy="true")
            return element("mover", self.atom(), arrow, accent="true")
        if name in ACCENTS:
            accent = element("mo", ACCENTS[name], stretchy="false")
            return element("mover", self.atom(), accent, accent="true")
        return identifier(LETTERS.get(name, name))

    def holds_accents(self) -> bool:
        r"""Whether what is to be styled is more than characters: \mathbf{\hat{G}}."""
        rest = self.tokens[self.position :]
        inside = rest[1 : rest.index("}")] if rest[:1] == ["{"] and "}" in rest else rest[:1]
        return any(token.removeprefix("\\") in ACCENTS | ARROWS for token in inside)

    def argument(self) -> str:
        """The characters of what is to be upright or styled."""
        if not self.here("{"):
            return self.advance() if self.position < len(self.tokens) else ""
        self.position += 1
        text = ""
        while self.position < len(self.tokens) and not self.here("}"):
            token = self.tokens[self.position]
            text += self.argument() if token == "{" else "_" if token == r"\_" else token
            self.position += token != "{"
        self.position += 1
        return text
