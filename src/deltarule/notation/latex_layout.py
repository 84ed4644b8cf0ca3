r"""LaTeX tokens without layout: alignment, spacing and row ends stay only where they separate."""

from __future__ import annotations

from deltarule.errors import DeltaruleError
from deltarule.notation import operators as ops
from deltarule.notation.tokens import Token
from deltarule.source import Source, Span


def arrange(tokens: list[Token]) -> list[Token]:
    r"""Drop what only lays out, keep the separators that separate.

    Layout environments become row ends. `&` stays inside cases alone; `\\` there, between
    statements and in \substack; spacing stays between operands. A row that ends or starts with an
    operator or a relation goes on.
    """
    placed: list[tuple[Token, str]] = []
    inside: list[str] = []
    for token in tokens:
        if token.kind in ("begin", "finish") and token.value in ops.LAYOUT_ENVIRONMENTS:
            token = Token("separator", "row", token.start, token.end)
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
    rows = where in ops.CASES_ENVIRONMENTS
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
        rows = where in ops.CASES_ENVIRONMENTS or where == "substack"
        if token("separator", "quad"):
            droppable, wanted = True, where in ops.CASES_ENVIRONMENTS or where == "statements"
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


def refuse_lone_dots(source: Source, tokens: list[Token]) -> None:
    """A full stop may end a statement, and nothing else."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        if not token("separator", ".") or after is None:
            continue
        if after.kind not in ("separator", "finish", "word"):
            raise DeltaruleError(
                "E001",
                "the character '.' is not known in the middle of an expression",
                at=Span(source, token.start, token.end),
                seen="not known",
                help=r"write \cdot for a product, \dots for an ellipsis",
            )
