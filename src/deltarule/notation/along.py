r"""Functions of all elements along a named axis, as the sums that they stand for.

\operatorname{softmax}_j(e_{ij})           -->   \frac{\exp(e_{ij})}{\sum_k \exp(e_{ik})}
\operatorname{logsumexp}_{k=1}^K z_k       -->   \ln \sum_{k=1}^K \exp(z_k)
\ln y!                                    -->   \ln \Gamma(y + 1)
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import names, statement_tree, tree
from deltarule.notation.convolution import LETTERS
from deltarule.notation.operators import ALONG_AN_AXIS, canonical_function
from deltarule.notation.syntax import (
    Apply,
    Big,
    Group,
    Indexed,
    Name,
    Num,
    Quotient,
    Statement,
    Sum,
    Syntax,
)


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with softmax_j and logsumexp_k written out."""
    named = {name for s in statements for name in _named(s.relation)}
    if not named:
        return statements
    taken = statement_tree.all_names(statements)

    def node(old: Syntax) -> Syntax:
        new = tree.rebuild(old, node)
        if isinstance(new, Big) and new.op == "logsumexp":
            return _call("ln", replace(new, op="sum", body=_call("exp", new.body)))
        if isinstance(new, Apply) and isinstance(new.head, Name):
            inner = new.arguments[0] if new.arguments else None
            if canonical_function(new.head.name) == "ln" and _is_factorial(inner):
                head = Name("lgamma", r"\operatorname{lgamma}", new.head.span)
                return replace(new, head=head, arguments=(_one_more(inner),))
        found = _function(new)
        if found is None or not isinstance(new, Apply):
            return new
        return _written_out(found, new, taken)

    def final(old: Syntax) -> Syntax:
        new = tree.rebuild(old, final)
        return _call("tgamma", _one_more(new)) if _is_factorial(new) else new

    return [replace(s, relation=final(node(s.relation))) for s in statements]


def of_elements(statements: list[Statement]) -> list[Statement]:
    """p_i = softmax(u_i): along the one index of the left side. E006 where there are several."""
    if not any(_whole(n) for s in statements for n in tree.descend(s.relation)):
        return statements
    taken = statement_tree.all_names(statements)
    known = {
        base for s in statements if (base := tree.symbol(statement_tree.subject(s))) is not None
    }
    result = []
    for statement in statements:
        scope = names.bound_on_the_left(statement)

        def node(old: Syntax, scope: frozenset[str] = scope) -> Syntax:
            new = tree.rebuild(old, lambda child: node(child, scope))
            function = _whole(new)
            if function is None or not isinstance(new, Apply):
                return new
            running = sorted(i for i in scope if _reads(new.arguments[0], i))
            if len(running) != 1 or _may_be_vector(new.arguments[0], known):
                raise DeltaruleError(
                    "E006",
                    f"it is not clear along which index '{function}' runs",
                    at=new.span,
                    seen="ambiguous" if running else "this is a number",
                    help=f"write the index below it, \\operatorname{{{function}}}_"
                    f"{running[0] if running else 'j'}(…), or declare a vector",
                )
            index = Name(running[0], running[0], new.span)
            head = Indexed(new.head, (index,), "subscript", new.head.span)
            return _written_out(function, replace(new, head=head), taken)

        result.append(replace(statement, relation=node(statement.relation)))
    return result


def _may_be_vector(argument: Syntax, known: set[str]) -> bool:
    """u_i, of which nothing says whether it is a number."""
    inner = tree.ungrouped(argument)
    return (
        isinstance(inner, Indexed) and isinstance(inner.base, Name) and inner.base.name not in known
    )


def _whole(node: Syntax) -> str | None:
    """softmax for softmax(u_i)."""
    if isinstance(node, Apply) and isinstance(node.head, Name) and len(node.arguments) == 1:
        name = node.head.name
        return name if name in ALONG_AN_AXIS.values() and not node.primes else None
    return None


def _named(relation: Syntax) -> list[str]:
    found: list[str] = []
    for node in tree.descend(relation):
        if isinstance(node, Big) and node.op == "logsumexp":
            found.append(node.op)
        elif (name := _function(node)) is not None:
            found.append(name)
        elif _is_factorial(node):
            found.append("factorial")
    return found


def _is_factorial(node: Syntax | None) -> bool:
    return isinstance(node, Apply) and isinstance(node.head, Name) and node.head.name == "factorial"


def _one_more(node: Syntax | None) -> Syntax:
    """y + 1 for y!, whose value is \\Gamma(y + 1)."""
    assert isinstance(node, Apply), "asked only of factorials"
    (argument,) = node.arguments
    return Sum(((1, argument), (1, Num("1", node.span))), node.span)


def _function(node: Syntax) -> str | None:
    """softmax for softmax_j(…)."""
    if isinstance(node, Apply) and isinstance(node.head, Indexed):
        base = node.head.base
        if isinstance(base, Name) and len(node.arguments) == 1 and not node.primes:
            return ALONG_AN_AXIS.get(base.name)
    return None


def _written_out(function: str, node: Apply, taken: set[str]) -> Syntax:
    assert isinstance(node.head, Indexed)
    (body,), subscripts = node.arguments, node.head.subscripts
    axis = subscripts[0]
    if len(subscripts) != 1 or not isinstance(axis, Name):
        raise DeltaruleError(
            "E008",
            f"'{function}' runs along one axis",
            at=node.head.span,
            seen="not supported",
            help=f"give it one index, \\operatorname{{{function}}}_j(e_{{ij}})",
        )
    if not _reads(body, axis.name):
        raise DeltaruleError(
            "E003",
            f"the index of '{function}' does not occur in what it is applied to",
            at=node.head.span,
            seen=f"no element has the subscript {axis.name}",
            help=f"write \\operatorname{{{function}}}_j(e_{{ij}})",
        )
    if function == "softmin":
        body = Sum(((-1, body),), body.span)
    letter = letter_after(axis.name, taken)
    running = Name(letter, letter, axis.span)
    inner = _call("exp", tree.substitute(body, {axis.name: running}))
    total = Big("sum", (running,), None, inner, node.span, node.head.span)
    if function == "log_softmax":
        return Group(Sum(((1, body), (-1, _call("ln", total))), node.span), node.span)
    return Quotient(_call("exp", body), total, node.span)


def _reads(body: Syntax, index: str) -> bool:
    elements = (n for n in tree.descend(body) if isinstance(n, Indexed))
    return any(index in tree.names(*e.subscripts) for e in elements)


def letter_after(index: str, taken: set[str]) -> str:
    """j --> k, where nothing else is called k."""
    first = chr(ord(index[0]) + 1) if index[:1] in "ijkmnpqrst" else "k"
    letter = next(x for x in (first, *LETTERS, *(f"{index}{n}" for n in range(2, 99)))
                  if x not in taken)  # fmt: skip
    taken.add(letter)
    return letter


def _call(name: str, argument: Syntax) -> Syntax:
    head = Name(name, f"\\{name}", argument.span)
    return Apply(head, 0, (argument,), True, argument.span)
