r"""Names as LaTeX: xi --> \xi, N_Y --> N_Y, y_hat --> \hat{y}, l --> \ell, W1 --> W^{(1)}."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deltarule.equations.functions import is_known
from deltarule.notation.operators import VECTOR_STYLES

LETTERS = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
    "xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell nabla"
).split()

SPELLED: dict[str, str] = {letter: f"\\{letter}" for letter in LETTERS} | {"l": r"\ell"}

DECORATIONS: dict[str, str] = {
    "hat": r"\hat{%s}",
    "bar": r"\bar{%s}",
    "tilde": r"\tilde{%s}",
    "dot": r"\dot{%s}",
    "star": r"%s^*",
}

GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
VECTOR = re.compile(rf"\\(?:{'|'.join(sorted(VECTOR_STYLES))})\s*{GROUP}")

# functions that have a command of their own; the other names are upright
COMMANDS = {n: f"\\{n}" for n in "ln log exp sin cos tan sinh cosh tanh max min Gamma".split()} | {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "asinh": r"\operatorname{arsinh}",
    "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}", "log2": r"\log_2",
    "log10": r"\log_{10}", "leaky_relu": r"\operatorname{LeakyReLU}",
    "gelu_tanh": r"\operatorname{GELUtanh}",
}  # fmt: skip


def name_to_latex(name: str, spelling: Mapping[str, str], has_subscripts: bool = False) -> str:
    r"""The spelling that the author used, else the usual one.

    A number at the end of a name is a label where subscripts follow, else a subscript:
    W1 --> W^{(1)} or W_1. A name that has a subscript already is braced so that it can get more.
    """
    if name in spelling:
        return _ready_for_subscripts(spelling[name]) if has_subscripts else spelling[name]
    plain = name.rstrip("'")
    base, *suffixes = plain.split("_")
    text = _word(base, has_subscripts)
    for suffix in suffixes:
        text = _with_suffix(text, suffix)
    text += name[len(plain) :]
    return _ready_for_subscripts(text) if has_subscripts else text


def element_to_latex(name: str, spelling: Mapping[str, str], count: int) -> str:
    r"""The name of an element with so many subscripts. Elements are numbers, and not bold:
    x_i of \mathbf{x}, where \mathbf{x}_i would be the i-th of several vectors."""
    if count and name in spelling:
        spelling = {name: VECTOR.sub(r"\1", spelling[name])}
    return name_to_latex(name, spelling, has_subscripts=count > 0)


def has_exponent(name: str, spelling: Mapping[str, str], has_subscripts: bool) -> bool:
    """Whether the name has something raised of its own, so that a power needs parentheses."""
    text = name_to_latex(name, spelling, has_subscripts)
    while (shorter := re.sub(r"\{[^{}]*\}", "", text)) != text:
        text = shorter
    return "^" in text


def _word(base: str, has_subscripts: bool) -> str:
    if base in SPELLED:
        return SPELLED[base]
    label = re.fullmatch(r"(\D+)(\d+)", base)
    if label is not None:
        letter = _word(label[1], False)
        return f"{letter}^{{({label[2]})}}" if has_subscripts else f"{letter}_{braced(label[2])}"
    return base if len(base) <= 1 else rf"\mathrm{{{base}}}"


def _with_suffix(text: str, suffix: str) -> str:
    if suffix in DECORATIONS:
        return DECORATIONS[suffix] % text
    if (number := suffix.removeprefix("star")) != suffix and number.isdigit():
        return f"{text}^{{*{number}}}"
    below = suffix if suffix.isdigit() else _word(suffix, False)
    if "_" in text:
        text = f"{{{text}}}"
    return f"{text}_{braced(below)}"


def _ready_for_subscripts(text: str) -> str:
    """b_1 --> {b_1}: LaTeX refuses two subscripts in a row."""
    return f"{{{text}}}" if re.search(r"_(?![^{]*\})", text) else text


def braced(text: str) -> str:
    r"""What stands after _ or ^: one letter, digit or command as it is, all else in braces."""
    return text if re.fullmatch(r"\w|\\[A-Za-z]+", text) else f"{{{text}}}"


def function_to_latex(name: str, spelling: Mapping[str, str]) -> str:
    r"""tanh --> \tanh, g --> g, sigma --> \sigma, relu --> \operatorname{relu}."""
    if name in spelling:
        return spelling[name]
    if name in COMMANDS:
        return COMMANDS[name]
    if is_known(name):
        return rf"\operatorname{{{name}}}"
    text = name_to_latex(name, spelling)
    return text.replace(r"\mathrm", r"\operatorname", 1)
