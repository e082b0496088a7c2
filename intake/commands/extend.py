"""`postroom extend`: a round, or one case of it, closes later, and those concerned are told."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.clocks import parse_clock
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    configuration_of,
    require_programme,
)
from intake.commands.deciders import (
    ByOption,
    require_case,
    require_instant,
    require_organiser,
)
from intake.commands.printing import console, make_table, plain, print_json
from intake.config import Configuration
from responders.kinds import extension_notice
from responders.reasons import why_left_out
from responders.wording import local_moment
from storage import cases, extensions, situations
from storage.domain.case import Case, CaseState
from storage.domain.extension import Extension, Obstacle, extended, find_obstacle
from storage.domain.letter import Due
from storage.domain.programme import Programme
from storage.domain.situation import Situation

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class _Told:
    """One applicant whom it concerns. `late_form` is when a form came that now is in time."""

    case: Case
    due: Due
    late_form: str | None


@app.command()
def extend(
    ctx: typer.Context,
    to: Annotated[
        datetime,
        typer.Option(
            help="When it closes, by the programme's clock.",
            metavar="YYYY-MM-DDTHH:MM",
            parser=parse_clock,
        ),
    ],
    reason: Annotated[str, typer.Option(help="Why; the letter says it as it stands here.")],
    by: ByOption,
    reference: Annotated[
        str | None, typer.Argument(help="One case, such as ACE-0042.", show_default=False)
    ] = None,
    programme: Annotated[
        str | None, typer.Option(help="A whole round: the programme's slug.", show_default=False)
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be told; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """Let a round close later, or one case of it. Whoever was told the old time is told the new.

    A form that was late and now is in time counts as in time. The latest time that was ever set
    holds; a round can't be made to close earlier.

    Example: postroom extend --programme ace --to 2021-08-27T17:00 --reason Summer --by "Jo Okoro"

    Example: postroom extend ACE-0042 --to 2021-08-27T17:00 --reason Illness --by "Jo Okoro"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application, _session(application, dry_run=dry_run) as session:
        case = require_case(session, reference) if reference else None
        ours = _programme(configuration, case, programme)
        organiser = require_organiser(ours, by)
        standing = _standing(session, ours, case, now)
        closes_at = require_instant(to, standing)
        _refuse(standing, case, closes_at, reason=reason, now=now)
        wanted = Extension(
            id=0,
            programme=ours.slug,
            round=ours.round.key,
            case_id=case.id if case is not None else None,
            closes_at=closes_at,
            reason=" ".join(reason.split()),
            by=organiser,
            at=now,
        )
        told = _concerned(session, ours, case, wanted)
        if not dry_run:
            extensions.extend(
                session,
                ours,
                closes_at,
                case_id=wanted.case_id,
                reason=wanted.reason,
                by=organiser,
                now=now,
            )
    if as_json:
        print_json(_fields(standing, case, wanted, told, is_done=not dry_run))
    else:
        _show(standing, case, wanted, told, is_done=not dry_run)


def _session(application: App, *, dry_run: bool) -> AbstractContextManager[Session]:
    return application.database.reading() if dry_run else application.database.writing()


