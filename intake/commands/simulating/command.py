"""`postroom simulate`: a whole year of a programme on a fake clock, judged by what its cast did."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from intake.commands.printing import Json, console, plain, print_json
from intake.commands.simulating.grant import performance as grant
from intake.commands.simulating.grant.cast import WHOLE
from intake.commands.simulating.grant.page import report_of
from intake.commands.simulating.page import render_page
from intake.commands.simulating.report import Progress, Report
from intake.commands.simulating.timeline import Line, in_words
from intake.commands.staging.stage import NotOurs, prepare_stage
from intake.logging import configure_logging

app = typer.Typer(add_completion=False, no_args_is_help=True)

LEAVES = ("config.toml", "mail-password", "data", "index.html", "ticking.log")
"""What a simulation leaves in its folder; the next one begins by removing these."""

COLUMNS = {"date": 11, "what happened": 37, "letters": 28}
"""Widths in characters; with their gaps they fit a terminal of 80."""


@app.callback()
def simulate() -> None:
    """Play a whole year of a programme on a fake clock, and judge it."""


@app.command()
def ace(
    seed: Annotated[int, typer.Option(help="Another number, another year.")] = 1,
    into: Annotated[Path, typer.Option(help="The folder for what the year leaves.")] = Path(
        "var/simulation"
    ),
    applicants: Annotated[
        int, typer.Option(min=1, max=400, help="How many write; with fewer it is over sooner.")
    ] = WHOLE,
    kills: Annotated[
        int, typer.Option(min=0, max=500, help="Kill the process so often, at random moments.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """The year of the grant call, from the opening day to the last outcome letter: invented people
    write, forget, are late, go on holiday and withdraw, and the real application answers them over
    an embedded mail server. At the end every letter is held against what the people did.

    Ends with status 1 where any letter is missing, too many, too early or somebody else's.

    Example: postroom simulate ace --seed 7
    """
    started = monotonic()
    _prepare(into)
    configure_logging("critical")
    with _progress() as progress:
        performance = grant.perform(grant.Plan(seed, applicants, kills), into, progress)
    report = report_of(performance)
    conclude(report, into, seconds=monotonic() - started, as_json=as_json)


def conclude(report: Report, into: Path, *, seconds: float, as_json: bool) -> None:
    """Write the page into the folder and say what came of the year; where anything is not as it
    must be, the command ends with status 1."""
    page = into / "index.html"
    page.write_text(render_page(report.page, seconds=seconds), encoding="utf-8")
    if as_json:
        print_json(_fields(report, seconds))
    else:
        _tell(report, seconds)
        console().print(f"The year as a page: {page}", soft_wrap=True)
    if report.page.violations:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("the cast is chosen", total=None)

        def show(begins_at: datetime, ends_at: datetime, now: datetime) -> None:
            whole = (ends_at - begins_at).total_seconds()
            done = max(0.0, (now - begins_at).total_seconds())
            day = f"{now.astimezone(begins_at.tzinfo):%a %-d %B %Y}"
            bar.update(task, total=whole, completed=done, description=day)

        yield show


def _prepare(into: Path) -> None:
    """Clear the stage, or say what to do and end with the status of a wrong call."""
    try:
        prepare_stage(into, "simulate", LEAVES)
    except NotOurs as error:
        told = f"{error}. Name a new or empty folder with --into"
        raise typer.BadParameter(told) from error
    except OSError as error:
        raise typer.BadParameter(f"{into} can't be written: {error.strerror}") from error


def _tell(report: Report, seconds: float) -> None:
    out, page = console(), report.page
    out.print(_table(page.lines))
    out.print("Days on which nothing left but what the calendar asks for are not shown.")
    killed = f", killed {page.kills} times" if page.kills else ""
    out.print(
        f"{report.counts}, in {seconds:.0f} seconds{killed}. "
        f"Seed {page.seed}, letters {page.digest[:16]}.",
        soft_wrap=True,
    )
    for violation in page.violations:
        out.print(Text(f"Not as it must be: {plain(violation, limit=400)}", style="red"))
    if not page.violations:
        out.print("Every letter is as the year calls for, each once.")


def _table(lines: Sequence[Line]) -> Table:
    """Date, what happened, letters by kind, in 80 columns."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=False)
    for column, width in COLUMNS.items():
        table.add_column(column, width=width)
    for line in lines:
        happened, letters = in_words(line.happened), in_words(line.letters)
        table.add_row(
            f"{line.day:%a %-d %b}",
            Text("\n".join(happened)),
            Text("\n".join(letters), style="green"),
        )
    return table


def _fields(report: Report, seconds: float) -> Json:
    page = report.page
    return {
        "seed": page.seed,
        "seconds": round(seconds, 1),
        "kills": page.kills,
        **report.numbers,
        "letters": page.letters,
        "digest": page.digest,
        "violations": list(page.violations),
        "timeline": [
            {"date": line.day, "happened": dict(line.happened), "letters": dict(line.letters)}
            for line in page.lines
        ],
    }
