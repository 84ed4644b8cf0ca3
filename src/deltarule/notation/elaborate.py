"""Statements into a System: names get their kinds, vectors their components, ranges are inferred.

statements --passes--> --symbols--> --builder--> equations --infer--> --check--> System

A pass is a module whose docstring says what it makes of what. Their order is that of the phases below.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from deltarule.equations import check, infer, infinite_elements, walk
from deltarule.equations.objectives import objective_of
from deltarule.equations.system import Equation, System, defined
from deltarule.errors import DeltaruleError
from deltarule.notation import (
    adjacent,
    along,
    any_values,
    applications,
    assignments,
    axis_marks,
    bars_around_capitals,
    bodies,
    bold_names,
    braced_names,
    bracket_labels,
    bracketed_names,
    brackets,
    call_labels,
    claimed_derivatives,
    conditionals,
    constants,
    convolution,
    convolved,
    declared_cases,
    declared_labels,
    declared_letters,
    declared_rows,
    declared_starts,
    declared_transposes,
    defined_rows,
    defined_sizes,
    dependence,
    dependent_elements,
    diagonals,
    difference_signs,
    differentials,
    dots,
    dotted_names,
    einstein,
    ellipses,
    endless,
    equalities,
    error_terms,
    expectations,
    families,
    fixed,
    fixed_letters,
    function_powers,
    half_open,
    half_steps,
    hermitian,
    homonyms,
    imaginary,
    index_labels,
    indicators,
    joined,
    label_subscripts,
    labels,
    left_functions,
    left_lists,
    local_letters,
    names,
    nested_labels,
    no_products,
    number_remarks,
    objective_statements,
    otimes,
    parameter_labels,
    parameters,
    periodic,
    piecewise_equations,
    places,
    points,
    prefixed_names,
    primes,
    product_lengths,
    quotient_lengths,
    ranges,
    real_numbers,
    running_superscripts,
    running_words,
    script_arguments,
    selected_sets,
    selected_terms,
    sequences,
    sets,
    shadows,
    shared_bounds,
    shared_sets,
    shared_spaces,
    slices,
    splits,
    stated_elements,
    stated_functions,
    stated_spaces,
    strange_letters,
    strides,
    subscripted_signs,
    such_that,
    sum_ranges,
    superscript_words,
    superscripts,
    transposed_left,
    twin_labels,
    unbound_ranges,
    uncalled,
    undefined_gradients,
    unread_declarations,
    variadic,
    vectors,
    windows,
    word_subscripts,
)
from deltarule.notation.builder import Builder
from deltarule.notation.lower import Lowering
from deltarule.notation.scalar_functions import inline_functions, refuse_circles
from deltarule.notation.settings import Settings
from deltarule.notation.spellings import told_apart
from deltarule.notation.symbols import collect
from deltarule.notation.syntax import Statement

USUAL = Settings()


def elaborate(statements: list[Statement], title: str = "", settings: Settings = USUAL) -> System:
    """The checked System that the statements describe. Raises DeltaruleError at the author's text."""
    whole = statements
    statements = _written_out(statements, settings)
    statements = _sets_and_ranges(statements)
    statements = _left_sides(statements, settings)
    statements = _scripts(statements, settings)
    statements = _symbols(statements, settings)
    reals = real_numbers.declared(statements)
    statements = _kinds(statements, settings)
    capitals = stated_elements.unstated(statements)
    statements = _components(statements, settings)
    symbols = collect(statements)
    real_numbers.check(symbols, reals)
    if not statements:
        _refuse_definitions_only(whole)
    builder = Builder(symbols, Lowering(symbols))
    system = builder.system(statements, title)
    system = told_apart(_with_ranges(system, builder))
    stated_elements.check(system, capitals)
    check.check(system)
    return objective_of(system)


# ------------------------------------------------------------------------------ the passes, in their order


def _written_out(statements: list[Statement], settings: Settings) -> list[Statement]:
    """What is written in short is written out; words, marks and brackets that spell one symbol are one."""
    statements = claimed_derivatives.settle(statements)
    statements = dotted_names.settle(statements)
    axis_marks.check(statements)
    statements = objective_statements.settle(statements)
    statements = running_words.settle(statements)
    statements = variadic.settle(statements)
    statements = stated_spaces.settle(statements)
    statements = shared_spaces.settle(statements)
    statements = nested_labels.settle(statements)
    statements = stated_elements.settle(statements)
    statements = stated_functions.settle(statements, settings.functions)
    statements = declared_letters.settle(statements)
    statements = piecewise_equations.settle(statements)
    statements = parameter_labels.settle(statements)
    statements = number_remarks.settle(statements)
    statements = half_open.settle(statements)
    statements = word_subscripts.settle(statements)
    statements = joined.settle(statements)
    statements = transposed_left.settle_marked(statements)
    statements = half_steps.settle(statements)
    statements = superscript_words.settle(statements)
    slices.refuse(statements)
    statements = ellipses.settle(statements)
    statements = conditionals.settle(statements)
    statements = bold_names.settle(statements)
    statements = such_that.settle(statements)
    statements = endless.settle(statements)
    statements = shared_bounds.settle(statements)
    statements = left_lists.settle(statements)
    statements = prefixed_names.settle(statements)
    statements = difference_signs.settle_defined(statements)
    statements = undefined_gradients.settle(statements)
    statements = subscripted_signs.settle(statements)
    statements = bracketed_names.settle(statements)
    statements = slices.settle(statements)
    expectations.refuse(statements)
    no_products.refuse(statements)
    statements = hermitian.settle(statements)
    statements = error_terms.settle(statements)
    return statements


