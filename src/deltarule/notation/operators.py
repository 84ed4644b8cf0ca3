r"""The one table of what can be written: letters, relations, operators, functions, commands.

Both parsers read it and the printers may; to teach the notation a symbol, add it here.
"""

from __future__ import annotations

from collections.abc import Iterable

from deltarule.notation.syntax import ChainOp


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ------------------------------------------------------------------------------ letters

GREEK: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "varepsilon": "ɛ", "vartheta": "ϑ", "varkappa": "ϰ", "varpi": "ϖ", "varrho": "ϱ",
    "varsigma": "ς", "varphi": "ϕ",
}  # fmt: skip

LETTERS: dict[str, str] = GREEK | {
    "Re": "ℜ",
    "Pr": "Pr",
    "ell": "ℓ",
    "varnothing": "∅",
    "emptyset": "∅",
    "infty": "∞",
    "imath": "ı",
    "jmath": "ȷ",
}

# Unicode letters that are a name of their own: ξ --> xi; the micro sign and the lunate epsilon too
UNICODE_NAMES: dict[str, str] = {char: name for name, char in LETTERS.items()} | {
    "µ": "mu", "ϵ": "epsilon",
}  # fmt: skip

# what stands over a name and is appended to it: \hat{y} --> y_hat
DECORATIONS: dict[str, str] = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
    "widetilde": "tilde", "overrightarrow": "right", "overleftarrow": "left", "dot": "dot", "ddot": "ddot", "check": "check", "breve": "breve",
}  # fmt: skip

# {\\bf x}: for the rest of the braces
OLD_STYLES: dict[str, str] = {
    "bf": "mathbf", "rm": "mathrm", "it": "mathit", "cal": "mathcal", "sf": "mathsf",
    "tt": "mathtt", "boldmath": "mathbf",
}  # fmt: skip

VECTOR_STYLES = frozenset(("vec", "mathbf", "bm", "boldsymbol", "symbf", "pmb"))
LETTER_STYLES = frozenset(("mathcal", "mathscr", "mathfrak", "mathbb", "mathds"))
UPRIGHT_STYLES = _set(
    "mathrm mathsf mathtt mathit mathnormal operatorname text textrm textit textsf textbf textsc "
    "textnormal mbox hbox"
)

# ------------------------------------------------------------------------------ relations

RELATION_COMMANDS: dict[str, ChainOp] = {
    "ne": "!=", "neq": "!=", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "geqq": ">=", "leqq": "<=", "eqqcolon": "=", "lt": "<", "gt": ">", "in": "in", "coloneqq": "=", "triangleq": "=",
    "doteq": "=", "equiv": "=", "leftarrow": "<-", "gets": "<-", "longleftarrow": "<-", "Leftarrow": "<-",
}  # fmt: skip

RELATION_SIGNS: dict[str, ChainOp] = {
    "=": "=", ":=": "=", "==": "=", "!=": "!=", "≠": "!=", "<": "<", "<=": "<=", "≤": "<=",
    "⩽": "<=", "≦": "<=", "≧": ">=", ">": ">", ">=": ">=", "≥": ">=", "⩾": ">=", "∈": "in", "≡": "=", "≔": "=", "<-": "<-", "←": "<-",
}  # fmt: skip

ORDER: frozenset[ChainOp] = frozenset(("<", "<=", ">", ">="))

MIRRORED: dict[ChainOp, ChainOp] = {  # a < b is b > a
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!=",
}  # fmt: skip

# ------------------------------------------------------------------------------ operators

# between factors: the values are those of syntax.Product.ops, or "conv", or "/"
OPERATOR_COMMANDS: dict[str, str] = {
    "cdot": "dot", "times": "dot", "odot": "odot", "circ": "odot", "otimes": "otimes", "ast": "conv", "star": "conv",
    "prime": "'", "dots": "dots", "ldots": "dots", "cdots": "dots", "dotsc": "dots",
    "dotsb": "dots", "dotsm": "dots", "dotso": "dots", "colon": ":", "div": "/", "over": "over", "setminus": "without", "backslash": "without",
    "bmod": "mod", "mod": "mod",
}  # fmt: skip

OPERATOR_SIGNS: dict[str, str] = {
    "+": "+", "-": "-", "−": "-", "·": "dot", "⋅": "dot", "×": "dot", "⊙": "odot", "∘": "odot", "⊗": "otimes",
    "/": "/", "∗": "conv", "^": "^", "_": "_", "'": "'", "′": "'", "’": "'", "…": "dots", "⋯": "dots",
    "...": "dots", "..": "..", ":": ":", "!": "!",
}  # fmt: skip

# a line or a row that starts with one of these continues the one before
BINARY = frozenset(("+", "-", "dot", "odot", "otimes", "conv", "mod", "/", "^"))

SUPERSCRIPT_DIGITS: dict[str, str] = {
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "ᵀ": "T",
}  # fmt: skip

