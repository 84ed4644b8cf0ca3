"""Subscripts, ranges and index conditions as LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, CompareOp, Relation
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
from deltarule.notation.print_latex_names import braced, name_to_latex
from deltarule.notation.print_place import default_adjoint
from deltarule.notation.print_text_forms import not_sizes, signed_sum

Spelling = Mapping[str, str]

COMPARISONS: dict[CompareOp, str] = {
    "=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge",
}  # fmt: skip


def element(system: System, access: Access) -> str:
    r"""An array with its subscripts: \xi_{i,j}, \frac{\partial E}{\partial \xi_i}."""
    default = default_adjoint(system, access.array)
    if default is None:
        return element_to_latex(access, system.latex)
    objective, of = default
    above = rf"\partial {name_to_latex(objective, system.latex)}"
    return rf"\frac{{{above}}}{{\partial {element(system, Access(of, access.subscripts))}}}"


def element_to_latex(access: Access, spelling: Spelling) -> str:
    if not access.subscripts:
        return name_to_latex(access.array, spelling)
    subscripts = ",".join(affine_to_latex(s, spelling) for s in access.subscripts)
    return f"{name_to_latex(access.array, spelling, has_subscripts=True)}_{braced(subscripts)}"


def affine_to_latex(form: Affine, spelling: Spelling) -> str:
    r"""j-1, 2n+k, y_i."""
    parts: list[tuple[int, str]] = []
    for atom, c in form.terms:
        if isinstance(atom, str):
            text = name_to_latex(atom, spelling)
        else:
            text = element_to_latex(atom, spelling)
        parts.append((c, text if abs(c) == 1 else f"{abs(c)}{text}"))
    return signed_sum(parts, form.constant)


def domain_to_latex(
    domain: Domain,
    indices: Sequence[str],
    context: Domain | None = None,
    spelling: Spelling | None = None,
) -> str:
    r"""Ranges and what else holds: 2 \le j \le M,\ 1 \le k < j; the empty string for everything."""
    return clauses_to_latex(describe(domain, indices, context), spelling or {})


def relation_to_latex(
    relation: Relation, sizes: Iterable[str] = (), spelling: Spelling | None = None
) -> str:
    r"""k = y_i, j < M; a side with nothing but sizes and numbers stands on the right."""
    return chain_to_latex(written(relation, not_sizes(relation, sizes)), spelling or {})


def clauses_to_latex(clauses: Iterable[Clause], spelling: Spelling) -> str:
    return r",\ ".join(clause_to_latex(c, spelling) for c in clauses)


def clause_to_latex(clause: Clause, spelling: Spelling) -> str:
    match clause:
        case Range():
            return chain_to_latex(range_chain(clause), spelling)
        case Chain():
            return chain_to_latex(clause, spelling)
        case Either(branches):
            joined = (
                r" \text{ and } ".join(chain_to_latex(c, spelling) for c in branch)
                for branch in branches
            )
            return r" \text{ or } ".join(joined)
        case Verbatim(text):
            return rf"\text{{{text.replace('_', chr(92) + '_')}}}"


def chain_to_latex(chain: Chain, spelling: Spelling) -> str:
    text = affine_to_latex(chain.operands[0], spelling)
    for op, operand in zip(chain.ops, chain.operands[1:], strict=True):
        text += f" {COMPARISONS[op]} {affine_to_latex(operand, spelling)}"
    return text
