r"""The formula that a call of a function of vectors stands for, and the array that holds its value.

    D(P, Q) = \sum_i P_i \ln Q_i,  D(p_i, q_i)    -->   D_i = \sum_j p_{i,j} \ln q_{i,j}
    s(z)_k = \exp(z_k),  s(u)                     -->   s_k = \exp(u_k)

An index that the formula sums over gets another letter where an argument has the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import count

from deltarule.errors import DeltaruleError
from deltarule.notation import tree, vector_bars
from deltarule.notation.syntax import Apply, Big, Indexed, Name, Num, Syntax
from deltarule.notation.vector_arrays import Arrays, Axes, Scope
from deltarule.notation.vector_definitions import Definition

DEEPEST_CALLS = 10  # a function within itself: f(f(x))
MOST_CALLS = 200


def instance(arrays: Arrays, definition: Definition, call: Apply, scope: Scope) -> Indexed:
    """The array that holds f(x_i): its equation is the body with x_i for x."""
    key = (definition.name, *(tree.key(a) for a in call.arguments))
    if key in arrays.made:
        return arrays.made[key]
    anywhere = {axis: Num("1", call.span) for axis in definition.axes}
    body = _body(arrays, definition, call, scope, anywhere)
    _refuse_endless(arrays, definition, call)
    if len(definition.parameters) > 1:  # of one it may be a function of numbers, for each element
        vector_bars.refuse_value(arrays, body)
    first = not any(k[0] == definition.name for k in arrays.instances)
    spare = (f"{definition.name}_{n}" for n in count(2))
    name = definition.name if first else arrays.letters.claim(spare)
    shown = Name(name, definition.latex if name == definition.name else name, call.span)

    def value(axes: Axes, inside: Scope) -> Syntax:
        if not definition.axes:
            return arrays.component(body, axes, inside)
        here = dict(zip(definition.axes, arrays.indices(axes, call), strict=True))
        return arrays.number(_body(arrays, definition, call, inside, here), inside)

    arrays.instances.append(key)
    arrays.within.append(definition.name)
    lengths = arrays.shapes.lengths(call if definition.axes else body)
    arrays.made[key] = arrays.array(shown, lengths, body, scope, value)
    arrays.within.pop()
    return arrays.made[key]


def _body(
    arrays: Arrays, definition: Definition, call: Apply, scope: Scope, here: Mapping[str, Syntax]
) -> Syntax:
    """The formula with the arguments for the parameters, at these components."""
    if len(call.arguments) != len(definition.parameters):
        raise DeltaruleError(
            "E107",
            f"'{definition.name}' has another number of arguments where it is defined",
            at=call.span,
            seen=f"{len(call.arguments)} here, {len(definition.parameters)} there",
            help="call it as it is defined",
        )
    values: dict[str, Syntax] = {}
    for parameter, argument in zip(definition.parameters, call.arguments, strict=True):
        whole = not _takes_elements(definition.body, parameter)
        simple = whole or tree.symbol(argument) is not None or not arrays.shapes.rank(argument)
        values[parameter] = argument if simple else arrays.own_array(argument, scope)
    lengths = arrays.shapes.own_lengths(definition, call) if definition.axes else {}
    return _substituted(
        definition.body,
        {**lengths, **values, **here},
        scope | _symbols(values.values()) | _symbols(here.values()),
        lambda: arrays.letters.claim(arrays.letters.free),
    )


def _refuse_endless(arrays: Arrays, definition: Definition, call: Apply) -> None:
    """E105 for a function whose formula contains it; f(f(x)) is another matter."""
    if arrays.within.count(definition.name) > DEEPEST_CALLS:
        raise DeltaruleError(
            "E105",
            f"the function '{definition.name}' calls itself",
            at=call.span,
            seen="its formula contains it",
            help="a recurrence is written with a subscript: h[t] = f(h[t-1])",
        )
    if len(arrays.instances) >= MOST_CALLS:
        raise DeltaruleError(
            "E007",
            f"functions of vectors are called in more than {MOST_CALLS} ways",
            at=call.span,
            seen="the limit is reached here",
            help="split the text",
        )


def _substituted(
    body: Syntax,
    values: Mapping[str, Syntax],
    taken: frozenset[str],
    fresh: Callable[[], str],
) -> Syntax:
    """The body with values for its parameters and for the symbols that stand for lengths."""
    for index in sorted(_bound(body) & taken):
        body = _renamed(body, index, fresh())
    return _flat(tree.substitute(body, values))


def _takes_elements(body: Syntax, parameter: str) -> bool:
    """Whether the body reads components of the parameter, P_i."""
    return any(
        isinstance(n, Indexed) and isinstance(n.base, Name) and n.base.name == parameter
        for n in tree.descend(body)
    )


def _symbols(nodes: Iterable[Syntax]) -> frozenset[str]:
    return frozenset(n.name for node in nodes for n in tree.descend(node) if isinstance(n, Name))


def _bound(body: Syntax) -> frozenset[str]:
    found: set[str] = set()
    for node in tree.descend(body):
        if isinstance(node, Big):
            found.update(tree.bound_by(node, None))
    return frozenset(found)


def _renamed(node: Syntax, index: str, letter: str) -> Syntax:
    """The expression with another letter for an index that sums in it bind."""
    if isinstance(node, Big) and index in tree.bound_by(node, None):
        new = {index: Name(letter, letter, node.span)}
        below = tuple(tree.substitute(b, new) for b in node.below)
        return replace(node, below=below, body=tree.substitute(node.body, new))
    return tree.rebuild(node, lambda child: _renamed(child, index, letter))


def _flat(node: Syntax) -> Syntax:
    """p_{i,j} for the component j of p_i."""
    new = tree.rebuild(node, _flat)
    if isinstance(new, Indexed) and isinstance(new.base, Indexed):
        inner = new.base
        return replace(new, base=inner.base, subscripts=(*inner.subscripts, *new.subscripts))
    return new