BIG_COMMANDS: dict[str, str] = {
    "sum": "sum", "prod": "prod", "max": "max", "min": "min", "argmax": "argmax",
    "argmin": "argmin", "logsumexp": "logsumexp", "LogSumExp": "logsumexp", "LSE": "logsumexp",
}  # fmt: skip

BIG_SIGNS: dict[str, str] = {"∑": "sum", "∏": "prod", "Σ": "sum", "Π": "prod"}

# ------------------------------------------------------------------------------ functions

# the author's spelling --> the name under which equations/functions.py knows it
FUNCTIONS: dict[str, str] = {
    "ln": "ln", "log": "ln", "exp": "exp", "sqrt": "sqrt", "log2": "log2", "log1p": "log1p",
    "expm1": "expm1", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "asinh": "asinh", "arsinh": "asinh", "arcsinh": "asinh", "atan": "atan",
    "arctan": "atan", "sigmoid": "sigmoid", "softplus": "softplus", "relu": "relu", "ReLU": "relu",
    "abs": "abs", "sign": "sign", "sgn": "sign", "erf": "erf", "gelu": "gelu", "GELU": "gelu",
    "silu": "silu", "SiLU": "silu", "swish": "silu", "Swish": "silu", "elu": "elu", "ELU": "elu",
    "leaky_relu": "leaky_relu", "LeakyReLU": "leaky_relu", "asin": "asin", "arcsin": "asin",
    "acos": "acos", "arccos": "acos", "acosh": "acosh", "arcosh": "acosh", "arccosh": "acosh",
    "atanh": "atanh", "artanh": "atanh", "arctanh": "atanh", "log10": "log10",
}  # fmt: skip

# known only where parentheses follow at once: as symbols they are names like any other
CALLED_FUNCTIONS: dict[str, str] = {
    "cbrt": "cbrt", "logit": "logit", "logistic": "sigmoid", "expit": "sigmoid",
    "logsigmoid": "logsigmoid", "softsign": "softsign", "relu6": "relu6", "lrelu": "leaky_relu",
    "selu": "selu", "gelu_tanh": "gelu_tanh", "mish": "mish", "hardtanh": "hardtanh",
    "hardsigmoid": "hardsigmoid", "hardswish": "hardswish", "hsigmoid": "hardsigmoid",
    "hswish": "hardswish", "tanhshrink": "tanhshrink", "softshrink": "softshrink",
    "erfc": "erfc", "normcdf": "normcdf", "Gamma": "Gamma", "lgamma": "lgamma",
    "gammaln": "lgamma", "tgamma": "Gamma", "digamma": "digamma", "trigamma": "trigamma", "clip": "clip",
    "clamp": "clip", "pow": "pow", "power": "pow", "atan2": "atan2", "arctan2": "atan2",
    "hypot": "hypot", "logaddexp": "logaddexp", "floor": "floor", "ceil": "ceil",
    "round": "round", "mod": "mod", "sinc": "sinc", "square": "square",
    "reciprocal": "reciprocal",
}  # fmt: skip

# functions that LaTeX has a command for
FUNCTION_COMMANDS = _set("ln log exp sin cos tan sinh cosh tanh arcsin arccos arctan")

# \tanh^{-1} x
INVERSES: dict[str, str] = {
    "sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh",
}  # fmt: skip


# of all elements along an axis: softmax_j(e_{ij}), logsumexp_k z_k, mean_i x_i
ALONG_AN_AXIS: dict[str, str] = {
    "softmax": "softmax", "Softmax": "softmax", "SoftMax": "softmax", "softmin": "softmin",
    "log_softmax": "log_softmax", "logsoftmax": "log_softmax", "LogSoftmax": "log_softmax",
}  # fmt: skip


# what a letter is by custom, where a sum in parentheses follows and nothing else says what it is
FUNCTION_LETTERS = _set("f g h F G H phi varphi psi sigma Phi Psi Gamma")
EITHER_LETTERS = _set("u v q k r K Q V U D J L rho theta kappa delta Theta")
SIGNAL_LETTERS = _set("x y z s w p")  # numbers; before a shifted time, values at that time


def canonical_function(name: str) -> str:
    """log --> ln, ReLU and RELU --> relu; a name that is no known function stays as it is."""
    known = FUNCTIONS.get(name) or CALLED_FUNCTIONS.get(name)
    if known is None and len(name) > 2:
        known = _FOLDED.get(name.lower().replace("_", ""))
    return known or name


_FOLDED = {
    spelling.lower().replace("_", ""): name
    for spelling, name in (FUNCTIONS | CALLED_FUNCTIONS).items()
    if spelling != "Gamma"
}


# ------------------------------------------------------------------------------ words

# what separates an equation from its conditions; the values are token values
WORDS: dict[str, str] = {
    "for": "for", "where": "for", "with": "for", "when": "if", "if": "if", "and": "and",
    "or": "or", "otherwise": "otherwise", "else": "otherwise", "∀": "for",
}  # fmt: skip

