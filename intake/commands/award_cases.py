"""What the commands of `postroom award` look up and refuse before they do anything."""

import typer
from sqlmodel import Session

from intake.commands.context import EXIT_USAGE, programme_or_first
from intake.commands.deciders import require_case
from intake.commands.printing import plain
from intake.config import Configuration
from intake.understanding.awards import read_value
from storage import awards, decisions
from storage.domain.award import LONGEST_DETAIL, AgreementStage, Award, AwardFacts, DetailShape
from storage.domain.award_standing import AwardLine
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.programme import Programme


def refuse_copy(lines: tuple[AwardLine, ...], case: Case, stage: AgreementStage) -> None:
    """End the command with status 1 where there is no agreement that this could be a copy of."""
    line = next((one for one in lines if one.case_id == case.id), None)
    problem = None
    if line is None or line.sent_at is None:
        problem = "no agreement has been sent as it stands now"
    elif line.countersigned_at is not None:
        problem = "it is countersigned already; `postroom award amend` begins anew"
    if problem is not None:
        typer.echo(f"{case.reference} can't be {stage}: {problem}.", err=True)
        raise typer.Exit(1)


def look_up(
    configuration: Configuration, session: Session, reference: str
) -> tuple[Programme, Case, AwardFacts]:
    """A funded case with its award; any other ends the command with status 1."""
    case = require_case(session, reference)
    ours = programme_or_first(configuration, case.programme)
    require_award(ours)
    released = decisions.released_of(session, [case.id])
    is_funded = bool(released) and released[-1].ruling.outcome is Outcome.FUNDED
    if not is_funded or case.state is CaseState.WITHDRAWN:
        why = "it was withdrawn" if case.state is CaseState.WITHDRAWN else "it is not funded"
        typer.echo(f"{case.reference} has no award: {why}.", err=True)
        raise typer.Exit(1)
    return ours, case, awards.facts_of(session, ours, case)


def require_award(ours: Programme) -> Award:
    """How the programme awards; one that says nothing of it ends the command with status 2."""
    if ours.award is None:
        table = f"[programmes.{ours.slug}.award]"
        typer.echo(f"{ours.slug} says nothing of what follows an award: add {table}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return ours.award


_SHAPES = {
    DetailShape.TEXT: "a text without bank details",
    DetailShape.EMAIL: "an e-mail address",
    DetailShape.PHONE: "a telephone number",
    DetailShape.YES_NO: "yes or no",
}


def read_changes(award: Award, told: list[str]) -> dict[str, str]:
    """Key and value of each `--set`, an empty value to take one back; else status 2."""
    asked = {one.key: one for one in award.asked}
    changes = {}
    for one in told:
        key, separator, text = (part.strip() for part in one.partition("="))
        if key not in asked or not separator:
            known = ", ".join(asked)
            typer.echo(f"--set takes KEY=VALUE, with a key of {known}: not {plain(one)}.", err=True)
            raise typer.Exit(EXIT_USAGE)
        value = read_value(asked[key], " ".join(text.split())) if text else ""
        if value is None:
            wanted = f"{_SHAPES[asked[key].shape]} of {LONGEST_DETAIL} characters at most"
            typer.echo(f"{key} has to be {wanted}: not {plain(text)}.", err=True)
            raise typer.Exit(EXIT_USAGE)
        changes[key] = value
    return changes
