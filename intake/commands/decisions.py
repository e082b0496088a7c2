"""`postroom decisions`: the decision sheet, there and back, and what is decided so far."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_grant,
)
from intake.commands.deciders import ByOption, require_organiser
from intake.commands.deciding_view import decision_fields, judged_fields, show_judged
from intake.commands.files import refusals, require_writable
from intake.commands.printing import console, day, local, make_table, plain, print_json
from intake.config import Configuration
from intake.understanding.files.decision_sheets import NotADecisionSheet, read_decision_sheet
from responders.sheets.decisions import write_decision_sheet
from storage import lateness, standings
from storage.domain.award_limits import amount_of
from storage.domain.case import Case, CaseState
from storage.domain.deciding import Judged, Standing, judge_sheet, refuse_origin
from storage.domain.decision import Decision, Effect, Outcome
from storage.domain.decision_sheet import MOST_CASES, OUTCOME_WORDS, DecisionSheet
from storage.domain.money import money
from storage.domain.programme import Programme

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Export the decision sheet, import it filled in, list what is decided."""

SUFFIX = ".xlsx"

SheetFile = Annotated[Path, typer.Argument(help="The workbook, an .xlsx file.", metavar="FILE")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command(name="export")
def export_sheet(
    ctx: typer.Context,
    file: SheetFile,
    programme: ProgrammeOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a sheet that is there already.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Write the decision sheet: a row for each case whose form came back, to be filled in.

    A file that is there already may be one that somebody is filling in: it stays as it is.

    Example: postroom decisions export --programme ace decisions.xlsx
    """
    configuration = configuration_of(ctx, config)
    ours = require_grant(configuration, programme)
    if file.suffix.lower() != SUFFIX:
        typer.echo(f"{plain(file)} must end in {SUFFIX}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    if file.exists() and not replace:
        typer.echo(f"{plain(file)} is there already: take another name, or --replace.", err=True)
        raise typer.Exit(1)
    require_writable(file)
    with App(configuration) as application, application.database.reading() as session:
        standing = standings.standing_of(session, ours)
        late = lateness.late_cases(session, ours)
    count = sum(case.state is CaseState.APPLIED for case in standing.cases)
    if count > MOST_CASES:
        typer.echo(f"{count} cases are more than a decision sheet can bring back.", err=True)
        raise typer.Exit(1)
    content = write_decision_sheet(
        standing, late, secret=configuration.secret, now=datetime.now(UTC)
    )
    with refusals(file, "written"):
        file.write_bytes(content)
    if as_json:
        print_json({"file": str(file), "programme": ours.slug, "cases": count})
        return
    typer.echo(f"{plain(file)}: {count} case{'s' if count != 1 else ''} of {ours.slug}.")


@app.command(name="import")
def import_sheet(
    ctx: typer.Context,
    file: SheetFile,
    by: ByOption,
    lift: Annotated[
        str | None, typer.Option(help="Why decisions may break the limits of the awards.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="The reason of rows that give none.", show_default=False)
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; record nothing.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Record the decisions of a sheet that was filled in; nobody is told.

    Each row is taken whole, or refused with reasons while the others are recorded. What stands
    already is left alone, so that importing twice changes nothing. Status 1: a row was refused.

    Example: postroom decisions import decisions.xlsx --by "Rosalind Okoro" --dry-run
    """
    configuration = configuration_of(ctx, config)
    sheet, ours = _read(file, configuration)
    decider = require_organiser(ours, by)
    made = local(sheet.origin.made_at, ours.zone)
    usual = (reason or "").strip() or f"decision sheet of {made}"
    with App(configuration) as application:
        begin = application.database.reading if dry_run else application.database.writing
        with begin() as session:
            standing = standings.standing_of(session, ours)
            judged = judge_sheet(sheet.rows, standing, reason=usual, lift=lift)
            if not dry_run:
                standings.record(session, judged, by=decider, now=datetime.now(UTC))
    _tell_import(judged, ours, is_done=not dry_run, as_json=as_json)
    if any(one.effect is Effect.REFUSED for one in judged):
        raise typer.Exit(1)


@app.command(name="list")
def list_decisions(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """List the decisions that stand, by case, and who is still without one.

    Example: postroom decisions list --programme ace
    """
    configuration = configuration_of(ctx, config)
    ours = require_grant(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        standing = standings.standing_of(session, ours)
    found = [
        (case, decision) for case in standing.cases if (decision := standing.decision(case.id))
    ]
    undecided = [
        case
        for case in standing.cases
        if case.state is CaseState.APPLIED and standing.decision(case.id) is None
    ]
    if as_json:
        print_json(
            {
                "decisions": [decision_fields(case.reference, one) for case, one in found],
                "undecided": [case.reference for case in undecided],
            }
        )
        return
    _show_list(found, standing)
    if undecided:
        typer.echo(f"Without a decision: {', '.join(case.reference for case in undecided)}.")


def _read(file: Path, configuration: Configuration) -> tuple[DecisionSheet, Programme]:
    """The sheet and its programme; ends the command where it is none of ours."""
    with refusals(file, "read"):
        content = file.read_bytes()
    try:
        sheet = read_decision_sheet(content)
    except NotADecisionSheet as error:
        raise _refused(file, str(error)) from error
    known = {programme.slug: programme for programme in configuration.programmes}
    ours = known.get(sheet.origin.programme)
    if ours is None:
        raise _refused(file, f"it is of {plain(sheet.origin.programme)}, no programme of ours")
    if problem := refuse_origin(sheet.origin, ours, configuration.secret):
        raise _refused(file, problem)
    return sheet, ours


def _refused(file: Path, why: str) -> typer.Exit:
    typer.echo(f"Nothing was recorded from {plain(file)}: {why}.", err=True)
    return typer.Exit(1)


def _tell_import(
    judged: Sequence[Judged], programme: Programme, *, is_done: bool, as_json: bool
) -> None:
    if as_json:
        print_json({"done": is_done, "rows": [judged_fields(one) for one in judged]})
    else:
        show_judged(judged, programme, is_done=is_done)


def _show_list(found: Sequence[tuple[Case, Decision]], standing: Standing) -> None:
    programme = standing.programme
    if not found:
        typer.echo(f"Nothing is decided yet in {programme.slug} {programme.round.key}.")
        return
    names = {o.address.email: o.address.name or o.address.email for o in programme.organisers}
    rows = [
        (
            case.reference,
            f"{OUTCOME_WORDS[one.ruling.outcome]}{', withdrew' if _withdrew(case) else ''}",
            _amount(one, programme),
            case.title,
            names.get(one.by, one.by),
            day(one.at, programme.zone),
            one.reason,
        )
        for case, one in found
    ]
    counts = Counter(one.ruling.outcome for case, one in found if not _withdrew(case))
    told = ", ".join(f"{counts[outcome]} {OUTCOME_WORDS[outcome]}" for outcome in Outcome)
    if withdrew := sum(_withdrew(case) for case, _ in found):
        told += f", {withdrew} withdrew"
    spent = sum(amount_of(programme, award.amount) for award in standing.awards.values())
    title = f"Decisions of {programme.name}: {told}; {money(spent, programme.currency)} in all"
    columns = ("case", "decision", "amount", "title", "by", "on", "reason")
    console().print(make_table(title, columns, rows, whole=("case", "decision", "amount")))


def _withdrew(case: Case) -> bool:
    """True for somebody whose place and money are free again."""
    return case.state is CaseState.WITHDRAWN


def _amount(decision: Decision, programme: Programme) -> str | None:
    if decision.ruling.outcome is not Outcome.FUNDED:
        return None
    return money(amount_of(programme, decision.ruling.amount), programme.currency)
