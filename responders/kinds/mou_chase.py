"""Pure: the agreement is out to be signed, and nobody has written for some working days."""

from datetime import datetime

from responders.kinds.awards import (
    agreement_letter,
    award_of,
    award_values,
    facts_of,
    next_nudge,
    nudges,
)
from responders.kinds.base import Kind, Values
from storage.domain.award import AgreementStage
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    letter = _unsigned(s)
    mark = letter.key.rpartition("/")[2] if letter is not None else ""
    return nudges(s, LetterKind.MOU_CHASE, letter, mark) if letter else ()


def wakes_at(s: Situation) -> datetime | None:
    return next_nudge(s, _unsigned(s))


def values(s: Situation, due: Due) -> Values:
    award, _ = facts_of(s)
    return award_values(s, due) | {"signatory": award.signatory or None}


def _unsigned(s: Situation) -> Letter | None:
    """The letter with the agreement, as long as no signed copy of it is known."""
    found = award_of(s)
    letter = agreement_letter(s) if found is not None else None
    if found is None or letter is None:
        return None
    stages = (AgreementStage.RETURNED, AgreementStage.COUNTERSIGNED)
    is_back = any(found[1].files(stage, letter.created_at) for stage in stages)
    return None if is_back else letter


KIND = Kind(LetterKind.MOU_CHASE, due, values, wakes_at=wakes_at)
