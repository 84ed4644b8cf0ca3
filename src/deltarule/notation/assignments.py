r"""`x \leftarrow e` as the equation that it stands for.

    \mu \leftarrow \frac{1}{m} \sum_i x_i      -->   mu = …
    w_i \leftarrow w_i - \eta g_i              -->   w_new_i = w_i - …

    m_t \leftarrow b m_{t-1} + g_t,  m_0 = 0   -->   m_t = …, a recurrence

An assignment that reads its own old value gives the new value a name; what comes after would read
the new one, so nothing may.
"""

from __future__ import annotations

from dataclasses import replace

from deltarule.errors import DeltaruleError
from deltarule.notation import statement_tree, tree
from deltarule.notation.syntax import Chain, Indexed, Name, Num, Statement


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements with every assignment as an equation. E006 where that could be read in two ways."""
    result = []
    for number, statement in enumerate(statements):
        relation = statement.relation
        if isinstance(relation, Chain) and relation.ops == ("<-",):
            others = [s for s in statements if s is not statement]
            if _is_recurrence(relation, others):
                relation = replace(relation, ops=("=",))
            else:
                relation = _equation(relation, statements[number + 1 :])
            statement = replace(statement, relation=relation)
        result.append(statement)
    return result


def _is_recurrence(relation: Chain, others: list[Statement]) -> bool:
    """Whether an element is computed from other elements only, and the first is defined elsewhere."""
    left, right = relation.operands
    if not isinstance(left, Indexed) or not isinstance(left.base, Name):
        return False
    read = [n for n in tree.descend(right) if isinstance(n, Name) and n.name == left.base.name]
    elements = [n for n in tree.descend(right) if isinstance(n, Indexed) and n.base in read]
    if not read or len(elements) < len(read):
        return False
    own = _places(left)
    first = [o for s in others if (o := _first(s, left.base.name)) is not None]
    return all(_places(e) != own for e in elements) and any(_places(f) != own for f in first)


def _places(node: Indexed) -> tuple[object, ...]:
    return tuple(tree.key(s) for s in node.subscripts)


def _first(statement: Statement, name: str) -> Indexed | None:
    """m_0 of m_0 = 0."""
    left = statement_tree.first_operand(statement)
    if not isinstance(left, Indexed) or not isinstance(left.base, Name) or left.base.name != name:
        return None
    return left if all(isinstance(s, Num) for s in left.subscripts) else None


def _equation(relation: Chain, later: list[Statement]) -> Chain:
    left, right = relation.operands
    name = left.base if isinstance(left, Indexed) else left
    if isinstance(name, Name) and name.name in tree.names(right):
        again = next((n for s in later for n in _occurrences(s, name.name)), None)
        if again is not None:
            raise DeltaruleError(
                "E006",
                f"'{name.name}' can be read in two ways after an assignment that changes it",
                at=again.span,
                seen="the old value or the new one?",
                help="give the new value a name or an index of its own, for example "
                rf"{name.latex}' or {name.latex}_{{t+1}}",
            )
        new = replace(name, name=f"{name.name}_new", latex=f"{name.latex}^{{\\mathrm{{new}}}}")
        left = replace(left, base=new) if isinstance(left, Indexed) else new
    return replace(relation, operands=(left, right), ops=("=",))


def _occurrences(statement: Statement, name: str) -> list[Name]:
    nodes = tree.descend(statement.relation)
    return [n for n in nodes if isinstance(n, Name) and n.name == name]
