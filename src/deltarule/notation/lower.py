"""Scalar surface expressions into the System's expressions.

Every name has its kind by now (`symbols`), vectors are written by components (`vectors`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn, TypeGuard

from deltarule.equations import affine, build, domains, functions
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import (
    Access,
    Affine,
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
    Relation,
    Select,
    Size,
)
from deltarule.errors import DeltaruleError
from deltarule.notation import clipped, tree
from deltarule.notation.coverage import cover_everything
from deltarule.notation.operators import FUNCTIONS
from deltarule.notation.symbols import Symbols, function_name
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    ChainOp,
    Convolution,
    Derivative,
    Group,
    Indexed,
    Inner,
    Interval,
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
class Lowering:
    """Lowers expressions; `scope` are the indices that can be read at a place."""

    symbols: Symbols

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
        condition = open_ones[0] if len(open_ones) == 1 else All(open_ones)
        return Select(condition, taken, self._clipped(node, choice, left[1:], scope), node.span)

    def _application(self, node: Apply, scope: frozenset[str]) -> Expr:
        head = node.head
        if isinstance(head, Name) and not node.arguments:
            return replace(build.call(head.name), span=node.span)  # a constant
        if isinstance(head, Name) and head.name in self.symbols.functions:
            name = function_name(head.name)
            arguments = tuple(self.value(a, scope) for a in node.arguments)
            if name == "sqrt" and not node.primes and len(arguments) == 1:
                return build.power(arguments[0], Fraction(1, 2))
            if name in ("max", "min") and len(arguments) > 1 and not node.primes:
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
        return build.power(self.value(base, scope), self.value(node.exponent, scope))

    # ------------------------------------------------------------------------------ reductions

    def _big(self, node: Big, scope: frozenset[str]) -> Expr:
        bound = tree.bound_by(node, scope)
        if not bound:
            raise DeltaruleError(
                "E003", f"'{node.op}' binds no index", at=node.limits_span, seen="which index runs?"
            )
        for index in bound:
            self._check_free(index, node, scope)
        inside = scope | frozenset(bound)
        node = self._with_data_inside(node, inside)
        domain, limited = self._limits(node, tuple(bound), scope, inside)
        body = self.value(node.body, inside)
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

    def _with_data_inside(self, node: Big, inside: frozenset[str]) -> Big:
        """sum_{j != y_i} f_j --> sum_j { f_j if j != y_i; 0 otherwise }; so sum_{j : c_j = i}."""
        if node.op not in ("sum", "prod"):
            return node
        moved = tuple(
            e
            for e in node.below
            if isinstance(e, Chain) and (tree.is_such_that(e, node) or self._reads_data(e, inside))
        )
        if not moved:
            return node
        bound = [Name(i, i, node.limits_span) for i in tree.bound_by(node, None)]
        left = [e for e in node.below if e not in moved]
        stated = {i for e in left for i in [_running(e)] if i}
        below = (*left, *(b for b in bound if b.name not in stated))
        neutral = Num("0" if node.op == "sum" else "1", node.limits_span)
        body = Cases(((node.body, moved), (neutral, None)), node.body.span)
        return replace(node, below=below, body=body)

    def _reads_data(self, chain: Chain, inside: frozenset[str]) -> bool:
        """Whether a limit compares elements of arrays; what follows k = is its lower end."""
        if tree.interval_of(chain) is not None or chain.ops in (("=",), ("in",)):
            return False
        return any(
            isinstance(part, Indexed) for o in chain.operands for part in tree.descend(o)
        ) or any(
            isinstance(o, Name) and o.name in self.symbols.integers and o.name not in inside
            for o in chain.operands
        )

    def _check_free(self, index: str, node: Big, scope: frozenset[str]) -> None:
        if index in scope:
            raise DeltaruleError(
                "E112",
                f"the index '{index}' is already in use here",
                at=node.limits_span,
                seen=f"{node.op} over {index} again",
                help=f"give the inner index another letter than {index}",
            )
        if index in self.symbols.sizes or index in self.symbols.functions:
            what = "size" if index in self.symbols.sizes else "function"
            raise DeltaruleError(
                "E107",
                f"'{index}' is an index here and a {what} elsewhere",
                at=node.limits_span,
                help="an index can be read only under the sum that binds it; "
                "give one of the two another name",
            )

    def _limits(
        self, node: Big, bound: tuple[str, ...], scope: frozenset[str], inside: frozenset[str]
    ) -> tuple[Domain, bool]:
        """The domain of the bound indices, and whether the author gave limits at all."""
        domain = domains.everything()
        limited = False
        lows = [e for e in node.below if self._starts(e, node)]
        for entry in node.below:
            if not isinstance(entry, Chain) and lows:  # i, j = 1
                entry = replace(lows[0], operands=(entry, *lows[0].operands[1:]))
            if isinstance(entry, Chain):
                relations = self._limit(entry, node.above, node, inside)
                domain = domains.intersect(domain, domains.from_relations(relations))
                limited = True
        if not lows and node.above is not None:
            for index in bound:
                low, subject = Num("1", node.limits_span), Name(index, index, node.limits_span)
                whole = Chain((low, subject, node.above), ("<=", "<="), node.limits_span)
                relations = self._static(whole, inside)
                domain = domains.intersect(domain, domains.from_relations(relations))
            limited = True
        return domain, limited

    def _limit(
        self, entry: Chain, above: Syntax | None, node: Big, inside: frozenset[str]
    ) -> list[Relation]:
        if self._starts(entry, node):
            if above is None:
                raise DeltaruleError(
                    "E003",
                    f"this {node.op} has a lower limit but no upper one",
                    at=node.limits_span,
                    seen="up to what?",
                    help="write both limits, as in sum(k=1..n) or \\sum_{k=1}^n, or only the index",
                )
            here = self.position(entry.operands[0], inside)
            low = self.position(entry.operands[1], inside)
            high = self.position(above, inside)
            found = [domains.at_least(here, low), domains.at_least(high, here)]
            return self._without_data(found, node.limits_span)
        relations = self.relations(entry, inside)
        if node.op in ("sum", "prod"):
            return self._without_data(relations, entry.span)
        only = "only sums and products take conditions on data"
        return self._without_data(relations, entry.span, only)

    def _starts(self, entry: Syntax, node: Big) -> TypeGuard[Chain]:
        """Whether a limit is the lower end of an index, and says nothing else of it."""
        return _is_low(entry) and not (self._is_tied(entry, node) or tree.is_such_that(entry, node))

    def _is_tied(self, entry: Chain, node: Big) -> bool:
        """p = j - l beside 1 <= l <= m, and nothing above: another index of the sum says which p."""
        others = set(tree.bound_by(node, None)) - {tree.atom(entry.operands[0])}
        names = (n.name for n in tree.descend(entry.operands[1]) if isinstance(n, Name))
        return node.above is None and any(name in others for name in names)

    def _static(self, chain: Syntax, scope: frozenset[str]) -> list[Relation]:
        """Relations between indices and sizes only."""
        return self._without_data(self.relations(chain, scope), chain.span)

    def _without_data(
        self,
        relations: list[Relation],
        at: Span,
        help: str = "put the condition into an Iverson bracket in the body",
    ) -> list[Relation]:
        if all(affine.is_static(relation.affine) for relation in relations):
            return relations
        raise DeltaruleError(
            "E008", "a range that depends on data is not supported", at=at, help=help
        )

    # ------------------------------------------------------------------------------ conditions

    def relations(self, chain: Syntax, scope: frozenset[str]) -> list[Relation]:
        """1 <= k < j, k in {1, …, n}, k = 1..n as relations between integers."""
        if not isinstance(chain, Chain):
            raise DeltaruleError(
                "E003",
                "a condition was expected here",
                at=chain.span,
                seen="no relation in it",
                help="write a range such as 1 <= k <= n",
            )
        found: list[Relation] = []
        pairs = zip(chain.operands, chain.ops, chain.operands[1:], strict=False)
        for left, op, right in pairs:
            if isinstance(right, Interval):
                here = self.position(left, scope)
                low, high = (self.position(e, scope) for e in (right.low, right.high))
                self._refuse_reversed(low, high, right)
                found += [domains.at_least(here, low), domains.at_least(high, here)]
            elif op == "in":
                self._refuse_set(right)
            else:
                found.append(
                    _relation(self.position(left, scope), op, self.position(right, scope), chain)
                )
        return found

    def _refuse_set(self, right: Syntax) -> NoReturn:
        text = right.span.source.text[right.span.start : right.span.end]
        raise DeltaruleError(
            "E008",
            f"nothing says which elements the set '{text}' has",
            at=right.span,
            seen="a range is known: \\{1, \\dots, n\\}",
            help="sum over all and multiply by a matrix that is 1 for its elements and else 0: "
            "\\sum_{j=1}^n A_{ij} x_j",
        )

    def _refuse_reversed(self, low: Affine, high: Affine, at: Interval) -> None:
        """E003 for n..1; 1..0 is an empty range."""
        upward = all(n in self.symbols.sizes and c > 0 for n, c in low.terms)
        downward = high.constant < low.constant - 1 if not low.terms else high.constant < 2
        if not high.terms and upward and downward and (low.terms or high.constant < low.constant):
            raise DeltaruleError(
                "E003",
                "this range runs downwards",
                at=at.span,
                seen="the smaller end stands first",
                help="write 1..n: in which order elements are computed follows from the equations",
            )

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
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _compare(self, chain: Chain, scope: frozenset[str]) -> Compare:
        if chain.ops[0] == "in":
            raise DeltaruleError("E008", "membership is supported for integers only", at=chain.span)
        if chain.ops[0] == "<-":
            raise DeltaruleError("E003", "an assignment is no condition", at=chain.span)
        op: CompareOp = chain.ops[0]
        left, right = (self.value(o, scope) for o in chain.operands)
        return Compare(left, op, right)

    def is_integer(self, node: Syntax, scope: frozenset[str]) -> bool:
        """Whether an expression is an affine form in indices, sizes and integer arrays."""
        match node:
            case Num(text):
                return text.isdigit()
            case Name(name):
                known = name in scope or name in self.symbols.sizes
                return known or name in self.symbols.integers
            case Indexed(Name(name)):
                return name in self.symbols.integers
            case Interval(low, high):
                return self.is_integer(low, scope) and self.is_integer(high, scope)
            case Group() | Sum() | Product():
                return all(self.is_integer(c, scope) for c in tree.children(node))
        return False

    # ------------------------------------------------------------------------------ subscripts

    def position(self, node: Syntax, scope: frozenset[str]) -> Affine:
        """An affine form in indices, sizes and integer arrays. Raises E111 for anything else."""
        match node:
            case Num(text) if text.isdigit():
                return affine.number(int(text))
            case Name(name):
                return self._position_of(node, name, scope)
            case Indexed(Name(name), subscripts):
                inner = tuple(self.position(s, scope) for s in subscripts)
                return affine.name(Access(name, inner, node.span))
            case Group(body):
                return self.position(body, scope)
            case Sum(terms):
                return affine.add(
                    *(affine.scale(self.position(t, scope), sign) for sign, t in terms)
                )
            case Product(factors):
                return self._scaled(node, [self.position(f, scope) for f in factors])
            case Apply(head, 0, (argument,)):  # 2 (n + 1) is read as a call of nothing
                return self._scaled(
                    node, [self.position(head, scope), self.position(argument, scope)]
                )
        raise DeltaruleError(
            "E111",
            "a subscript or limit must be a sum of whole multiples of indices and sizes",
            at=node.span,
            seen="this is none",
            help="for example 2 n + k - 1, or an integer array such as y_i",
        )

    def _position_of(self, node: Name, name: str, scope: frozenset[str]) -> Affine:
        if name in scope or name in self.symbols.sizes:
            return affine.name(name)
        if name in self.symbols.integers:
            return affine.name(Access(name, (), node.span))
        raise DeltaruleError(
            "E101",
            f"nothing introduces the index '{name}'",
            at=node.span,
            seen="not bound by a sum or by the left side",
            help=f"use it under a sum over {name}, or as a subscript of the left side",
        )

    def _scaled(self, node: Syntax, forms: list[Affine]) -> Affine:
        constant = 1
        rest: list[Affine] = []
        for form in forms:
            if form.terms:
                rest.append(form)
            else:
                constant *= form.constant
        if len(rest) > 1:
            raise DeltaruleError(
                "E111",
                "a product of two indices or sizes cannot be a subscript or limit",
                at=node.span,
                seen="not affine",
                help="only whole multiples, such as 2 n + k; give the array an axis for each, W[i,j] for "
                f"W[(i - 1) n + j], or {self._with_number(rest)}",
            )
        return affine.scale(rest[0], constant) if rest else affine.number(constant)

    def _with_number(self, factors: list[Affine]) -> str:
        """What to do with a factor that is a size: a stride has a number."""
        sizes = [n for f in factors if (n := affine.plain_name(f)) in self.symbols.sizes]
        if len(sizes) != 1:
            return "a length such as h d a name of its own"
        return f"{sizes[0]} its number, {sizes[0]} = 2, in the front matter fix: {sizes[0]} = 2"

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
                condition = parts[0] if len(parts) == 1 else All(parts)
                result = Select(condition, lowered, result, node.span)
        assert result is not None
        return result


def _running(entry: Syntax) -> str | None:
    """The index that a limit introduces."""
    return tree.atom(entry.operands[0]) if isinstance(entry, Chain) else tree.atom(entry)


def _is_low(entry: Syntax) -> TypeGuard[Chain]:
    """k = 1, whose upper end stands above the sign; not l + p = j, a condition."""
    if not isinstance(entry, Chain) or entry.ops != ("=",) or tree.interval_of(entry) is not None:
        return False
    return tree.atom(entry.operands[0]) is not None


def _is_euler(node: Syntax) -> TypeGuard[Group]:
    return isinstance(node, Group) and isinstance(node.body, Name) and node.body.name == "e"


def split(node: Indexed) -> tuple[Syntax, ...]:
    """w_{jk} --> w_{j,k}; in brackets, w[j k] is a product."""
    return node.subscripts if node.style == "bracket" else tree.apart(node.subscripts)


def _relation(left: Affine, op: ChainOp, right: Affine, at: Chain) -> Relation:
    """left op right as a form compared with 0; strict inequalities of integers become weak."""
    difference = affine.subtract(right, left)
    match op:
        case "=":
            return Relation(_index_first(difference), "=")
        case "!=":
            return Relation(_index_first(difference), "!=")
        case "<=":
            return Relation(difference, ">=")
        case "<":
            return Relation(affine.add(difference, affine.number(-1)), ">=")
        case ">=":
            return Relation(affine.scale(difference, -1), ">=")
        case ">":
            return Relation(affine.add(affine.scale(difference, -1), affine.number(-1)), ">=")
    raise DeltaruleError(
        "E003", "a range was expected here", at=at.span, help="write k \\in \\{1, \\dots, n\\}"
    )


def _index_first(form: Affine) -> Affine:
    """[y = k] and [k = y] are one condition: k - y = 0, the first index added."""
    plain = [c for n, c in form.terms if isinstance(n, str)]
    return affine.scale(form, -1) if plain and plain[0] < 0 else form


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
