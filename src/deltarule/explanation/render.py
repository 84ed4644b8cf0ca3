"""The parts of an explanation as text, Markdown, LaTeX or HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from deltarule.equations.system import System
from deltarule.explanation.blocks import Block, Display, Part, Sentence
from deltarule.notation import print_latex, print_mathml, print_text
from deltarule.notation.print_layout import Layout
from deltarule.notation.spell_latex import to_latex
from deltarule.notation.spell_text import Dialect, to_text

Spell = Callable[[Layout], str]


def sentence(block: Sentence, spell: Spell) -> str:
    """The words with their formulas; no space before punctuation."""
    text = ""
    for word in block.words:
        shown = word if isinstance(word, str) else spell(word)
        glued = not text or text[-1] == "(" or (isinstance(word, str) and shown[0] in ".,:;)")
        text += shown if glued else f" {shown}"
    return text


def as_text(parts: Sequence[Part], dialect: Dialect) -> str:
    """Sections of plain text, formulas indented below their sentences."""

    def spell(layout: Layout) -> str:
        return to_text(layout, dialect)

    found: list[str] = []
    for number, part in enumerate(parts, 1):
        found.append(f"{number}. {spell(part.heading)}")
        for block in part.blocks:
            if isinstance(block, Sentence):
                found.append(f"   {sentence(block, spell)}")
            else:
                lines = "\n".join(print_text.line_to_text(one, dialect) for one in block.lines)
                found += [f"       {line}" for line in lines.split("\n")]
        found.append("")
    return "\n".join(found)


def as_markdown(parts: Sequence[Part], system: System) -> str:
    """Markdown with LaTeX between dollar signs."""

    def spell(layout: Layout) -> str:
        return f"${to_latex(layout, system.latex)}$"

    found: list[str] = []
    for part in parts:
        found.append(f"### {spell(part.heading)}")
        for block in part.blocks:
            found.append(_latex_block(block, system, spell, "$$\n", "\n$$"))
    return "\n\n".join(found) + "\n"


def as_latex(parts: Sequence[Part], system: System) -> str:
    r"""Paragraphs of LaTeX with formulas on display: the body of a document that loads amsmath."""

    def spell(layout: Layout) -> str:
        return f"${to_latex(layout, system.latex)}$"

    found: list[str] = []
    for part in parts:
        found.append(rf"\paragraph{{{spell(part.heading)}.}}")
        for block in part.blocks:
            found.append(_latex_block(block, system, spell, "\\[\n", "\n\\]"))
    return "\n".join(found) + "\n"


def _latex_block(block: Block, system: System, spell: Spell, opening: str, closing: str) -> str:
    if isinstance(block, Sentence):
        return sentence(block, spell)
    lines = print_latex.lines_to_latex(block.lines, system.latex)
    return f"{opening}\\begin{{aligned}}\n{lines}\n\\end{{aligned}}{closing}"


def as_html(parts: Sequence[Part], system: System) -> list[tuple[str, str]]:
    """For each part its heading and its content, with MathML."""
    return [
        (_spelled(part.heading, system), "\n".join(_html_block(b, system) for b in part.blocks))
        for part in parts
    ]


def _html_block(block: Block, system: System) -> str:
    if isinstance(block, Display):
        return print_mathml.lines_to_mathml(system, block.lines)
    escaped = Sentence(tuple(html.escape(w) if isinstance(w, str) else w for w in block.words))
    return f"<p>{sentence(escaped, lambda layout: _spelled(layout, system))}</p>"


def _spelled(layout: Layout, system: System) -> str:
    return print_mathml.inline(layout, system.latex)
