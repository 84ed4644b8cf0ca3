"""Small Systems for tests, built by hand so that no parser is needed."""

from __future__ import annotations

from fractions import Fraction

from deltarule.equations import affine, build, domains
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Bracket,
    Call,
    Expr,
    Reduce,
    Relation,
    Size,
)
from deltarule.equations.system import Array, Equation, System

Form = str | int | Affine


def form(value: Form) -> Affine:
    if isinstance(value, Affine):
        return value
    return affine.name(value) if isinstance(value, str) else affine.number(value)


def shifted(index: Form, by: Form) -> Affine:
    return affine.add(form(index), form(by))


def read(array: str, *subscripts: Form) -> Access:
    return Access(array, tuple(form(s) for s in subscripts))


def box(**ranges: tuple[Form, Form]) -> Domain:
    parts = [domains.between(form(low), i, form(high)) for i, (low, high) in ranges.items()]
    return domains.intersect(domains.everything(), *parts)


def total(domain: Domain, *indices_and_body: str | Expr) -> Reduce:
    *indices, body = indices_and_body
    assert not isinstance(body, str)
    return Reduce("sum", tuple(str(i) for i in indices), domain, body)


def array(name: str, axes: str = "", support: Domain | None = None, **more: object) -> Array:
    where = domains.everything() if not axes and support is None else support
    return Array(name, tuple(axes.split()), where, **more)


def equation(target: Access, indices: str, domain: Domain, expression: Expr) -> Equation:
    return Equation(target.array, target.subscripts, tuple(indices.split()), domain, expression)


def system(
    sizes: str,
    arrays: list[Array],
    equations: list[Equation],
    objective: str | None = None,
    outputs: tuple[str, ...] = (),
    functions: tuple[str, ...] = (),
) -> System:
    named = {a.name: a for a in arrays}
    return System(tuple(sizes.split()), named, tuple(equations), functions, objective, outputs)


def squares(domain: Domain, *indices_and_body: str | Expr) -> Reduce:
    """The sum of the squares of the body."""
    *indices, body = indices_and_body
    assert not isinstance(body, str)
    return total(domain, *indices, build.power(body, 2))


def spiral() -> System:
    """Each unit sees all units before it; w is strictly lower triangular."""
    i, j = (1, "n"), (2, "M")
    below = (1, shifted("j", -1))
    xi = total(box(k=below), "k", build.multiply(read("w", "j", "k"), read("h", "i", "k")))
    error = build.subtract(read("h", "i", "M"), read("y", "i"))
    half = build.number(Fraction(1, 2))
    return system(
        "M n",
        [
            array("x", "i", box(i=i)),
            array("y", "i", box(i=i)),
            array("w", "j k", box(j=j, k=below)),
            array("h", "i j", box(i=i, j=(1, "M"))),
            array("xi", "i j", box(i=i, j=j)),
            array("E"),
        ],
        [
            equation(read("h", "i", "j"), "i j", box(i=i, j=(1, 1)), read("x", "i")),
            equation(read("h", "i", "j"), "i j", box(i=i, j=j), Call("g", (read("xi", "i", "j"),))),
            equation(read("xi", "i", "j"), "i j", box(i=i, j=j), xi),
            equation(read("E"), "", box(), build.multiply(half, squares(box(i=i), "i", error))),
        ],
        "E",
        functions=("g",),
    )


