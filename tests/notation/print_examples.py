"""The four systems and their gradients, built by hand, for the tests of the printers."""

from __future__ import annotations

from fractions import Fraction

from deltarule.equations import affine, build, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Bracket,
    Expr,
    Reduce,
    Relation,
    Size,
)
from deltarule.equations.system import Array, Equation, System

Form = Affine | str | int


def form(value: Form) -> Affine:
    """3, "j", "j-1", "m_1-n_1", "2*n+k" as affine forms."""
    if isinstance(value, Affine):
        return value
    if isinstance(value, int):
        return affine.number(value)
    parts = value.replace("-", "+-").removeprefix("+").split("+")
    return affine.add(*(_part(p) for p in parts))


def _part(text: str) -> Affine:
    sign = -1 if text.startswith("-") else 1
    factor, _, name = text.lstrip("-").rpartition("*")
    if name.isdigit():
        return affine.number(sign * int(name))
    return affine.scale(affine.name(name), sign * int(factor or 1))


def at(array: str, *subscripts: Form) -> Access:
    return Access(array, tuple(form(s) for s in subscripts))


def ranges(**bounds: tuple[Form, Form]) -> Domain:
    """ranges(j=(2, "M"), k=(1, "j-1"))."""
    parts = [domains.between(form(low), i, form(high)) for i, (low, high) in bounds.items()]
    return domains.intersect(domains.everything(), *parts)


def total(body: Expr, **bounds: tuple[Form, Form]) -> Reduce:
    return Reduce("sum", tuple(bounds), ranges(**bounds), body)


def equals(left: Form | Access, right: Form | Access) -> Bracket:
    sides = [affine.name(s) if isinstance(s, Access) else form(s) for s in (left, right)]
    return Bracket(Relation(affine.subtract(*sides), "="))


def define(target: Access, expression: Expr, **bounds: tuple[Form, Form]) -> Equation:
    return Equation(target.array, target.subscripts, tuple(bounds), ranges(**bounds), expression)


def arrays(*known: Array) -> dict[str, Array]:
    return {a.name: a for a in known}


def spiral() -> System:
    n, m = (1, "n"), "M"
    residual = build.subtract(at("h", "i", m), at("y", "i"))
    forward = (
        define(at("h", "i", "j"), at("x", "i"), i=n, j=(1, 1)),
        define(at("h", "i", "j"), build.call("g", at("xi", "i", "j")), i=n, j=(2, m)),
        define(
            at("xi", "i", "j"),
            total(build.multiply(at("w", "j", "k"), at("h", "i", "k")), k=(1, "j-1")),
            i=n,
            j=(2, m),
        ),
        define(
            at("E"),
            build.multiply(build.number(Fraction(1, 2)), total(build.power(residual, 2), i=n)),
        ),
    )
    slope = build.call("g", at("xi", "i", "j"), order=1)
    at_end = build.call("g", at("xi", "i", m), order=1)
    later = total(build.multiply(at("delta", "i", "k"), at("w", "k", "j")), k=("j+1", m))
    last_domain = domains.intersect(ranges(i=n, j=(m, m)), ranges(j=(2, m)))
    backward = (
        Equation(
            "delta",
            (form("i"), form("j")),
            ("i", "j"),
            last_domain,
            build.multiply(residual, at_end),
        ),
        define(at("delta", "i", "j"), build.multiply(slope, later), i=n, j=(2, "M-1")),
        define(
            at("dE_dw", "j", "k"),
            total(build.multiply(at("delta", "i", "j"), at("h", "i", "k")), i=n),
            j=(2, m),
            k=(1, "j-1"),
        ),
    )
    return System(
        ("n", "M"),
        arrays(
            Array("h", ("i", "j"), ranges(i=n, j=(1, m))),
            Array("xi", ("i", "j"), ranges(i=n, j=(2, m))),
            Array("E"),
            Array("x", ("i",), ranges(i=n)),
            Array("y", ("i",), ranges(i=n)),
            Array("w", ("j", "k"), ranges(j=(2, m), k=(1, "j-1"))),
            Array("delta", ("i", "j"), ranges(i=n, j=(2, m)), adjoint_of=("E", "xi")),
            Array("dE_dw", ("j", "k"), ranges(j=(2, m), k=(1, "j-1")), adjoint_of=("E", "w")),
        ),
        forward + backward,
        functions=("g",),
        objective="E",
        adjoint_names={("E", "xi"): "delta"},
        latex={"E": r"\mathcal{E}"},
        title="Spiral network",
    )


