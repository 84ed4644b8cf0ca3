r"""What functions are defined with, as plain parameters.

    f_c(x) = v_c^\top x,  f_j(u_i)                            -->   f(c, x) = …,  f(j, u_i)
    k(x_p, x_q) = \exp(-\sum_d (x_{pd} - x_{qd})^2),  k(x_i, z)   -->   k(x_p, x_q), each a parameter
    p(x | \mu, \sigma^2) = …,  p(x_n | \mu_k, \sigma_k^2)       -->   p(x, \mu, \sigma) = …, p(x_n, \mu_k, \sigma_k)

An element that a function is defined with stands for any value, k(x_0, x) = … too: its letters count nothing. Where the
formula counts with them, as in \frac{a_i}{\sum_j a_j}, they are parameters themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import (
    Apply,
    Chain,
    Indexed,
    Name,
    Num,
    Power,
    Statement,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with functions of plain parameters where they were of more."""
    taken = tree.names(*(s.relation for s in statements))
    found: dict[str, _Function] = {}
    for statement in statements:
        function = _defined(statement, taken)
        if function is not None:
            found[function.name] = function
    found = {n: f for n, f in found.items() if not f.is_plain}
    if not found:
        return statements

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        function = found.get(_head(new) or "")
        if function is None or not isinstance(new, Apply):
            return new
        return function.call(new)

    result = []
    for statement in statements:
        own = next((f for f in found.values() if f.statement is statement), None)
        relation = statement.relation
        if own is not None and isinstance(relation, Chain):
            left, right = own.definition()
            relation = replace(relation, operands=(left, node(right)))
        else:
            relation = node(relation)
        conditions = tuple(node(c) for c in statement.conditions)
        result.append(replace(statement, relation=relation, conditions=conditions))
    return result


def _head(node: Syntax) -> str | None:
    """f of f(x) and of f_c(x)."""
    if not isinstance(node, Apply) or node.primes:
        return None
    head = node.head.base if isinstance(node.head, Indexed) else node.head
    return head.name if isinstance(head, Name) else None


def _places(call: Apply) -> tuple[Syntax, ...]:
    """c of f_c(x)."""
    return tree.apart(call.head.subscripts) if isinstance(call.head, Indexed) else ()


@dataclass(frozen=True, slots=True)
class _Slot:
    """An argument as it stands in the definition, and the parameters that it gives.

    `kind` says how: "plain" itself, "element" as a whole, "letters" by its subscripts, "square" by its root.
    """

    kind: str
    stated: Syntax
    parameters: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Function:
    name: str
    left: Apply
    body: Syntax
    slots: tuple[_Slot, ...]
    statement: Statement

    @property
    def is_plain(self) -> bool:
        return isinstance(self.left.head, Name) and all(s.kind == "plain" for s in self.slots)

    def definition(self) -> tuple[Syntax, Syntax]:
        """f(c, x) and its formula."""
        parameters = {p.name: p for slot in self.slots for p in slot.parameters}
        body = self.body
        for slot in self.slots:
            if slot.kind == "element":
                body = _with_element(body, slot)
        head = self._bare_head(self.left)
        return replace(self.left, head=head, arguments=tuple(parameters.values())), body

    def call(self, node: Apply) -> Syntax:
        given = (*_places(node), *node.arguments)
        if len(given) != len(self.slots):
            return node
        values: dict[str, Syntax] = {}
        for slot, argument in zip(self.slots, given, strict=True):
            for parameter, value in zip(slot.parameters, self._values(slot, argument), strict=True):
                known = values.setdefault(parameter.name, value)
                if tree.key(known) != tree.key(value):
                    raise DeltaruleError(
                        "E107",
                        f"'{parameter.name}' would have two values in this call",
                        at=node.span,
                        seen=f"'{self.name}' is defined with one {parameter.name}",
                        help="define it with a letter for each",
                    )
        return replace(node, head=self._bare_head(node), arguments=tuple(values.values()))

    def _bare_head(self, node: Apply) -> Syntax:
        return node.head.base if isinstance(node.head, Indexed) else node.head

    def _values(self, slot: _Slot, argument: Syntax) -> tuple[Syntax, ...]:
        """What the parameters of a slot are for this argument. E107 where it has another form."""
        match slot.kind:
            case "square":
                return (_root(argument),)
            case "letters":
                assert isinstance(slot.stated, Indexed), "its letters are parameters"
                if isinstance(argument, Indexed) and len(argument.subscripts) == len(
                    slot.parameters
                ):
                    if tree.key(argument.base) == tree.key(slot.stated.base):
                        return argument.subscripts
                self._refuse(slot, argument)
        return (argument,)

    def _refuse(self, slot: _Slot, argument: Syntax) -> None:
        stated = slot.stated.span
        text = stated.source.text[stated.start : stated.end]
        raise DeltaruleError(
            "E107",
            f"'{self.name}' is defined for elements of one array only",
            at=argument.span,
            seen=f"no element such as {text}",
            help=f"its formula counts with the subscripts of {text}: write the formula out here",
        )


