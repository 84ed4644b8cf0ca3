r"""MathML equations --> statements: presentation MathML becomes LaTeX, which the LaTeX parser reads.

    <msub><mi>w</mi><mrow><mi>j</mi><mo>,</mo><mi>k</mi></mrow></msub>  -->  w_{j,k}

What is written keeps its place: spans and errors point into the MathML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NoReturn

from deltarule.errors import DeltaruleError
from deltarule.notation import latex, mathml_tree, tree
from deltarule.notation.mathml_names import ACCENTS, ARROWS, unstyled
from deltarule.notation.mathml_tree import Node
from deltarule.notation.operators import (
    BIG_COMMANDS,
    FUNCTION_COMMANDS,
    UNICODE_NAMES,
)
from deltarule.notation.recursion import room_for_recursion
from deltarule.notation.syntax import Statement
from deltarule.source import Source, Span

ROWS = frozenset(("math", "mrow", "mstyle", "mpadded", "mtd", "merror", "menclose"))
SKIPPED = frozenset(
    ("annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none")
)
FUNCTION = "\u2061"

SIGNS: dict[str, str] = {
    "\u2062": " ", FUNCTION: "", "\u2063": ",", "−": "-", "⋅": r"\cdot ", "·": r"\cdot ",
    "×": r"\times ", "≤": r"\le ", "≥": r"\ge ", "⩽": r"\le ", "⩾": r"\ge ", "≠": r"\ne ",
    "∈": r"\in ", "∑": r"\sum ", "∏": r"\prod ", "∂": r"\partial ", "′": "'", "″": "''",
    "‴": "'''", "∗": "*", "*": "*", "⋆": "*", "{": r"\{", "}": r"\}", "‖": r"\|", "∥": r"\|",
    "∣": "|", "…": r"\dots ", "⋯": r"\dots ", "...": r"\dots ", "⊙": r"\odot ", "⊗": r"\otimes ", "∘": r"\circ ",
    "⊤": r"\top ", "∀": r"\forall ", "⟨": r"\langle ", "⟩": r"\rangle ", "⌊": r"\lfloor ",
    "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil ", "←": r"\leftarrow ", "%": r"\%", "<": "< ",
    "&": r"\&", "#": r"\#",
}  # fmt: skip
OVER: dict[str, str] = {sign: name for name, sign in reversed(ACCENTS.items())} | {
    "ˆ": "hat", "\u0302": "hat", "‾": "bar", "―": "bar", "_": "bar", "\u0304": "bar", "\u0305": "bar",
    "˜": "tilde", "\u0303": "tilde", "∼": "tilde", ".": "dot", "\u0307": "dot", "⃗": "vec",
    "⟶": "vec", "ˉ": "bar",
}  # fmt: skip
VARIANTS: dict[str, str] = {
    "normal": "mathrm", "bold": "mathbf", "bold-italic": "boldsymbol", "script": "mathcal",
    "bold-script": "mathcal", "fraktur": "mathfrak", "double-struck": "mathbb",
    "sans-serif": "mathsf", "monospace": "mathtt",
}  # fmt: skip
WIDE = re.compile(r"(?:[1-9]\d*(?:\.\d+)?em)")
LATEX_SPECIAL = re.compile(r"[\\{}$%#&^]")


def parse(
    source: Source, start: int, end: int, words: frozenset[str] = frozenset()
) -> list[Statement]:
    """The statements of the <math> element in source.text[start:end]. E001 to E008 otherwise."""
    with room_for_recursion(Span(source, start, end)):
        written = _Writer(source)
        written.sequence([mathml_tree.parse(source, start, end)])
        text = Source(source.name, "".join(written.pieces))
        try:
            statements = latex.parse(text, 0, len(text.text), words)
        except DeltaruleError as error:
            if error.at is not None and error.at.source is text:
                error.at = written.place(error.at)
            raise
        return [tree.moved(statement, written.place) for statement in statements]


def to_latex(source: Source, start: int, end: int) -> str:
    """The LaTeX that is read in the place of a <math> element."""
    writer = _Writer(source)
    writer.sequence([mathml_tree.parse(source, start, end)])
    return "".join(writer.pieces)


class _Writer:
    """LaTeX in pieces, each with the place in the MathML that it comes from."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.starts: list[int] = []  # of the pieces, in the LaTeX
        self.places: list[tuple[int, int]] = []
        self.length = 0

    def put(self, text: str, at: Node) -> None:
        if not text:
            return
        self.pieces.append(text)
        self.starts.append(self.length)
        self.places.append((at.start, at.end))
        self.length += len(text)

    def place(self, span: Span) -> Span:
        """Where in the MathML a stretch of the LaTeX comes from."""
        if not self.starts:
            return Span(self.source, 0, 0)
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = max(first, bisect_right(self.starts, max(span.start, span.end - 1)) - 1)
        reached = [end for _, end in self.places[first : last + 1]]
        return Span(self.source, self.places[first][0], max(reached))

    def refuse(self, node: Node, what: str, help: str) -> NoReturn:
        opening = self.source.text.find(">", node.start) + 1
        raise DeltaruleError(
            "E008",
            what,
            at=Span(self.source, node.start, max(opening, node.start + 1)),
            seen="not supported",
            help=help,
        )

    # ------------------------------------------------------------------ elements

    def sequence(self, nodes: Sequence[Node]) -> None:
        """Elements side by side; a table knows what stands before and after it."""
        nodes = _spread(nodes)
        position = 0
        while position < len(nodes):
            before = nodes[position - 1] if position else None
            node = nodes[position]
            after = nodes[position + 1] if position + 1 < len(nodes) else None
            if _is_brace(node, "{") and after is not None and after.tag == "mtable":
                self.cases(after)
                position += 2
                if position < len(nodes) and nodes[position].text in ("", "}"):
                    position += nodes[position].tag == "mo"
                continue
            if (
                node.tag == "mtable"
                and before is not None
                and _is_brace(before, "(", "[", "|", "‖")
            ):
                self.refuse(
                    node,
                    "matrices are not supported",
                    "define the elements by an equation with subscripts, or as cases",
                )
            self.one(node, applied=after is not None and after.text == FUNCTION)
            position += 1

    def one(self, node: Node, applied: bool = False) -> None:
        match node.tag:
            case "mi":
                self.name(node, applied)
            case "mn":
                self.number(node)
            case "mo":
                self.sign(node)
            case "mtext" | "ms":
                self.words(node)
            case "mspace":
                wide = WIDE.match(node.attributes.get("width", ""))
                self.put(r"\quad " if wide else " ", node)
            case "msub" | "munder":
                self.scripts(node, ("_",))
            case "msup":
                self.scripts(node, ("^",))
            case "msubsup" | "munderover":
                self.scripts(node, ("_", "^"))
            case "mover":
                self.over(node)
            case "mfrac":
                self.fraction(node)
            case "msqrt":
                self.braced(r"\sqrt", node.children, node)
            case "mroot":
                body, order = self.arguments(node, 2)
                self.put(r"\sqrt[", node)
                self.sequence([order])
                self.put("]", node)
                self.braced("", [body], node)
            case "mfenced":
                self.fenced(node)
            case "mtable":
                self.table(node)
            case "semantics" | "maction":
                self.sequence(node.children[:1])
            case "mmultiscripts":
                self.multiscripts(node)
            case tag if tag in ROWS:
                self.sequence(node.children)
            case tag if tag not in SKIPPED:
                self.refuse(node, f"the element <{node.tag}> is not supported", "leave it out")

    def arguments(self, node: Node, count: int) -> list[Node]:
        if len(node.children) != count:
            raise DeltaruleError(
                "E003",
                f"<{node.tag}> has {len(node.children)} children; {count} were expected",
                at=Span(self.source, node.start, node.end),
                seen=f"{count} children wanted here",
                help="put several elements that belong together into <mrow>",
            )
        return node.children

    def braced(self, head: str, nodes: Sequence[Node], at: Node) -> None:
        self.put(head + "{", at)
        self.sequence(nodes)
        self.put("}", at)

    # ------------------------------------------------------------------ leaves

    def name(self, node: Node, applied: bool = False) -> None:
        text = node.text.replace("\u00a0", " ")
        joined = text.replace(" ", "")
        if joined in BIG_COMMANDS or joined in ("arg", *FUNCTION_COMMANDS):
            self.put(_big_or_function(joined), node)
        elif text in SIGNS:
            self.put(SIGNS[text], node)
        elif text in UNICODE_NAMES:
            self.put(
                _styled(f"\\{UNICODE_NAMES[text]} ", node.attributes.get("mathvariant", "")), node
            )
        elif len(text) == 1:
            self.put(_styled(_letter(text), node.attributes.get("mathvariant", "")), node)
        else:
            command = "operatorname" if applied else "mathrm"
            self.put(rf"\{command}{{{_text(text)}}}", node)

    def number(self, node: Node) -> None:
        digits = node.text.replace(" ", "")
        found = unstyled(digits)
        self.put(rf"\{found[0]}{{{found[1]}}}" if found else digits, node)

    def sign(self, node: Node) -> None:
        text = "".join(node.text.split())
        if text in BIG_COMMANDS or text in ("arg", *FUNCTION_COMMANDS):
            self.put(_big_or_function(text), node)
        elif text and len(text) > 1 and text.isalpha():
            self.put(rf"\operatorname{{{_text(text)}}}", node)
        elif len(text) == 1 and text.isalpha() and text not in SIGNS:
            self.put(_letter(text), node)
        else:
            self.put(SIGNS.get(text, text), node)

    def words(self, node: Node) -> None:
        text = node.text.replace("\u00a0", " ")
        if text.strip() in ("…", "...", "⋯"):
            self.put(r"\dots ", node)
        elif text.strip() in (",", ";", "."):
            self.put(text.strip() + " ", node)
        elif not text.strip():
            self.put(" ", node)
        else:
            self.put(rf"\text{{{_text(text)}}} ", node)

    # ------------------------------------------------------------------ scripts

    def scripts(self, node: Node, signs: Sequence[str]) -> None:
        base, *scripts = self.arguments(node, 1 + len(signs))
        if not (node.tag == "munder" and _is_brace(_core(scripts[0]), "⏟", "_", "‾", "¯")):
            self.base(base, node)
            for sign, script in zip(signs, scripts, strict=True):
                self.script(sign, script, node)
            return
        self.refuse(node, "what stands below is not supported", "leave it out")

    def base(self, base: Node, at: Node) -> None:
        """Braces around all that TeX would take apart."""
        inner = _core(base)
        if inner.tag in ("mi", "mn", "mo") or (
            inner.tag == "msub" and at.tag == "msup" and inner.children[1:2]
        ):
            self.one(inner)
        else:
            self.braced("", [base], at)

    def script(self, sign: str, script: Node, at: Node) -> None:
        inner = _core(script)
        primes = [_core(n) for n in _spread([script])]
        if (
            sign == "^"
            and primes
            and all(n.tag == "mo" and set(n.text) <= set("'′″‴") for n in primes)
        ):
            for prime in primes:
                self.one(prime)
        elif inner.tag not in SKIPPED and (inner.children or inner.text):
            self.braced(sign, [script], at)

    def over(self, node: Node) -> None:
        base, above = self.arguments(node, 2)
        accent = _core(above)
        wide = accent.attributes.get("stretchy") == "true"
        arrow = next((n for n, sign in ARROWS.items() if wide and sign == accent.text), None)
        if arrow is not None:
            self.braced(f"\\{arrow}", [base], node)
            return
        if accent.tag == "mo" and accent.text in OVER:
            self.braced(f"\\{OVER[accent.text]}", [base], node)
        elif _core(base).text in ("∑", "∏"):
            self.base(base, node)
            self.script("^", above, node)
        else:
            self.refuse(node, "what stands above is not supported", "leave it out")

    def multiscripts(self, node: Node) -> None:
        base, *scripts = node.children or [node]
        if len(scripts) != 2:
            self.refuse(node, "these scripts are not supported", "write subscripts with <msub>")
        self.base(base, node)
        for sign, script in zip("_^", scripts, strict=True):
            self.script(sign, script, node)

    # ------------------------------------------------------------------ fractions, fences, tables

    def fraction(self, node: Node) -> None:
        top, bottom = self.arguments(node, 2)
        if re.match(r"0(?![.\d]*[1-9])", node.attributes.get("linethickness", "1")):
            self.refuse(node, "binomial coefficients are not supported", "define them")
        self.braced(r"\frac", [top], node)
        self.braced("", [bottom], node)

    def fenced(self, node: Node) -> None:
        """The old <mfenced>: parentheses and separators are attributes."""
        opening, closing = (node.attributes.get(a, d) for a, d in (("open", "("), ("close", ")")))
        separators = node.attributes.get("separators", ",").replace(" ", "")
        if opening == "{" and not closing.strip() and len(node.children) == 1:
            table = _core(node.children[0])
            if table.tag == "mtable":
                return self.cases(table)
        self.put(SIGNS.get(opening, opening), node)
        for number, child in enumerate(node.children):
            if number and separators:
                self.put(separators[min(number - 1, len(separators) - 1)], node)
            self.sequence([child])
        self.put(SIGNS.get(closing, closing), node)
        return None

    def cases(self, table: Node) -> None:
        self.put(r"\begin{cases}", table)
        self.rows(table)
        self.put(r"\end{cases}", table)

    def table(self, node: Node) -> None:
        """Equations below each other, or lines below each other in limits."""
        self.put(r"\begin{aligned}", node)
        self.rows(node)
        self.put(r"\end{aligned}", node)

    def rows(self, table: Node) -> None:
        for number, line in enumerate(child for child in table.children if child.tag != "none"):
            if number:
                self.put(r" \\ ", line)
            cells = line.children[1:] if line.tag == "mlabeledtr" else line.children
            for column, cell in enumerate(cells):
                if column:
                    self.put(" & ", cell)
                self.sequence([cell])


