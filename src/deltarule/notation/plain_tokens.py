"""Plain text --> tokens; a line ends a statement unless it goes on."""

from __future__ import annotations

import re

from deltarule.notation import interval_brackets
from deltarule.notation import operators as ops
from deltarule.notation.lookalikes import refuse_character, refuse_low_line, refuse_markup
from deltarule.notation.tokens import Token, TokenKind, check_number, end_token
from deltarule.source import Source

GREEK = "".join(ops.UNICODE_NAMES)
SPACE = re.compile(r"[^\S\n]+|#[^\n]*")
LINE = re.compile(r"\n(?:[^\S\n]*(?:#[^\n]*)?\n)*(?P<indent>[^\S\n]*)")
NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|(?<!\.)\.\d+)(?:[eE][+-]?\d+(?![A-Za-z_]))?")
NAME = re.compile(rf"[A-Za-z_{GREEK}][A-Za-z0-9_{GREEK}]*")
RAISED = re.compile("[" + "".join(ops.SUPERSCRIPT_DIGITS) + "]+")
SPECIAL: dict[str, tuple[TokenKind, str]] = {
    "(*)": ("operator", "conv"), "(.)": ("operator", "odot"), "**": ("operator", "^"),
    "*": ("operator", "dot"), "@": ("operator", "dot"), "(": ("open", "("), "[": ("open", "["),
    "{": ("open", r"\{"), ")": ("close", ")"), "]": ("close", "]"), "}": ("close", r"\}"),
    "||": ("bar", "||"), "‖": ("bar", "||"), "|": ("bar", "|"), ",": ("separator", ","),
    ";": ("separator", ";"), "∂": ("command", "partial"), "∀": ("word", "for"),
    "ℝ": ("name", "R"),
}  # fmt: skip
SIGNS: dict[str, tuple[TokenKind, str]] = (
    {sign: ("operator", value) for sign, value in ops.OPERATOR_SIGNS.items() if sign != "_"}
    | {sign: ("relation", value) for sign, value in ops.RELATION_SIGNS.items()}
    | {sign: ("big", value) for sign, value in ops.BIG_SIGNS.items()}
    | SPECIAL
)
SIGN = re.compile("|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True)))
BIG_SIGN = re.compile("[" + "".join(ops.BIG_SIGNS) + r"](?:\s*\(|_\{)|[∑∏]")
LOW_LINE_AFTER_BIG = re.compile(r"_(?=\{|[^\W\d_])")


def tokenize(source: Source, start: int, end: int) -> list[Token]:
    """The tokens of source.text[start:end], an end token last. E001 for unknown characters.

    Ends of lines are separators "line", except within brackets, before a line that is indented
    deeper than the statement, and beside an operator.
    """
    lexer = _Lexer(source, start, end)
    lexer.run()
    tokens = interval_brackets.pair(_joined(lexer.tokens))
    return [*tokens, end_token(tokens, start)]


class _Lexer:
    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.position = start
        self.end = end
        self.tokens: list[Token] = []
        self.spaced = True
        self.brackets = 0
        self.margin: int | None = None  # how far the statement's first line is indented

    def run(self) -> None:
        text = self.source.text
        self.spaces()
        while self.position < self.end:
            if text[self.position] == "\n":
                self.line()
            else:
                self.step()
            self.spaces()

    def spaces(self) -> None:
        start = self.position
        while (found := SPACE.match(self.source.text, self.position, self.end)) is not None:
            self.position = found.end()
        self.spaced = self.spaced or self.position > start

    def line(self) -> None:
        """A new line: part of the statement if it is indented more than the statement's first."""
        found = LINE.match(self.source.text, self.position, self.end)
        if found is None:
            raise AssertionError("a line break is matched at a line break")
        start, self.position, self.spaced = self.position, found.end(), True
        indent = len(found["indent"])
        if self.brackets or self.margin is None or indent > self.margin:
            return
        self.tokens.append(Token("separator", "line", start, start + 1))
        self.margin = None

    def step(self) -> None:
        text = self.source.text
        if self.margin is None:
            self.margin = self.position - (text.rfind("\n", 0, self.position) + 1)
        number = NUMBER.match(text, self.position, self.end)
        name = NAME.match(text, self.position, self.end)
        raised = RAISED.match(text, self.position, self.end)
        if number is not None:
            check_number(self.source, self.position, number.end())
            self.emit("number", number[0], number.end())
        elif self.is_low_line():
            self.emit("operator", "_", self.position + 1)
        elif self.is_norm_order() or self.is_big_sign():
            self.sign()
        elif name is not None:
            self.name(name)
        elif raised is not None:
            self.raised(raised)
        else:
            self.sign()

    def emit(self, kind: TokenKind, value: str, end: int) -> None:
        self.tokens.append(Token(kind, value, self.position, end, self.spaced))
        self.brackets += (kind == "open") - (kind == "close")
        self.position = end
        self.spaced = False

    def is_norm_order(self) -> bool:
        """The low line of ||v||_2 and of |v|_2 is no part of a name."""
        if not self.tokens or self.spaced or self.source.text[self.position] != "_":
            return False
        digit = self.source.text[self.position + 1 : self.position + 2].isdecimal()
        return self.tokens[-1]("bar", "||") or (digit and self.tokens[-1]("bar", "|"))

    def is_low_line(self) -> bool:
        """The low line of ∑_k and sum_{k=1}^n, before what the operator runs over."""
        after_big = bool(self.tokens) and self.tokens[-1].kind == "big" and not self.spaced
        found = LOW_LINE_AFTER_BIG.match(self.source.text, self.position, self.end)
        return after_big and found is not None

    def is_big_sign(self) -> bool:
        """Σ( and Σ_{ are sums; Σ without a bracket is a letter."""
        return BIG_SIGN.match(self.source.text, self.position, self.end) is not None

    def name(self, found: re.Match[str]) -> None:
        word = "".join(ops.UNICODE_NAMES.get(char, char) for char in found[0])
        if word.startswith("_") and self.tokens and self.tokens[-1].kind == "close":
            if not self.spaced:
                refuse_low_line(self.source, found.start(), found.end())
        before_brace = self.source.text[found.end() : found.end() + 1] == "{"
        if before_brace and word.endswith("_") and word[:-1] in ops.BIG_COMMANDS:
            self.emit("big", ops.BIG_COMMANDS[word[:-1]], found.end() - 1)
        elif word in ops.WORDS:
            self.emit("word", ops.WORDS[word], found.end())
        elif word == "in":
            self.emit("relation", "in", found.end())
        elif word in ops.BIG_COMMANDS:
            self.emit("big", ops.BIG_COMMANDS[word], found.end())
        elif word in ops.FUNCTIONS:
            self.emit("function", word, found.end())
        else:
            self.emit("name", word, found.end())

    def raised(self, found: re.Match[str]) -> None:
        """x² is x^2."""
        text = "".join(ops.SUPERSCRIPT_DIGITS[char] for char in found[0])
        start = self.position
        self.emit("operator", "^", start)
        self.emit("name" if text == "T" else "number", text, found.end())

    def sign(self) -> None:
        if self.is_norm_order():
            return self.emit("operator", "_", self.position + 1)
        refuse_markup(self.source, self.position, self.end)
        found = SIGN.match(self.source.text, self.position, self.end)
        if found is not None:
            return self.emit(*SIGNS[found[0]], found.end())
        self.unknown()

    def unknown(self) -> None:
        char = self.source.text[self.position]
        help = {
            "\\": "this is read as plain text: write xi for \\xi, or put LaTeX between $$ and $$",
            "$": "put equations alone between $$ and $$, or leave the dollars out",
            "&": "separate conditions by commas",
            "%": "comments begin with #",
            ".": "ranges are 1..n, numbers 0.5; names have no dots: tanh, not np.tanh",
        }.get(char, "remove it, or write a name in letters")
        refuse_character(self.source, self.position, help)


def _joined(tokens: list[Token]) -> list[Token]:
    """Without the ends of lines beside an operator, a relation or a comma: the line goes on."""
    kept: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        before = kept[-1] if kept else None
        if not (token("separator", "line") and _goes_on(before, after)):
            kept.append(token)
    return kept


def _goes_on(before: Token | None, after: Token | None) -> bool:
    ends = before is not None and (
        before.kind in ("relation", "big")
        or before("operator", *ops.BINARY, "..")
        or before("separator", ",")
    )
    starts = after is not None and (
        after.kind == "relation"
        or (after.kind == "word" and after.end - after.start > 1)  # ∀ may start a statement
        or after("operator", *ops.BINARY, "..")
    )
    return ends or starts
