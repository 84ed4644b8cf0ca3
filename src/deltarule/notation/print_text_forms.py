"""Names, subscripts, ranges and index conditions as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltarule.equations import affine
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Relation
from deltarule.equations.system import System
from deltarule.notation.print_domains import (
    Chain,
    Clause,
    Either,
    Range,
    Verbatim,
    describe,
    range_chain,
    written,
)
from deltarule.notation.print_place import default_adjoint


def element(system: System, access: Access) -> str:
    """An array with its subscripts: xi[i,j], dE/dxi[i,j]."""
    subscripts = [affine_to_text(s) for s in access.subscripts]
    return array_name(system, access.array) + brackets(subscripts)


def array_name(system: System, name: str) -> str:
    """The name of an array; of an adjoint without a name of its own, dE_dxi --> dE/dxi."""
    default = default_adjoint(system, name)
    return name if default is None else f"d{default[0]}/d{default[1]}"


def brackets(subscripts: Sequence[str]) -> str:
    """[i,j]; with spaces where a subscript is more than a name: [m_1-n_1, m_2-n_2]."""
    comma = "," if all(s.isidentifier() or s.isdecimal() for s in subscripts) else ", "
    return f"[{comma.join(subscripts)}]" if subscripts else ""


def affine_to_text(form: Affine) -> str:
    """j-1, 2*n+k, y[i]."""
    terms = [
        (c, atom if isinstance(atom, str) else _integer_element(atom)) for atom, c in form.terms
    ]
    parts = [(c, t if abs(c) == 1 else f"{abs(c)}*{t}") for c, t in terms]
    return signed_sum(parts, form.constant)


def signed_sum(terms: Sequence[tuple[int, str]], constant: int) -> str:
    """Terms with the sign of their coefficients, a positive one first if there is one: j-k+1."""
    parts = sorted(terms, key=lambda term: term[0] < 0)
    if constant or not parts:
        first = constant > 0 and all(c < 0 for c, _ in parts)
        parts.insert(0 if first else len(parts), (constant, str(abs(constant))))
    return "".join(("-" if c < 0 else "+") + t for c, t in parts).removeprefix("+")


def _integer_element(access: Access) -> str:
    return access.array + brackets([affine_to_text(s) for s in access.subscripts])


def domain_to_text(domain: Domain, indices: Sequence[str], context: Domain | None = None) -> str:
    """Ranges and what else holds: `j = 2..M, k = 1..j-1`; the empty string for everything."""
    return clauses_to_text(describe(domain, indices, context))


def relation_to_text(relation: Relation, sizes: Iterable[str] = ()) -> str:
    """`k = y[i]`, `j < M`; a side with nothing but sizes and numbers stands on the right."""
    return chain_to_text(written(relation, not_sizes(relation, sizes)))


def not_sizes(relation: Relation, sizes: Iterable[str]) -> list[str]:
    return sorted(affine.names(relation.affine) - set(sizes))


def clauses_to_text(clauses: Iterable[Clause]) -> str:
    """Ranges as j = 2..M."""
    return ", ".join(clause_to_text(c) for c in clauses)


def conditions_to_text(clauses: Iterable[Clause]) -> str:
    """Ranges as 2 <= j < M."""
    return ", ".join(clause_to_text(range_chain(c) if isinstance(c, Range) else c) for c in clauses)


def clause_to_text(clause: Clause) -> str:
    match clause:
        case Range(index, low, high):
            high_text = "" if low == high else f"..{affine_to_text(high)}"
            return f"{index} = {affine_to_text(low)}{high_text}"
        case Chain():
            return chain_to_text(clause)
        case Either(branches):
            return " or ".join(
                " and ".join(chain_to_text(c) for c in branch) for branch in branches
            )
        case Verbatim(text):
            return text


def chain_to_text(chain: Chain) -> str:
    text = affine_to_text(chain.operands[0])
    for op, operand in zip(chain.ops, chain.operands[1:], strict=True):
        text += f" {op} {affine_to_text(operand)}"
    return text
