r"""Several signs of equality in one statement: forms of one value.

    y = f(x) = W x + b                      -->   f(x) = W x + b,  y = f(x)
    S(i,j) = (I * K)(i,j) = \sum_m …        -->   S(i,j) = \sum_m …
    y = u = 2 x                             -->   u = 2 x,  y = u
    H_{k0} = H_{0l} = 0                     -->   H_{0l} = 0,  H_{k0} = 0,  where H_{ij} has an equation

The last form is the one that is computed, but for cases that leave something out. What stands between and is a name without an equation of
its own gets that form as its definition; other forms say again what the last one says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltarule.equations import functions
from deltarule.errors import DeltaruleError
from deltarule.notation import boundaries, statement_tree, tree
from deltarule.notation.coverage import cover_everything
from deltarule.notation.operators import canonical_function
from deltarule.notation.syntax import (
    Apply,
    Cases,
    Chain,
    Derivative,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Power,
    Product,
    Raised,
    Statement,
    Sum,
    Syntax,
)
from deltarule.source import Span


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with one sign of equality each."""
    defined = {
        base for s in statements if (base := _base(statement_tree.first_operand(s))) is not None
    }
    sizes = boundaries.limits(statements)
    result: list[Statement] = []
    for statement in statements:
        relation = statement.relation
        if isinstance(relation, Chain) and _is_chain(relation):
            others = [
                left
                for s in statements
                if s is not statement and (left := statement_tree.first_operand(s))
            ]
            forms = list(relation.operands[:-1])
            at_boundaries = all(boundaries.is_boundary(f, others, sizes) for f in forms)
            if len(forms) > 1 and (at_boundaries or boundaries.are_beside(statement, others)):
                result.extend(boundaries.apart(statement, forms, relation.operands[-1]))
                continue
            rest = {n for s in statements if s is not statement for n in _symbols(s.relation)}
            called = {tree.key(c.head) for s in statements if s is not statement
                      for c, _ in _calls(s.relation, frozenset())}  # fmt: skip
            result.extend(_apart(statement, relation, defined, rest, called))
        else:
            result.append(statement)
    return result


def _is_chain(relation: Chain) -> bool:
    several = len(relation.ops) > 1 and set(relation.ops) == {"="}
    stated = not any(isinstance(o, Derivative | Interval) for o in relation.operands)
    left = relation.operands[0]
    left = left.base if isinstance(left, Power) else left  # h^t, which is no power there
    return several and stated and _base(left) is not None


def _apart(
    statement: Statement,
    relation: Chain,
    defined: set[str],
    elsewhere: set[str],
    called: set[object],
) -> list[Statement]:
    *forms, value = relation.operands
    if _is_open(value, defined):
        value = next((f for f in forms[:0:-1] if not _is_open(f, defined)), value)
        forms = [f for f in forms if f is not value]
    if isinstance(value, Cases) and (whole := _form_of_all(forms, value)) is not None:
        forms, value = [f for f in forms if f is not whole], whole
    _refuse_other_symbols(relation, elsewhere)
    found: list[Statement] = []
    for form in reversed(forms):
        base = _base(form)
        new = base is not None and base not in defined and _is_new(form)
        if form is forms[0] or (new and not _says_again(form, relation, called)):
            pair = replace(relation, operands=(form, value), ops=("=",))
            found.append(replace(statement, relation=pair))
            value = form
            defined.add(base or "")
    return found


def _form_of_all(forms: list[Syntax], cases: Cases) -> Syntax | None:
    r"""\operatorname{sign}(z) (|z| - c)_+, beside cases that leave out values of z and c.

    Not beside cases of the indices on the left side, which are equations of their own.
    """
    places = {n for part in _places(forms[0]) for n in _symbols(part)}
    conditions = [c for _, when in cases.branches for c in when or ()]
    indices = all(n in places for c in conditions for n in _symbols(c))
    if indices or cover_everything(cases) or cases.branches[-1][1] is None:
        return None
    known = set(_symbols(cases))
    computed = [f for f in forms[1:] if _base(f) is None or not _is_new(f)]
    closed = [f for f in computed if set(_symbols(f)) <= known and _knows_functions(f)]
    return closed[-1] if closed else None


def _knows_functions(form: Syntax) -> bool:
    heads = [n.head for n in tree.descend(form) if isinstance(n, Apply)]
    return all(functions.is_known(canonical_function(_base(h) or "")) for h in heads)