def _programme(configuration: Configuration, case: Case | None, slug: str | None) -> Programme:
    """The programme that is meant; ends the command with status 2 where both or neither say."""
    if (case is None) == (slug is None):
        typer.echo("Name either one case or, with --programme, a whole round.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return require_programme(configuration, case.programme if case else str(slug))


def _standing(
    session: Session, configured: Programme, case: Case | None, now: datetime
) -> Programme:
    """The programme with the closing time that holds, for this case where there is one."""
    if case is None:
        return extensions.as_extended(session, configured)
    return situations.situation_of_case(session, configured, case.id, now).programme


def _refuse(
    standing: Programme, case: Case | None, closes_at: datetime, *, reason: str, now: datetime
) -> None:
    """End the command with status 1 where the closing can't be set, and say why."""
    problem = _problem_of(standing, case, reason)
    obstacle = find_obstacle(standing.round, closes_at, now=now)
    if problem is None and obstacle is not None:
        problem = _told_obstacle(standing, obstacle)
    if problem is not None:
        typer.echo(f"Nothing was changed: {problem}.", err=True)
        raise typer.Exit(1)


def _problem_of(standing: Programme, case: Case | None, reason: str) -> str | None:
    if not reason.strip():
        return "the letter needs a reason"
    if len(" ".join(reason.split())) > extension_notice.LONGEST_REASON:
        return f"the letter has room for a reason of {extension_notice.LONGEST_REASON} characters"
    if case is None:
        return None
    if case.round != standing.round.key:
        return f"{case.reference} belongs to the round {plain(case.round)}"
    if case.state is CaseState.WITHDRAWN:
        return f"{case.reference} was withdrawn"
    return None


def _told_obstacle(standing: Programme, obstacle: Obstacle) -> str:
    closes = local_moment(standing.round.closes_at, standing.zone)
    match obstacle:
        case Obstacle.NOT_LATER:
            return f"it closes at {closes}, and can only be made to close later"
        case Obstacle.PASSED:
            return "that time has passed; name one that applicants still have"
        case Obstacle.AFTER_OUTCOMES:
            outcomes = standing.round.outcomes_at or standing.round.closes_at
            told = local_moment(outcomes, standing.zone)
            return f"the outcomes are told from {told} on, and it must close before"
        case Obstacle.TOO_FAR:
            return "that is more than a year later, and could not be taken back"


def _concerned(
    session: Session, ours: Programme, case: Case | None, wanted: Extension
) -> list[_Told]:
    """Whom the notice would go to, in order of opening."""
    found = (case,) if case else cases.of_round(session, ours.slug, ours.round.key)
    told = []
    for one in found:
        before = situations.situation_of_case(session, ours, one.id, wanted.at)
        s = _extended(before, wanted)
        if s.case is None or s.programme == before.programme:
            continue
        told += [
            _Told(s.case, due, extension_notice.late_form_of(s)) for due in extension_notice.due(s)
        ]
    return told


def _extended(s: Situation, wanted: Extension) -> Situation:
    programme = replace(s.programme, round=extended(s.programme.round, [wanted]))
    return replace(s, programme=programme, extensions=(*s.extensions, wanted))


def _show(
    standing: Programme,
    case: Case | None,
    wanted: Extension,
    told: Sequence[_Told],
    *,
    is_done: bool,
) -> None:
    what = f"{standing.name} for {case.reference}" if case is not None else standing.name
    old, new = (
        local_moment(at, standing.zone) for at in (standing.round.closes_at, wanted.closes_at)
    )
    verb = "now closes" if is_done else "would close"
    typer.echo(f"{what} {verb} at {new}, not at {old}.")
    if not told:
        typer.echo("Nobody has been told the old time, so nobody is told the new one.")
    rows = [(one.case.reference, one.due.recipient.email, _in_words(one)) for one in told]
    title = f"{'Told with the next tick' if is_done else 'Would be told'}: {_counted(told)}"
    if told:
        console().print(make_table(title, ("case", "to", "note"), rows, whole=("case",)))
    if not is_done:
        typer.echo("Nothing was changed.")


def _counted(told: Sequence[_Told]) -> int:
    return sum(one.due.skip is None for one in told)


def _in_words(one: _Told) -> str:
    if one.due.skip is not None:
        return f"left out: {why_left_out(one.due.skip)}"
    return "its late form now is in time" if one.late_form else ""


def _fields(
    standing: Programme,
    case: Case | None,
    wanted: Extension,
    told: Sequence[_Told],
    *,
    is_done: bool,
) -> dict[str, object]:
    return {
        "done": is_done,
        "programme": wanted.programme,
        "round": wanted.round,
        "case": case.reference if case is not None else None,
        "old_closes_at": standing.round.closes_at,
        "closes_at": wanted.closes_at,
        "reason": wanted.reason,
        "by": wanted.by,
        "told": [
            {
                "case": one.case.reference,
                "to": one.due.recipient.email,
                "left_out": one.due.skip,
                "late_form": one.late_form,
            }
            for one in told
        ],
    }
