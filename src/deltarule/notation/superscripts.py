r"""What stands above a symbol: a power, an index, or part of its name.

    z^{(l)} = W^{(l)} h^{(l-1)}   -->   z_l, W_l, h_{l-1}        W^{(1)}   -->   the name W1
    \mu^l = … a_i^l               -->   \mu_l, a_{l,i}           W^Q \in \mathbb{R}^{…}   -->   the name WQ
    \sigma_t^2 = …                -->   the name sigma_sq, and \sigma_t is its root
    x_k^- = A x_{k-1}             -->   the name x_minus, beside x_k

A left side is never a power, and nobody declares one: what stands above there is an index or a name.
Parentheses are never a power either; they hold an index where one runs in them (l - 1, a sum over l).
An index from above becomes the first subscript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from deltarule.errors import DeltaruleError
from deltarule.notation import (
    declared_superscripts,
    last_elements,
    rows_above,
    summed_superscripts,
    text_styles,
    tree,
    words_above,
)
from deltarule.notation.syntax import (
    Apply,
    Big,
    Chain,
    Group,
    Indexed,
    Interval,
    Name,
    Num,
    Power,
    Product,
    Quotient,
    Raised,
    RealSpace,
    Statement,
    Sum,
    Syntax,
)

ROUNDS = 10  # each settles the symbols that stand beside a settled one


def settle(statements: list[Statement]) -> list[Statement]:
    """The statements without `Raised`, and with `Power` only where a power is meant."""
    found = _Evidence(statements)
    last = last_elements.settle(statements, found.stacked())
    if last is not statements:
        statements, found = last, _Evidence(last)
    result = []
    for number, statement in enumerate(statements):
        settled = _Settling(found, found.running[number])
        relation = settled.node(_squared_sides(statement.relation, found))
        conditions = tuple(settled.node(c) for c in statement.conditions)
        result.append(replace(statement, relation=relation, conditions=conditions))
    return result


def _squared_sides(relation: Syntax, found: _Evidence) -> Syntax:
    r"""\sigma_1 = c beside \sigma_t^2 = …  -->  \sigma_1^2 = c^2"""
    if not isinstance(relation, Chain) or relation.ops != ("=",):
        return relation
    left, right = relation.operands
    if not isinstance(left, Name | Indexed) or not found.is_square(left):
        return relation
    two = Num("2", left.span)
    sides = (Power(left, two, left.span), Power(Group(right, right.span), two, right.span))
    return replace(relation, operands=sides)


@dataclass(frozen=True, slots=True)
class _Above:
    """`base` with `content` above it, in parentheses or bare."""

    base: str
    content: Syntax
    parenthesised: bool
    number: int  # of the statement


@dataclass
class _Evidence:
    """What the document says about its superscripts."""

    statements: list[Statement]
    indexed: set[str] = field(default_factory=set)  # symbols whose superscript is an index
    named: set[tuple[str, object]] = field(default_factory=set)  # (W, Q): the name WQ
    spelled: dict[tuple[str, object], str] = field(default_factory=dict)  # as it is declared: x_s
    squared: set[str] = field(default_factory=set)
    running: list[set[str]] = field(default_factory=list)  # letters above, per statement
    values: set[str] = field(default_factory=set)  # symbols that stand for a number somewhere
    counted: set[str] = field(default_factory=set)  # symbols in subscripts, limits and ranges

    def __post_init__(self) -> None:
        self.uses = [u for n, s in enumerate(self.statements) for u in _uses(s, n)]
        self.running = [set() for _ in self.statements]
        self.values = {n for s in self.statements for n in _values(s)}
        self.counted = {n for s in self.statements for n in positions(s)}
        self._counted_declarations()
        self._labels_declared()
        self._several()
        self._left_sides()
        self._declarations()
        self._arguments()
        self._applied()
        self._capitals()
        self._refuse_signs()
        self._spread()
        self.indexed |= set(summed_superscripts.indexed(self.statements, self.indexed, self.named))
        self._spread()
        self.indexed |= rows_above.elements(self.statements, self.indexed, self.named)
        self._refuse_labels()

    def stacked(self) -> frozenset[str]:
        """The symbols with an index above that is not in parentheses: h of h^t."""
        bare = {u.base for u in self.uses if not u.parenthesised and _letters(u.content)}
        return frozenset(bare & self.indexed)

    def is_square(self, node: Syntax) -> bool:
        r"""Whether \sigma_t is the root of what an equation defines: \sigma_p^2 says nothing of \sigma_{ij}."""
        if _symbol(node) not in self.squared:
            return False
        sides = (side for s in self.statements for side in _defined(s))
        heads = (side.head if isinstance(side, Apply) else side for side in sides)
        squares = [
            h.base for h in heads if isinstance(h, Power) and _symbol(h.base) == _symbol(node)
        ]
        return _count(node) in map(_count, squares)

    def _left_sides(self) -> None:
        for number, statement in enumerate(self.statements):
            for side in _defined(statement):
                if isinstance(side, Apply):
                    side = side.head
                if not isinstance(side, Power):
                    continue
                base = _symbol(side.base)
                if base is None:
                    continue
                letters = _letters(side.exponent)
                if (base, tree.key(side.exponent)) in self.named:
                    continue
                label = self._is_label(letters) and not self._moves(base, letters, number)
                if letters and (label or self._only_above(base, letters)):
                    self.named |= {(base, tree.key(u.content)) for u in self._bare(base)
                                   if _letters(u.content) == letters}  # fmt: skip
                elif letters:
                    self.indexed.add(base)
                    self.running[number] |= letters
                elif isinstance(side.exponent, Num):
                    self._numbered(base, side.exponent)

    def _is_label(self, letters: set[str]) -> bool:
        """G^\\lambda, \\delta^V: a symbol that is a value too, or a capital letter that never runs."""
        capitals = all(len(x) == 1 and x.isupper() for x in letters)
        return letters <= self.values or (capitals and not letters & self.counted)

    def _moves(self, base: str, letters: set[str], number: int) -> bool:
        """t of x_{t+1}^t = x_t^{t-1} + k(t-1): shifted above the same symbol, or with a range beside it."""
        shifted = (u.content for u in self._bare(base) if isinstance(u.content, Sum))
        ranged = {letter for c in self.statements[number].conditions for letter in _counted_by(c)}
        return letters <= ranged or any(letters <= _letters(content) for content in shifted)

    def _only_above(self, base: str, letters: set[str]) -> bool:
        """p^c = … where c occurs above p only: an index would stand elsewhere too, or in l - 1."""
        others = {x for u in self.uses if u.base != base or not isinstance(u.content, Name)
                  for x in _letters(u.content)}  # fmt: skip
        return not letters & (others | self.counted | self.values)

    def _numbered(self, base: str, exponent: Num) -> None:
        """h^0, h^1 count; a lone r^2 on the left is the square."""
        numbers = {u.content.text for u in self._bare(base) if isinstance(u.content, Num)}
        letters = any(_letters(u.content) for u in self._bare(base))
        if letters:
            self.indexed.add(base)
        elif exponent.text == "2" and not numbers & {"0", "1"}:
            self.squared.add(base)
        else:
            self.named |= {(base, tree.key(u.content)) for u in self._bare(base)}

    def _bare(self, base: str) -> Iterator[_Above]:
        return (u for u in self.uses if u.base == base and not u.parenthesised)

    def _declarations(self) -> None:
        r"""W_i^Q \in \mathbb{R}^{m \times n} declares the name WQ; W^k, beside W^{k+1}, all elements.

        So does W^l beside h^l = W^l h^{l-1}: what runs above another symbol runs above this one.
        """
        above = set().union(*self.running)
        for number, statement in enumerate(self.statements):
            for subject in _declared(statement):
                if isinstance(subject, Power) and (base := _symbol(subject.base)) is not None:
                    letters = _letters(subject.exponent)
                    if isinstance(subject.exponent, Name) and letters <= above:
                        self.indexed.add(base)
                        self.running[number] |= letters
                    elif base not in self.indexed or not self._runs(base, subject.exponent):
                        self.named.add((base, tree.key(subject.exponent)))

    def _runs(self, base: str, exponent: Syntax) -> bool:
        """Whether k of W^k is shifted above W elsewhere, as in W^{k+1}, or has a range."""
        letters = _letters(exponent)
        shifted = (u.content for u in self._bare(base) if isinstance(u.content, Sum))
        return bool(letters) and any(letters <= _letters(content) for content in shifted)

    def _arguments(self) -> None:
        """L(t^u, v) = … has an argument of that name, where u is nothing else; nobody defines a
        function of a power."""
        for side in (s for statement in self.statements for s in _defined(statement)):
            for argument in side.arguments if isinstance(side, Apply) else ():
                if isinstance(argument, Power) and (base := _symbol(argument.base)) is not None:
                    letters = _letters(argument.exponent)
                    if letters and not letters & (self.values | self.counted):
                        self.named.add((base, tree.key(argument.exponent)))

    def _applied(self) -> None:
        """w^g_t(j), where w always has its g, and g is nothing else: no power of a w_t(j)."""
        for part in (p for s in self.statements for p in _parts(s)):
            for node in tree.descend(part):
                if not isinstance(node, Apply) or not isinstance(node.head, Power):
                    continue
                base, letters = _symbol(node.head.base), _letters(node.head.exponent)
                if base is None or not letters or not self._only_above(base, letters):
                    continue
                if all(_letters(u.content) == letters for u in self.uses if u.base == base):
                    if not summed_superscripts.stands_bare(self.statements, base):
                        self.named.add((base, tree.key(node.head.exponent)))

    def _capitals(self) -> None:
        """W^Q: a capital letter above a capital letter that counts nothing is part of the name."""
        counts = {n for s in self.statements for n in positions(s)} | self._in_exponents()
        for use in self.uses:
            if use.parenthesised or not _is_capital(use.base):
                continue
            letters = list(tree.descend(use.content))
            names = {n.name for n in letters if isinstance(n, Name)}
            plain = all(isinstance(n, Name | Product) for n in letters)
            if plain and names and all(map(_is_capital, names)) and not names & counts:
                self.named.add((use.base, tree.key(use.content)))

    def _in_exponents(self) -> set[str]:
        """P of (sum_i I_i^P)^{1/P}: a number."""
        found: set[str] = set()
        for part in (p for s in self.statements for p in _parts(s)):
            for node in tree.descend(part):
                above = node.exponent if isinstance(node, Power) else None
                above = above.body if isinstance(above, Group) else above
                if isinstance(above, Quotient):
                    found |= {n.name for n in tree.descend(above) if isinstance(n, Name)}
        return found

    def _counted_declarations(self) -> None:
        """P[a, s, t] declared, P^a_{st} written: what stands above is the first index."""
        declared = {}
        for statement in self.statements:
            relation = statement.relation
            subject = relation.operands[0] if isinstance(relation, Chain) else relation
            stated = not isinstance(relation, Chain) or relation.ops == ("in",)
            if stated and isinstance(subject, Indexed) and subject.style == "bracket":
                if isinstance(subject.base, Name):
                    declared[subject.base.name] = len(subject.subscripts)
        for part in (p for s in self.statements for p in _parts(s)):
            for node in tree.descend(part):
                if isinstance(node, Power) and (base := _symbol(node.base)) in declared:
                    written = (
                        tree.apart(node.base.subscripts) if isinstance(node.base, Indexed) else ()
                    )
                    if base is not None and declared[base] == len(written) + 1:
                        self.indexed.add(base)

    def _labels_declared(self) -> None:
        """x_s[i] declared, x_i^s and y_i^s written."""
        above = [(u.base, u.content.name, tree.key(u.content)) for u in self.uses
                 if not u.parenthesised and isinstance(u.content, Name)]  # fmt: skip
        taken = self.values | self.counted
        self.spelled = declared_superscripts.spelled(self.statements, above, taken)
        self.spelled |= words_above.spelled(self.statements, self.values)
        self.named |= self.spelled.keys()

    def _several(self) -> None:
        """x^a, x^p: two letters above one symbol, found nowhere else, are parts of names."""
        above: dict[str, set[str]] = {}
        for use in self.uses:
            if not use.parenthesised and isinstance(use.content, Name):
                above.setdefault(use.base, set()).add(use.content.name)
        shifted = {
            x for u in self.uses if not isinstance(u.content, Name) for x in _letters(u.content)
        }
        used = self.values | self.counted | shifted
        labels = set()
        for letters in above.values():
            if len(letters) > 1 and not letters & used:
                labels |= letters
        for use in self.uses:
            if isinstance(use.content, Name) and use.content.name in labels:
                self.named.add((use.base, tree.key(use.content)))

    def _refuse_signs(self) -> None:
        """E006 for x^+ where x itself stands somewhere too, and no equation defines x^+."""
        defined = {_raised(side) for s in self.statements for side in _defined(s)}
        for use in self.uses:
            sign = use.content
            if not (isinstance(sign, Name) and sign.latex in ("+", "-", "−")):
                continue
            if (use.base, sign.name) in defined:
                continue
            alone = any(
                _stands_alone(part, use.base) for s in self.statements for part in _parts(s)
            )
            if alone:
                text = f"{use.base}^{sign.latex}"
                raise DeltaruleError(
                    "E006",
                    f"'{text}' can be read in two ways: as a name, or as the "
                    f"{'positive' if sign.name == 'plus' else 'negative'} part of {use.base}",
                    at=sign.span,
                    seen="ambiguous",
                    help=f"write \\max(0, {use.base}) for the positive part, "
                    f"{use.base}_{{\\text{{{sign.name}}}}} for a name",
                )

    def _refuse_labels(self) -> None:
        r"""E006 for \eta^i_{min} beside T_i, where i runs nowhere, and for \delta^V beside A^G: a power, or a part
        of the name?"""
        running = {n for s in self.statements for n in _running(s)}
        capitals = {k for _, k in self.named if isinstance(k, tuple) and _is_capital(str(k[-1]))}
        known = self.values | running | {n for s in self.statements for n in _limits(s)}
        for power in _powers(self.statements):
            base, exponent = _symbol(power.base), power.exponent
            if not isinstance(exponent, Name) or len(exponent.latex) > 1 or base is None:
                continue
            if base in self.indexed or (base, tree.key(exponent)) in self.named:
                continue
            labelled = isinstance(power.base, Indexed) or "_" in base
            beside = (
                _is_capital(exponent.name)
                and capitals
                and exponent.name not in self.counted | known
            )
            if beside or (exponent.name in self.counted - known and labelled):
                text = power.span.source.text[power.span.start : power.span.end]
                raise DeltaruleError(
                    "E006",
                    f"'{text}' can be read in two ways: as a power, or as a name with the label "
                    + (
                        f"{exponent.name}, beside others"
                        if beside
                        else f"{exponent.name}, which is one elsewhere"
                    ),
                    at=power.span,
                    seen="ambiguous",
                    help=f"write {text.partition('^')[0]}^{{({exponent.name})}} for the name; for a power "
                    f"say what {exponent.name} is, for example {exponent.name} = 2",
                )

    def _spread(self) -> None:
        """An index in one superscript is one in the others of the equation."""
        for _ in range(ROUNDS):
            before = (len(self.indexed), [len(r) for r in self.running])
            for use in self.uses:
                letters = _letters(use.content)
                if use.parenthesised and (
                    not isinstance(use.content, Name | Num) or letters & self._bound(use.number)
                ):
                    self.running[use.number] |= letters
                    self.indexed.add(use.base)
                if letters and letters <= self.running[use.number] and self._may_be_index(use):
                    self.indexed.add(use.base)
                if use.base in self.indexed and letters:
                    self.running[use.number] |= letters
            if before == (len(self.indexed), [len(r) for r in self.running]):
                return

    def _may_be_index(self, use: _Above) -> bool:
        return (use.base, tree.key(use.content)) not in self.named

    def _bound(self, number: int) -> set[str]:
        """What runs in this statement: indices of sums, of conditions, of the left side."""
        statement = self.statements[number]
        found = set(self.running[number])
        for part in (statement.relation, *statement.conditions):
            for node in tree.descend(part):
                if isinstance(node, Big):
                    found.update(tree.bound_by(node, None))
        for condition in statement.conditions:
            found |= set(_letters_in(condition))
        for side in (*_defined(statement), *_parts(statement)):
            for node in tree.descend(side):
                if isinstance(node, Indexed):
                    found |= {a for s in node.subscripts for n in tree.descend(s)
                              if (a := tree.atom(n)) is not None and len(a) == 1}  # fmt: skip
        return found


@dataclass
class _Settling:
    evidence: _Evidence
    running: set[str]

    def node(self, node: Syntax) -> Syntax:
        if isinstance(node, Raised):
            return self._raised(node)
        if isinstance(node, Power):
            return self._power(node)
        node = self._root(node)
        if isinstance(node, Indexed) and isinstance(node.base, Name):
            below = tuple(self.node(s) for s in node.subscripts)
            return _flat(replace(node, subscripts=below))
        return _flat(tree.rebuild(node, self.node))

    def _raised(self, node: Raised) -> Syntax:
        inside = self.node(node.inside)
        if isinstance(node.base, Name):
            if node.base.name in self.evidence.indexed:
                return Indexed(node.base, (inside,), "subscript", node.span)
            return labelled(node.base, inside, node)
        base = self.node(node.base)
        return Power(base, Group(inside, inside.span), node.span)

    def _power(self, node: Power) -> Syntax:
        base = _symbol(node.base)
        exponent = node.exponent
        if base is None and _letters(exponent) and _letters(exponent) <= self.running:
            component = (self.node(exponent),)  # (W x)^j
            return Indexed(self.node(node.base), component, "subscript", node.span)
        if base is None:
            return tree.rebuild(node, self.node)
        if (base, tree.key(exponent)) in self.evidence.named:
            named = labelled(_name(node.base), exponent, node)
            spelled = self.evidence.spelled.get((base, tree.key(exponent)), named.name)
            named = replace(named, name=spelled)
            return _flat(_with_subscripts(named, self.node(node.base)))
        if self.evidence.is_square(node.base):
            return self._square(node)
        index = base in self.evidence.indexed or (
            bool(_letters(exponent)) and _letters(exponent) <= self.running
        )
        if not index:
            return replace(node, base=self.node(node.base), exponent=self.node(exponent))
        name = _name(node.base)
        above = Indexed(name, (self.node(exponent),), "subscript", node.span)
        return _flat(_with_subscripts(above, self.node(node.base)))

    def _square(self, node: Power) -> Syntax:
        """\\sigma_t^2 --> sigma_sq_t, \\sigma_t^4 --> its square."""
        square = _with_subscripts(_squared_name(_name(node.base)), node.base)
        square = replace(tree.rebuild(square, self.node), span=node.span)
        if isinstance(node.exponent, Num) and node.exponent.text == "2":
            return square
        half = Num("2", node.exponent.span)
        return Power(square, Quotient(node.exponent, half, node.exponent.span), node.span)

    def _root(self, node: Syntax) -> Syntax:
        """\\sigma_t, where \\sigma_t^2 is what the equations define."""
        if not self.evidence.is_square(node):
            return node
        square = _with_subscripts(_squared_name(_name(node)), node)
        head = Name("sqrt", "\\sqrt", node.span)
        return Apply(head, 0, (square,), True, node.span)


# ------------------------------------------------------------------------------ reading


def _uses(statement: Statement, number: int) -> Iterator[_Above]:
    for part in (statement.relation, *statement.conditions):
        for node in tree.descend(part):
            if isinstance(node, Raised) and isinstance(node.base, Name):
                yield _Above(node.base.name, node.inside, True, number)
            elif isinstance(node, Power) and (base := _symbol(node.base)) is not None:
                yield _Above(base, node.exponent, False, number)


def _defined(statement: Statement) -> Iterable[Syntax]:
    """The left side of an equation."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] in ("=", "<-"):
        return (relation.operands[0],)
    return ()