def _spread(nodes: Sequence[Node]) -> list[Node]:
    """The elements with those in rows beside them, so that neighbours are seen."""
    found: list[Node] = []
    for node in nodes:
        if node.tag in ROWS or node.tag == "semantics":
            found += _spread(node.children[:1] if node.tag == "semantics" else node.children)
        elif node.tag not in SKIPPED:
            found.append(node)
    return found


def _core(node: Node) -> Node:
    """The element in rows of one."""
    inner = _spread([node])
    return inner[0] if len(inner) == 1 else node


def _is_brace(node: Node, *signs: str) -> bool:
    return node.tag == "mo" and node.text in signs


def _big_or_function(name: str) -> str:
    if name in ("argmax", "argmin"):
        return rf"\arg\{name[3:]} "
    return f"\\{name} "


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if char in UNICODE_NAMES:
        return f"\\{UNICODE_NAMES[char]} "
    found = unstyled(char)
    if found is not None:
        return rf"\{found[0]}{{{_letter(found[1]).strip()}}}"
    return char


def _styled(letter: str, variant: str) -> str:
    return rf"\{VARIANTS[variant]}{{{letter.strip()}}}" if variant in VARIANTS else letter


def _text(text: str) -> str:
    return LATEX_SPECIAL.sub(" ", text).replace("_", r"\_")
