"""The command line: solve, derive, check, cost, list, fit, explain.

Imports of the pipeline wait until a command runs, so that `--help` is immediate.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deltarule.errors import DeltaruleError
from deltarule.notation.recursion import room_for_recursion

if TYPE_CHECKING:
    from deltarule.equations.system import System
    from deltarule.report import Section

FAILED = 2  # exit status for input that its author can mend


FORMS = ("text", "latex", "json")
FORMULA_FORMS = ("text", "unicode", "latex", "mathml", "html", "json")
STEP_FORMS = ("text", "unicode", "markdown", "latex", "html")  # of an explanation

Command = Callable[..., None]


def _options(forms: Sequence[str] = FORMS) -> Callable[[Command], Command]:
    """The arguments that all commands on equations share."""
    decorators = [
        click.argument("equations", metavar="FILE|NAME"),
        click.option(
            "--format", "form", type=click.Choice(forms), default="text", help="How to print."
        ),
        click.option(
            "--wrt", help="Arrays to derive by, separated by commas. Default: parameters."
        ),
        click.option("--of", help="The scalar to derive, where several could be meant."),
        click.option(
            "--einstein", is_flag=True, help="Sum over indices that stand twice in a term."
        ),
    ]

    def decorate_all(command: Command) -> Command:
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return decorate_all


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="deltarule")
def cli() -> None:
    """Equations of a neural network in, its back-propagation out.

    FILE is a Markdown document with the equations in $$ … $$, ```latex or ```deltarule blocks; NAME
    is an entry of the catalog, which `deltarule list` shows. Errors have codes: `deltarule explain E104`
    says more about one.
    """


@cli.command()
@_options(FORMULA_FORMS)
def solve(equations: str, form: str, wrt: str | None, of: str | None, einstein: bool) -> None:
    """Everything: equations, ranges, gradients, proof, price and measured times."""
    from deltarule import pipeline, report, timing

    system = pipeline.read(equations, einstein)
    derivation = pipeline.derive(system, _names(wrt), of)
    system = pipeline.with_objective(system, of)
    dialect = report.dialect_of(form)
    sections = [
        report.equations(system, dialect),
        report.ranges(system, dialect),
        report.gradients(system, derivation, dialect),
        report.proof(pipeline.prove(system, derivation)),
        report.price(pipeline.cost(system, derivation)),
        report.time(timing.measure(system, derivation)),
    ]
    _print(system, sections, form)


@cli.command()
@_options(tuple(dict.fromkeys((*FORMULA_FORMS, *STEP_FORMS))))
@click.option("--steps", is_flag=True, help="Explain each step of the derivation.")
@click.option(
    "--name", "named", multiple=True, help="A name for a derivative: --name delta=dE/dxi."
)
def derive(
    equations: str,
    form: str,
    wrt: str | None,
    of: str | None,
    einstein: bool,
    steps: bool,
    named: tuple[str, ...],
) -> None:
    """The gradients, proved before they are shown; with --steps how they come about."""
    from deltarule import pipeline, report

    _check_form(form, STEP_FORMS if steps else FORMULA_FORMS, steps)
    system = pipeline.with_objective(pipeline.read(equations, einstein), of)
    system = pipeline.with_names(system, _derivative_names(named))
    derivation = pipeline.derive(system, _names(wrt), of)
    pipeline.prove_where_possible(system, derivation)
    if steps:
        click.echo(pipeline.explain(system, derivation, form), nl=False)
        return
    _print(system, [report.gradients(system, derivation, report.dialect_of(form))], form)


def _check_form(form: str, forms: Sequence[str], steps: bool) -> None:
    """Raises E401 for --format json with --steps, and for --format markdown without."""
    if form not in forms:
        raise DeltaruleError(
            "E401",
            f"--format {form} is not for {'an explanation' if steps else 'formulas alone'}",
            help=f"choose one of {', '.join(forms)}{'' if steps else ', or add --steps'}",
        )


def _derivative_names(options: Sequence[str]) -> dict[tuple[str, str], str]:
    """delta=dE/dxi --> {("E", "xi"): "delta"}. Raises E401."""
    found = {}
    for name, derivative in (p for o in options for p in _pairs("--name", o).items()):
        above, slash, below = derivative.partition("/")
        if not slash or above[:1] not in "d\u2202" or below[:1] not in "d\u2202":
            raise DeltaruleError(
                "E401",
                "--name gives no derivative a name",
                seen=f"{name}={derivative}",
                help="for example --name delta=dE/dxi",
            )
        found[above[1:], below[1:]] = name
    return found


@cli.command()
@_options()
def check(equations: str, form: str, wrt: str | None, of: str | None, einstein: bool) -> None:
    """Prove the gradients."""
    from deltarule import pipeline, report

    system = pipeline.read(equations, einstein)
    derivation = pipeline.derive(system, _names(wrt), of)
    system = pipeline.with_objective(system, of)
    _print(system, [report.proof(pipeline.prove(system, derivation))], form)


@cli.command()
@_options()
def cost(equations: str, form: str, wrt: str | None, of: str | None, einstein: bool) -> None:
    """The price of the gradients, against forward Euler."""
    from deltarule import pipeline, report

    system = pipeline.read(equations, einstein)
    derivation = pipeline.derive(system, _names(wrt), of)
    system = pipeline.with_objective(system, of)
    _print(system, [report.price(pipeline.cost(system, derivation))], form)


@cli.command("list")
def list_catalog() -> None:
    """Show the documents that come with deltarule: names and titles."""
    from deltarule import catalog
    from deltarule.notation.document import title_of

    names = catalog.names()
    width = max(len(name) for name in names)
    for name in names:
        click.echo(f"{name.ljust(width)}   {title_of(catalog.open_source(name))}")


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain an error code, with an example; without a CODE list them."""
    from deltarule import pages

    click.echo(pages.listing() if code is None else pages.page(code).rstrip())