def two_layers() -> System:
    i, j, k, m = (1, "N_i"), (1, "N_h"), (1, "N_x"), (1, "N_y")
    z = total(box(k=k), "k", build.multiply(read("W1", "j", "k"), read("x", "i", "k")))
    f = total(box(j=j), "j", build.multiply(read("W2", "m", "j"), read("h", "i", "j")))
    error = build.subtract(read("f", "i", "m"), read("y", "i", "m"))
    mean = build.divide(squares(box(i=i, m=m), "i", "m", error), Size("N_i"))
    return system(
        "N_i N_h N_x N_y",
        [
            array("W1", "j k", box(j=j, k=k)),
            array("W2", "m j", box(m=m, j=j)),
            array("x", "i k", box(i=i, k=k)),
            array("y", "i m", box(i=i, m=m)),
            array("z", "i j", box(i=i, j=j)),
            array("h", "i j", box(i=i, j=j)),
            array("f", "i m", box(i=i, m=m)),
            array("L"),
        ],
        [
            equation(read("z", "i", "j"), "i j", box(i=i, j=j), z),
            equation(read("h", "i", "j"), "i j", box(i=i, j=j), Call("s", (read("z", "i", "j"),))),
            equation(read("f", "i", "m"), "i m", box(i=i, m=m), f),
            equation(read("L"), "", box(), mean),
        ],
        "L",
        functions=("s",),
    )


def softcount() -> System:
    """Logits of a linear layer, the loss of the softcount: a maximum, a gather, integers in 1..V."""
    i, k, c = (1, "N"), (1, "V"), (1, "D")
    xi = total(box(c=c), "c", build.multiply(read("W", "k", "c"), read("x", "i", "c")))
    top = Reduce("max", ("l",), box(l=k), Call("exp", (read("xi", "i", "l"),)))
    h = build.divide(Call("exp", (read("xi", "i", "k"),)), top)
    is_label = Relation(affine.subtract(affine.name("k"), affine.name(read("y", "i"))), "=")
    log = build.multiply(Bracket(is_label), Call("ln", (read("h", "i", "k"),)))
    return system(
        "N V D",
        [
            array("W", "k c", box(k=k, c=c)),
            array("x", "i c", box(i=i, c=c)),
            array("y", "i", box(i=i), kind="integer", values=(form(1), form("V"))),
            array("xi", "i k", box(i=i, k=k)),
            array("h", "i k", box(i=i, k=k)),
            array("L"),
        ],
        [
            equation(read("xi", "i", "k"), "i k", box(i=i, k=k), xi),
            equation(read("h", "i", "k"), "i k", box(i=i, k=k), h),
            equation(read("L"), "", box(), build.negate(total(box(i=i, k=k), "i", "k", log))),
        ],
        "L",
    )


def correlation() -> System:
    """A layer without objective: the valid part of a correlation, the filter on -1..1."""
    inside = (1, shifted("H", -2))
    both = box(m=(shifted("n", -1), shifted("n", 1)))
    product = build.multiply(read("w", affine.subtract(form("m"), form("n"))), read("h", "m"))
    return system(
        "H",
        [
            array("w", "k", box(k=(-1, 1))),
            array("h", "m", box(m=(0, shifted("H", -1)))),
            array("xi", "n", box(n=inside)),
        ],
        [equation(read("xi", "n"), "n", box(n=inside), total(both, "m", product))],
        outputs=("xi",),
    )


def two_outputs() -> System:
    """p = a b, q[i] = a u[i]; nothing reads the input z."""
    i = (1, "n")
    return system(
        "n",
        [
            array("a"),
            array("b"),
            array("u", "i", box(i=i)),
            array("z", "i", box(i=i)),
            array("p"),
            array("q", "i", box(i=i)),
        ],
        [
            equation(read("p"), "", box(), build.multiply(read("a"), read("b"))),
            equation(read("q", "i"), "i", box(i=i), build.multiply(read("a"), read("u", "i"))),
        ],
        outputs=("p", "q"),
    )


def recurrence() -> System:
    """h[t] = tanh(u h[t-1] + x[t]), h[0] = 0: a change is felt ever after."""
    t = (1, "T")
    before = read("h", shifted("t", -1))
    inside = build.add(build.multiply(read("u"), before), read("x", "t"))
    return system(
        "T",
        [
            array("u"),
            array("x", "t", box(t=t)),
            array("h", "t", box(t=(0, "T"))),
            array("L"),
        ],
        [
            equation(read("h", "t"), "t", box(t=(0, 0)), build.ZERO),
            equation(read("h", "t"), "t", box(t=t), Call("tanh", (inside,))),
            equation(read("L"), "", box(), squares(box(t=t), "t", read("h", "t"))),
        ],
        "L",
    )