# ------------------------------------------------------------------------------ layout (LaTeX)

LAYOUT_ENVIRONMENTS = _set(
    "align aligned alignat alignedat flalign gather gathered equation split multline "
    "eqnarray displaymath math subequations"
)
DISPLAY_ENVIRONMENTS = _set(
    "equation align alignat flalign gather multline eqnarray displaymath math array aligned split "
    "gathered"
)
CASES_ENVIRONMENTS = frozenset(("cases", "dcases", "rcases"))

MATRIX_ENVIRONMENTS = _set("matrix pmatrix bmatrix smallmatrix array")

# what to write instead
OTHER_ENVIRONMENTS: dict[str, str] = {
    "vmatrix": "write the determinant out",
    "Vmatrix": r"write the norm as \\lVert A \\rVert",
    "Bmatrix": "write a matrix as bmatrix",
    "tabular": "write a matrix as bmatrix, cases as cases",
}  # fmt: skip

DELIMITER_SIZES = _set(
    "middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm"
)

# without a meaning of their own
IGNORED = DELIMITER_SIZES | _set(
    "limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag left right thinspace "
    "medspace thickspace hfill allowbreak noindent mathstrut relax centering"
)
IGNORED_WITH_ARGUMENT = _set(
    "color textcolor ref eqref cite footnote label tag hspace vspace phantom hphantom vphantom"
)
QUADS = frozenset(("quad", "qquad", "enspace", "newline"))

# with an argument or a role of their own in the grammar
STRUCTURAL = _set("frac dfrac tfrac sfrac cfrac nicefrac binom sqrt partial substack top intercal")

# what puts one thing over or under another: taken apart before the grammar sees them
STACKING = _set("underset overset stackrel mathop underbrace overbrace boxed fbox")

BRACKET_COMMANDS: dict[str, tuple[str, str]] = {
    "parallel": ("bar", "||"), "lvert": ("bar", "|"), "rvert": ("bar", "|"), "vert": ("bar", "|"),
    "lVert": ("bar", "||"), "rVert": ("bar", "||"), "Vert": ("bar", "||"),
    "lbrace": ("open", r"\{"), "rbrace": ("close", r"\}"),
    "lbrack": ("open", "["), "rbrack": ("close", "]"),
    "lparen": ("open", "("), "rparen": ("close", ")"),
    "langle": ("open", r"\langle"), "rangle": ("close", r"\rangle"),
    "lfloor": ("open", r"\lfloor"), "rfloor": ("close", r"\rfloor"),
    "lceil": ("open", r"\lceil"), "rceil": ("close", r"\rceil"),
}  # fmt: skip

CLOSING: dict[str, str] = {
    "(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle", r"\lfloor": r"\rfloor",
    r"\lceil": r"\rceil",
}  # fmt: skip

# understood, but without a meaning here: what to write instead
UNSUPPORTED: dict[str, str] = {
    "int": "integrals are not equations over indices; write a sum",
    "iint": "integrals are not equations over indices; write a sum",
    "approx": "only exact equations can be derived; write =",
    "simeq": "only exact equations can be derived; write =",
    "propto": "write the constant of proportionality and =",
    "sim": "distributions are not supported; say what the value is, with =",
    "to": "write the definition of the function, f(x) = ...",
    "mapsto": "write the definition of the function, f(x) = ...",
    "rightarrow": "write the definition of the function, f(x) = ...",
    "oplus": "write a sum with its subscripts",
    "pm": "write two equations",
    "mp": "write two equations",
    "lim": "limits are not supported",
    "det": "determinants are not supported",
    "bigcup": "unions are not supported",
    "cup": "write several conditions or cases instead of a union",
    "cap": "write several conditions, separated by commas",
    "subset": r"write \in with a range of integers",
    "notin": r"write the exception as a condition, k \neq j",
    "vdots": "write the general element with an index",
    "ddots": "write the general element with an index",
    "lor": "write several cases",
    "land": "separate the conditions by commas",
    "pmod": "write the remainder as cases",
    "dagger": "write the adjoint or inverse as a symbol of its own",
    "vee": "write several cases",
    "wedge": "separate the conditions by commas",
}


def known_commands() -> list[str]:
    """Every LaTeX command that means something to the reader: to suggest from."""
    tables: tuple[Iterable[str], ...] = (
        LETTERS, DECORATIONS, VECTOR_STYLES, LETTER_STYLES, UPRIGHT_STYLES, RELATION_COMMANDS,
        OPERATOR_COMMANDS, BIG_COMMANDS, FUNCTION_COMMANDS, IGNORED, IGNORED_WITH_ARGUMENT, QUADS,
        STRUCTURAL, STACKING, BRACKET_COMMANDS, ("begin", "end", "forall", "arg"),
    )  # fmt: skip
    return sorted({name for table in tables for name in table})