@cli.command()
@click.argument("equations", metavar="FILE|NAME")
@click.option("--data", required=True, help="A CSV file; co2 names the record that is shipped.")
@click.option("--map", "mapping", required=True, help="Arrays to columns: x=year,y=ppm.")
@click.option("--set", "sizes", help="Sizes that the data do not determine: M=16.")
@click.option("--let", "functions", help="Uninterpreted functions: g=tanh.")
@click.option("--of", help="The scalar to minimise, where several could be meant.")
@click.option("--out", default="fit", show_default=True, help="Where to write, without ending.")
@click.option("--iterations", default=500, show_default=True, help="L-BFGS iterations at most.")
@click.option("--seed", default=0, show_default=True, help="Of the initial parameters.")
def fit(
    equations: str,
    data: str,
    mapping: str,
    sizes: str | None,
    functions: str | None,
    of: str | None,
    out: str,
    iterations: int,
    seed: int,
) -> None:
    """Train on data: writes OUT.safetensors, OUT.json and OUT.png."""
    from deltarule import pipeline
    from deltarule.training.problem import Request

    request = Request(
        data=data,
        mapping=_pairs("--map", mapping),
        sizes={k: _integer("--set", v) for k, v in _pairs("--set", sizes or "").items()},
        functions=_pairs("--let", functions or ""),
        out=Path(out),
        iterations=iterations,
        seed=seed,
    )
    click.echo(str(pipeline.fit(equations, request, of)))


def _print(system: System, sections: list[Section], form: str) -> None:
    from deltarule import report

    click.echo(report.render(system.title, sections, form), nl=False)


def _names(option: str | None) -> list[str] | None:
    return None if option is None else [n.strip() for n in option.split(",") if n.strip()]


def _pairs(option: str, text: str) -> dict[str, str]:
    """x=year,y=ppm --> {"x": "year", "y": "ppm"}. Raises E401."""
    result = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, sign, value = part.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise DeltaruleError(
                "E401",
                f"{option} has a part without name=value",
                seen=part,
                help=f"for example {option} x=year,y=ppm",
            )
        result[name.strip()] = value.strip()
    return result


def _integer(option: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise DeltaruleError(
            "E401", f"{option} takes positive whole numbers", seen=text, help=f"{option} M=16"
        )
    return int(text)


def main(arguments: list[str] | None = None) -> None:
    """The entry point: a user's mistake is one screen of text and exit status 2."""
    try:
        with room_for_recursion():
            outcome: Any = cli.main(args=arguments, prog_name="deltarule", standalone_mode=False)
        sys.exit(outcome if isinstance(outcome, int) else 0)
    except DeltaruleError as error:
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except click.ClickException as error:
        wrong = DeltaruleError("E401", error.format_message(), help="deltarule --help")
        click.echo(str(wrong), err=True)
        sys.exit(FAILED)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