def _places(left: Syntax) -> tuple[Syntax, ...]:
    """The subscripts of what is defined."""
    found: tuple[Syntax, ...] = ()
    while isinstance(left, Indexed | Raised | Power):
        match left:
            case Indexed(_, subscripts):
                found += subscripts
            case Raised(_, above) | Power(_, above):
                found += (above,)
        left = left.base
    return found


def _says_again(form: Syntax, relation: Chain, called: set[object]) -> bool:
    """F(z, W) of s = F(z, W) = W_2 z: W stands for all weights, and nothing else speaks of F.

    So does c(K, V)_{ij} of Z_{ij} = c(K, V)_{ij} = a_i b_j.
    """
    if isinstance(form, Indexed) and isinstance(form.base, Apply):
        return tree.key(form.base.head) not in called
    if not isinstance(form, Apply) or tree.key(form.head) in called:
        return False
    read = set(_alone(relation.operands[-1]))
    return any(isinstance(a, Name) and a.name not in read for a in form.arguments)


def _alone(node: Syntax) -> Iterator[str]:
    """The symbols that have no subscripts."""
    if isinstance(node, Name):
        yield node.name
    for child in tree.children(node):
        if not (isinstance(node, Indexed) and child is node.base):
            yield from _alone(child)


def _is_open(form: Syntax, defined: set[str]) -> bool:
    """f(x_l, w_l): what an open function of several arguments is, nothing says."""
    return any(
        len(call.arguments) > 1
        and (name := _base(call.head)) is not None
        and name not in defined
        and name not in ("max", "min")
        and not functions.is_known(canonical_function(name))
        and not all(_counts(argument, summed) for argument in call.arguments)
        for call, summed in _calls(form, frozenset())
    )


def _calls(node: Syntax, summed: frozenset[str]) -> Iterator[tuple[Apply, frozenset[str]]]:
    """The calls in a form, each with the indices of the sums around it."""
    if isinstance(node, Apply):
        yield node, summed
    for child, inside in tree.scoped_children(node, summed):
        yield from _calls(child, inside)


def _counts(argument: Syntax, summed: frozenset[str]) -> bool:
    """i and i + m under a sum over i: subscripts of an array."""
    parts = list(tree.descend(argument))
    affine = all(isinstance(n, Name | Num | Sum | Product | Group) for n in parts)
    return affine and any(isinstance(n, Name) and n.name in summed for n in parts)


def _refuse_other_symbols(relation: Chain, elsewhere: set[str]) -> None:
    """E003 for a = b c = d, where an equation for c may begin: nothing else speaks of c."""
    known = elsewhere | set(_symbols(relation.operands[-1])) | set(_symbols(relation.operands[0]))
    for number, form in enumerate(relation.operands[1:-1], start=1):
        last = form.factors[-1] if isinstance(form, Product) and not any(form.ops) else None
        if last is None or not isinstance(last, Name | Indexed):
            continue
        unknown = [n for n in _symbols(last) if n not in known]
        if not unknown:
            continue
        source, after = relation.span.source, relation.operands[number + 1]
        between = source.text[form.span.end : after.span.start]
        start = form.span.end + len(between) - len(between.lstrip())
        raise DeltaruleError(
            "E003",
            "a statement has one '=', or several forms of one value",
            at=Span(source, start, max(start + 1, form.span.end + len(between.rstrip()))),
            seen="the second",
            help=f"only the form before it speaks of {', '.join(unknown)}; "
            "write one equation a line; conditions follow 'for' or 'if'",
        )


def _symbols(node: Syntax) -> list[str]:
    """The symbols of a form, its functions aside."""
    found: dict[str, None] = {}
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Name):
            found[here.name] = None
        heads = (here.head,) if isinstance(here, Apply) and isinstance(here.head, Name) else ()
        waiting.extend(c for c in tree.children(here) if c not in heads)
    return list(found)


def _base(form: Syntax | None) -> str | None:
    """The symbol that a form defines where it stands on the left."""
    while isinstance(form, Indexed | Raised):
        form = form.base
    if isinstance(form, Apply):
        return _base(form.head)
    return form.name if isinstance(form, Name) else None


def _is_new(form: Syntax) -> bool:
    """A name, an element, or an open function of names."""
    if not isinstance(form, Apply):
        return True
    name = canonical_function(_base(form) or "")
    plain = all(isinstance(a, Name) for a in form.arguments)
    return plain and not form.primes and not functions.is_known(name)