def _sets_and_ranges(statements: list[Statement]) -> list[Statement]:
    """What is said of ranges and sets stands at the equations and the sums that it is said of."""
    statements = selected_sets.settle(statements)
    statements = shared_sets.settle(statements)
    statements = windows.settle(statements)
    statements = sets.named(statements)
    statements = script_arguments.settle(statements)
    statements = ranges.settle(statements)
    statements = sum_ranges.settle(statements)
    statements = sets.settle(statements)
    bars_around_capitals.refuse(statements)
    return statements


def _left_sides(statements: list[Statement], settings: Settings) -> list[Statement]:
    """On the left side of each equation stands one array or one of its elements, and one value on the right."""
    statements = brackets.settle(statements)
    statements = convolved.settle(statements)
    statements = declared_cases.settle(statements)
    statements = equalities.settle(statements)
    statements = bracket_labels.settle(statements)
    statements = left_functions.settle(statements)
    statements = function_powers.settle(statements, frozenset(settings.functions))
    statements = label_subscripts.settle(statements)
    statements = along.settle(statements)
    return statements


def _scripts(statements: list[Statement], settings: Settings) -> list[Statement]:
    """What stands above and behind a symbol is settled: powers, indices, labels; arrows are equations."""
    strange_letters.refuse_brackets(statements)
    strange_letters.refuse_products_with_one(statements)
    differentials.refuse(statements)
    statements = braced_names.settle(statements)
    statements = running_superscripts.settle(statements)
    statements = superscripts.settle(statements)
    statements = transposed_left.settle(statements)
    statements = labels.settle(statements)
    statements = call_labels.settle(statements)
    statements = assignments.settle(statements)
    statements = adjacent.settle(statements)
    statements = declared_starts.settle(statements)
    statements = bodies.settle(statements)
    if settings.einstein:
        statements = einstein.settle(statements)
    if settings.star_is_product:
        statements = convolution.as_products(statements)
    return statements


def _symbols(statements: list[Statement], settings: Settings) -> list[Statement]:
    """Subscripts that are part of a name are; those that are left are indices. Functions that need no
    arguments have none."""
    statements = real_numbers.settle(statements)
    statements = primes.settle(statements)
    statements = declared_transposes.settle(statements)
    statements = dependence.settle(statements)
    statements = dependent_elements.settle(statements)
    diagonals.refuse_constants(statements)
    statements = uncalled.settle(statements)
    statements = families.settle(statements)
    statements = fixed_letters.settle(statements)
    statements = twin_labels.settle(statements)
    statements = quotient_lengths.settle(statements)
    statements = product_lengths.settle(statements)
    statements = any_values.settle(statements)
    statements = declared_labels.settle(statements)
    statements = index_labels.settle(statements)
    statements = sequences.settle(statements)
    imaginary.refuse(statements)
    strange_letters.refuse(statements, settings.fixed)
    strange_letters.refuse_values(statements)
    merged = names.merge(statements)
    unbound_ranges.refuse(statements, merged)
    unread_declarations.refuse(merged)
    statements = merged
    statements = points.settle(statements)
    return statements


def _kinds(statements: list[Statement], settings: Settings) -> list[Statement]:
    """Letters before parentheses are arrays, functions or factors; letters that are numbers have theirs."""
    statements = fixed.settle(statements, settings.fixed)
    strides.refuse(statements)
    statements = ranges.for_all(statements)
    statements = shadows.settle(statements)
    statements = defined_sizes.settle(statements)
    statements = applications.settle(statements, frozenset(settings.functions))
    statements = periodic.settle(statements)
    statements = parameters.settle(statements)
    statements = indicators.settle(statements)
    statements = selected_terms.settle(statements)
    statements = constants.settle(statements)
    statements = places.settle(statements)
    return statements


def _components(statements: list[Statement], settings: Settings) -> list[Statement]:
    """Vectors and matrices are written in components, functions that equations define in place of their calls."""
    statements = declared_rows.settle(statements)
    statements = splits.settle(statements)
    statements = defined_rows.settle(statements)
    statements = otimes.settle(statements, settings.otimes)
    statements = dots.settle(statements)
    refuse_circles(statements)
    statements = local_letters.settle(statements)
    statements = vectors.lower(statements, frozenset(settings.functions))
    bodies.refuse_constants(statements)
    statements = along.of_elements(statements)
    statements = inline_functions(statements)
    statements = convolution.lower(statements)
    statements = homonyms.settle(statements)
    return statements


# ------------------------------------------------------------------------------ ranges


def _with_ranges(system: System, builder: Builder) -> System:
    """The System with its ranges; once they are known, without the elements that are infinite."""
    inferred = infer.infer(system, builder.elsewhere)
    equations = infinite_elements.settle(inferred.equations)
    if equations == inferred.equations:
        return inferred
    gone = {infinite_elements.SYMBOL, *defined(system)} - {e.target for e in equations}
    _refuse_infinite(equations, gone)
    arrays = {n: a for n, a in system.arrays.items() if n not in gone}
    return infer.infer(replace(system, arrays=arrays, equations=equations), builder.elsewhere)


def _refuse_infinite(equations: tuple[Equation, ...], gone: set[str]) -> None:
    """E102 for an element of an array that is infinite everywhere."""
    for access in (a for e in equations for a in walk.accesses(e.expression)):
        if access.array in gone:
            raise DeltaruleError(
                "E102",
                f"every element of '{access.array}' is infinite",
                at=access.span,
                seen="read here",
                help="define an element that is a number, or leave the array out",
            )


def _refuse_definitions_only(statements: list[Statement]) -> NoReturn:
    raise DeltaruleError(
        "E004",
        "the document defines functions only",
        at=statements[0].span,
        seen="a function, not an equation",
        help="write at least one equation that calls it, for example y[i] = f(x[i])",
    )
