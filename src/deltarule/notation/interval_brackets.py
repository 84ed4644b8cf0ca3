r"""The brackets of half-open intervals, which do not match: p \in [0, 1), x \in (0, 1].

half_open says what they mean.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.notation.tokens import Token

BRACKETS = ("(", "[")
ENDS = (")", "]")


def pair(tokens: list[Token]) -> list[Token]:
    r"""The tokens with square brackets around each [a, b) and (a, b] behind \in; what is written stays in their spans."""
    result = list(tokens)
    for place, token in enumerate(tokens[:-1]):
        if token("relation", "in") and tokens[place + 1]("open", *BRACKETS):
            end = _end(tokens, place + 1)
            if end is None or BRACKETS.index(tokens[place + 1].value) == ENDS.index(
                tokens[end].value
            ):
                continue
            result[place + 1] = replace(tokens[place + 1], value="[")
            result[end] = replace(tokens[end], value="]")
    return result


def _end(tokens: list[Token], start: int) -> int | None:
    """The place of the bracket that ends the interval which opens there; None where two ends do not stand in it."""
    depth, commas = 0, 0
    for place in range(start + 1, len(tokens)):
        token = tokens[place]
        if token.kind == "close" and not depth:
            return place if commas == 1 and token.value in ENDS else None
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        commas += not depth and token("separator", ",")
    return None