def _declared(statement: Statement) -> Iterable[Syntax]:
    """What is in a space, or stands alone: W in R^{m x n}, C_{l,m} for 1 <= l <= W."""
    relation = statement.relation
    if not isinstance(relation, Chain):
        return (relation,)
    if isinstance(relation, Chain) and isinstance(relation.operands[-1], RealSpace):
        return relation.operands[:-1]
    return ()


def _symbol(node: Syntax) -> str | None:
    """h for h and for h_{i,j}."""
    if isinstance(node, Indexed):
        node = node.base
    if isinstance(node, Raised):
        return None
    return node.name if isinstance(node, Name) and node.name != "e" else None


def _name(node: Syntax) -> Name:
    name = node.base if isinstance(node, Indexed) else node
    assert isinstance(name, Name), "asked only of symbols"
    return name


def _counted_by(condition: Syntax) -> Iterator[str]:
    """t of t = 1..T and of 1 <= t <= T; no lambda of 0 <= lambda < 1."""
    if not isinstance(condition, Chain):
        return
    subject, last = condition.operands[-2:]
    stated = isinstance(last, Interval) and condition.ops in (("=",), ("in",))
    between = len(condition.ops) == 2 and not isinstance(last, Num)
    if isinstance(subject, Name) and (stated or between):
        yield subject.name


