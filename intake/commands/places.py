"""`postroom places`: who comes into which cohort, given by an organiser and told with the next
tick."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    configuration_of,
    programme_or_first,
    require_programme,
)
from intake.commands.deciders import ByOption, require_case, require_organiser
from intake.commands.places_view import (
    assignment_fields,
    show_assignments,
    show_standing,
    standing_fields,
)
from intake.commands.printing import plain, print_json
from intake.config import Configuration
from storage import places, seating
from storage.domain.case import Case
from storage.domain.cohorts import Assignment, fits, needs_of, room_beside
from storage.domain.offers import unanswered
from storage.domain.programme import Programme, ProgrammeKind
from storage.place_lines import place_lines
from storage.seating import Seating

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Give nominees their places in cohorts, see who has one, who waits and who is silent."""

WAITING = "waiting"
"""What `move --to` takes beside the number of a cohort."""

Slug = Annotated[str, typer.Argument(help="The programme's slug.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command()
def show(
    ctx: typer.Context, programme: Slug, as_json: AsJson = False, config: ConfigOption = None
) -> None:
    """Show the cohorts with their free places, the waiting list, and who has not answered in time.

    Example: postroom places show surrey500
    """
    configuration = configuration_of(ctx, config)
    ours = _require_cohorts(configuration, programme)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.reading() as session:
        stands = seating.seating_of(session, ours, now)
        late = unanswered(ours, place_lines(session, ours), now)
    if as_json:
        print_json(standing_fields(ours, stands, late))
    else:
        show_standing(ours, stands, late)


@app.command()
def propose(
    ctx: typer.Context, programme: Slug, as_json: AsJson = False, config: ConfigOption = None
) -> None:
    """Say who would come into which cohort and why. Nothing is changed.

    In order of nomination, under the limits of each partnership, teams together. Who waits comes
    before who is new, and nobody who has a place is moved.

    Example: postroom places propose surrey500
    """
    configuration = configuration_of(ctx, config)
    ours = _require_cohorts(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        stands = seating.seating_of(session, ours, datetime.now(UTC))
        found = stands.proposed()
    _tell(ours, stands, found, is_done=False, as_json=as_json)


@app.command()
def apply(
    ctx: typer.Context,
    programme: Slug,
    by: ByOption,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Give the places as proposed. The invitations leave with the next tick.

    What only chance would decide is left out and named: give those places with `places move`.

    Example: postroom places apply surrey500 --by "Winifred Asante" --dry-run
    """
    _give(ctx, programme, by, config, dry_run=dry_run, as_json=as_json, only_waiting=False)


@app.command()
def promote(
    ctx: typer.Context,
    programme: Slug,
    by: ByOption,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Give places that have become free to the first of the waiting list who fit.

    Example: postroom places promote surrey500 --by "Winifred Asante"
    """
    _give(ctx, programme, by, config, dry_run=dry_run, as_json=as_json, only_waiting=True)


@app.command()
def move(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The nominee, such as S500-0042.")],
    to: Annotated[str, typer.Option(help="The number of a cohort, or `waiting`.")],
    by: ByOption,
    reason: Annotated[str, typer.Option(help="Why, for your own records.")],
    first: Annotated[
        bool, typer.Option("--first", help="To the head of the waiting list, not to its end.")
    ] = False,
    lift: Annotated[str | None, typer.Option(help="Why it may go beyond a limit.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Give one nominee a place, another one, or a rank on the waiting list, and tell them.

    Who had confirmed is asked again. Somebody who has not answered loses the place only by this.

    Example: postroom places move S500-0042 --to 2 --by "Winifred Asante" --reason "asked for it"

    Example: postroom places move S500-0042 --to waiting --by "Winifred Asante" --reason "silent"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.writing() as session:
        case = require_case(session, reference)
        ours = programme_or_first(configuration, case.programme)
        organiser = require_organiser(ours, by)
        cohort = _cohort(ours, to)
        stands = seating.seating_of(session, ours, now)
        _refuse(stands, case, cohort, first=first, lift=lift)
        rank = _rank(stands, cohort, first=first)
        if not dry_run:
            places.place(
                session,
                case,
                cohort,
                rank=rank,
                reason=" ".join(reason.split()),
                by=organiser,
                now=now,
                lifted=lift,
            )
    if as_json:
        print_json({"case": case.reference, "cohort": cohort, "rank": rank, "done": not dry_run})
        return
    where = f"in cohort {cohort}" if cohort is not None else "on the waiting list"
    if dry_run:
        typer.echo(f"{case.reference} would be {where}. Nothing was changed.")
    else:
        typer.echo(f"{case.reference} is {where}; the letter leaves with the next tick.")


def _give(
    ctx: typer.Context,
    slug: str,
    by: str,
    config: ConfigOption,
    *,
    dry_run: bool,
    as_json: bool,
    only_waiting: bool,
) -> None:
    configuration = configuration_of(ctx, config)
    ours = _require_cohorts(configuration, slug)
    organiser = require_organiser(ours, by)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.writing() as session:
        stands = seating.seating_of(session, ours, now)
        found = stands.promoted() if only_waiting else stands.proposed()
        if not dry_run:
            seating.record(session, stands, found, by=organiser, now=now)
    _tell(ours, stands, found, is_done=not dry_run, as_json=as_json)


def _tell(
    ours: Programme,
    stands: Seating,
    found: Iterable[Assignment],
    *,
    is_done: bool,
    as_json: bool,
) -> None:
    told = tuple(found)
    if as_json:
        print_json({"done": is_done, "places": assignment_fields(stands, told)})
        return
    show_assignments(ours, stands, told, is_done=is_done)


def _require_cohorts(configuration: Configuration, slug: str) -> Programme:
    """The cohort programme of this slug; another ends the command with status 2."""
    ours = require_programme(configuration, slug)
    if ours.kind is not ProgrammeKind.COHORT or not ours.cohorts:
        typer.echo(f"{ours.slug} has no cohorts in its configuration.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return ours


def _cohort(ours: Programme, to: str) -> int | None:
    """The number of a cohort, None for the waiting list; else the command ends with status 2."""
    wanted = to.strip().lower()
    if wanted == WAITING:
        return None
    numbers = [str(cohort.number) for cohort in ours.cohorts]
    if wanted in numbers:
        return int(wanted)
    known = ", ".join([*numbers, WAITING])
    typer.echo(f"{plain(to)} is no cohort of {ours.slug}: --to takes one of {known}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def _refuse(
    stands: Seating,
    case: Case,
    cohort: int | None,
    *,
    first: bool,
    lift: str | None,
) -> None:
    """End the command with status 1 where somebody can't be moved there, and say why."""
    problem = _problem(stands, case, cohort, first=first)
    if problem is None and cohort is not None and lift is None:
        others = [seat for seat in stands.seats if seat.case_id != case.id]
        if not fits(needs_of(cohort, case.area), room_beside(others, stands.limits)):
            problem = f"cohort {cohort} has no place left for them. --lift REASON goes beyond it"
    if problem is not None:
        typer.echo(f"Nothing was changed: {problem}.", err=True)
        raise typer.Exit(1)


def _problem(stands: Seating, case: Case, cohort: int | None, *, first: bool) -> str | None:
    if case.id not in stands.cases:
        return f"{case.reference} belongs to another round"
    if not case.is_nominee:
        return f"the state of {case.reference} is {case.state}"
    placement = stands.placements.get(case.id)
    if placement is not None and placement.cohort == cohort and not first:
        return f"{case.reference} is there already"
    if cohort is not None and cohort not in dict(stands.limits.cohorts):
        return f"cohort {cohort} has started"
    return None


def _rank(stands: Seating, cohort: int | None, *, first: bool) -> int:
    if cohort is not None:
        return 0
    ranks = [stands.placements[seeker.case_id].rank for seeker in stands.waiting]
    return min(ranks, default=1) - 1 if first else stands.last_rank + 1
