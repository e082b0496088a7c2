"""How outcomes are shown, to people and to machines: those to be released, and those released."""

from collections.abc import Sequence
from datetime import datetime

import typer

from intake.commands.printing import console, day, local, make_table
from intake.commands.wording import spaced, state_of
from responders.kinds.outcomes import answer_to, has_answered, newest_outcome, outcome_letter
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.placement import Reply
from storage.domain.programme import Programme
from storage.domain.release import ReleasePlan
from storage.domain.situation import Situation

_MOST_NAMED = 10
"""References in a sentence; lists show them all."""


def tell_plan(
    plan: ReleasePlan, programme: Programme, not_before: datetime, *, is_done: bool
) -> None:
    """What a release did or would do, and whom it leaves out."""
    rows = [
        (case.reference, spaced(decision.ruling.outcome), case.title, decision.by)
        for case, decision in plan.ready
    ]
    columns = ("case", "outcome", "title", "decided by")
    when = local(not_before, programme.zone)
    title = f"{'Released' if is_done else 'Would be released'}: {len(rows)}, told from {when} on"
    if rows:
        console().print(make_table(title, columns, rows, whole=("case", "outcome")))
    else:
        typer.echo("Nothing is left to be released.")
    notes = [
        (plan.told, "have their outcome released already"),
        (plan.withdrawn, "withdrew and are told nothing"),
        (plan.undecided, "applied and have no decision"),
    ]
    for who, what in notes:
        if who:
            typer.echo(f"{name_some(who)}: {what}.")
    for case, before, decision in plan.contrary:
        typer.echo(
            f"{case.reference} was told “{spaced(before.ruling.outcome)}” and is now decided as "
            f"“{spaced(decision.ruling.outcome)}”: no letter says so, write to them yourself."
        )


def name_some(cases: Sequence[Case]) -> str:
    """The references of a few, and how many there are beside."""
    names = [case.reference for case in cases[:_MOST_NAMED]]
    left = len(cases) - len(names)
    return ", ".join(names) + (f" and {left} more" if left else "")


def plan_fields(plan: ReleasePlan, not_before: datetime, *, is_done: bool) -> dict[str, object]:
    """The same for machines."""
    return {
        "done": is_done,
        "not_before": not_before,
        "ready": [
            {"case": case.reference, "outcome": decision.ruling.outcome, "by": decision.by}
            for case, decision in plan.ready
        ],
        "undecided": [case.reference for case in plan.undecided],
        "told": [case.reference for case in plan.told],
        "contrary": [case.reference for case, _, _ in plan.contrary],
        "withdrawn": [case.reference for case in plan.withdrawn],
    }


def outcome_fields(s: Situation) -> dict[str, object]:
    """What one applicant was told, for machines."""
    outcome = newest_outcome(s)
    assert s.case is not None and outcome is not None
    letter, answer = outcome_letter(s), answer_to(s, outcome)
    return {
        "case": s.case.reference,
        "outcome": outcome.ruling.outcome,
        "not_before": outcome.not_before,
        "by": outcome.by,
        "letter": _letter_state(s),
        "answered": letter is not None and has_answered(s, letter),
        "answer": answer.reply if answer else None,
        "answered_at": answer.at if answer else None,
        "message": answer.message_id if answer else None,
    }


def outcome_row(s: Situation) -> tuple[object, ...]:
    """The same for people. Who is not funded is not asked to answer."""
    outcome = newest_outcome(s)
    assert s.case is not None and outcome is not None
    return (
        s.case.reference,
        spaced(outcome.ruling.outcome),
        day(outcome.not_before, s.programme.zone),
        s.case.title,
        _letter_state(s),
        answer_in_words(s),
    )


def outcome_in_words(s: Situation) -> str:
    """`funded, told from Mon 27 Sep 2021 on; accepted Tue 28 Sep 2021 (message 17)`."""
    outcome = newest_outcome(s)
    assert outcome is not None
    told_from = day(outcome.not_before, s.programme.zone)
    return f"{spaced(outcome.ruling.outcome)}, told from {told_from} on; {answer_in_words(s)}"


def answer_in_words(s: Situation) -> str:
    """Whether the applicant takes what they were told, since when and by which message."""
    letter, outcome = outcome_letter(s), newest_outcome(s)
    answer = answer_to(s, outcome)
    if answer is not None:
        said = f"{_ANSWERS[answer.reply]} {day(answer.at, s.programme.zone)}"
        return f"{said} (message {answer.message_id})"
    if s.case is not None and s.case.state is CaseState.WITHDRAWN:
        return "withdrew"
    if letter is not None and has_answered(s, letter):
        return "wrote, and says neither"
    is_asked = outcome is not None and outcome.ruling.outcome is not Outcome.NOT_FUNDED
    return NOT_YET if is_asked else "not asked"


NOT_YET = "not yet"

_ANSWERS = {
    Reply.YES: "accepted",
    Reply.NO: "declined",
    Reply.UNCLEAR: "not clear, received",
}


def _letter_state(s: Situation) -> str | None:
    told = [letter for letter in s.letters if letter.kind.is_outcome]
    return state_of(told[-1]) if told else None
