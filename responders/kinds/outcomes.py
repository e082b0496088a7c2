"""Pure: what the letters about an outcome share. The applicant is told what was approved, from
its day on, and once."""

from dataclasses import replace
from datetime import datetime

from responders.kinds.base import PEOPLE, Value, Values, answerable, its_case, tell_case
from responders.kinds.basics import basics
from responders.wording import LINE_BREAK, money, plain
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, OutcomeAnswer, ReleasedOutcome
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.message import RecordedMessage
from storage.domain.situation import Situation

LETTER_OF = {
    Outcome.FUNDED: LetterKind.OUTCOME_FUNDED,
    Outcome.RESERVE: LetterKind.OUTCOME_RESERVE,
    Outcome.NOT_FUNDED: LetterKind.OUTCOME_NOT_FUNDED,
}

LONGEST_FEEDBACK = 32_767
"""Characters of the feedback that stand in a letter: as many as a cell of the sheet holds."""

WITHDRAWN = "withdrawn"
"""The rule by which somebody who stepped back is told no outcome."""


def outcome_due(s: Situation, outcome: Outcome) -> tuple[Due, ...]:
    """The letter about the newest outcome released, where it is this one and its day has come."""
    released = newest_outcome(s)
    kind = LETTER_OF[outcome]
    if released is None or released.ruling.outcome is not outcome or s.has_letter(kind):
        return ()
    if s.now < released.not_before:
        return ()
    due = tell_case(s, kind, "")
    if due is None:
        return ()
    if its_case(s).state is CaseState.WITHDRAWN:
        return (replace(due, skip=WITHDRAWN),)
    return (_anyway(due),)


def outcome_wakes_at(s: Situation) -> datetime | None:
    """The day of an outcome that was approved before it."""
    released = newest_outcome(s)
    return released.not_before if released is not None else None


def outcome_values(s: Situation, due: Due) -> Values:
    """What every letter about an outcome may say. Raises LookupError where none was released."""
    released = newest_outcome(s)
    if released is None:
        raise LookupError("no outcome was released")
    return basics(s, due) | {"feedback": _paragraphs(released.ruling.feedback)}


def award_amount(s: Situation) -> str | None:
    """What a funded case gets: its own amount, else the programme's."""
    released = newest_outcome(s)
    decided = released.ruling.amount if released is not None else None
    amount = decided or s.programme.amount
    return money(amount, s.programme.currency) if amount else None


def newest_outcome(s: Situation) -> ReleasedOutcome | None:
    return s.outcomes[-1] if s.outcomes else None


def outcome_letter(s: Situation) -> Letter | None:
    """The newest letter about an outcome that has reached the applicant's server."""
    told = [x for x in s.letters if x.kind.is_outcome and x.state is LetterState.SENT]
    return told[-1] if told else None


def has_answered(s: Situation, letter: Letter) -> bool:
    """True once a person of the case has written since this letter left."""
    sent_at = letter.sent_at
    return sent_at is not None and any(
        message.received_at > sent_at for message in answerable(s, *PEOPLE)
    )


def answer_to(s: Situation, outcome: ReleasedOutcome | None) -> OutcomeAnswer | None:
    """What the applicant said to this outcome last, as far as it was understood."""
    if outcome is None:
        return None
    return next((a for a in reversed(s.answers) if a.outcome_id == outcome.id), None)


def is_answer(s: Situation, message: RecordedMessage) -> bool:
    """True for a message that clearly takes or declines an outcome."""
    return any(a.message_id == message.id and a.is_clear for a in s.answers)


def _anyway(due: Due) -> Due:
    """An outcome is written even to an address that once came back: a bounce silences none. A
    person sends it another way."""
    return replace(due, hold=due.skip, skip=None)


def _paragraphs(feedback: str) -> list[Value]:
    """The organisers' feedback, a paragraph each, its lines kept, without anything invisible."""
    text = plain(feedback, LONGEST_FEEDBACK)
    return [LINE_BREAK.join(part.split("\n")) for part in text.split("\n\n") if part.strip()]
