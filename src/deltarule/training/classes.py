"""The class that a System holds likeliest: the largest of the probabilities whose logarithm is its loss."""

from __future__ import annotations

from dataclasses import replace

from deltarule.equations import affine, domains, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
    ArgReduce,
    Bracket,
    Call,
    Expr,
    Mul,
    Relation,
)
from deltarule.equations.system import Equation, System
from deltarule.training.prediction import prediction_equation


def is_class(prediction: Equation) -> bool:
    return isinstance(prediction.expression, ArgReduce)


def likeliest(system: System, target: str, node: Expr, inside: Domain) -> Equation | None:
    """[k = y[i]] ln(h[i,k])  -->  y_predicted[i] = argmax(k) h[i,k], and so for ln(h[i,y[i]])."""
    if isinstance(node, Mul):
        return _by_bracket(system, target, node, inside)
    if isinstance(node, Call) and node.function == "ln":
        return _by_gather(system, target, node.args[0], inside)
    return None


def _by_bracket(system: System, target: str, node: Mul, inside: Domain) -> Equation | None:
    chosen = [m for m in (_class_index(f, target) for f in node.factors) if m is not None]
    logarithms = [f.args[0] for f in node.factors if isinstance(f, Call) and f.function == "ln"]
    if len(chosen) != 1 or len(logarithms) != 1:
        return None
    index, access = chosen[0]
    return _argmax(system, access, index, logarithms[0], inside)


def _class_index(factor: Expr, target: str) -> tuple[str, Access] | None:
    """[k = y[i]]  -->  k, y[i]"""
    match factor:
        case Bracket(Relation(Affine(((str(index), a), (Access() as access, b)), 0), "=")):
            return (index, access) if access.array == target and a == -b else None
    return None


def _by_gather(system: System, target: str, score: Expr, inside: Domain) -> Equation | None:
    read = {a for a in walk.accesses(score) if a.array == target}
    values = system.arrays[target].values
    if len(read) != 1 or values is None:
        return None
    (access,) = read
    index = walk.fresh_name("class", walk.free_names(score) | walk.bound_names(score))
    spread = _replace_gather(score, access, affine.name(index))
    if any(a.array == target for a in walk.accesses(spread)):
        return None
    every = domains.intersect(inside, domains.between(values[0], index, values[1]))
    return _argmax(system, access, index, spread, every)


def _replace_gather(node: Expr, gather: Access, index: Affine) -> Expr:
    """h[i,y[i]] --> h[i,k]"""
    if isinstance(node, Access):
        subscripts = tuple(index if affine.gather(s) == gather else s for s in node.subscripts)
        return replace(node, subscripts=subscripts)
    return walk.map_children(node, lambda child: _replace_gather(child, gather, index))


def _argmax(
    system: System, target: Access, index: str, score: Expr, inside: Domain
) -> Equation | None:
    best = ArgReduce("argmax", index, inside, score)
    return prediction_equation(system, target, best, domains.project_out(inside, [index]))
