"""A derivation --> its explanation, from the trace that produced the answer.

For each array on the way back: who reads its elements, the slope of each reader, the rule of total derivatives with
the sums that isl solved, what was simplified and by which rule, and the name of what came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deltarule.equations import affine, build, domains, functions, walk
from deltarule.equations.domains import Domain
from deltarule.equations.nodes import Access, Affine, Call, Condition, Expr
from deltarule.equations.recurrences import recurrences
from deltarule.equations.system import (
    Equation,
    System,
    defined,
    equations_of,
    inputs,
    positive_sizes,
)
from deltarule.explanation.blocks import Block, Display, Part, Sentence
from deltarule.explanation.uses import Fed, fed
from deltarule.gradients.casetable import CaseTable, case_table
from deltarule.gradients.naming import adjoint_name
from deltarule.gradients.polish import shorten
from deltarule.gradients.recognise import recognise
from deltarule.gradients.reverse import Derivation, loss_name
from deltarule.gradients.trace import Contribution, Step
from deltarule.notation import print_equations, print_forms, print_terms
from deltarule.notation.print_cases import definitions, single
from deltarule.notation.print_equations import Line
from deltarule.notation.print_layout import Cases, Derivative, Element, Layout, Listed, Verbatim

ROUTINE = frozenset(  # rules that a reader applies without being told
    {
        "collect powers",
        "collect equal terms",
        "pull out of the sum",
        "decide the bracket",
        "decide the case",
        "limit the sum by the bracket",
        "limit the sum by the case",
        "an empty sum",
        "use the bracket",
        "multiply within the cases",
        "add within the cases",
        "solve for the summation index",
    }
)


def explain(system: System, derivation: Derivation, flat: bool) -> list[Part]:
    """The parts in the order of the derivation; `flat` for lines of text, else for display."""
    collected = derivation.trace.collected
    assert collected is not None, (
        "every derivation keeps the System before adjoints were put in place"
    )
    return list(_Explanation(system, derivation, collected, flat).parts())


class _Explanation:
    def __init__(
        self, system: System, derivation: Derivation, collected: System, flat: bool
    ) -> None:
        self.system = system
        self.final = derivation.system
        self.collected = collected
        self.trace = derivation.trace
        self.flat = flat
        self.objective = system.objective or loss_name(system)
        self.wanted = frozenset(derivation.adjoint_of.values())

    def parts(self) -> Iterator[Part]:
        made = [n for n in defined(self.collected) if n not in defined(self.system)]
        needed = self._needed(made)
        for name in made:
            if self.collected.arrays[name].adjoint_of is None:
                yield self._place(name)
        for name in sorted((n for n in made if n in needed), key=self._distance):
            pair = self.collected.arrays[name].adjoint_of
            if pair is not None and pair[1] != self.system.objective:
                yield self._adjoint(name, pair[1])
        yield self._result()

    def _distance(self, adjoint: str) -> int:
        """How many equations lie between the objective, or an output, and the array."""
        _, of = self.collected.arrays[adjoint].adjoint_of or ("", "")
        reached = {self.system.objective} if self.system.objective else set(self.system.outputs)
        distance = 0
        while of not in reached:
            reads = (e for e in self.system.equations if e.target in reached)
            more = {a.array for e in reads for a in walk.accesses(e.expression)} - reached
            if not more:
                break
            reached |= more
            distance += 1
        return distance

    def _result(self) -> Part:
        answers = [n for n in defined(self.final) if n not in defined(self.system)]
        lines = [line for name in answers for line in self._definition(self.final, name)]
        return Part(Verbatim("Result"), (Display(tuple(lines)),))

    def _needed(self, made: Sequence[str]) -> set[str]:
        """The adjoints that the answers are made of; the others have no part in them."""
        needed = set(self.wanted)
        for name in reversed(made):
            if name in needed:
                equations = equations_of(self.collected, name)
                needed |= {a.array for e in equations for a in walk.accesses(e.expression)}
        grown = True
        while grown:
            reads = {
                a.array
                for n in needed & set(made)
                for e in equations_of(self.collected, n)
                for a in walk.accesses(e.expression)
            }
            grown = not reads <= needed
            needed |= reads
        return needed

    # -------------------------------------------------------------------------- one array

    def _place(self, name: str) -> Part:
        """The place of a maximum, with the policy at ties."""
        policy = {
            "first": "At a tie the first place counts (policy: first).",
            "even": "At a tie all places share evenly (policy: even).",
        }[self.collected.ties]
        words = (
            "Where the largest element stands is an integer, and a constant for the derivative. "
        )
        return Part(
            self._whole(name),
            (Sentence((words + policy,)), Display(self._definition(self.collected, name))),
        )

    def _adjoint(self, name: str, of: str) -> Part:
        blocks: list[Block] = []
        array = self.collected.arrays[name]
        if self._is_named(name):
            shown = Derivative(Element(self.objective), self._whole(of))
            blocks.append(Sentence((self._whole(name), "stands for", shown, ".")))
        contributions = [c for c in self.trace.contributions if c.array == of and self._counts(c)]
        given = [
            a
            for a in inputs(self.collected)
            if self.collected.arrays[a].adjoint_of == array.adjoint_of
        ]
        if given:
            blocks.append(
                Sentence((Element(of), "is an output:", self._whole(given[0]), "is given."))
            )
        for contribution in contributions:
            blocks += self._contribution(contribution)
        if contributions:
            several = len(contributions) > 1 or bool(given)
            blocks.append(Sentence((_rule(contributions, several),)))
        blocks.append(Display(self._definition(self.collected, name)))
        steps = (step for c in contributions for step in c.steps)
        blocks += self._simplified(steps, of)
        blocks += self._put_in_place(name, of)
        blocks += self._needed_where(name)
        blocks += self._known_as(name)
        return Part(self._whole(name), tuple(blocks))

    def _counts(self, contribution: Contribution) -> bool:
        target = adjoint_name(self.system, self.objective, contribution.equation.target)
        return target in self.collected.arrays

    def _is_named(self, name: str) -> bool:
        objective, of = self.collected.arrays[name].adjoint_of or ("", "")
        return name != f"d{objective}_d{of}"

    def _contribution(self, contribution: Contribution) -> Iterator[Block]:
        equation = contribution.equation
        read = print_forms.element(self.system, _without_primes(contribution.read))
        yield Sentence((read, "is read in the equation"))
        yield Display(
            (print_equations.line(self.system, single(self.system, equation), self.flat),)
        )
        array = self.system.arrays[contribution.array]
        known = {a: v for a in array.axes if (v := _settled(contribution.domain, a, array.axes))}
        axes = tuple(known.get(a, affine.name(a)) for a in array.axes)
        element = print_forms.element(self.system, Access(array.name, axes))
        where = self._part(contribution, known)
        yield from self._kinks(contribution)
        for one in fed(walk.substitute(shorten(contribution.chain, contribution.domain), known)):
            reader = print_forms.element(self.system, one.reader)
            clauses = self._for_every(one)
            yield Sentence((element, *where, "feeds", reader, *clauses, ", with the slope"))
            slope = self._expression(one.slope)
            yield Display((Line(Derivative(reader, element), slope, None),))

    def _kinks(self, contribution: Contribution) -> Iterator[Block]:
        """What the derivative of relu is at 0, where the array stands inside."""
        for node in walk.descend(contribution.equation.expression):
            if not isinstance(node, Call) or not functions.is_known(node.function):
                continue
            kinks = functions.KNOWN[node.function].kinks
            if kinks and contribution.array in {a.array for a in walk.accesses(node)}:
                yield Sentence((f"The slope of {node.function} is taken as {kinks}.",))

    def _part(self, contribution: Contribution, known: Mapping[str, Affine]) -> list[str | Layout]:
        """The elements that are read here, where these are not all of the array."""
        array = self.system.arrays[contribution.array]
        sizes = positive_sizes(self.system)
        context = sizes if array.support is None else domains.intersect(array.support, sizes)
        rest = (
            domains.substitute(contribution.domain, dict(known)) if known else contribution.domain
        )
        shown = print_forms.domain_form(
            domains.gist(rest, domains.substitute(context, dict(known)) if known else context),
            [a for a in array.axes if a not in known],
            None,
            self.flat,
        )
        return [] if shown is None else ["(", shown, ")"]

    def _for_every(self, one: Fed) -> list[str | Layout]:
        words: list[str | Layout] = []
        ranges = print_forms.domain_form(
            one.domain, one.indices, positive_sizes(self.system), self.flat
        )
        if ranges is not None and one.indices:
            words += ["for", ranges]
        elif one.indices:
            words += ["for all", *_commas([Element(i) for i in one.indices])]
        for condition in one.conditions:
            words += ["where", self._condition(condition)]
        for (condition,) in one.outside:
            words += ["except where", self._condition(condition)]
        if one.times != build.ONE:
            words += [",", self._expression(one.times), "times"]
        return words

    # -------------------------------------------------------------------------- what follows

    def _simplified(self, steps: Iterable[Step], of: str) -> Iterator[Block]:
        """The rules that changed more than the look, each with what it changed."""
        seen: set[tuple[str, Expr]] = set()
        for step in steps:
            if step.rule in ROUTINE or (step.rule, step.before) in seen:
                continue
            seen.add((step.rule, step.before))
            axes = self.system.arrays[of].axes
            before, after = (_with_axes(e, axes) for e in (step.before, step.after))
            yield Sentence((f"On the way ({step.rule}):",))
            yield Display((Line(self._expression(before), self._expression(after), None),))

    def _put_in_place(self, name: str, of: str) -> Iterator[Block]:
        targets = [target for placed, target in self.trace.placed if placed == name]
        if targets and name not in defined(self.final):
            words = [self._whole(t) for t in targets]
            yield Sentence(("It is put in its place in", *_commas(words), "."))
        unit = adjoint_name(self.system, self.objective, self.objective)
        placed = [own for own, target in self.trace.placed if target == name and own != unit]
        before = self._definition(self.collected, name)
        if placed and name in defined(self.final):
            after = self._definition(self.final, name)
            if after != before:
                words = [self._whole(p) for p in placed]
                place = "its place" if len(words) == 1 else "their places"
                yield Sentence(("With", *_commas(words), f"put in {place}:"))
                yield Display(after)
                yield from self._simplified((s for s in self.trace.steps if s.array == name), of)

    def _needed_where(self, name: str) -> Iterator[Block]:
        """Where an adjoint is read, if that is not everywhere."""
        before, after = (s.arrays.get(name) for s in (self.collected, self.final))
        if before is None or after is None or before.support == after.support or not after.support:
            return
        sizes = positive_sizes(self.system)
        ranges = print_forms.domain_form(after.support, after.axes, sizes, self.flat)
        if ranges is not None:
            yield Sentence((self._whole(name), "is needed for", ranges, "only."))

    def _known_as(self, name: str) -> Iterator[Block]:
        if name not in defined(self.final):
            return
        for equation in equations_of(self.final, name):
            table = case_table(equation)
            if table is not None:
                yield Sentence(("Case by case:",))
                yield Display((self._by_cases(equation, table),))
        runs = [r.in_words() for r in recurrences(self.final) if name in r.arrays]
        for known in recognise(self.final, name):
            if known != "a recursion" or not runs:
                yield Sentence((f"This is {known}.",))
        for words in runs:
            yield Sentence((f"It is computed by a {words}.",))

    def _by_cases(self, equation: Equation, table: CaseTable) -> Line:
        """The value for each way in which the brackets hold or do not."""
        rows = []
        for holds, value in table.values.items():
            conditions = [
                self._condition(relation if yes else replace(relation, op="!="))
                for relation, yes in zip(table.relations, holds, strict=True)
            ]
            rows.append((self._expression(value), Listed(tuple(conditions))))
        left = print_forms.element(self.final, Access(equation.target, equation.subscripts))
        return Line(left, Cases(tuple(rows), stacked=True), None)

    # -------------------------------------------------------------------------- formulas

    def _whole(self, name: str) -> Layout:
        array = self.collected.arrays[name]
        axes = tuple(affine.name(axis) for axis in array.axes)
        return print_forms.element(self.collected, Access(name, axes))

    def _definition(self, system: System, name: str) -> tuple[Line, ...]:
        found = definitions(system, name)
        return tuple(print_equations.line(system, one, self.flat) for one in found)

    def _expression(self, expression: Expr) -> Layout:
        return print_terms.expression(self.collected, expression, self.flat)

    def _condition(self, condition: Condition) -> Layout:
        return print_terms.condition(self.collected, condition, None, self.flat)


def _rule(contributions: Sequence[Contribution], several: bool) -> str:
    if several:
        return "Every use adds what is fed times the slope:"
    summed = any(one.indices for c in contributions for one in fed(c.chain))
    return "Adding over all that is fed:" if summed else "By the chain rule"


def _settled(domain: Domain, axis: str, axes: Sequence[str]) -> Affine | None:
    """M where the domain says j = M, in terms of sizes."""
    value = domains.determined(domain, axis)
    return value if value is not None and not affine.names(value) & set(axes) else None


def _without_primes(access: Access) -> Access:
    """x[l] for x[l']: the author's letter for an index that had another name on the way."""
    names = {n for s in access.subscripts for n in affine.names(s)}
    plain = {n: affine.name(n.rstrip("'")) for n in names if n.endswith("'")}
    return affine.substitute_access(access, plain)


def _with_axes(expression: Expr, axes: Sequence[str]) -> Expr:
    """'a0, which stands for the first subscript of the array, by its letter; l for l' of a sum around."""
    letters = {f"'a{n}": affine.name(a) for n, a in enumerate(axes)}
    primed = {n: affine.name(n.rstrip("'")) for n in walk.free_names(expression) if n.endswith("'")}
    return walk.substitute(expression, {**primed, **letters})


def _commas(layouts: Sequence[Layout]) -> list[str | Layout]:
    """a, b and c."""
    words: list[str | Layout] = []
    for number, one in enumerate(layouts):
        if number:
            words.append("and" if number == len(layouts) - 1 else ",")
        words.append(one)
    return words
