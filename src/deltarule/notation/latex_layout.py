r"""LaTeX tokens without layout: alignment, spacing and row ends stay only where they separate."""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import operators as ops
from deltarule.notation.tokens import Token, match_brackets
from deltarule.source import Source, Span

ROWS = ops.CASES_ENVIRONMENTS | ops.MATRIX_ENVIRONMENTS


def settle_arrays(tokens: list[Token], partners: dict[int, int]) -> list[Token]:
    r"""What \begin{array} is: cases after \{, a layout of equations, or a matrix."""
    result = list(tokens)
    dropped: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind != "begin" or index not in partners:
            continue
        before, end = index - 1, partners[index]
        braced = index > 0 and tokens[before]("open", r"\{")
        if braced and partners.get(before) == end + 1 and token.value in ROWS_IN_BRACES:
            dropped |= {before, end + 1}
            kind = "aligned" if _holds_equations(tokens, index, end) else "cases"
        elif token.value == "array":
            kind = "aligned" if _has_relation(tokens, partners, index) else "matrix"
        else:
            continue
        for place in (index, end):
            result[place] = replace(tokens[place], value=kind)
    return [t for n, t in enumerate(result) if n not in dropped]


ROWS_IN_BRACES = ops.LAYOUT_ENVIRONMENTS | {"array", "matrix"}


def _has_relation(tokens: list[Token], partners: dict[int, int], begin: int) -> bool:
    index = begin + 1
    while index < partners[begin]:
        if tokens[index].kind == "relation":
            return True
        index = partners.get(index, index) + 1
    return False


def _holds_equations(tokens: list[Token], begin: int, end: int) -> bool:
    """a &= b, as against a & if b = c: the first row has its sign before any condition."""
    for index in range(begin + 1, end):
        token = tokens[index]
        if token.kind == "relation":
            return token.value == "="
        if token("operator", "&"):
            return tokens[index + 1]("relation", "=")
        if token.kind in ("separator", "word"):
            return False
    return False


def settle_braces(tokens: list[Token]) -> list[Token]:
    r"""{\cdot} and {=}: braces around a sign do nothing; nor do those of {\min}^\gamma and the {} of {}& a.

    A bold sign is the sign: \boldsymbol{\cdot} --> \cdot.
    """
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        before = result[-1] if result else None
        three = tokens[index : index + 3]
        if _is_nothing(three, before):
            index += 2
            continue
        bare = _are_bare(three, before, tokens[index + 3 : index + 4])
        result.append(three[1] if bare else tokens[index])
        index += 3 if bare else 1
        if len(result) > 1 and result[-2]("command", *BOLD) and _is_sign(result[-1]):
            del result[-2]
    return result


BOLD = ops.VECTOR_STYLES - {"vec"}


def _is_sign(token: Token) -> bool:
    return token.kind in ("operator", "relation") and token.value not in ("_", "^", "'", "&", ":")


def _is_nothing(three: list[Token], before: Token | None) -> bool:
    """Whether {} stands here for spacing: beside & or a sign, and not as what a command or script takes."""
    if len(three) < 3 or not (three[0]("open", "{") and three[1]("close", "}")):
        return False
    after = three[2]
    if after("operator", "_", "^", "'"):
        return False
    if before is not None and (before("operator", "&") or _is_sign(before)):
        return True
    takes = before is not None and (
        before.kind in ("command", "function", "big", "begin")
        or before("operator", "_", "^")
        or before("close", "}")
    )
    return not takes and (after("operator", "&") or _is_sign(after))


def _are_bare(three: list[Token], before: Token | None, after: list[Token]) -> bool:
    r"""Whether {=} or, with a superscript, {\min} stands here, and not as what a command or script takes."""
    if len(three) < 3 or not (three[0]("open", "{") and three[2]("close", "}")):
        return False
    if _is_sign(three[1]):
        return before is None or not before("operator", "_", "^")
    taken = before is not None and (before.kind == "command" or before("close", "}"))
    raised = bool(after) and after[0]("operator", "^")
    return three[1]("big", "min", "max") and raised and not taken


def without_notes(source: Source, tokens: list[Token]) -> list[Token]:
    r"""`a &= b & \\textit{input gate} \\\\`: words alone in a cell say what the row is."""
    result: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == "name" and source.text.startswith("\\text", token.start):
            before = next((t for t in reversed(result) if not t("separator", "quad")), None)
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            ends = after is None or after.kind == "finish" or after("separator", "row")
            if ends and before is not None and before("operator", "&"):
                continue
        result.append(token)
    return result


