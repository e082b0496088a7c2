"""`postroom outcomes`: what applicants are told, approved by an organiser and released together."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.clocks import parse_clock
from intake.commands.context import (
    ConfigOption,
    configuration_of,
    require_programme,
)
from intake.commands.deciders import (
    ByOption,
    require_case,
    require_instant,
    require_organiser,
    require_words,
)
from intake.commands.outcomes_view import (
    NOT_YET,
    name_some,
    outcome_fields,
    outcome_row,
    plan_fields,
    tell_plan,
)
from intake.commands.printing import console, local, make_table, print_json
from intake.commands.wording import spaced
from storage import cases, decisions, situations, standings
from storage.domain.case import Case, CaseState
from storage.domain.deciding import Judged, judge_wish
from storage.domain.decision import Decision, Effect, Outcome, ReleasedOutcome, Ruling
from storage.domain.programme import Programme
from storage.domain.release import ReleasePlan, plan_release

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Release outcomes, see who confirmed, move a reserve up."""


FURTHEST = timedelta(days=366)
"""How long after the outcome date, or after now, letters can be told to leave."""

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command()
def show(
    ctx: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme's slug.")],
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """List what was released, which letter says so, and who has answered.

    Example: postroom outcomes show ace
    """
    configuration = configuration_of(ctx, config)
    ours = require_programme(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        released = decisions.released(session, ours.slug, ours.round.key)
        ids = dict.fromkeys(outcome.case_id for outcome in released)
        now = datetime.now(UTC)
        told = [situations.situation_of_case(session, ours, id, now) for id in ids]
    if as_json:
        print_json([outcome_fields(s) for s in told])
        return
    if not told:
        typer.echo(f"No outcome of {ours.slug} has been released.")
        return
    columns = ("case", "outcome", "told from", "title", "letter", "answered")
    rows = [outcome_row(s) for s in told]
    waiting = sum(row[-1] == NOT_YET for row in rows)
    title = f"Outcomes of {ours.name}: {len(rows)}, {waiting} still to answer"
    whole = ("case", "outcome", "told from")
    console().print(make_table(title, columns, rows, whole=whole))


@app.command()
def release(
    ctx: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme's slug.")],
    by: ByOption,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this case; may be given several times.")
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option(
            help="Not before this time by the programme's clock (nor before the outcome date).",
            metavar="YYYY-MM-DDTHH:MM",
            parser=parse_clock,
        ),
    ] = None,
    although_undecided: Annotated[
        bool, typer.Option(help="Release, although some who applied have no decision yet.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Approve the decisions that stand, for the applicants to be told together.

    The letters leave on the outcome date of the configuration, or at once after it. What is
    decided later changes nothing of them.

    Example: postroom outcomes release ace --by "Rosalind Okoro" --dry-run
    """
    configuration = configuration_of(ctx, config)
    ours = require_programme(configuration, programme)
    approver = require_organiser(ours, by)
    now = datetime.now(UTC)
    not_before = _not_before(ours, at, now)
    with App(configuration) as application, application.database.writing() as session:
        plan = _plan(session, ours, only)
        is_stopped = bool(plan.undecided) and not (although_undecided or only)
        if plan.ready and not dry_run and not is_stopped:
            decisions.release(session, plan.ready, by=approver, now=now, not_before=not_before)
    is_done = not dry_run and not is_stopped
    if as_json:
        print_json(plan_fields(plan, not_before, is_done=is_done))
    elif not is_stopped:
        tell_plan(plan, ours, not_before, is_done=is_done)
    if is_stopped:
        what = "would be" if dry_run else "was"
        typer.echo(
            f"Nothing {what} released: nobody has decided about {name_some(plan.undecided)}. "
            f"Decide (`postroom decisions list --programme {ours.slug}` shows them), or add "
            "--although-undecided.",
            err=True,
        )
        raise typer.Exit(1)


@app.command()
def promote(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The reserve, such as ACE-0042.")],
    by: ByOption,
    reason: Annotated[str, typer.Option(help="Why, for your own records.")],
    amount: Annotated[
        int | None, typer.Option(min=1, help="What it gets; without it, as the programme says.")
    ] = None,
    lift: Annotated[
        str | None, typer.Option(help="Why it may break the limits of the awards.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Fund a reserve in the place of somebody who stepped back, and tell them at once.

    Example: postroom outcomes promote ACE-0042 --by "Rosalind Okoro" --reason "ACE-0007 declined"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.writing() as session:
        case = require_case(session, reference)
        ours = require_programme(configuration, case.programme)
        approver = require_organiser(ours, by)
        _refuse_others(case, decisions.released_of(session, [case.id]))
        standing = standings.standing_of(session, ours)
        ruling = Ruling(Outcome.FUNDED, amount, _feedback(standing.decision(case.id)))
        why = require_words(reason, "--reason")
        judged = judge_wish(case, ruling, standing, reason=why, lift=lift)
        _refuse_what_cannot_be(judged)
        if not dry_run:
            standings.record(session, [judged], by=approver, now=now)
            decision = decisions.history(session, case.id)[-1]
            not_before = _not_before(ours, None, now)
            decisions.release(
                session, [(case, decision)], by=approver, now=now, not_before=not_before
            )
    if as_json:
        print_json({"case": case.reference, "outcome": Outcome.FUNDED, "done": not dry_run})
    elif dry_run:
        typer.echo(f"{case.reference} would be funded. Nothing was changed.")
    else:
        at = _not_before(ours, None, now)
        when = f"from {local(at, ours.zone)} on" if at > now else "with the next tick"
        typer.echo(f"{case.reference} is funded; the letter leaves {when}.")


def _plan(session: Session, programme: Programme, only: Sequence[str] | None) -> ReleasePlan:
    found = (
        [_of_round(programme, require_case(session, reference)) for reference in only]
        if only
        else cases.of_round(session, programme.slug, programme.round.key)
    )
    return plan_release(
        {case.id: case for case in found}.values(),
        decisions.current(session, programme.slug, programme.round.key),
        decisions.released(session, programme.slug, programme.round.key),
    )


def _of_round(programme: Programme, case: Case) -> Case:
    """The case; where it is not one of this round, the command ends with status 1."""
    if (case.programme, case.round) != (programme.slug, programme.round.key):
        where = f"{programme.slug} {programme.round.key}"
        typer.echo(f"Nothing was released: {case.reference} is no case of {where}.", err=True)
        raise typer.Exit(1)
    return case


def _not_before(programme: Programme, at: datetime | None, now: datetime) -> datetime:
    """When the letters may leave: never before the outcome date. What is more than a year behind it
    ends the command with status 1: it could not be taken back."""
    earliest = max(now, programme.round.outcomes_at or now)
    if at is None:
        return earliest
    wanted = require_instant(at, programme)
    if wanted - earliest > FURTHEST:
        when = local(wanted, programme.zone)
        typer.echo(f"Nothing was released: {when} is more than a year ahead.", err=True)
        raise typer.Exit(1)
    return max(wanted, programme.round.outcomes_at or wanted)


def _refuse_others(case: Case, before: Sequence[ReleasedOutcome]) -> None:
    """Only a reserve that was told so, and has not stepped back, moves up."""
    if case.state is CaseState.WITHDRAWN:
        problem = f"{case.reference} was withdrawn"
    elif not before:
        problem = f"{case.reference} was told no outcome: use `postroom decide`, then release it"
    elif before[-1].ruling.outcome is not Outcome.RESERVE:
        problem = f"{case.reference} was told “{spaced(before[-1].ruling.outcome)}”"
    else:
        return
    typer.echo(f"Nothing was changed: {problem}.", err=True)
    raise typer.Exit(1)


def _refuse_what_cannot_be(judged: Judged) -> None:
    """What would break a limit of the awards, or can't be decided for another reason."""
    if judged.effect is Effect.REFUSED:
        words = "; ".join(judged.problems)
        typer.echo(f"Nothing was changed: {words}. --lift REASON goes beyond a limit.", err=True)
        raise typer.Exit(1)


def _feedback(decision: Decision | None) -> str:
    """What the panel said when it made the project a reserve holds still."""
    return decision.ruling.feedback if decision is not None else ""
