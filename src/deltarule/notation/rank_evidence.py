r"""Which symbols have to be vectors and matrices, from where they stand in an equation.

W x, where W is a matrix        -->   x is a vector
v^\top, \|v\|                   -->   v is a vector
z = x + y, where x is a vector  -->   y and z are vectors
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from deltarule.notation import statement_tree, tree, vector_use
from deltarule.notation.syntax import (
    AbsoluteValue,
    Apply,
    Big,
    Cases,
    Chain,
    Group,
    Indexed,
    Inner,
    Name,
    Norm,
    Power,
    Product,
    Quotient,
    Stack,
    Statement,
    Sum,
    Syntax,
    Transposed,
)
from deltarule.notation.vector_ranks import (
    DIAGONALS,
    KEEP_SHAPE,
    REDUCE_VECTOR,
    TRACES,
    VECTOR_FUNCTIONS,
    Ranks,
)
from deltarule.notation.vector_symbols import (
    is_capital,
    places_taken,
    subscript_count,
    symbol_below,
    usual_rank,
)


@dataclass
class Evidence:
    """One reading of the document: symbols get the ranks that they have to have."""

    found: Ranks
    products_only: bool
    of_matrices: bool = False  # a capital letter is what the equation defines

    def statement(self, statement: Statement) -> None:
        relation = statement.relation
        if not isinstance(relation, Chain) or relation.ops[0] != "=":
            return
        left, right = relation.operands[0], relation.operands[-1]
        self.of_matrices = self._is_matrix(left)
        self.visit(right)
        if self.products_only:
            return
        if isinstance(left, Name | Indexed):
            rank, wanted = self.found.rank(right), self.found.rank(left)
            if rank > wanted:
                self.give(left, rank)
            elif wanted and not rank:
                if self._is_component(left, right):
                    self.found.elements.add(tree.symbol(left) or "")
                    del self.found.ranks[tree.symbol(left) or ""]
                else:
                    self.give(right, wanted)

    def _is_component(self, left: Syntax, right: Syntax) -> bool:
        r"""\mathbf{a}_{t,s} = p_t s: bold by its letter, but there are no vectors on the right."""
        name = tree.symbol(left)
        several = isinstance(left, Indexed) and len(left.subscripts) > 1
        bold = name in self.found.marked - self.found.declared.keys()
        return several and bold and not vector_use.reads(right) & self.found.marked

    def visit(self, node: Syntax) -> None:
        for child in tree.children(node):
            self.visit(child)
        if isinstance(node, Apply) and isinstance(node.head, Name):
            self._give_parameters(self.found.takers.get(node.head.name, ()), node.arguments)
        match node:
            case Transposed(base, _, letter):
                if not letter or "T" not in self.found.scalars:
                    self.give_usual(base)
            case Norm(body) if not self._are_elements(body):
                self.give_usual(body)
            case Inner(left, right):
                self.give_vector(left)
                self.give_vector(right)
            case Product() if "odot" not in node.ops:
                self._visit_product(node)
            case Stack(parts) if any(map(self.found.rank, parts)) and not self.found.marked:
                for part in parts:
                    if isinstance(part, Name | Indexed) and self._is_nothing_but_a_part(part):
                        self.give_vector(part)
            case Indexed(Group(body), subscripts) if not self.found.rank(body):
                self._visit_element(body, len(tree.apart(subscripts)))
            case Apply(Name(name), _, (argument,)) if name in TRACES:
                self.give(argument, 2)
            case Apply(Name(name), _, (argument,)) if name in DIAGONALS:
                self.give_usual(argument)
            case Apply(Name(name), _, (argument,)) if name in VECTOR_FUNCTIONS:
                if name in KEEP_SHAPE and self.of_matrices and self._are_matrices(argument):
                    self.give_usual(argument)  # Y = softmax(X W): of each row
                elif not isinstance(argument, Indexed):  # softmax(u_i): over i, or of a vector?
                    self.give_vector(argument)
            case Apply(Name(name), _, arguments) if name in self.found.definitions:
                self._give_arguments(self.found.definitions[name].parameters, arguments)
            case _ if self.products_only:
                return
            case Product(factors):
                self._alike(factors)
                if not any(self.found.rank(f) for f in factors):
                    for factor in factors:
                        self.give_usual(factor)
            case Sum(terms):
                self._alike(tuple(term for _, term in terms))
            case Cases(branches):
                self._alike(tuple(value for value, _ in branches))

    def _give_parameters(self, parameters: tuple[str, ...], arguments: tuple[Syntax, ...]) -> None:
        """u of f(u) = A u has the rank of what f is called with."""
        for parameter, argument in zip(parameters, arguments, strict=False):
            rank = self.found.rank(argument)
            if parameter and rank > self.found.ranks.get(parameter, 0):
                self.give(Name(parameter, parameter, argument.span), rank)

    def _give_arguments(self, parameters: tuple[str, ...], arguments: tuple[Syntax, ...]) -> None:
        """x of f(x) has the rank of u, where f(u) = A u."""
        for parameter, argument in zip(parameters, arguments, strict=False):
            rank = self.found.ranks.get(parameter, 0)
            if rank > self.found.rank(argument):
                self.give(argument, rank)

    def _alike(self, nodes: tuple[Syntax, ...]) -> None:
        """Terms of a sum have one rank: an unmarked symbol beside a vector is one."""
        rank = max((self.found.rank(n) for n in nodes), default=0)
        if not rank:
            return
        for node in nodes:
            if not self.found.rank(node) and not self.found.marked:
                self.give(node, rank)

    def _visit_product(self, node: Product) -> None:
        """Right of a matrix or of a row stands a vector, or a matrix by its letter; left of a
        column stands a matrix where the letter is a capital, else a number."""
        for position, (left, right) in enumerate(pairwise(node.factors)):
            before, after = self.found.orientation(left), self.found.orientation(right)
            last = position == len(node.factors) - 2
            if after and not before:
                outer = isinstance(right, Transposed) and last
                if outer or (is_capital(left) and subscript_count(left) < 2):
                    self.give_usual(left)
                elif isinstance(left, Apply) and len(left.arguments) == 1:
                    self._visit_function(left.arguments[0])
            elif before and not after:
                if before == "matrix" or isinstance(left, Transposed):
                    self.give_usual(right)
                elif is_capital(right) and isinstance(right, Name):
                    self.give_usual(right)  # x W

    def _is_nothing_but_a_part(self, node: Name | Indexed) -> bool:
        """Whether the symbol stands only beside other parts, in [h, x], and is not defined."""
        name = tree.symbol(node)
        nodes = list(statement_tree.all_nodes(self.found.statements))
        stacks = [n for n in nodes if isinstance(n, Stack)]
        parts = sum(tree.symbol(part) == name for stack in stacks for part in stack.parts)
        return parts == sum(isinstance(n, Name) and n.name == name for n in nodes)

    def _visit_function(self, argument: Syntax) -> None:
        """f(X W) V, where V is a matrix: so are X and W."""
        if isinstance(argument, Product) and all(map(self._is_matrix, argument.factors)):
            self.give_usual(argument)

    def _are_matrices(self, argument: Syntax) -> bool:
        """X, and X W, with a vector beside them."""
        terms = [t for _, t in argument.terms] if isinstance(argument, Sum) else [argument]
        products = [t for t in terms if isinstance(t, Product)]
        leaves = [leaf for term in products or terms for leaf in _leaves(term)]
        return bool(leaves) and all(map(self._is_matrix, leaves))

    def _is_matrix(self, node: Syntax) -> bool:
        """A capital letter, of which no elements with a single subscript are used."""
        return is_capital(node) and self.found.parts.get(tree.symbol(node) or "") != 1

    def _visit_element(self, body: Syntax, axes: int) -> None:
        """(W H)_{ij}: a product of matrices; (W x)_i: a vector."""
        factors = body.factors if isinstance(body, Product) else (body,)
        if axes == 2 and all(is_capital(symbol_below(f)) for f in factors):
            for factor in factors:
                self.give_usual(factor)
        elif axes == 1 and not is_capital(symbol_below(factors[-1])):
            self.give_vector(factors[-1])

    def _are_elements(self, node: Syntax) -> bool:
        r"""\|f_{ij} - f_{kl}\|, where f[i,j] is declared with ranges: numbers, unless anything else says
        that they are vectors."""
        leaves = list(_leaves(node))
        return bool(leaves) and all(
            isinstance(leaf, Indexed)
            and len(leaf.subscripts) == self.found.ranged.get(tree.symbol(leaf) or "")
            for leaf in leaves
        )

    # -------------------------------------------------------------------------- giving

    def give_usual(self, node: Syntax) -> None:
        """A vector or a matrix, by its letter."""
        if self.found.rank(node):
            return
        for leaf in _leaves(node):
            self.give(leaf, usual_rank(tree.symbol(leaf) or ""))

    def give_vector(self, node: Syntax) -> None:
        if not self.found.rank(node):
            for leaf in _leaves(node):
                self.give(leaf, 1)

    def give(self, node: Syntax, rank: int) -> None:
        """The symbols that an expression has its rank from get it."""
        for leaf in _leaves(node):
            name = tree.symbol(leaf)
            if name is None or name in self.found.scalars | self.found.numbers:
                continue
            if name == "e" and self._is_number():
                continue
            rank_here = rank  # bare where it always has subscripts: a parameter
            if isinstance(leaf, Indexed):
                rank_here += places_taken(leaf.subscripts) - self.found.base_counts.get(name, 0)
            if name in self.found.declared:
                full = len(self.found.declared[name].dimensions)
                if rank_here != full or self.found.ranks.get(name, 0):
                    continue  # said otherwise
            self.found.ranks[name] = max(self.found.ranks.get(name, 0), rank_here)

    def _is_number(self) -> bool:
        """Whether e has no subscripts and no equation, e = y - X b."""
        if self.found.base_counts.get("e") or "e" in self.found.parts:
            return False
        lefts = (statement_tree.left_side(s) for s in self.found.statements)
        return not any(tree.symbol(left) == "e" for left in lefts)


def _leaves(node: Syntax) -> Iterator[Name | Indexed]:
    """The symbols that decide the rank of an expression."""
    match node:
        case Name():
            yield node
        case Indexed(base):
            if isinstance(base, Name):
                yield node
        case Group(base) | Transposed(base) | Power(base) | AbsoluteValue(base):
            yield from _leaves(base)
        case Big("row"):
            return  # its components are numbers
        case Big(_, _, _, base) | Quotient(base):
            yield from _leaves(base)
        case Apply(Name(name), _, (argument,)) if name not in TRACES | REDUCE_VECTOR:
            yield from _leaves(argument)
        case Sum(terms):
            for _, term in terms:
                yield from _leaves(term)
        case Product(factors, ops) if "odot" in ops:
            for factor in factors:
                yield from _leaves(factor)
        case Product(factors):
            yield from _leaves(factors[-1])
        case Cases(branches):
            for value, _ in branches:
                yield from _leaves(value)
