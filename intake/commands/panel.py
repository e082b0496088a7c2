"""`postroom panel`: who reads which application, who has told their scores, and what these come
to."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_grant,
)
from intake.commands.deciders import ByOption, require_organiser
from intake.commands.files import refusals, require_writable
from intake.commands.panel_asking import find_asking
from intake.commands.panel_reminding import find_reminding, show_reminding
from intake.commands.panel_view import (
    asked_fields,
    moderated_fields,
    show_asked,
    show_members,
    show_moderated,
    status_fields,
)
from intake.commands.printing import local, plain, print_json
from intake.config import Configuration
from responders.sheets.moderation import write_moderation
from storage import panels
from storage.domain.moderation import moderate
from storage.domain.programme import Programme
from storage.domain.scoring import PanelStanding

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Ask the panel to score, see who has, and what the scores come to."""

SUFFIX = ".xlsx"

AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command()
def assign(
    ctx: typer.Context,
    by: ByOption,
    programme: ProgrammeOption = None,
    readers: Annotated[
        int | None,
        typer.Option(min=1, help="How many read each; without it, everybody reads all."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides between those who are as good.")] = 0,
    with_late: Annotated[bool, typer.Option("--with-late", help="Late forms too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be asked; change nothing.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Ask the members of the panel to read and score applications; each gets a sheet.

    Nobody reads what comes from their own organisation. What is assigned stays; who declared a
    conflict is replaced, and a newer form is sent to those who read the older one.

    Example: postroom panel assign --readers 3 --by "Rosalind Okoro" --dry-run
    """
    configuration = configuration_of(ctx, config)
    ours = _require_panel(configuration, programme)
    organiser = require_organiser(ours, by)
    now = datetime.now(UTC)
    _require_time(ours, now)
    with App(configuration) as application, _session(application, dry_run=dry_run) as session:
        found = find_asking(session, ours, readers=readers, seed=seed, with_late=with_late)
        if not dry_run:
            panels.assign(session, ours, found.asked, by=organiser, now=now)
    if as_json:
        print_json({"done": not dry_run, **asked_fields(found)})
    else:
        show_asked(found, is_done=not dry_run)


@app.command()
def status(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """List the members: what they were asked, what they told, what is missing.

    Example: postroom panel status --programme ace
    """
    configuration = configuration_of(ctx, config)
    standing = _standing(configuration, _require_panel(configuration, programme))
    if as_json:
        print_json(status_fields(standing))
    else:
        show_members(standing)


@app.command()
def remind(
    ctx: typer.Context,
    by: ByOption,
    members: Annotated[
        list[str] | None,
        typer.Argument(help="Names or addresses; without any, all who owe scores.", metavar="NAME"),
    ] = None,
    programme: ProgrammeOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be asked; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Ask members whose scores are missing for them now, once, beside the reminders that come by
    themselves; also when the time has passed.

    Nobody is asked twice within a day, and nobody who has told everything.

    Example: postroom panel remind "Beatrice Alabi" --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    ours = _require_panel(configuration, programme)
    organiser = require_organiser(ours, by)
    now = datetime.now(UTC)
    with App(configuration) as application, _session(application, dry_run=dry_run) as session:
        found = find_reminding(session, ours, members or (), now)
        if not dry_run and found.asked:
            panels.request_scores(session, ours, found.emails, by=organiser, now=now)
    if as_json:
        print_json({"done": not dry_run, **found.fields})
    else:
        show_reminding(found, is_done=not dry_run)


@app.command()
def table(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    into: Annotated[
        Path | None, typer.Option(help="Write it as .xlsx too.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Show what the scores come to, for the moderation: the weighted mean, how far the members are
    apart, outliers, conflicts, and who is missing.

    Example: postroom panel table --into moderation.xlsx
    """
    configuration = configuration_of(ctx, config)
    ours = _require_panel(configuration, programme)
    if into is not None and into.suffix.lower() != SUFFIX:
        typer.echo(f"{plain(into)} must end in {SUFFIX}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    require_writable(into)
    standing = _standing(configuration, ours)
    moderated = moderate(standing)
    if into is not None:
        content = write_moderation(moderated, standing, now=datetime.now(UTC))
        with refusals(into, "written"):
            into.write_bytes(content)
    if as_json:
        print_json(moderated_fields(moderated, standing))
    else:
        show_moderated(moderated, standing)


def _require_panel(configuration: Configuration, slug: str | None) -> Programme:
    programme = require_grant(configuration, slug)
    if not programme.panel:
        told = f"{programme.slug} has no panel: add [[programmes.{programme.slug}.panel]]"
        typer.echo(f"{told} to the configuration.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return programme


def _require_time(programme: Programme, now: datetime) -> None:
    """End the command where the letters would ask for scores by a time that has passed."""
    scores_by = programme.round.scores_by
    if scores_by is not None and scores_by <= now:
        told = f"Scores were due by {local(scores_by, programme.zone)}"
        typer.echo(f"{told}: set a later scores_by first.", err=True)
        raise typer.Exit(1)


def _session(application: App, *, dry_run: bool) -> AbstractContextManager[Session]:
    return application.database.reading() if dry_run else application.database.writing()


def _standing(configuration: Configuration, programme: Programme) -> PanelStanding:
    with App(configuration) as application, application.database.reading() as session:
        return panels.standing_of(session, programme)