def _is_capital(name: str) -> bool:
    return len(name) == 1 and name.isupper()


def _parts(statement: Statement) -> tuple[Syntax, ...]:
    return (statement.relation, *statement.conditions)


def positions(statement: Statement) -> Iterator[str]:
    """The symbols inside subscripts, limits, ranges and dimensions."""
    for part in _parts(statement):
        for node in tree.descend(part):
            places: tuple[Syntax, ...] = ()
            if isinstance(node, Indexed):
                places = tuple(s for s in node.subscripts if not _is_capital_word(s))
            elif isinstance(node, Big):
                places = (*node.below, *((node.above,) if node.above is not None else ()))
            elif isinstance(node, RealSpace):
                places = node.dimensions
            elif isinstance(node, Interval):
                places = (node.low, node.high)
            for place in places:
                yield from (n.name for n in tree.descend(place) if isinstance(n, Name))
    for condition in statement.conditions:
        yield from (n.name for n in tree.descend(condition) if isinstance(n, Name))


def _is_capital_word(node: Syntax) -> bool:
    """BT of L_{BT}."""
    return (
        isinstance(node, Product)
        and not any(node.ops)
        and all(isinstance(f, Name) and _is_capital(f.name) for f in node.factors)
    )


def _values(statement: Statement) -> Iterator[str]:
    """The symbols that stand for numbers: in no subscript, limit, superscript or range."""
    relation = statement.relation
    if isinstance(relation, Chain) and relation.ops[0] == "=":
        for value in relation.operands[1:]:
            yield from _bare_names(value)