def lattice() -> System:
    """h[i,j] from its three neighbours, as in dynamic time warping, borders of ones."""
    i, j = (1, "A"), (1, "B")
    up, left = shifted("i", -1), shifted("j", -1)
    border = domains.unite(box(i=(0, 0), j=(0, "B")), box(i=i, j=(0, 0)))
    inside = build.add(
        read("c", "i", "j"),
        read("h", up, "j"),
        build.multiply(read("t"), read("h", "i", left)),
        build.negate(read("h", up, left)),
    )
    return system(
        "A B",
        [
            array("c", "i j", box(i=i, j=j)),
            array("t"),
            array("h", "i j", box(i=(0, "A"), j=(0, "B"))),
            array("L"),
        ],
        [
            equation(read("h", "i", "j"), "i j", border, build.ONE),
            equation(read("h", "i", "j"), "i j", box(i=i, j=j), Call("tanh", (inside,))),
            equation(read("L"), "", box(), read("h", "A", "B")),
        ],
        "L",
    )


def two_steps_back() -> System:
    """h[t] = u[t] h[t-2] + x[t]: every other element depends on a given one."""
    t = (1, "T")
    before = read("h", shifted("t", -2))
    new = build.add(build.multiply(read("u", "t"), before), read("x", "t"))
    return system(
        "T",
        [
            array("x", "t", box(t=t)),
            array("u", "t", box(t=t)),
            array("h", "t", box(t=(-1, "T"))),
            array("L"),
        ],
        [
            equation(read("h", "t"), "t", box(t=(-1, 0)), build.ZERO),
            equation(read("h", "t"), "t", box(t=t), new),
            equation(read("L"), "", box(), squares(box(t=t), "t", read("h", "t"))),
        ],
        "L",
    )


def embedding() -> System:
    """L = sum(i) (sum(c) W[y[i],c] u[i,c])^2: a gather by data."""
    i, c = (1, "N"), (1, "D")
    row = Access("W", (affine.name(read("y", "i")), affine.name("c")))
    product = total(box(c=c), "c", build.multiply(row, read("u", "i", "c")))
    return system(
        "N V D",
        [
            array("W", "k c", box(k=(1, "V"), c=c)),
            array("u", "i c", box(i=i, c=c)),
            array("y", "i", box(i=i), kind="integer", values=(form(1), form("V"))),
            array("L"),
        ],
        [equation(read("L"), "", box(), squares(box(i=i), "i", product))],
        "L",
    )


def by_largest() -> System:
    """s[i] = argmax(k) x[i,k], L = sum(i) x[i,s[i]] v[s[i]]: integers that data decide."""
    i, k = (1, "N"), (1, "V")
    place = ArgReduce("argmax", "k", box(k=k), read("x", "i", "k"))
    at = affine.name(read("s", "i"))
    product = build.multiply(Access("x", (form("i"), at)), Access("v", (at,)))
    return system(
        "N V",
        [
            array("x", "i k", box(i=i, k=k)),
            array("v", "k", box(k=k)),
            array("s", "i", box(i=i), kind="integer", values=(form(1), form("V"))),
            array("L"),
        ],
        [
            equation(read("s", "i"), "i", box(i=i), place),
            equation(read("L"), "", box(), total(box(i=i), "i", product)),
        ],
        "L",
    )


def strided() -> System:
    """o[t] = h[2 t] for 0 <= t, 2 t <= H - 1."""
    inside = domains.from_relations(
        [
            domains.at_least(form("t"), form(0)),
            domains.at_least(shifted("H", -1), affine.scale(form("t"), 2)),
        ]
    )
    return system(
        "H",
        [
            array("h", "m", box(m=(0, shifted("H", -1)))),
            array("o", "t", inside),
            array("z", "t", inside),
        ],
        [
            equation(
                read("o", "t"),
                "t",
                inside,
                build.add(read("h", affine.scale(form("t"), 2)), read("z", "t")),
            )
        ],
        outputs=("o",),
    )
