"""Pure: the project is a reserve."""

from responders.kinds.base import Kind
from responders.kinds.outcomes import outcome_due, outcome_values, outcome_wakes_at
from storage.domain.decision import Outcome
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return outcome_due(s, Outcome.RESERVE)


KIND = Kind(LetterKind.OUTCOME_RESERVE, due, outcome_values, wakes_at=outcome_wakes_at)
