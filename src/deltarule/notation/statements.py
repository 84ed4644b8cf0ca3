"""Statements with their conditions: what belongs to the equation before, what starts a new one.

statements = { quantifiers ":" | [ quantifiers "," ] chain { separator condition } }
quantifiers, conditions = [ "for" | "where" | "if" | "∀" ] chain { ("," | "and") chain }
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NoReturn

from deltarule.notation.grammar import Grammar
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Indexed,
    Interval,
    Iverson,
    Name,
    Num,
    Power,
    Raised,
    RealSpace,
    Statement,
    Syntax,
)
from deltarule.notation.tree import descend
from deltarule.source import Span, join


@dataclass(slots=True)
class Draft:
    """A statement as it grows; `quantified` once `for` was read: what follows are conditions."""

    relation: Syntax | None = None
    conditions: list[Syntax] = field(default_factory=list)
    start: int | None = None
    quantified: int = -1  # how many conditions there were when the last `for` was read
    closed: bool = False  # a line has ended: nothing may be added
    row: bool = False  # a row of several has ended: a membership declares, unless it is of an index
    shared: int = 0  # the conditions before this one have their range
    _known: tuple[Syntax, frozenset[str]] | None = None

    def indices(self) -> frozenset[str]:
        """What a range may be given for; found once for a relation."""
        if self.relation is None:
            return frozenset()
        if self._known is None or self._known[0] is not self.relation:
            self._known = self.relation, index_names(self.relation)
        return self._known[1]


class Statements(Grammar):
    """The level above equations. The two notations differ in what ends a statement for good."""

    def statements(self) -> list[Statement]:
        drafts = [Draft()]
        while True:
            self.separators(drafts)
            if self.token.kind == "end":
                break
            self.item(drafts)
        self.refuse_without_equation(drafts[-1])
        return [self.statement(d) for d in drafts if d.relation is not None]

    def separators(self, drafts: list[Draft]) -> None:
        """Read what separates; a colon after quantifiers makes them those of the next equation."""
        while True:
            if self.token("operator", ":") and drafts[-1].quantified >= 0:
                self.advance()
                self.hand_over(drafts)
            elif self.token("separator"):
                sign = self.advance().value
                drafts[-1].closed |= sign == "line" and drafts[-1].relation is not None
                if sign == "quad" and drafts[-1].quantified >= 0:  # \forall i, j, \quad k = 1, …, K
                    drafts[-1].shared = len(drafts[-1].conditions)
                drafts[-1].row |= sign == "row"
            elif self.token("word", "and") and self.may_join(drafts[-1]):
                self.advance()
            else:
                return

    def may_join(self, draft: Draft) -> bool:
        """Whether `and` here stands between conditions."""
        return draft.quantified >= 0

    def hand_over(self, drafts: list[Draft]) -> None:
        """`a = b \\\\ ∀ i: c_i = d`: the conditions since the last `for` begin a statement."""
        last = drafts[-1]
        if last.relation is None:
            last.quantified = -1
            return
        leading = last.conditions[last.quantified :]
        del last.conditions[last.quantified :]
        last.shared = min(last.shared, last.quantified)
        drafts.append(Draft(None, leading, leading[0].span.start if leading else None))

    # item = "for" | chain
    def item(self, drafts: list[Draft]) -> None:
        current = drafts[-1]
        if self.token("word", "for", "if"):
            if current.closed:
                drafts.append(current := Draft())
            if current.start is None:
                current.start = self.here
            self.quantifier(current)
            return
        begun = current.relation is not None and not current.closed
        if self.token("word", "otherwise") and begun and not current.conditions:
            word = self.advance()
            current.conditions.append(Iverson((), self.since(word.start)))  # piecewise_equations
            return
        if self.token("word", "or"):
            self.refuse_or()
        self.skip_caption()
        opening = self.token
        if current.relation is not None and opening("open", "(") and self.holds_relation():
            self.advance()  # y_i = x_i \\quad (i = 1, \\dots, n; y_0 = 0)
            chains = [self.chain()]
            while self.accept("separator", ";", ","):
                chains.append(self.chain())
            self.close(opening)
        else:
            chains = [self.chain()]
        self.refuse_leftover()
        for chain in chains:
            self.place(chain, drafts)

    def skip_caption(self) -> None:
        """`NAC:` before an equation."""

    # quantifier = ( "for" | "where" | "if" | "∀" ) [ "all" ]
    def quantifier(self, current: Draft) -> None:
        word = self.advance()
        if self.token("name", "all", "every", "each") and self.starts_factor(self.peek()):
            self.advance()
        current.quantified = len(current.conditions)
        while self.accept("separator", "quad"):
            continue
        if not self.starts_factor(self.token) and not self.token("operator", "-", "+"):
            self.refuse(f"a condition after '{self.written(word)}'")

    def refuse_or(self) -> NoReturn:
        self.unsupported(
            "'or' between conditions is not supported",
            self.at(self.token),
            "write an equation or a case for each",
        )

    def refuse_leftover(self) -> None:
        """After a chain there must be a separator, a word, a range in parentheses, or nothing."""
        if self.holds_range():
            return
        if self.token.kind not in ("separator", "word", "end") and not self.token("operator", ":"):
            self.refuse("an operator, a comma or the end of the equation")

    def place(self, chain: Syntax, drafts: list[Draft]) -> None:
        current = drafts[-1]
        if not current.closed and self.is_condition(chain, current):
            self.attach(chain, current)
        elif current.relation is None and not current.closed:
            current.relation = chain
            current.quantified = -1
        else:
            self.release(chain, drafts)
            self.share_space(chain, drafts)
            drafts.append(Draft(chain))

    def release(self, chain: Syntax, drafts: list[Draft]) -> None:
        r"""`L(y, z) = …, \quad y, z \in \mathbb{R}^n`: y begins a declaration; i of `for all i` does not."""
        if not isinstance(chain, Chain) or not isinstance(chain.operands[-1], RealSpace):
            return
        conditions, relation = drafts[-1].conditions, drafts[-1].relation
        below: frozenset[str] = frozenset()
        if relation is not None and drafts[-1].quantified >= 0:
            below = subscript_names(relation)
        names: list[Syntax] = []
        while conditions and isinstance(conditions[-1], Name) and conditions[-1].name not in below:
            names.insert(0, conditions.pop())
        drafts.extend(Draft(name) for name in names)

    # ------------------------------------------------------------------ conditions

    def is_condition(self, chain: Syntax, draft: Draft) -> bool:
        """Whether it says where the equation before holds. The first after `for` always does."""
        quantified = draft.quantified >= 0
        if draft.relation is None and not quantified:
            return False
        if isinstance(chain, Name):
            first = quantified and len(draft.conditions) == draft.quantified
            return first or chain.name in draft.indices() or self.all_follow(draft)
        if not isinstance(chain, Chain):
            return False
        if isinstance(chain.operands[-1], RealSpace) or self.defines(chain, draft):
            return False
        if draft.row and chain.ops == ("in",) and not self.runs_on_the_left(chain, draft):
            return False
        if (quantified and len(draft.conditions) == draft.quantified) or self.all_follow(draft):
            return True
        return self.constrains(chain, draft)

    def runs_on_the_left(self, chain: Chain, draft: Draft) -> bool:
        """Whether the membership is of an index of the left side."""
        relation, subject = draft.relation, chain.operands[0]
        left = relation.operands[0] if isinstance(relation, Chain) else relation
        return left is None or (isinstance(subject, Name) and subject.name in index_names(left))

    def defines(self, chain: Chain, draft: Draft) -> bool:
        """`where f(u) = …`, `where c = a + b`: an equation, though conditions may stand here."""
        left, right = chain.operands[:2]
        if set(chain.ops) != {"="} or any(isinstance(o, Interval) for o in chain.operands):
            return False
        if len(chain.ops) == 1 and isinstance(right, Num):
            return False
        if isinstance(left, Apply):
            return True
        return isinstance(left, Name | Indexed) and not (
            isinstance(left, Name) and (left.name in draft.indices() or isinstance(right, Name))
        )

    def all_follow(self, draft: Draft) -> bool:
        """Whether all that follows `for` are conditions, whatever they look like."""
        return False

    def constrains(self, chain: Chain, draft: Draft) -> bool:
        left = chain.operands[0]
        if any(op in ("<", "<=", ">", ">=", "!=") for op in chain.ops):
            return True
        if isinstance(chain.operands[-1], Interval) and chain.ops == ("=",):
            return isinstance(left, Name)
        known = isinstance(left, Name) and left.name in draft.indices()
        if chain.ops == ("=",) and self.equates_indices(chain, draft):
            return True
        if chain.ops == ("in",):
            return known or (draft.quantified >= 0 and isinstance(left, Name))
        pending = bool(draft.conditions) and isinstance(draft.conditions[-1], Name)
        return draft.quantified >= 0 and (known or pending)

    def equates_indices(self, chain: Chain, draft: Draft) -> bool:
        """i = j behind w_{ij} = 0: both are indices of its left side, so nothing is defined."""
        left = draft.relation.operands[0] if isinstance(draft.relation, Chain) else None
        indices = subscript_names(left) if left is not None else frozenset()
        return all(isinstance(o, Name) and o.name in indices for o in chain.operands)

    def attach(self, chain: Syntax, draft: Draft) -> None:
        """Add a condition; `i, j = 1..n` says it of i too."""
        if isinstance(chain, Chain) and gives_range(chain):
            for position in range(draft.shared, len(draft.conditions)):
                draft.conditions[position] = self.shared(draft.conditions[position], chain)
            draft.shared = len(draft.conditions)
        draft.conditions.append(chain)

    def shared(self, earlier: Syntax, chain: Chain) -> Syntax:
        if not isinstance(earlier, Name):
            return earlier
        return self.node(replace(chain, operands=(earlier, *chain.operands[1:])))

    # ------------------------------------------------------------------ the statements made

    def share_space(self, chain: Syntax, drafts: list[Draft]) -> None:
        r"""`W, V \in \mathbb{R}^n` says it of W too."""
        if not (isinstance(chain, Chain) and chain.ops == ("in",)):
            return
        for draft in reversed(drafts):
            alone = (
                isinstance(draft.relation, Name | Indexed | Power | Raised) and not draft.conditions
            )
            if not alone or draft.relation is None or draft.closed:
                return
            span = join(draft.relation.span, chain.span) or chain.span
            draft.relation = self.node(
                replace(chain, operands=(draft.relation, *chain.operands[1:]), span=span)
            )

    def refuse_without_equation(self, draft: Draft) -> None:
        if draft.relation is None and draft.start is not None:
            self.refuse("an equation for these conditions")

    def statement(self, draft: Draft) -> Statement:
        relation = draft.relation
        if relation is None:
            raise AssertionError("a draft without a relation is never finished")
        start = relation.span.start if draft.start is None else draft.start
        ends = [relation.span.end, *(c.span.end for c in draft.conditions)]
        span = Span(self.source, min(start, relation.span.start), max(ends))
        return Statement(relation, tuple(draft.conditions), span)


def gives_range(chain: Chain) -> bool:
    """i in S, i = 1..n."""
    ranged = chain.ops == ("in",) or isinstance(chain.operands[-1], Interval)
    return isinstance(chain.operands[0], Name) and ranged


def subscript_names(node: Syntax) -> frozenset[str]:
    """The names inside subscripts."""
    inside = (s for part in descend(node) if isinstance(part, Indexed) for s in part.subscripts)
    return frozenset(n.name for s in inside for n in descend(s) if isinstance(n, Name))


def index_names(node: Syntax) -> frozenset[str]:
    """The names inside subscripts and those that are arguments: what a range may be given for."""
    found = set(subscript_names(node))
    for part in descend(node):
        if isinstance(part, Apply):
            found.update(a.name for a in part.arguments if isinstance(a, Name))
        elif isinstance(part, Big):
            found.update(b.name for b in part.below if isinstance(b, Name))
    return frozenset(found)
