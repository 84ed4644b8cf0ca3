"""LaTeX --> tokens: spacing, sizes, comments, labels and alignment are gone afterwards."""

from __future__ import annotations

import difflib
import re
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import interval_brackets
from deltarule.notation import operators as ops
from deltarule.notation.latex_layout import (
    arrange,
    refuse_lone_dots,
    settle_arrays,
    settle_bars,
    settle_braces,
    settle_over,
    settle_stacked,
    without_notes,
)
from deltarule.notation.lookalikes import (
    refuse_character,
    refuse_markup,
    refuse_word_of_letters,
    word_of_letters,
)
from deltarule.notation.tokens import (
    Token,
    TokenKind,
    check_number,
    end_token,
    match_brackets,
)
from deltarule.source import Source, Span

SPACE = re.compile(r"(?:\s|%[^\n]*(?:\n|$)|\\[,;:! \n]|~|\\[><])+")
NUMBER = re.compile(r"\d+(?:\{,\}\d{3})*(?:\.\d+)?|\.\d+")
COMMAND = re.compile(r"\\([A-Za-z]+)")
UPRIGHT_GROUP = re.compile(r"\*?\s*\{((?:[^{}$]|\{[^{}$]*\})*)\}")
OLD_STYLE = re.compile(r"\{\s*\\(" + "|".join(ops.OLD_STYLES) + r")(?![A-Za-z])\s*")
OLD_UPRIGHT = re.compile(r"\{\s*\\[a-z]+\s*([^{}$]*)\}")
SUCH_THAT = re.compile(r"s\.\s?t\.?|such that|subject to")
LETTERS = re.compile(r"[A-Za-z]{2,}")
IDENTIFIER = re.compile(r"[A-Za-z]+(?:\\_[A-Za-z0-9]+)+")
NOTED = {"underbrace": "_", "overbrace": "^"}
SIZES_OF_TEXT = re.compile(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|rm|it|bf|sf)\b"
)
DOLLAR_OR_BRACE = re.compile(r"[$}]")
BRACE = re.compile(r"[{}]")
TEXT_START = re.compile(r"\s*\{")
ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}")
COLUMNS = re.compile(r"\s*\[[a-z]\]")
ENVIRONMENT_OPTIONS = re.compile(r"\s*\[[a-z]\]|(?<=at\})\s*\{\d+\}|(?<=at\*\})\s*\{\d+\}")
BOLD_OPERATOR = re.compile(
    r"\s*\{\s*(?=(?:\\(?:cdot|times|odot|otimes|oplus|circ)(?![A-Za-z])|[-+=])\s*\})"
)
ROW_HEIGHT = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|\\[a-z]+)\s*\])?")
ARG_MAX = re.compile(r"\\arg\s*(?:\\[,;:! ]\s*)*\\(max|min)(?![A-Za-z])")
ARGUMENT = re.compile(r"\*?\s*\{[^{}]*\}")
WORD = re.compile(r"[^\W\d_][\w-]*|\d+")
SIGNS: dict[str, tuple[TokenKind, str]] = (
    {sign: ("operator", value) for sign, value in ops.OPERATOR_SIGNS.items()}
    | {sign: ("relation", value) for sign, value in ops.RELATION_SIGNS.items()}
    | {sign: ("open", sign) for sign in "([{"}
    | {sign: ("close", sign) for sign in ")]}"}
    | {sign: ("separator", sign) for sign in ",;."}
    | {
        "∑": ("big", "sum"), "∏": ("big", "prod"), "*": ("operator", "conv"),
        "&": ("operator", "&"), "|": ("bar", "|"), "||": ("bar", "||"), "‖": ("bar", "||"),
        "∂": ("command", "partial"), "∀": ("word", "for"),
    }
)  # fmt: skip
SIGN = re.compile("|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True)))
LARGE_SLASH = re.compile(r"\s*/")
FOLLOWING = re.compile(r"\s*(\\\{|\S)")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def tokenize(
    source: Source, start: int, end: int, words: frozenset[str] = frozenset()
) -> list[Token]:
    """The tokens of source.text[start:end], an end token last.

    Separators are left only where they separate: see `arrange`. E001 for what is unknown, E002 for
    brackets and environments that do not match. `words` are names of several letters.
    """
    lexer = _Lexer(source, start, end, words)
    lexer.run()
    tokens = settle_over(source, settle_braces(without_notes(source, lexer.tokens)))
    tokens = interval_brackets.pair(tokens)
    tokens = settle_arrays(tokens, match_brackets(source, tokens))
    tokens = settle_stacked(source, settle_bars(source, tokens))
    tokens = arrange(tokens)
    refuse_lone_dots(source, tokens)
    return [*tokens, end_token(tokens, start)]


class _Lexer:
    def __init__(
        self, source: Source, start: int, end: int, words: frozenset[str] = frozenset()
    ) -> None:
        self.words = words
        self.skips: dict[int, int] = {}  # notes under braces: where they start and end
        self.source = source
        self.position = start
        self.end = end
        self.tokens: list[Token] = []
        self.spaced = False
        self.left: list[str] = []  # what the \left that are open stand before

    def run(self) -> None:
        self.space()
        while self.position < self.end:
            self.step()
            self.space()

    def space(self) -> None:
        if self.position in self.skips:
            self.position = self.skips[self.position]
        found = SPACE.match(self.source.text, self.position, self.end)
        self.spaced = found is not None
        if found is None:
            return
        blank = BLANK_LINE.search(_without_comments(found[0]))
        if blank is not None:
            self.emit("separator", "row", found.start(), found.start())
        self.position = found.end()

    def emit(self, kind: TokenKind, value: str, start: int, end: int) -> None:
        self.tokens.append(Token(kind, value, start, end, self.spaced))
        self.position = max(self.position, end)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.source.text, self.position, self.end)

    def step(self) -> None:
        """One token, or one command that leaves none."""
        start = self.position
        char = self.source.text[start]
        number = self.match(NUMBER)
        old = self.match(OLD_STYLE)
        if old is not None and ops.OLD_STYLES[old[1]] in ops.UPRIGHT_STYLES:
            return self.upright(ops.OLD_STYLES[old[1]], start, start, OLD_UPRIGHT)
        if old is not None:
            self.emit("command", ops.OLD_STYLES[old[1]], start, start)
            self.emit("open", "{", start, old.end())
            return
        if number is not None:
            check_number(self.source, start, number.end())
            self.emit("number", number[0].replace("{,}", ""), start, number.end())
        elif char == "\\":
            self.backslash()
        elif (identifier := self.match(IDENTIFIER)) is not None:  # step\_num
            self.emit("name", identifier[0].replace("\\_", "_"), start, identifier.end())
        elif (word := self.word()) is not None:
            self.emit("name", word, start, start + len(word))
        elif (function := word_of_letters(self.source, start, self.end)) is not None:
            kind: TokenKind = "big" if function in ops.BIG_COMMANDS else "function"
            value = ops.ALONG_AN_AXIS.get(function, function)
            self.emit(kind, value, start, start + len(function))
        elif char.isascii() and char.isalpha():
            refuse_word_of_letters(self.source, start, self.end)
            self.emit("name", char, start, start + 1)
        elif char in ops.UNICODE_NAMES:
            self.emit("name", ops.UNICODE_NAMES[char], start, start + 1)
        else:
            self.sign()

    def word(self) -> str | None:
        """Letters that are one name: KL where the document defines it, beta for \\beta."""
        letters = self.match(LETTERS)
        if letters is None or (self.tokens and self._continues(letters.start())):
            return None
        greek = letters[0] in ops.GREEK and len(letters[0]) > 2
        return letters[0] if greek or letters[0] in self.words else None

    def _continues(self, start: int) -> bool:
        last = self.tokens[-1]
        return (
            last.end == start
            and last.kind == "name"
            and last.value.isalpha()
            and (self.source.text[last.end - 1].isalpha() and self.source.text[last.start] != "\\")
        )

    def sign(self) -> None:
        text, start = self.source.text, self.position
        refuse_markup(self.source, start, self.end)
        found = self.match(SIGN)
        if found is not None:
            return self.emit(*SIGNS[found[0]], start, found.end())
        if text[start] == "?" and text[:start].rstrip(" \\,~").endswith("="):
            return self.emit("name", "?", start, start + 1)  # claimed_derivatives
        help = r"write LaTeX commands for symbols, as \xi or \leq"
        if text[start] == "$":
            help = "give the equations alone, or put them between $$ and $$ in a Markdown document"
        refuse_character(self.source, start, help)

    def unknown(self, what: str, shown: str, start: int, end: int, help: str) -> NoReturn:
        raise DeltaruleError(
            "E001",
            f"the {what} '{shown}' is not known",
            at=Span(self.source, start, end),
            seen="not known",
            help=help,
        )

    # ------------------------------------------------------------------ commands

    def backslash(self) -> None:
        start = self.position
        found = self.match(COMMAND)
        if found is not None:
            return self.command(found[1], start, found.end())
        char = self.source.text[start + 1 : start + 2]
        if char == "\\":
            height = ROW_HEIGHT.match(self.source.text, start + 2, self.end)
            return self.emit("separator", "row", start, height.end() if height else start + 2)
        if char == "|":
            return self.emit("bar", "||", start, start + 2)
        if char in "{}" and char:
            return self.emit("open" if char == "{" else "close", "\\" + char, start, start + 2)
        if char in "[]()" and char:
            return self.emit("separator", "row", start, start + 2)
        self.unknown("command", "\\" + char, start, start + 1 + len(char), "remove it")

    def command(self, name: str, start: int, end: int) -> None:
        arg_max = self.match(ARG_MAX)
        if name in ops.IGNORED:
            return self.delimiter_size(name, end)
        if arg_max is not None:
            return self.emit("big", "arg" + arg_max[1], start, arg_max.end())
        if name in ("begin", "end"):
            return self.environment(name, start, end)
        if name in ops.IGNORED_WITH_ARGUMENT:
            found = ARGUMENT.match(self.source.text, end, self.end)
            self.position = found.end() if found else end
            return None
        if name in ops.UPRIGHT_STYLES:
            return self.upright(name, start, end)
        if name in NOTED:
            self.skip_note(NOTED[name], end)
        bold = name in ops.VECTOR_STYLES and BOLD_OPERATOR.match(self.source.text, end, self.end)
        if bold:
            return self.plain_operator(bold.end())
        return self.emit(*self.role(name, start, end), start, end)

    def plain_operator(self, start: int) -> None:
        r"""\boldsymbol{\cdot} is \cdot."""
        close = self.source.text.index("}", start)
        inside = self.source.text[start:close].rstrip()
        self.skips[start + len(inside)] = close + 1
        self.position = start

    def skip_note(self, sign: str, end: int) -> None:
        r"""What stands under \underbrace{x}_{…} is prose."""
        close = self.closing_brace(end)
        if close is None or self.source.text[close : close + 1] != sign:
            return
        after = self.closing_brace(close + 1)
        if after is not None:
            self.skips[close] = after

    def closing_brace(self, start: int) -> int | None:
        """The end of the group in braces that starts there."""
        depth = 0
        for found in BRACE.finditer(self.source.text, start, self.end):
            if not depth and self.source.text[start : found.start()].strip():
                return None
            depth += 1 if found[0] == "{" else -1
            if depth <= 0:
                return found.end() if not depth else None
        return None

    def delimiter_size(self, name: str, end: int) -> None:
        r"""\left( is just (; \right. closes the brace of \left\{ and no other bracket. \Big/ is a slash."""
        self.position = end
        slash = LARGE_SLASH.match(self.source.text, end, self.end)
        if slash is not None and name in ops.DELIMITER_SIZES:
            return self.emit("operator", "/", end - len(name) - 1, slash.end())
        if name not in ("left", "right"):
            return
        following = FOLLOWING.match(self.source.text, end, self.end)
        delimiter = following[1] if following is not None else ""
        before = self.left.pop() if name == "right" and self.left else ""
        if name == "left":
            self.left.append(delimiter)
        if following is not None and delimiter == "." and before == r"\{":
            self.emit("close", r"\}", following.start(1), following.end(1))
        elif delimiter in (".", "<", ">"):
            self.refuse_delimiter(name, end)

    def refuse_delimiter(self, name: str, end: int) -> NoReturn:
        raise DeltaruleError(
            "E008",
            f"this delimiter after '\\{name}' is not supported",
            at=Span(self.source, end - len(name) - 1, end + 1),
            seen="not supported",
            help=r"write cases with \begin{cases} … \end{cases}, other brackets in pairs",
        )

    def role(self, name: str, start: int, end: int) -> tuple[TokenKind, str]:
        if name in ops.LETTERS:
            return "name", name
        if name in ops.RELATION_COMMANDS:
            return "relation", ops.RELATION_COMMANDS[name]
        if name in ops.OPERATOR_COMMANDS:
            return "operator", ops.OPERATOR_COMMANDS[name]
        if name in ops.BIG_COMMANDS:
            return "big", ops.BIG_COMMANDS[name]
        if name in ops.FUNCTION_COMMANDS:
            return "function", name
        if name in ops.QUADS:
            return "separator", "quad"
        if name == "mid":
            return "bar", "|"
        if name == "forall":
            return "word", "for"
        if name in ops.BRACKET_COMMANDS:
            kind, value = ops.BRACKET_COMMANDS[name]
            return ("bar" if kind == "bar" else "open" if kind == "open" else "close"), value
        if (
            name
            in ops.STRUCTURAL
            | ops.STACKING
            | ops.LETTER_STYLES
            | ops.VECTOR_STYLES
            | ops.DECORATIONS.keys()
        ):
            return "command", name
        if name == "nabla":
            return "name", name  # `undefined_gradients` refuses those that it cannot read
        return self.refuse_command(name, start, end)

    def refuse_command(self, name: str, start: int, end: int) -> NoReturn:
        if name in ops.UNSUPPORTED:
            raise DeltaruleError(
                "E008",
                f"'\\{name}' is not supported",
                at=Span(self.source, start, end),
                seen="not supported",
                help=ops.UNSUPPORTED[name],
            )
        near = difflib.get_close_matches(name, ops.known_commands(), 1, 0.6)
        help = f"did you mean \\{near[0]}?" if near else r"for a name write \mathrm{name}"
        self.unknown("command", "\\" + name, start, end, help)

    def environment(self, name: str, start: int, end: int) -> None:
        found = ENVIRONMENT.match(self.source.text, end, self.end)
        if found is None:
            help = rf"write \{name}{{cases}} or \{name}{{aligned}}"
            self.unknown("environment after", "\\" + name, start, end, help)
        known = ops.LAYOUT_ENVIRONMENTS | ops.CASES_ENVIRONMENTS | ops.MATRIX_ENVIRONMENTS
        if found[1] in ops.OTHER_ENVIRONMENTS:
            raise DeltaruleError(
                "E008",
                f"the environment '{found[1]}' is not supported",
                at=Span(self.source, start, found.end()),
                seen="not supported",
                help=ops.OTHER_ENVIRONMENTS[found[1]],
            )
        if found[1] not in known:
            near = difflib.get_close_matches(found[1], sorted(known), 1, 0.6)
            help = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            self.unknown("environment", found[1], found.start(1), found.end(1), help)
        self.emit("begin" if name == "begin" else "finish", found[1], start, found.end())
        if name == "begin" and found[1] == "array":
            return self.columns()
        options = ENVIRONMENT_OPTIONS.match(self.source.text, self.position, self.end)
        if name == "begin" and options is not None and found[1] in ops.LAYOUT_ENVIRONMENTS:
            self.position = options.end()
        return None

    def columns(self) -> None:
        r"""\begin{array}[t]{r@{}l}: how the columns are set."""
        options = COLUMNS.match(self.source.text, self.position, self.end)
        position = options.end() if options else self.position
        self.position = self.closing_brace(position) or self.position

    # ------------------------------------------------------------------ upright text

    def upright(
        self, style: str, start: int, end: int, group: re.Pattern[str] = UPRIGHT_GROUP
    ) -> None:
        r"""\mathrm{ReLU}, \text{loss}: one name; \text{if }, \text{for}: words; \text{for $i$}."""
        found = group.match(self.source.text, end, self.end)
        if found is None:
            return self.mixed_text(style, start, end)
        words = WORD.findall(_without_spacing(found[1]))
        joined = "".join(words)
        if SUCH_THAT.fullmatch(found[1].strip(" ~\\,;:")):
            return self.emit("operator", ":", start, found.end())
        if joined in ops.BIG_COMMANDS:
            return self.emit("big", ops.BIG_COMMANDS[joined], start, found.end())
        if not any(word in ops.WORDS for word in words):
            return self.one_name(words, start, found)
        self.text_words(found.start(1), found.end(1))
        self.position = found.end()
        return None

    def one_name(self, words: list[str], start: int, found: re.Match[str]) -> None:
        content = _without_spacing(found[1]).replace("{", " ").replace("}", " ").strip()
        if not content:
            self.position = found.end()
            return
        left_over = re.sub(r"[\w\s-]", "", content)
        if left_over or not words:
            at = found.start(1) + max(0, found[1].find(left_over[:1]))
            self.unknown("character", left_over[:1], at, at + 1, "a name has letters and digits")
        name = re.sub(r"\W+", "_", "_".join(words))
        if all(word.isdigit() for word in words):
            check_number(self.source, *found.span(1))
            self.emit("number", "".join(words), start, found.end())
        else:
            applied = name in ops.FUNCTIONS or name in ops.ALONG_AN_AXIS
            kind: TokenKind = "function" if applied else "name"
            self.emit(kind, ops.ALONG_AN_AXIS.get(name, name), start, found.end())

    def mixed_text(self, style: str, start: int, end: int) -> None:
        r"""Text with mathematics between dollars: \text{for $1 \le t \le T$}."""
        opening = TEXT_START.match(self.source.text, end, self.end)
        if opening is None:
            self.position = end
            after = self.match(re.compile(r"\s*([A-Za-z])"))
            if after is None:
                self.unknown("command", "\\" + style, start, end, f"write \\{style}{{name}}")
            return self.emit("name", after[1], start, after.end())
        close = self.end_of_text(opening.end())
        if close is None:
            raise DeltaruleError(
                "E002",
                "'{' is never closed",
                at=Span(self.source, opening.end() - 1, opening.end()),
                seen="opened here",
                help="close it with }",
            )
        self.mixed_parts(opening.end(), close)
        self.position = close + 1
        return None

    def end_of_text(self, start: int) -> int | None:
        """The brace that closes, not within dollars."""
        dollars = False
        for found in DOLLAR_OR_BRACE.finditer(self.source.text, start, self.end):
            if found[0] == "}" and not dollars:
                return found.start()
            dollars ^= found[0] == "$"
        return None

    def mixed_parts(self, start: int, close: int) -> None:
        at = start
        for number, part in enumerate(self.source.text[start:close].split("$")):
            if number % 2:
                inner = _Lexer(self.source, at, at + len(part), self.words)
                inner.run()
                self.tokens.extend(inner.tokens)
            else:
                self.text_words(at, at + len(part))
            at += len(part) + 1

    def text_words(self, start: int, end: int) -> None:
        """Words of text that all belong to the notation: if, for, otherwise, and, commas."""
        for found in re.finditer(r"\\.|[\s~]+|\w+|.", self.source.text[start:end]):
            word, at = found[0], start + found.start()
            if word in ops.WORDS:
                self.emit("word", ops.WORDS[word], at, at + len(word))
            elif word in (",", ";"):
                self.emit("separator", word, at, at + 1)
            elif word not in ("all", "every", "each", ".") and word.strip("\\ ~\n,;:!"):
                known = ", ".join(w for w in ops.WORDS if w.isascii())
                self.unknown("word", word, at, at + len(word), f"words of the notation: {known}")


def _without_comments(text: str) -> str:
    return re.sub(r"%[^\n]*\n?", "", text)


def _without_spacing(text: str) -> str:
    text = SIZES_OF_TEXT.sub(" ", text)
    return re.sub(r"\\[,;:! ]|~", " ", text).replace(r"\_", "_").strip()