# ------------------------------------------------------------------------------ definitions


def _defined(statement: Statement, taken: set[str]) -> _Function | None:
    sides = statement_tree.sides(statement)
    if sides is None:
        return None
    left, body = sides
    name = _head(left)
    if name is None or not isinstance(left, Apply) or not left.arguments:
        return None
    slots = []
    for stated in (*_places(left), *left.arguments):
        slot = _slot(stated, body, left, taken)
        if slot is None:
            return None
        slots.append(slot)
    return _Function(name, left, body, tuple(slots), statement)


def _slot(stated: Syntax, body: Syntax, left: Apply, taken: set[str]) -> _Slot | None:
    if isinstance(stated, Name):
        return _Slot("plain", stated, (stated,))
    if isinstance(stated, Power) and isinstance(stated.base, Name) and _is_two(stated.exponent):
        return _Slot("square", stated, (stated.base,))
    if not isinstance(stated, Indexed) or not isinstance(stated.base, Name):
        return None
    letters = tuple(x for x in tree.apart(stated.subscripts) if isinstance(x, Name | Num))
    names = tuple(x for x in letters if isinstance(x, Name))
    if len(letters) != len(tree.apart(stated.subscripts)):
        return None
    elements = [a for a in left.arguments if isinstance(a, Indexed)]
    others = [a for a in (*_places(left), *left.arguments) if not isinstance(a, Indexed)]
    free = {n for part in (body, *others) for n in _outside(part, elements)}
    if {n.name for n in names} & free or _reads_other(body, stated, elements):
        return _Slot("letters", stated, names) if len(names) == len(letters) else None
    name = next(x for x in _spare(stated.base.name, letters) if x not in taken)
    taken.add(name)
    span = stated.span
    latex = f"{stated.base.latex}_{{{''.join(tree.written(x) for x in letters)}}}"
    return _Slot("element", stated, (Name(name, latex, span, stated.base.vector),))


def _spare(base: str, letters: tuple[Name | Num, ...]) -> Iterator[str]:
    name = f"{base}_{''.join(n.name if isinstance(n, Name) else n.text for n in letters)}"
    yield name
    yield from (f"{name}{n}" for n in range(2, 1000))


def _is_two(exponent: Syntax) -> bool:
    return isinstance(exponent, Num) and exponent.text == "2"


def _root(argument: Syntax) -> Syntax:
    r"""\sigma_k for \sigma_k^2; \sqrt{v} for v."""
    if isinstance(argument, Power) and _is_two(argument.exponent):
        return argument.base
    head = Name("sqrt", "\\sqrt", argument.span)
    return Apply(head, 0, (argument,), True, argument.span)


def _begins_with(node: Syntax, stated: Indexed) -> bool:
    """Whether x_{pd} is a component of x_p."""
    if not isinstance(node, Indexed) or tree.key(node.base) != tree.key(stated.base):
        return False
    wanted, have = tree.apart(stated.subscripts), tree.apart(node.subscripts)
    return [tree.key(s) for s in have[: len(wanted)]] == [tree.key(s) for s in wanted]


def _outside(node: Syntax, elements: list[Indexed]) -> Iterator[str]:
    """The symbols that are no part of these elements."""
    whole = next((e for e in elements if _begins_with(node, e)), None)
    if whole is not None:
        assert isinstance(node, Indexed), "only these begin with an element"
        for part in tree.apart(node.subscripts)[len(tree.apart(whole.subscripts)) :]:
            yield from _outside(part, elements)
        return
    if isinstance(node, Name):
        yield node.name
    for child in tree.children(node):
        yield from _outside(child, elements)


def _reads_other(body: Syntax, stated: Indexed, elements: list[Indexed]) -> bool:
    """Whether the formula reads more of the array than its arguments: a_j beside a_i."""
    return any(
        isinstance(n, Indexed)
        and tree.key(n.base) == tree.key(stated.base)
        and not any(_begins_with(n, e) for e in elements)
        for n in tree.descend(body)
    )


def _with_element(node: Syntax, slot: _Slot) -> Syntax:
    """The parameter for x_p, its component d for x_{pd}."""
    assert isinstance(slot.stated, Indexed)
    (parameter,) = slot.parameters
    if _begins_with(node, slot.stated):
        assert isinstance(node, Indexed)
        name = replace(parameter, span=node.span)
        rest = tree.apart(node.subscripts)[len(tree.apart(slot.stated.subscripts)) :]
        inner = tuple(_with_element(part, slot) for part in rest)
        return replace(node, base=name, subscripts=inner) if inner else name
    return tree.rebuild(node, lambda child: _with_element(child, slot))