def _bare_names(node: Syntax) -> Iterator[str]:
    match node:
        case Name(name):
            yield name
        case Indexed():
            return
        case Raised(base) | Power(base):
            if not isinstance(base, Name | Indexed):
                yield from _bare_names(base)
        case Big(_, _, _, body):
            yield from _bare_names(body)
        case Apply(Name(), _, arguments):
            for argument in arguments:
                if not isinstance(argument, Name):
                    yield from _bare_names(argument)
        case _:
            for child in tree.children(node):
                yield from _bare_names(child)


def _raised(left: Syntax) -> tuple[str, str] | None:
    """x and minus of a left side x^-_k."""
    above = left.base if isinstance(left, Indexed) else left
    if isinstance(above, Raised) and isinstance(above.base, Name):
        return (above.base.name, above.inside.name) if isinstance(above.inside, Name) else None
    return None


def _powers(statements: list[Statement]) -> Iterator[Power]:
    for statement in statements:
        for part in _parts(statement):
            yield from (n for n in tree.descend(part) if isinstance(n, Power))


def _running(statement: Statement) -> Iterator[str]:
    """The indices of the left side, of sums and of conditions."""
    for side in (*_defined(statement), *statement.conditions):
        yield from _letters_in(side)
    for part in _parts(statement):
        for node in tree.descend(part):
            if isinstance(node, Big):
                yield from tree.bound_by(node, None)


