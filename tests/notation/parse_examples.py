"""Statements as short text, so that a table of tests can say what was read.

An operator stands before its operands in parentheses, subscripts in brackets.
"""

from __future__ import annotations

from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Convolution,
    Derivative,
    Group,
    Indexed,
    Interval,
    Iverson,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    Raised,
    RealSpace,
    Statement,
    Sum,
    Syntax,
    Transposed,
)


def show_statement(statement: Statement) -> str:
    text = show(statement.relation)
    return text + "".join(f" | {show(c)}" for c in statement.conditions)


def show(node: Syntax) -> str:
    match node:
        case Num(text):
            return text
        case Name(name, _, _, vector):
            return f"<{name}>" if vector else name
        case Indexed(base, subscripts):
            return f"{show(base)}[{_list(subscripts)}]"
        case Apply(head, primes, arguments, parenthesised):
            brackets = "{}({})" if parenthesised else "{} {}"
            return brackets.format(show(head) + "'" * primes, _list(arguments))
        case Group(body):
            return f"({show(body)})"
        case Sum(terms):
            return "{" + "".join("+-"[sign < 0] + show(term) for sign, term in terms) + "}"
        case Product(factors, ops):
            signs = {"": " ", "dot": "·", "odot": "⊙"}
            text = show(factors[0])
            for op, factor in zip(ops, factors[1:], strict=True):
                text += signs[op] + show(factor)
            return f"‹{text}›"
        case Quotient(numerator, denominator):
            return f"‹{show(numerator)}/{show(denominator)}›"
        case Convolution(left, right):
            return f"‹{show(left)} * {show(right)}›"
        case Power(base, exponent):
            return f"{show(base)}^{show(exponent)}"
        case Raised(base, inside):
            return f"{show(base)}^({show(inside)})"
        case Transposed(base):
            return f"{show(base)}^⊤"
        case Big(op, below, above, body):
            limit = "" if above is None else f" to {show(above)}"
            return f"{op}[{_list(below)}{limit}]({show(body)})"
        case Interval(low, high):
            return f"{show(low)}..{show(high)}"
        case RealSpace(dimensions):
            return f"R({_list(dimensions)})"
        case Chain(operands, ops):
            text = show(operands[0])
            for relation, operand in zip(ops, operands[1:], strict=True):
                text += f" {relation} {show(operand)}"
            return text
        case Iverson(conditions):
            return f"⟦{_list(conditions)}⟧"
        case Cases(branches):
            return "cases(" + "; ".join(_branch(*b) for b in branches) + ")"
        case Norm(body, order):
            return f"‖{show(body)}‖" + ("" if order is None else f"_{show(order)}")
        case AbsoluteValue(body):
            return f"|{show(body)}|"
        case Derivative(of, by):
            return f"d({show(of)})/d({show(by)})"


def _list(nodes: tuple[Syntax, ...]) -> str:
    return ",".join(show(n) for n in nodes)


def _branch(value: Syntax, conditions: tuple[Syntax, ...] | None) -> str:
    return f"{show(value)} if {'else' if conditions is None else _list(conditions)}"
