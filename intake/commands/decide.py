"""`postroom decide`: what is decided about one case, recorded quietly."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import EXIT_USAGE, ConfigOption, configuration_of, require_programme
from intake.commands.deciders import ByOption, require_case, require_organiser, require_words
from intake.commands.deciding_view import judged_fields, show_judged
from intake.commands.files import read_text
from intake.commands.printing import plain, print_json
from storage import standings
from storage.domain.deciding import judge_wish
from storage.domain.decision import Decision, Effect, Outcome, Ruling
from storage.domain.decision_sheet import find_outcome, nearest_word

app = typer.Typer(add_completion=False)

OUTCOMES = "funded|reserve|not-funded"


@app.command()
def decide(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The reference, such as ACE-0042.")],
    outcome: Annotated[str, typer.Argument(help="What is decided.", metavar=OUTCOMES)],
    by: ByOption,
    reason: Annotated[str, typer.Option(help="Why, for your own records.")],
    amount: Annotated[
        int | None, typer.Option(min=1, help="What it gets; without it, as the programme says.")
    ] = None,
    feedback: Annotated[
        str | None,
        typer.Option(
            help="What the applicant is told beside; without it, what was recorded before stands."
        ),
    ] = None,
    feedback_file: Annotated[
        Path | None, typer.Option(help="The same from a text file.", show_default=False)
    ] = None,
    lift: Annotated[
        str | None, typer.Option(help="Why it may break the limits of the awards.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; record nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """Record what is decided about a case; the applicant is told when outcomes are released.

    Example: postroom decide ACE-0042 funded --reason "best of its area" --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    wanted = _outcome(outcome)
    told = _told_feedback(feedback, feedback_file)
    why = require_words(reason, "--reason")
    with App(configuration) as application:
        begin = application.database.reading if dry_run else application.database.writing
        with begin() as session:
            case = require_case(session, reference)
            ours = require_programme(configuration, case.programme)
            decider = require_organiser(ours, by)
            standing = standings.standing_of(session, ours)
            before = standing.decision(case.id)
            ruling = Ruling(wanted, amount, told if told is not None else _feedback(before))
            judged = judge_wish(case, ruling, standing, reason=why, lift=lift)
            if not dry_run:
                standings.record(session, [judged], by=decider, now=datetime.now(UTC))
    if as_json:
        print_json({"done": not dry_run, **judged_fields(judged)})
    else:
        show_judged([judged], ours, is_done=not dry_run)
    if judged.effect is Effect.REFUSED:
        raise typer.Exit(1)


def _outcome(words: str) -> Outcome:
    outcome = find_outcome(words)
    if outcome is None:
        nearest = nearest_word(words)
        told = f"; did you mean {nearest.replace(' ', '-')}?" if nearest else ""
        known = OUTCOMES.replace("|", ", ")
        typer.echo(f"{plain(words)} is none of {known}{told}", err=True)
        raise typer.Exit(EXIT_USAGE)
    return outcome


def _told_feedback(feedback: str | None, file: Path | None) -> str | None:
    if feedback is not None and file is not None:
        typer.echo("Give --feedback or --feedback-file, not both.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return feedback if file is None else read_text(file)


def _feedback(before: Decision | None) -> str:
    return before.ruling.feedback if before is not None else ""
