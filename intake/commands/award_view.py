"""Awards as `postroom award` shows them, in tables of 80 columns and as JSON."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import typer

from intake.commands.printing import console, day, make_table, plain
from storage.domain.award import AwardFacts
from storage.domain.award_standing import AwardLine, AwardStep
from storage.domain.case import Case
from storage.domain.programme import Programme

STEP_WORDS = {
    AwardStep.CONFIRMATION: "their yes",
    AwardStep.DETAILS: "details",
    AwardStep.AGREEMENT: "the agreement to leave",
    AwardStep.SIGNATURE: "their signature",
    AwardStep.COUNTERSIGNATURE: "YOUR signature",
    AwardStep.DONE: "nothing more",
}
"""What is waited for, in a few words."""


def show_status(ours: Programme, lines: Sequence[AwardLine], now: datetime) -> None:
    if not lines:
        typer.echo("No funded project has been told so yet.")
        return
    rows = [
        (
            line.reference,
            _of(len(line.missing), ours),
            _day(line.sent_at, ours),
            _day(line.returned_at, ours),
            _day(line.countersigned_at, ours),
            STEP_WORDS[line.step],
            _days(line, now),
        )
        for line in lines
    ]
    columns = ("case", "details", "sent", "returned", "countersigned", "waits for", "days")
    whole = ("case", "sent", "returned", "days")
    console().print(make_table(f"Awards of {ours.name}", columns, rows, whole=whole))
    counted = Counter(STEP_WORDS[line.step] for line in lines)
    told = [f"{words}: {counted[words]}" for words in STEP_WORDS.values() if counted[words]]
    typer.echo(f"Waits for {'; '.join(told)}.")
    late = [line.reference for line in lines if line.is_overdue(ours, now)]
    if late:
        typer.echo(f"Not answered in time: {', '.join(late)}.")


def status_fields(ours: Programme, lines: Sequence[AwardLine], now: datetime) -> list[object]:
    return [
        {
            "case": line.reference,
            "area": line.area,
            "organisation": line.organisation,
            "confirmed_at": line.confirmed_at,
            "details_asked_at": line.asked_at,
            "details_told_at": line.details_at,
            "missing": list(line.missing),
            "agreement": line.version,
            "sent_at": line.sent_at,
            "returned_at": line.returned_at,
            "countersigned_at": line.countersigned_at,
            "waits_for": line.step,
            "waiting_since": line.waiting_since,
            "overdue": line.is_overdue(ours, now),
            "introductions": line.introduces,
            "comes_to": list(line.comes),
            "stays_away_from": list(line.stays_away),
        }
        for line in lines
    ]


def show_award(ours: Programme, case: Case, facts: AwardFacts) -> None:
    """What is known of one award, and what came of its agreement."""
    assert ours.award is not None
    asked = [(one.key, one.label, facts.told.get(one.key)) for one in ours.award.asked]
    title = f"{case.reference}: who receives the money"
    console().print(make_table(title, ("key", "detail", "told"), asked, whole=("key",)))
    for one in facts.agreements:
        typer.echo(f"{day(one.at, ours.zone)}  {one.stage}: {plain(one.name)}, by {plain(one.by)}")
    for answer in facts.answers:
        comes = "comes" if answer.comes else "does not come"
        typer.echo(f"{day(answer.at, ours.zone)}  {comes} to {answer.event}")


def award_fields(case: Case, facts: AwardFacts) -> dict[str, object]:
    return {
        "case": case.reference,
        "details": dict(facts.told),
        "agreements": [
            {
                "stage": one.stage,
                "name": one.name,
                "size": one.size,
                "sha256": one.sha256,
                "message": one.message_id,
                "by": one.by,
                "at": one.at,
            }
            for one in facts.agreements
        ],
        "events": [
            {"event": one.event, "comes": one.comes, "message": one.message_id, "at": one.at}
            for one in facts.answers
        ],
    }


def _of(missing: int, ours: Programme) -> str:
    asked = len([one for one in ours.award.details if one.is_required]) if ours.award else 0
    return f"{asked - missing} of {asked}"


def _day(at: datetime | None, ours: Programme) -> str | None:
    return at.astimezone(ours.zone).strftime("%d %b") if at else None


def _days(line: AwardLine, now: datetime) -> str:
    since = line.waiting_since
    return str((now - since).days) if since else ""