def correlation() -> System:
    def free(body: Expr, *indices: str) -> Reduce:
        return Reduce("sum", indices, domains.everything(), body, unlimited=True)

    def over_n(weights: Expr) -> Reduce:
        return free(build.multiply(at("delta", "n_1", "n_2"), weights), "n_1", "n_2")

    shifted = at("w", "m_1-n_1", "m_2-n_2")
    anywhere = domains.everything()
    return System(
        (),
        arrays(
            Array("xi", ("n_1", "n_2")),
            Array("w", ("k_1", "k_2")),
            Array("h", ("m_1", "m_2")),
            Array("delta", ("n_1", "n_2"), adjoint_of=("L", "xi")),
            Array("dL_dh", ("m_1", "m_2"), adjoint_of=("L", "h")),
            Array("dL_dw", ("k_1", "k_2"), adjoint_of=("L", "w")),
        ),
        (
            Equation(
                "xi",
                (form("n_1"), form("n_2")),
                ("n_1", "n_2"),
                anywhere,
                free(build.multiply(shifted, at("h", "m_1", "m_2")), "m_1", "m_2"),
            ),
            Equation(
                "dL_dh", (form("m_1"), form("m_2")), ("m_1", "m_2"), anywhere, over_n(shifted)
            ),
            Equation(
                "dL_dw",
                (form("k_1"), form("k_2")),
                ("k_1", "k_2"),
                anywhere,
                over_n(at("h", "k_1+n_1", "k_2+n_2")),
            ),
        ),
        outputs=("xi",),
        adjoint_names={("L", "xi"): "delta"},
        latex={"L": r"\mathcal{L}"},
    )


def softcount() -> System:
    labels = (1, "N_Y")
    exp_k = build.call("exp", at("xi", "k"))
    exp_l = build.call("exp", at("xi", "l"))
    largest = Reduce("max", ("l",), ranges(l=labels), exp_l)
    is_label = equals("k", at("y"))
    is_best = equals("k", at("l_star"))
    log_h = build.call("ln", at("h", "k"))
    label = Access("h", (affine.name(at("y")),))
    return System(
        ("N_Y",),
        arrays(
            Array("h", ("k",), ranges(k=labels)),
            Array("L"),
            Array("xi", ("l",), ranges(l=labels)),
            Array("y", kind="integer", values=(form(1), form("N_Y"))),
            Array("l_star", kind="integer"),
            Array("dL_dh", ("k",), ranges(k=labels), adjoint_of=("L", "h")),
            Array("dL_dxi", ("k",), ranges(k=labels), adjoint_of=("L", "xi")),
        ),
        (
            define(at("h", "k"), build.divide(exp_k, largest), k=labels),
            define(at("L"), build.negate(total(build.multiply(is_label, log_h), k=labels))),
            define(at("l_star"), ArgReduce("argmax", "l", ranges(l=labels), at("xi", "l"))),
            define(at("dL_dh", "k"), build.negate(build.divide(is_label, label)), k=labels),
            define(at("dL_dxi", "k"), build.subtract(is_best, is_label), k=labels),
        ),
        objective="L",
        latex={"L": r"\mathcal{L}"},
    )


def two_layers() -> System:
    tokens, inputs, hidden, outputs = (1, "N_i"), (1, "N_x"), (1, "N_h"), (1, "N_y")
    residual = build.subtract(at("f", "i", "l"), at("y", "i", "l"))
    squares = total(build.power(residual, 2), l=outputs)
    slope = build.call("sigma", at("z1", "i", "j"), order=1)

    def product(left: Access, right: Access) -> Expr:
        return build.multiply(left, right)

    return System(
        ("N_i", "N_x", "N_h", "N_y"),
        arrays(
            Array("z1", ("i", "j"), ranges(i=tokens, j=hidden)),
            Array("h", ("i", "j"), ranges(i=tokens, j=hidden)),
            Array("f", ("i", "l"), ranges(i=tokens, l=outputs)),
            Array("L"),
            Array("x", ("i", "k"), ranges(i=tokens, k=inputs)),
            Array("y", ("i", "l"), ranges(i=tokens, l=outputs)),
            Array("W1", ("j", "k"), ranges(j=hidden, k=inputs)),
            Array("W2", ("l", "j"), ranges(l=outputs, j=hidden)),
            Array("dL_df", ("i", "l"), ranges(i=tokens, l=outputs), adjoint_of=("L", "f")),
            Array("dL_dz1", ("i", "j"), ranges(i=tokens, j=hidden), adjoint_of=("L", "z1")),
            Array("dL_dW1", ("j", "k"), ranges(j=hidden, k=inputs), adjoint_of=("L", "W1")),
        ),
        (
            define(
                at("z1", "i", "j"),
                total(product(at("W1", "j", "k"), at("x", "i", "k")), k=inputs),
                i=tokens,
                j=hidden,
            ),
            define(at("h", "i", "j"), build.call("sigma", at("z1", "i", "j")), i=tokens, j=hidden),
            define(
                at("f", "i", "l"),
                total(product(at("W2", "l", "j"), at("h", "i", "j")), j=hidden),
                i=tokens,
                l=outputs,
            ),
            define(
                at("L"),
                build.multiply(build.power(Size("N_i"), -1), total(squares, i=tokens)),
            ),
            define(
                at("dL_df", "i", "l"),
                build.multiply(build.number(2), build.power(Size("N_i"), -1), residual),
                i=tokens,
                l=outputs,
            ),
            define(
                at("dL_dz1", "i", "j"),
                build.multiply(
                    slope, total(product(at("dL_df", "i", "l"), at("W2", "l", "j")), l=outputs)
                ),
                i=tokens,
                j=hidden,
            ),
            define(
                at("dL_dW1", "j", "k"),
                total(product(at("dL_dz1", "i", "j"), at("x", "i", "k")), i=tokens),
                j=hidden,
                k=inputs,
            ),
        ),
        functions=("sigma",),
        objective="L",
        latex={"L": r"\mathcal{L}", "W1": "W^{(1)}", "W2": "W^{(2)}"},
    )