def _letters_in(node: Syntax) -> Iterator[str]:
    r"""All symbols, but for words: the old of N_{\text{old}} runs nowhere."""
    for part in tree.descend(node):
        if isinstance(part, Name) and not text_styles.is_word(part.latex):
            yield part.name


def _limits(statement: Statement) -> Iterator[str]:
    """The symbols that sums, ranges and dimensions end with, or that subscripts add to."""
    for part in _parts(statement):
        for node in tree.descend(part):
            places: tuple[Syntax, ...] = ()
            if isinstance(node, Big):
                places = (*node.below, *((node.above,) if node.above is not None else ()))
            elif isinstance(node, RealSpace):
                places = node.dimensions
            elif isinstance(node, Interval):
                places = (node.low, node.high)
            elif isinstance(node, Indexed):
                places = tuple(s for s in node.subscripts if isinstance(s, Sum))
            for place in places:
                yield from (n.name for n in tree.descend(place) if isinstance(n, Name))


def _stands_alone(node: Syntax, name: str) -> bool:
    """Whether the symbol occurs without anything above it."""
    if isinstance(node, Raised):
        return _stands_alone(node.inside, name) or not isinstance(node.base, Name)
    if isinstance(node, Name):
        return node.name == name
    return any(_stands_alone(child, name) for child in tree.children(node))


