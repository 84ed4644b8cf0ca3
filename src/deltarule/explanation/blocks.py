"""What an explanation is made of, before it is spelled: sentences and displayed equations, in parts."""

from __future__ import annotations

from dataclasses import dataclass

from deltarule.notation.print_equations import Line
from deltarule.notation.print_layout import Layout


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with formulas among them."""

    words: tuple[str | Layout, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """Equations on lines of their own."""

    lines: tuple[Line, ...]


Block = Sentence | Display


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, which is a formula, and what stands below it."""

    heading: Layout
    blocks: tuple[Block, ...]
