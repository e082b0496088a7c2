"""Pure: the project is funded, also as a reserve that moves up."""

from responders.kinds.base import Kind, Values
from responders.kinds.basics import local
from responders.kinds.outcomes import award_amount, outcome_due, outcome_values, outcome_wakes_at
from storage.domain.calendar import working_days_after
from storage.domain.decision import Outcome
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation

CONFIRM_WITHIN = 5
"""Working days within which an applicant is asked to confirm."""


def due(s: Situation) -> tuple[Due, ...]:
    return outcome_due(s, Outcome.FUNDED)


def values(s: Situation, due: Due) -> Values:
    today = s.now.astimezone(s.programme.zone)
    confirm_by = working_days_after(today, CONFIRM_WITHIN, s.programme.holidays)
    return outcome_values(s, due) | {
        "amount": award_amount(s),
        "was_reserve": s.has_letter(LetterKind.OUTCOME_RESERVE),
        "confirm_by": local(s, confirm_by),
    }


KIND = Kind(LetterKind.OUTCOME_FUNDED, due, values, wakes_at=outcome_wakes_at)