def _letters(content: Syntax) -> set[str]:
    """The letters of l, l+1, 2 l; none where anything else is written."""
    found: set[str] = set()
    for node in tree.descend(content):
        if isinstance(node, Name):
            found.add(node.name)
        elif not isinstance(node, Num | Sum | Product | Group):
            return set()
    return found


# ------------------------------------------------------------------------------ writing


def labelled(base: Name, content: Syntax, at: Power | Raised) -> Name:
    """W and 1 above --> W1; parentheses of W^{(1)} stay in its spelling, x^- has none."""
    sign = isinstance(content, Name) and content.latex in ("+", "-")
    shown = f"({_latex(content)})" if isinstance(at, Raised) and not sign else _latex(content)
    label = tree.label_of((content,)) or _latex(content)
    word = isinstance(content, Name) and len(label) > 1
    name = base.name + "_" * word + "".join(c for c in label if c.isalnum() or c == "_")
    return replace(base, name=name, latex=f"{base.latex}^{{{shown}}}", span=at.span)


def _count(node: Syntax) -> int:
    """How many subscripts there are below."""
    return len(tree.apart(node.subscripts)) if isinstance(node, Indexed) else 0


def _squared_name(base: Name) -> Name:
    return replace(base, name=f"{base.name}_sq", latex=f"{base.latex}^2")


def _with_subscripts(new: Syntax, old: Syntax) -> Syntax:
    """The subscripts of the old node, after those that the new one has."""
    if not isinstance(old, Indexed):
        return new
    if isinstance(new, Indexed):
        return replace(new, subscripts=(*new.subscripts, *old.subscripts))
    return replace(old, base=new)


def _flat(node: Syntax) -> Syntax:
    """(x_l)_i --> x_{l,i}."""
    if isinstance(node, Indexed) and isinstance(node.base, Indexed):
        inner = node.base
        if isinstance(inner.base, Name):
            return replace(inner, subscripts=(*inner.subscripts, *node.subscripts), span=node.span)
    return node


def _latex(node: Syntax) -> str:
    if isinstance(node, Name):
        return node.latex
    if isinstance(node, Num):
        return node.text
    return node.span.source.text[node.span.start : node.span.end]
