"""The errors that a user can see: a code, what is wrong, where, and how to mend it.

Every code is listed in `CODES` with one line of explanation; `deltarule.pages` has a page of each.
"""

from __future__ import annotations

from deltarule.source import Span, excerpt, one_line


class DeltaruleError(Exception):
    """Something about the input that its author can mend.

    `message` is lower case and names the thing; `seen` stands beside the caret; `help` says how to
    mend it. Printing the error gives the whole report with the excerpt of the source.
    """

    def __init__(
        self, code: str, message: str, *, at: Span | None = None, seen: str = "", help: str = ""
    ) -> None:
        if code not in CODES:
            raise AssertionError(f"error code {code} is not listed in deltarule.errors.CODES")
        self.code = code
        self.message = one_line(message)
        self.at = at
        self.seen = one_line(seen)
        self.help = one_line(help)
        super().__init__(self.message)

    def __str__(self) -> str:
        parts = [f"error[{self.code}]: {self.message}"]
        if self.at is not None:
            parts.append(excerpt(self.at, self.seen))
        elif self.seen:
            parts.append(f"  = seen: {self.seen}")
        if self.help:
            parts.append(f"  = help: {self.help}")
        return "\n".join(parts)


CODES: dict[str, str] = {
    # E0xx: reading the text
    "E001": "a character or command that the notation does not know",
    "E002": "brackets, braces or environments that do not match",
    "E003": "something else was expected here",
    "E004": "a document without equations",
    "E005": "a file that cannot be read",
    "E006": "the text can be read in two ways",
    "E007": "the text is too long, too deep or has too many parts",
    "E008": "a construct that is understood but not supported yet",
    # E1xx: meaning
    "E101": "a symbol that nothing introduces",
    "E102": "an element that nothing defines is read",
    "E103": "an element is defined twice",
    "E104": "a range that cannot be inferred",
    "E105": "equations that depend on themselves",
    "E106": "an array used with different numbers of subscripts",
    "E107": "a name used in two ways",
    "E108": "vectors or matrices whose dimensions do not fit",
    "E109": "no objective, or several",
    "E110": "a name that the equations do not have",
    "E111": "a subscript that is not an integer affine form",
    "E112": "a summation index that is already in use",
    # E2xx: deriving and proving
    "E201": "a function without a derivative rule",
    "E202": "a derivation that failed its proof",
    "E203": "a count that has no closed form",
    "E204": "equations without a value",
    # E3xx: numbers
    "E301": "an array that is missing",
    "E302": "an array of the wrong shape",
    "E303": "an array of the wrong type",
    "E304": "NaN or infinity in the data",
    "E305": "a size that nothing determines, or that two shapes determine differently",
    "E306": "an integer outside its declared range",
    "E307": "a function without a numerical meaning",
    "E308": "the arrays do not fit in the memory budget",
    "E309": "something that a compiled function was not compiled for",
    # E4xx: the command line and training
    "E401": "a command-line option that is not understood",
    "E402": "a column that the data does not have",
    "E403": "a path that cannot be written",
    "E404": "data that cannot be read",
    "E405": "a package that this feature needs is not installed",
}
