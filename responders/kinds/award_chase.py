"""Pure: details of whoever receives an award are still missing, and nobody has written for some
working days. A nudge that says which."""

from datetime import datetime

from responders.kinds.awards import (
    asked_details,
    award_of,
    award_values,
    facts_of,
    letters_out,
    next_nudge,
    nudges,
)
from responders.kinds.base import Kind, Values
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    letter = _asking_letter(s)
    return nudges(s, LetterKind.AWARD_CHASE, letter, str(letter.id)) if letter else ()


def wakes_at(s: Situation) -> datetime | None:
    return next_nudge(s, _asking_letter(s))


def values(s: Situation, due: Due) -> Values:
    award, facts = facts_of(s)
    return award_values(s, due) | {
        "missing": asked_details(facts.missing(award)),
        "is_begun": bool(facts.told),
    }


def _asking_letter(s: Situation) -> Letter | None:
    """The newest letter that asked for what is missing now."""
    found = award_of(s)
    if found is None or not found[1].missing(found[0]):
        return None
    kinds = (LetterKind.AWARD_DETAILS, LetterKind.AWARD_RECEIPT)
    asking = [x for kind in kinds for x in letters_out(s, kind) if not x.is_left_out]
    return max(asking, key=lambda letter: letter.id, default=None)


KIND = Kind(LetterKind.AWARD_CHASE, due, values, wakes_at=wakes_at)
