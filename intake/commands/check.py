"""`postroom check`: does everything work that Postroom needs? A line for each thing."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from intake.commands.checks import look_at_everything
from intake.commands.context import (
    EXIT_CONFIGURATION,
    EXIT_UNAVAILABLE,
    ConfigOption,
    open_configuration,
    tell_problems,
)
from intake.commands.look import Outcome
from intake.commands.printing import Json, console, plain, print_json
from intake.commands.records_check import look_at_records
from intake.config import ConfigError, Configuration
from storage.errors import StorageError

app = typer.Typer(add_completion=False)


@app.command()
def check(
    ctx: typer.Context,
    config: ConfigOption = None,
    round_trip: Annotated[
        bool,
        typer.Option("--round-trip", help="Send a probe to each inbox and read it back."),
    ] = False,
    patience: Annotated[
        float, typer.Option("--wait", min=1, help="Seconds to wait for a probe.")
    ] = 60.0,
    records: Annotated[
        bool,
        typer.Option("--records", help="Also write the letters of every open record, unsent."),
    ] = False,
    most: Annotated[
        int, typer.Option(min=1, help="With --records: the newest so many of a programme.")
    ] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
) -> None:
    """Test settings, templates, ledger, mailboxes and transports; say what to do where one fails.

    Ends with 0 when all is well, 78 when a person must correct something, 69 when a server
    can't be reached. No applicant gets anything.

    Example: postroom --config config.toml check --round-trip

    Example: postroom check --records
    """
    try:
        configuration = open_configuration(ctx, config)
    except ConfigError as error:
        if as_json:
            print_json({"ok": False, "checks": [], "problems": _problem_fields(error)})
        else:
            tell_problems(error)
        raise typer.Exit(EXIT_CONFIGURATION) from error
    outcomes = check_configuration(
        configuration, round_trip=round_trip, patience=patience, show=not as_json
    )
    if records:
        outcomes += _check_records(configuration, most=most, show=not as_json)
    if as_json:
        print_json(
            {
                "ok": not exit_status(outcomes),
                "checks": [outcome_fields(outcome) for outcome in outcomes],
                "problems": [],
            }
        )
    raise typer.Exit(exit_status(outcomes))


def check_configuration(
    configuration: Configuration,
    *,
    round_trip: bool = False,
    patience: float = 60.0,
    show: bool = True,
) -> list[Outcome]:
    """Every outcome; with `show` each is a line on the terminal as soon as it is there."""
    outcomes = []
    with Console(stderr=True).status("looking"):
        for outcome in look_at_everything(configuration, round_trip=round_trip, patience=patience):
            outcomes.append(outcome)
            if show:
                console().print(outcome_line(outcome), soft_wrap=True)
    return outcomes


def _check_records(configuration: Configuration, *, most: int, show: bool) -> list[Outcome]:
    """The same for the letters of the open records, with a bar that shows how far it has come."""
    outcomes = []
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            for outcome in look_at_records(
                configuration,
                most=most,
                now=datetime.now(UTC),
                track=lambda numbers, name: bar.track(numbers, description=name),
            ):
                outcomes.append(outcome)
    except StorageError as error:
        found = f"none was looked at: {error}"
        outcomes.append(Outcome("records", None, found, "see the ledger above", EXIT_UNAVAILABLE))
    for outcome in outcomes if show else ():
        console().print(outcome_line(outcome), soft_wrap=True)
    return outcomes


def exit_status(outcomes: list[Outcome]) -> int:
    """0 when all is well; what a person must correct comes before what may pass by itself."""
    return max((outcome.status for outcome in outcomes), default=0)


def outcome_line(outcome: Outcome) -> Text:
    """A tick, a cross, an exclamation mark for a warning, or a dash where nothing was looked at;
    what was found; what to do."""
    sign = ("✗ ", "bold red") if outcome.status else ("✓ ", "bold green")
    if outcome.is_warning:
        sign = ("! ", "bold yellow")
    whose = f" {outcome.programme}" if outcome.programme else ""
    line = Text.assemble(
        ("– ", "dim") if outcome.is_left_out else sign,
        (f"{outcome.what}{whose}: ", "bold"),
        plain(outcome.found, limit=600),
    )
    if outcome.todo:
        line.append(f"\n  → {plain(outcome.todo, limit=600)}")
    return line


def outcome_fields(outcome: Outcome) -> Json:
    """The outcome as plain values, for machines."""
    return {
        "what": outcome.what,
        "programme": outcome.programme,
        "ok": not outcome.status,
        "left_out": outcome.is_left_out,
        "warning": outcome.is_warning,
        "found": plain(outcome.found, limit=600),
        "todo": outcome.todo or None,
    }


def _problem_fields(error: ConfigError) -> list[Json]:
    return [
        {
            "file": problem.file,
            "line": problem.line,
            "key": problem.key,
            "found": problem.found,
            "write": problem.write,
        }
        for problem in error.problems
    ]
