"""`postroom simulate`: a whole year of a programme on a fake clock, judged by what its cast did, or
a part of it to practise on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from intake.commands.printing import console, print_json
from intake.commands.simulating.cohort import cast as cohort_cast
from intake.commands.simulating.cohort import page as cohort_page
from intake.commands.simulating.cohort import performance as cohort
from intake.commands.simulating.grant import cast as grant_cast
from intake.commands.simulating.grant import page as grant_page
from intake.commands.simulating.grant import performance as grant
from intake.commands.simulating.practice import (
    MAILBOX,
    OutOfYear,
    Stop,
    is_practised,
    next_commands,
    stop_at,
)
from intake.commands.simulating.report import Progress
from intake.commands.simulating.telling import conclude
from intake.commands.staging.stage import NotOurs, prepare_stage
from intake.logging import configure_logging

app = typer.Typer(add_completion=False, no_args_is_help=True)

LEAVES = ("config.toml", "mail-password", "data", "mailbox", "index.html", "ticking.log")
"""What a simulation leaves in its folder; the next one begins by removing these."""

FOLDER = Path("var/simulation")

Seed = Annotated[int, typer.Option(help="Another number, another year.")]
Folder = Annotated[Path, typer.Option("--into", "--folder", help="Where the year leaves things.")]
Kills = Annotated[
    int, typer.Option(min=0, max=500, help="Kill the process so often, at random moments.")
]
Until = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        show_default=False,
        help="Stop on this day of the year, and leave the folder to practise in: all dates are "
        "moved so that the day is today.",
    ),
]
Again = Annotated[
    bool,
    typer.Option("--again", help="Begin anew in a folder practised in; what is in it is lost."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.callback()
def simulate() -> None:
    """Play a whole year of a programme on a fake clock, and judge it."""


@app.command()
def ace(
    seed: Seed = 1,
    into: Folder = FOLDER,
    applicants: Annotated[
        int, typer.Option(min=1, max=400, help="How many write; with fewer it is over sooner.")
    ] = grant_cast.WHOLE,
    kills: Kills = 0,
    until: Until = None,
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """The year of the grant call, from the opening day to the signed agreements: invented people
    write, forget, are late, go on holiday and withdraw, a panel scores, who is funded signs,
    organisers act by reply, and the real application answers them over an embedded mail server. At
    the end every letter is held against what the people did.

    Ends with status 1 where any letter is missing, too many, too early or somebody else's.

    Example: postroom simulate ace --seed 7

    Example: postroom simulate ace --until 2021-09-10 --folder var/practice
    """
    plan = grant.Plan(seed, applicants, kills)
    if until is not None:
        _practise(
            _stop(grant.SLUG, until, kills),
            into,
            lambda stop, progress: grant.practise(plan, into, stop, progress),
            again=again,
            as_json=as_json,
        )
        return
    started = monotonic()
    with _stage(into, again=again) as progress:
        report = grant_page.report_of(grant.perform(plan, into, progress))
    conclude(report, into, seconds=monotonic() - started, as_json=as_json)


@app.command()
def surrey500(
    seed: Seed = 1,
    into: Folder = FOLDER,
    messages: Annotated[
        int,
        typer.Option(
            min=5,
            max=400,
            help="How many messages nominate; with fewer there are as many places less.",
        ),
    ] = cohort_cast.WHOLE,
    cohorts: Annotated[
        int | None,
        typer.Option(
            min=1,
            show_default=False,
            help="The year is over when so many cohorts have started; all, unless given.",
        ),
    ] = None,
    kills: Kills = 0,
    until: Until = None,
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """The year of the cohort programme, from the first nomination to the day on which the last
    cohort starts: invented people nominate each other, take places, decline, forget and step back,
    organisers give the places, and the real application writes to all of them over an embedded
    mail server. At the end every letter is held against what the people did.

    Ends with status 1 where any letter is missing, too many, too early or somebody else's, or
    where a limit was exceeded or a team taken apart.

    Example: postroom simulate surrey500 --seed 7

    Example: postroom simulate surrey500 --until 2019-04-10 --folder var/practice
    """
    plan = cohort.Plan(seed, messages, kills, cohorts)
    if until is not None:
        _practise(
            _stop(cohort.SLUG, until, kills),
            into,
            lambda stop, progress: cohort.practise(plan, into, stop, progress),
            again=again,
            as_json=as_json,
        )
        return
    started = monotonic()
    with _stage(into, again=again) as progress:
        report = cohort_page.report_of(cohort.perform(plan, into, progress))
    conclude(report, into, seconds=monotonic() - started, as_json=as_json)


def _practise(
    stop: Stop,
    into: Path,
    play: Callable[[Stop, Progress], int],
    *,
    again: bool,
    as_json: bool,
) -> None:
    """Play until the year stops, and say what can be tried."""
    with _stage(into, again=again) as progress:
        unread = play(stop, progress)
    commands = next_commands(stop, into)
    if as_json:
        print_json(_left(stop, into, unread, commands))
        return
    out = console()
    out.print(
        f"The year stopped on {stop.day:%-d %B %Y}; its dates are moved so that this is today. "
        f"{unread} messages lie unread in {into / MAILBOX / 'new'}; one that you save there is "
        "read too. Nothing leaves: letters are written and held.",
        soft_wrap=True,
    )
    out.print("\nTo try next:\n")
    for command, why in commands.items():
        out.print(f"  {command}", markup=False, highlight=False, soft_wrap=True)
        out.print(f"      {why}", markup=False, highlight=False, soft_wrap=True)


def _left(stop: Stop, into: Path, unread: int, commands: Mapping[str, str]) -> dict[str, object]:
    return {
        "stopped_on": stop.day,
        "moved_by_days": stop.moved_by.days,
        "folder": str(into),
        "config": str(into / "config.toml"),
        "unread": unread,
        "commands": list(commands),
    }


def _stop(slug: str, day: datetime, kills: int) -> Stop:
    """Where the year is to stop; the command ends with status 2 where it can't stop there."""
    if kills:
        raise typer.BadParameter("a year that stops on its way is never killed: leave out --kills")
    try:
        return stop_at(slug, date(day.year, day.month, day.day), datetime.now(UTC))
    except OutOfYear as error:
        raise typer.BadParameter(f"--until: {error}") from error


@contextmanager
def _stage(into: Path, *, again: bool) -> Iterator[Progress]:
    """The folder cleared, logging quiet, and a bar that shows how far the year has come."""
    prepare_folder(into, again=again)
    configure_logging("critical")
    with _progress() as progress:
        yield progress


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


def prepare_folder(into: Path, *, again: bool) -> None:
    """Clear the stage, or say what to do and end with the status of a wrong call. What somebody
    practised is only cleared with `again`."""
    if is_practised(into) and not again:
        raise typer.BadParameter(
            f"{into} is practised in, and beginning anew loses what you did there; nothing was "
            "changed. Add --again, or name another folder with --into"
        )
    try:
        prepare_stage(into, "simulate", LEAVES)
    except NotOurs as error:
        told = f"{error}. Name a new or empty folder with --into"
        raise typer.BadParameter(told) from error
    except OSError as error:
        raise typer.BadParameter(f"{into} can't be written: {error.strerror}") from error
