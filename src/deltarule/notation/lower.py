"""Scalar surface expressions into the System's expressions.

Every name has its kind by now (`symbols`), vectors are written by components (`vectors`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn, TypeGuard

from deltarule.equations import build, functions
from deltarule.equations.nodes import (
    Access,
    All,
    ArgReduce,
    Bracket,
    Call,
    Compare,
    CompareOp,
    Condition,
    Expr,
    IndexValue,
    Number,
    Order,
    Reduce,
    Select,
    Size,
)
from deltarule.errors import DeltaruleError
from deltarule.notation import clipped, limits, tree
from deltarule.notation.coverage import cover_everything
from deltarule.notation.operators import FUNCTIONS
from deltarule.notation.subscripts import Subscripts, split
from deltarule.notation.symbols import function_name
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
    Inner,
    Iverson,
    Name,
    Norm,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Syntax,
    Transposed,
)
from deltarule.source import Span


@dataclass(frozen=True)
class Lowering(Subscripts):
    """Lowers expressions, and what stands in their subscripts."""

    # ------------------------------------------------------------------------------ values

    def value(self, node: Syntax, scope: frozenset[str]) -> Expr:
        """The real number that an expression is."""
        match node:
            case Num(text):
                return Number(Fraction(text), node.span)
            case Name():
                return self._symbol(node, scope)
            case Indexed():
                return self._element(node, scope)
            case Apply():
                return self._application(node, scope)
            case Group(body):
                return self.value(body, scope)
            case Sum(terms):
                return build.add(
                    *(
                        self.value(t, scope) if sign == 1 else build.negate(self.value(t, scope))
                        for sign, t in terms
                    )
                )
            case Product(factors):
                return build.multiply(*(self.value(f, scope) for f in factors))
            case Quotient(above, below):
                return build.divide(self.value(above, scope), self.value(below, scope))
            case Power():
                return self._power(node, scope)
            case AbsoluteValue(body) | Norm(body):
                return build.call("abs", self.value(body, scope))
            case Big():
                return self._big(node, scope)
            case Iverson(conditions):
                parts = [self.condition(c, scope) for c in conditions]
                return build.multiply(*(Bracket(p, node.span) for p in parts))
            case Cases():
                return self._cases(node, scope)
        raise _unsupported(node)

    def _symbol(self, node: Name, scope: frozenset[str]) -> Expr:
        name = node.name
        if name in scope:
            return IndexValue(name, node.span)
        if name in self.symbols.sizes:
            return Size(name, node.span)
        known = name in FUNCTIONS and name not in self.symbols.defined
        if name in self.symbols.functions or known:
            raise DeltaruleError(
                "E107",
                f"the function '{name}' is used as a number",
                at=node.span,
                seen="no parentheses follow",
                help=f"write {name}(…), or give the number another name",
            )
        return Access(name, (), node.span)

    def _element(self, node: Indexed, scope: frozenset[str]) -> Expr:
        if isinstance(node.base, Group | Apply):
            raise DeltaruleError(
                "E008",
                "a component of an expression in parentheses is not supported",
                at=node.span,
                help="give the expression a name with an equation of its own",
            )
        if not isinstance(node.base, Name):
            text = node.base.span.source.text[node.base.span.start : node.base.span.end]
            what = "number" if isinstance(node.base, Num) else "expression"
            raise DeltaruleError(
                "E008",
                f"the {what} '{text}' has a subscript",
                at=node.span,
                seen="only names have subscripts",
                help="separate it from the name before it, or give it a name",
            )
        choice = clipped.first(node)
        if choice is not None:
            return self._clipped(node, choice, choice.arguments, scope)
        subscripts = tuple(self.position(s, scope) for s in split(node))
        if node.base.name in self.symbols.functions and node.base.name not in self.symbols.defined:
            raise DeltaruleError(
                "E107",
                f"'{node.base.name}' is used as a function and as an array",
                at=node.span,
                help="give one of the two another name",
            )
        return Access(node.base.name, subscripts, node.span)

    def _clipped(
        self, node: Indexed, choice: Apply, left: tuple[Syntax, ...], scope: frozenset[str]
    ) -> Expr:
        """x[max(a, b)] --> x[a] where a >= b, else x[b]; `left` are the arguments not ruled out yet."""
        taken = self.value(clipped.chosen(node, choice, left[0]), scope)
        if len(left) == 1:
            return taken
        one, *others = (self.position(a, scope) for a in left)
        sizes = frozenset(self.symbols.sizes)
        conditions = [(r, clipped.decided(r, sizes)) for r in clipped.is_taken(choice, one, others)]
        if any(known is False for _, known in conditions):
            return self._clipped(node, choice, left[1:], scope)
        open_ones = tuple(relation for relation, known in conditions if known is None)
        if not open_ones:
            return taken
        return Select(
            _all(open_ones), taken, self._clipped(node, choice, left[1:], scope), node.span
        )

    def _application(self, node: Apply, scope: frozenset[str]) -> Expr:
        head = node.head
        if isinstance(head, Name) and not node.arguments:
            return replace(build.call(head.name), span=node.span)  # a constant
        if isinstance(head, Name) and head.name in self.symbols.functions:
            name = function_name(head.name)
            arguments = tuple(self.value(a, scope) for a in node.arguments)
            if name == "sqrt" and not node.primes and len(arguments) == 1:
                return build.power(arguments[0], Fraction(1, 2))
            if name in ("max", "min") and not node.primes:
                if len(arguments) == 1:
                    _refuse_one(node, head)
                return _pairwise(name, arguments)
            if name == "pow" and len(arguments) == 2 and not node.primes:
                return build.power(*arguments)
            called = Call(name, arguments, _order(node, name), node.span)
            return functions.expand(called) if node.primes else called
        if len(node.arguments) != 1 or node.primes:
            raise DeltaruleError(
                "E107",
                "an array or a size stands in front of several arguments",
                at=node.span,
                help="a function has no subscripts here; a product has one factor in parentheses",
            )
        if isinstance(head, Indexed | Power | Transposed) and node.parenthesised:
            _refuse_factor(node, head)
        return build.multiply(self.value(head, scope), self.value(node.arguments[0], scope))

    def _is_product(self, node: Apply) -> bool:
        function = isinstance(node.head, Name) and node.head.name in self.symbols.functions
        return not function and not node.primes and len(node.arguments) == 1

    def _power(self, node: Power, scope: frozenset[str]) -> Expr:
        base = node.base.body if _is_euler(node.base) else node.base
        if isinstance(base, Name) and base.name == "e" and "e" not in self.symbols.defined:
            return replace(build.call("exp", self.value(node.exponent, scope)), span=node.span)
        if isinstance(base, Apply) and self._is_product(base):  # a (x)^2
            inner = replace(node, base=Group(base.arguments[0], base.span))
            return build.multiply(self.value(base.head, scope), self.value(inner, scope))
        if isinstance(base, Apply) and not base.parenthesised and len(base.arguments) == 1:
            raise DeltaruleError(
                "E006",
                "this power can be read in two ways: of the function's value or of its argument",
                at=node.span,
                help="use parentheses",
            )
        if isinstance(base, Name | Indexed):
            _refuse_nought(node)
        return build.power(self.value(base, scope), self.value(node.exponent, scope))

    # ------------------------------------------------------------------------------ reductions

    def _big(self, node: Big, scope: frozenset[str]) -> Expr:
        bound = tree.bound_by(node, scope)
        if not bound:
            raise DeltaruleError(
                "E003", f"'{node.op}' binds no index", at=node.limits_span, seen="which index runs?"
            )
        for index in bound:
            limits.check_free(index, node, scope, self.symbols)
        inside = scope | frozenset(bound)
        node = limits.with_data_inside(node, inside, self.symbols)
        domain, limited = limits.domain(node, bound, inside, self)
        body = self.value(node.body, inside)
        if not limited:
            limits.check_runs(node, bound, body)
        if node.op == "argmax" or node.op == "argmin":
            if len(bound) != 1:
                raise DeltaruleError(
                    "E008", f"{node.op} over several indices is not supported", at=node.span
                )
            return ArgReduce(node.op, bound[0], domain, body, not limited, node.span)
        assert node.op != "logsumexp", "written out by now"
        if node.op == "row":
            raise _unsupported(node)
        return Reduce(node.op, tuple(bound), domain, body, not limited, node.limits_span)

    # ------------------------------------------------------------------------------ conditions

    def condition(self, node: Syntax, scope: frozenset[str]) -> Condition:
        """A condition on indices where both sides are integers, else on data."""
        if isinstance(node, Group):
            return self.condition(node.body, scope)
        if not isinstance(node, Chain):
            raise DeltaruleError(
                "E003", "a condition was expected here", at=node.span, seen="no relation in it"
            )
        pairs = zip(node.operands, node.ops, node.operands[1:], strict=False)
        parts: list[Condition] = []
        for left, op, right in pairs:
            single = Chain((left, right), (op,), node.span)
            if self.is_integer(left, scope) and self.is_integer(right, scope):
                parts.extend(self.relations(single, scope))
            else:
                parts.append(self._compare(single, scope))
        return _all(tuple(parts))

    def _compare(self, chain: Chain, scope: frozenset[str]) -> Compare:
        if chain.ops[0] == "in":
            raise DeltaruleError("E008", "membership is supported for integers only", at=chain.span)
        if chain.ops[0] == "<-":
            raise DeltaruleError("E003", "an assignment is no condition", at=chain.span)
        op: CompareOp = chain.ops[0]
        left, right = (self.value(o, scope) for o in chain.operands)
        return Compare(left, op, right)

    # ------------------------------------------------------------------------------ cases

    def _cases(self, node: Cases, scope: frozenset[str]) -> Expr:
        """Cases inside an expression: the first condition that holds."""
        result: Expr | None = None
        for value, conditions in reversed(node.branches):
            lowered = self.value(value, scope)
            if conditions is None or (result is None and cover_everything(node)):
                result = lowered
            elif result is None:
                raise DeltaruleError(
                    "E008",
                    "cases inside an expression must end with 'otherwise'",
                    at=node.span,
                    help="add a last case: 0 & \\text{otherwise}",
                )
            else:
                parts = tuple(self.condition(c, scope) for c in conditions)
                result = Select(_all(parts), lowered, result, node.span)
        assert result is not None
        return result


def _all(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts)


def _is_euler(node: Syntax) -> TypeGuard[Group]:
    return isinstance(node, Group) and isinstance(node.body, Name) and node.body.name == "e"


def _pairwise(name: str, arguments: tuple[Expr, ...]) -> Expr:
    """max(a, b) --> a where a >= b, else b; of more, the larger of the larger of two halves."""
    if len(arguments) == 1:
        return arguments[0]
    half = (len(arguments) + 1) // 2
    left, right = _pairwise(name, arguments[:half]), _pairwise(name, arguments[half:])
    op: CompareOp = ">=" if name == "max" else "<="
    return Select(Compare(left, op, right), left, right)


def _refuse_factor(node: Apply, head: Indexed | Power | Transposed) -> NoReturn:
    """E006 for x_t(i) and x^2(i), where nothing says that these are elements."""
    below, text = isinstance(head, Indexed), node.span.source.text
    script = text[head.base.span.end : head.span.end]
    element = text[head.base.span.start : head.base.span.end] + text[head.span.end : node.span.end]
    help = (
        "separate all subscripts by commas for an element, and declare an integer subscript: "
        "o_t \\in \\{1, \\dots, K\\}"
        if below
        else f"for an element write {element}{script}"
    )
    raise DeltaruleError(
        "E006",
        f"a symbol with {'sub' if below else 'super'}scripts before a symbol in parentheses can be "
        "read in two ways: as their product, or as a function or array of it",
        at=node.span,
        seen="ambiguous",
        help=f"leave out the parentheses for the product; {help}",
    )


def _refuse_one(node: Apply, head: Name) -> NoReturn:
    """E003 for \\max(x_i), the largest of one number."""
    argument = tree.written(node.arguments[0])
    raise DeltaruleError(
        "E003",
        f"the {'largest' if head.name == 'max' else 'smallest'} of one number",
        at=node.span,
        seen="over which index?",
        help=f"write the index below it, {head.latex}_i {argument}, or declare a vector",
    )


def _refuse_nought(node: Power) -> None:
    """E006 for E^0, which nobody writes for 1."""
    if isinstance(node.exponent, Num) and Fraction(node.exponent.text) == 0:
        raise DeltaruleError(
            "E006",
            f"'{tree.written(node)}' can be read in two ways: as a power, which is 1, or as a symbol "
            "of its own",
            at=node.span,
            seen="nobody writes a power of 0",
            help="put the 0 in parentheses, ^{(0)}, for the symbol; leave out what is 1",
        )


def _unsupported(node: Syntax) -> DeltaruleError:
    at: Span = node.span
    match node:
        case Convolution():
            return DeltaruleError(
                "E008", "a convolution stands here inside something that is not an equation", at=at
            )
        case Derivative():
            return DeltaruleError(
                "E008",
                "a derivative can only be named, not used in an equation",
                at=at,
                help="write \\delta_i = \\frac{\\partial L}{\\partial x_i} as an equation of its own",
            )
        case Inner():
            return DeltaruleError(
                "E108",
                "nothing says that these two are vectors",
                at=at,
                seen="their inner product",
                help="declare them, x, y \\in \\mathbb{R}^n, or write the sum over their components",
            )
        case Transposed():
            return DeltaruleError(
                "E008",
                "a transpose of something that is no matrix",
                at=at,
                help="declare it: W \\in \\mathbb{R}^{m \\times n}",
            )
        case Chain():
            return DeltaruleError(
                "E003",
                "a relation stands where a value was expected",
                at=at,
                help="an Iverson bracket [ … ] makes a number of a condition",
            )
    return DeltaruleError("E003", "a value was expected here", at=at)


def _order(node: Apply, name: str) -> Order:
    """How often a function is differentiated, by which argument; E106 or E201 where it cannot be."""
    count = len(node.arguments)
    known = functions.KNOWN.get(name)
    wanted = known.arity if known is not None else max((count, *node.partials))
    if count != wanted:
        raise DeltaruleError(
            "E106",
            f"'{name}' has {wanted} argument{'s' * (wanted > 1)} and is called with {count}",
            at=node.span,
            seen="called here",
        )
    if count == 1 or not node.primes:
        return node.primes
    if not node.partials:
        raise DeltaruleError(
            "E201",
            f"a prime does not say by which of its {count} arguments '{name}' is differentiated",
            at=node.span,
            help="by the first argument: \\partial_1 f(a, b), in plain text f'[1](a, b)",
        )
    return tuple(node.partials.count(place) for place in range(1, count + 1))
