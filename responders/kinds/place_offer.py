"""Pure: a place has become free for somebody on the waiting list."""

from responders.kinds.base import Kind, Values
from responders.kinds.place_invitation import offer_due, was_waiting
from responders.kinds.places import cohort_of, kept_until, place_values
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return offer_due(s, LetterKind.PLACE_OFFER) if was_waiting(s) else ()


def values(s: Situation, due: Due) -> Values:
    cohort = cohort_of(s, *CaseState)
    assert cohort is not None
    return place_values(s, due) | {"reply_by": kept_until(s, s.now, cohort)}


KIND = Kind(LetterKind.PLACE_OFFER, due, values)