def settle_over(source: Source, tokens: list[Token]) -> list[Token]:
    r"""{a \over b} --> \frac{a}{b}."""
    while True:
        overs = [n for n, t in enumerate(tokens) if t("operator", "over")]
        if not overs:
            return tokens
        place = overs[-1]
        partners = match_brackets(source, tokens)
        around = [(o, c) for o, c in partners.items() if o < place < c]
        opening, close = max(around, default=(-1, len(tokens)))
        at = tokens[place]
        if opening < 0 or not tokens[opening]("open", "{"):
            raise DeltaruleError(
                "E003",
                "'\\over' stands in braces, {a \\over b}",
                at=Span(source, at.start, at.end),
                seen="no braces around it",
                help=r"write \frac{a}{b}",
            )
        left, right = (
            Token("open", "{", at.start, at.start),
            Token("close", "}", at.start, at.start),
        )
        frac = Token("command", "frac", tokens[opening].start, tokens[opening].start)
        inside = [frac, left, *tokens[opening + 1 : place], right]
        inside += [left, *tokens[place + 1 : close], right]
        tokens = [*tokens[: opening + 1], *inside, *tokens[close:]]


def settle_bars(source: Source, tokens: list[Token]) -> list[Token]:
    r"""The one bar in p(y | x), in x_{t|t-1} and in [x \| h] separates; two are an absolute value."""
    result = list(tokens)
    bars: list[list[int]] = [[]]
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind in ("open", "begin"):
            bars.append([])
            opened.append(index)
        elif token.kind in ("close", "finish"):
            found = bars.pop()
            opening = opened.pop()
            held = opening and _may_hold_bar(tokens, opening)
            if len(found) == 1 and (held or _joins(tokens, opening, found[0])):
                (bar,) = found
                result[bar] = replace(tokens[bar], kind="separator", value="mid")
            elif len(found) == 2 and _joins(tokens, opening, found[0]):
                _refuse_three(source, tokens, *found)
        elif token.kind == "bar":
            bars[-1].append(index)
    return result


def _may_hold_bar(tokens: list[Token], opening: int) -> bool:
    """Subscripts, and parentheses right after a name."""
    before = tokens[opening - 1]
    if tokens[opening].value == "{":
        return before("operator", "_")
    return tokens[opening].value == "(" and before.kind in ("name", "function", "close")


def _joins(tokens: list[Token], opening: int, bar: int) -> bool:
    r"""[x \\| h]: one vector after the other."""
    return tokens[bar]("bar", "||") and tokens[opening]("open", "[")


def _refuse_three(source: Source, tokens: list[Token], first: int, second: int) -> None:
    r"""E006 for [a \| b \| c]; not for [a \|b\|^2 c] and [\|b\| c]."""
    before, after = tokens[first - 1], tokens[second + 1]
    operands = ("name", "number", "close", "finish"), ("name", "number", "open", "begin", "command")
    if before.kind in operands[0] and after.kind in operands[1] and second > first + 1:
        raise DeltaruleError(
            "E006",
            "these bars can be read in two ways: as three vectors one after the other, or as the "
            "norm of the one between them",
            at=Span(source, tokens[first].start, tokens[second].end),
            seen="ambiguous",
            help=r"write [a; b; c] for one after the other, \|b\|_2 for the norm",
        )


def settle_stacked(source: Source, tokens: list[Token]) -> list[Token]:
    r"""\underset{k}{\max} --> \max_{k}; \mathop{f} --> f; \underbrace{x}_{\text{a word}} --> x."""
    if not any(t("command", *ops.STACKING) for t in tokens):
        return tokens
    partners = match_brackets(source, tokens)
    return _unstacked(source, tokens, partners, 0, len(tokens))


def _unstacked(
    source: Source, tokens: list[Token], partners: dict[int, int], start: int, end: int
) -> list[Token]:
    result: list[Token] = []
    index = start
    while index < end:
        token = tokens[index]
        if not token("command", *ops.STACKING):
            result.append(token)
            index += 1
            continue
        groups, after = _groups(source, tokens, partners, index, end)
        opening, close = groups[-1]
        inner = _unstacked(source, tokens, partners, opening + 1, close)
        if token.value == "underset":
            below, last = groups[0]
            script = _unstacked(source, tokens, partners, below, last + 1)
            result += [*inner, Token("operator", "_", token.start, token.end), *script]
        elif token.value in ("overset", "stackrel"):
            if len(inner) != 1 or inner[0].kind != "relation":
                raise DeltaruleError(
                    "E008",
                    f"'\\{token.value}' is not supported here",
                    at=Span(source, token.start, token.end),
                    seen="only over a sign such as =",
                    help="write a decoration as \\hat{x} or \\vec{x}",
                )
            result += inner
        elif token.value in ("underbrace", "overbrace"):
            result += [tokens[opening], *inner, tokens[close]]
            sign = "_" if token.value == "underbrace" else "^"
            if after + 1 < end and tokens[after]("operator", sign):
                after = partners.get(after + 1, after + 1) + 1
        else:
            result += inner
        index = after
    return result


