"""The gradients of the four systems as a person writes them, and counting by listing all points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deltarule.costs.rules import KINDS, Operations
from deltarule.equations import affine, build, domains, walk
from deltarule.equations.nodes import (
    Access,
    ArgReduce,
    Bracket,
    Call,
    Expr,
    Reduce,
    Relation,
    Select,
    Size,
)
from deltarule.equations.system import Array, Equation, System
from deltarule.runtimes import counting
from runtimes.small_systems import (
    array,
    box,
    equation,
    form,
    read,
    shifted,
    softcount,
    spiral,
    total,
    two_layers,
)
from runtimes.small_systems import system as build_system

Sizes = Mapping[str, int]


def with_gradient(
    forward: System, adjoints: Sequence[tuple[Array, str]], equations: Sequence[Equation]
) -> tuple[System, System, dict[str, str]]:
    """Forward, gradient System, and which array has which adjoint."""
    objective = forward.objective or "L"
    named = {a.name: replace(a, adjoint_of=(objective, of)) for a, of in adjoints}
    arrays = {**forward.arrays, **named}
    gradient = replace(forward, arrays=arrays, equations=(*forward.equations, *equations))
    inputs = set(forward.arrays) - {e.target for e in forward.equations}
    return forward, gradient, {of: a.name for a, of in adjoints if of in inputs}


def spiral_gradient() -> tuple[System, System, dict[str, str]]:
    forward = spiral()
    i, below = (1, "n"), (1, shifted("j", -1))
    error = build.subtract(read("h", "i", "M"), read("y", "i"))
    last = build.multiply(error, Call("g", (read("xi", "i", "M"),), 1))
    above = box(k=(shifted("j", 1), "M"))
    later = total(above, "k", build.multiply(read("delta", "i", "k"), read("w", "k", "j")))
    product = build.multiply(read("delta", "i", "j"), read("h", "i", "k"))
    top = domains.intersect(box(i=i), box(j=("M", "M")), box(j=(2, "M")))
    rest = box(i=i, j=(2, shifted("M", -1)))
    slope = Call("g", (read("xi", "i", "j"),), 1)
    whole = box(j=(2, "M"), k=below)
    return with_gradient(
        forward,
        [
            (array("delta", "i j", box(i=i, j=(2, "M"))), "xi"),
            (array("dE_dw", "j k", whole), "w"),
        ],
        [
            equation(read("delta", "i", "j"), "i j", top, last),
            equation(read("delta", "i", "j"), "i j", rest, build.multiply(slope, later)),
            equation(read("dE_dw", "j", "k"), "j k", whole, total(box(i=i), "i", product)),
        ],
    )


def two_layer_gradient() -> tuple[System, System, dict[str, str]]:
    i, j, k, m = (1, "N_i"), (1, "N_h"), (1, "N_x"), (1, "N_y")
    error = build.subtract(read("f", "i", "m"), read("y", "i", "m"))
    scaled = build.divide(build.multiply(build.number(2), error), Size("N_i"))
    slope = Call("s", (read("z", "i", "j"),), 1)
    back = total(box(m=m), "m", build.multiply(read("dL_df", "i", "m"), read("W2", "m", "j")))
    first = build.multiply(read("dL_dz", "i", "j"), read("x", "i", "k"))
    second = build.multiply(read("dL_df", "i", "m"), read("h", "i", "j"))
    return with_gradient(
        two_layers(),
        [
            (array("dL_df", "i m", box(i=i, m=m)), "f"),
            (array("dL_dz", "i j", box(i=i, j=j)), "z"),
            (array("dL_dW1", "j k", box(j=j, k=k)), "W1"),
            (array("dL_dW2", "m j", box(m=m, j=j)), "W2"),
        ],
        [
            equation(read("dL_df", "i", "m"), "i m", box(i=i, m=m), scaled),
            equation(read("dL_dz", "i", "j"), "i j", box(i=i, j=j), build.multiply(slope, back)),
            equation(read("dL_dW1", "j", "k"), "j k", box(j=j, k=k), total(box(i=i), "i", first)),
            equation(read("dL_dW2", "m", "j"), "m j", box(m=m, j=j), total(box(i=i), "i", second)),
        ],
    )


def softcount_gradient() -> tuple[System, System, dict[str, str]]:
    """dL/dxi[i,k] = [k = argmax] - [k = y[i]], the argmax where it stands: in the equation."""
    i, k = (1, "N"), (1, "V")
    largest = ArgReduce("argmax", "l", box(l=k), read("xi", "i", "l"))
    star = array("l_star", "i", box(i=i), kind="integer", values=(form(1), form("V")))
    adjoint = build.subtract(_is("k", read("l_star", "i")), _is("k", read("y", "i")))
    forward, gradient, wanted = with_gradient(
        softcount(),
        [(array("dL_dxi", "i k", box(i=i, k=k)), "xi")],
        [
            equation(read("l_star", "i"), "i", box(i=i), largest),
            equation(read("dL_dxi", "i", "k"), "i k", box(i=i, k=k), adjoint),
        ],
    )
    return forward, replace(gradient, arrays={**gradient.arrays, "l_star": star}), wanted


def same_correlation() -> System:
    """xi[n] = sum(m) w[m - n] h[m] without limits; w on -K..K, xi and h on 0..H-1: zeros around."""
    pixels = (0, shifted("H", -1))
    taps = (affine.scale(form("K"), -1), "K")
    difference = affine.subtract(form("m"), form("n"))
    product = build.multiply(read("w", difference), read("h", "m"))
    everywhere = Reduce("sum", ("m",), domains.everything(), product, unlimited=True)
    return build_system(
        "H K",
        [
            array("w", "k", box(k=taps)),
            array("h", "m", box(m=pixels)),
            array("xi", "n", box(n=pixels)),
        ],
        [equation(read("xi", "n"), "n", box(n=pixels), everywhere)],
        outputs=("xi",),
    )


def same_correlation_gradient() -> tuple[System, System, dict[str, str]]:
    forward = same_correlation()
    w, h, xi = (forward.arrays[name] for name in ("w", "h", "xi"))
    assert w.support and h.support and xi.support
    back = build.multiply(read("delta", "n"), read("w", affine.subtract(form("m"), form("n"))))
    shift = build.multiply(read("delta", "n"), read("h", affine.add(form("k"), form("n"))))
    return with_gradient(
        forward,
        [
            (array("dL_dh", "m", h.support), "h"),
            (array("dL_dw", "k", w.support), "w"),
            (array("delta", "n", xi.support), "xi"),
        ],
        [
            equation(read("dL_dh", "m"), "m", h.support, _over_all("n", back)),
            equation(read("dL_dw", "k"), "k", w.support, _over_all("n", shift)),
        ],
    )


def _over_all(index: str, body: Expr) -> Reduce:
    return Reduce("sum", (index,), domains.everything(), body, unlimited=True)


def _is(index: str, element: Access) -> Bracket:
    return Bracket(Relation(affine.subtract(form(index), affine.name(element)), "="))


# ------------------------------------------------------------------------------ by listing points


def listed_operations(system: System, sizes: Sizes) -> Operations:
    """Every operation of every element, the points listed one by one."""
    done = counting.Counter()
    for e in system.equations:
        inside = domains.fix(e.domain, sizes)
        cost = counting.cost(e.expression, inside, sizes, system.arrays)
        for point in domains.points(inside, e.indices):
            env = {**sizes, **dict(zip(e.indices, point, strict=True))}
            done.add(counting.at(cost, env))
    return Operations(**{kind: getattr(done, kind) for kind in KINDS})


def listed_reads(system: System, sizes: Sizes) -> int:
    """Elements read, the points listed one by one; for Systems whose sums have limits."""
    count = 0
    for e in system.equations:
        for point in domains.points(domains.fix(e.domain, sizes), e.indices):
            count += _reads(e.expression, {**sizes, **dict(zip(e.indices, point, strict=True))})
    return count


def _reads(node: Expr, env: Sizes) -> int:
    if isinstance(node, Reduce | ArgReduce):
        indices = node.indices if isinstance(node, Reduce) else (node.index,)
        inside = domains.fix(node.domain, {n: v for n, v in env.items() if n not in indices})
        points = domains.points(inside, indices)
        return sum(_reads(node.body, {**env, **dict(zip(indices, p, strict=True))}) for p in points)
    here = 1 if isinstance(node, Access) else 0
    if isinstance(node, Access):
        forms = node.subscripts
    else:
        conditional = isinstance(node, Bracket | Select)
        forms = tuple(walk.relation_forms(node.condition)) if conditional else ()
    gathers = sum(1 for f in forms for _ in walk.affine_accesses(f))
    return here + gathers + sum(_reads(child, env) for child in walk.children(node))