def _groups(
    source: Source, tokens: list[Token], partners: dict[int, int], index: int, end: int
) -> tuple[list[tuple[int, int]], int]:
    """Where each of what the command there takes opens and closes, and the place after them."""
    token = tokens[index]
    groups: list[tuple[int, int]] = []
    after = index + 1
    for number in range(2 if token.value in ("underset", "overset", "stackrel") else 1):
        if number and after < end and tokens[after].kind == "relation":
            groups.append((after - 1, after + 1))  # {=}, whose braces are gone by now
            after += 1
        elif after < end and tokens[after]("open", "{"):
            groups.append((after, partners[after]))
            after = partners[after] + 1
        else:
            raise DeltaruleError(
                "E003",
                f"expected '{{' after '\\{token.value}'",
                at=Span(source, token.start, token.end),
                seen="'{' wanted after it",
            )
    return groups, after


def arrange(tokens: list[Token]) -> list[Token]:
    r"""Drop what only lays out, keep the separators that separate.

    Layout environments become row ends. `&` stays inside cases and matrices alone; `\\` there, between
    statements and in \substack; spacing stays between operands. A row that ends or starts with an
    operator or a relation goes on. Every other `&` of a row ends a column, `a &= b & c &= d`: a space.
    """
    placed: list[tuple[Token, str]] = []
    inside: list[str] = []
    columns = 0
    for token in tokens:
        if token.kind in ("begin", "finish") and token.value in ops.LAYOUT_ENVIRONMENTS:
            token = Token("separator", "row", token.start, token.end)
        if not inside and token("separator", "row"):
            columns = 0
        if not inside and token("operator", "&"):
            columns += 1
            if columns % 2 == 0:
                token = Token("separator", "quad", token.start, token.end)
        if token.kind in ("close", "finish"):
            inside.pop()
        where = inside[-1] if inside else "statements"
        if _has_a_place(token, where):
            placed.append((token, where))
        if token.kind in ("open", "begin"):
            after_substack = len(placed) > 1 and placed[-2][0]("command", "substack")
            inside.append("substack" if after_substack else token.value)
    return separating(placed)


def _has_a_place(token: Token, where: str) -> bool:
    rows = where in ROWS
    if token("operator", "&"):
        return rows
    if token("separator", "row"):
        return rows or where in ("statements", "substack")
    return True


def separating(placed: list[tuple[Token, str]]) -> list[Token]:
    """Without the spaces and row ends that have an operator, or no operand, beside them."""
    kept: list[Token] = []
    followers = _followers(placed)
    for (token, where), following in zip(placed, followers, strict=True):
        rows = where in ROWS or where == "substack"
        if token("separator", "quad"):
            droppable, wanted = True, where in ROWS or where == "statements"
        else:
            droppable, wanted = token("separator", "row", "line") and not rows, True
        before = kept[-1] if kept else None
        if wanted and not (droppable and _goes_on(before, following)):
            kept.append(token)
    return kept


def _followers(placed: list[tuple[Token, str]]) -> list[Token | None]:
    """For each token the next one that is no space and no row end."""
    found: list[Token | None] = []
    following: Token | None = None
    for token, _ in reversed(placed):
        found.append(following)
        following = following if _is_blank(token) else token
    return found[::-1]


def _is_blank(token: Token) -> bool:
    return token("separator", "quad", "row", "line")


def _goes_on(before: Token | None, after: Token | None) -> bool:
    ends = before is not None and (
        before.kind in ("relation", "open", "begin") or (before("operator", *ops.BINARY, "&", ":"))
    )
    return ends or (
        after is not None and (after.kind == "relation" or after("operator", *ops.BINARY))
    )


def has_dots(inside: list[Token]) -> bool:
    """Whether these are the subscripts of x_{i.} and x_{..}: letters, numbers and dots, two or more."""
    dots = [t("separator", ".") or t("operator", "dot") for t in inside]
    others = all(dot or t.kind in ("name", "number") for dot, t in zip(dots, inside, strict=True))
    if any(t("operator", "dot") for t in inside[1:-1]):
        return False  # a product
    both = len(inside) == 1 and inside[0]("operator", "..")
    return both or (len(inside) > 1 and others and any(dots))


def _below(tokens: list[Token], place: int) -> list[Token]:
    """The tokens between the braces around, where these are subscripts."""
    start, end = place, place
    while start > 0 and tokens[start].kind not in ("open", "close"):
        start -= 1
    while end < len(tokens) - 1 and tokens[end].kind not in ("open", "close"):
        end += 1
    braces = tokens[start]("open", "{") and tokens[end]("close", "}")
    return (
        tokens[start + 1 : end] if braces and start and tokens[start - 1]("operator", "_") else []
    )


def refuse_lone_dots(source: Source, tokens: list[Token]) -> None:
    """A full stop may end a statement, and nothing else."""
    for place, (token, after) in enumerate(zip(tokens, [*tokens[1:], None], strict=False)):
        if not token("separator", ".") or after is None or has_dots(_below(tokens, place)):
            continue
        if after.kind not in ("separator", "finish", "word"):
            raise DeltaruleError(
                "E001",
                "the character '.' is not known in the middle of an expression",
                at=Span(source, token.start, token.end),
                seen="not known",
                help=r"write \cdot for a product, \dots for an ellipsis",
            )
