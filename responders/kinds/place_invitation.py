"""Pure: somebody who was nominated is offered a place in a cohort, and asked to take it."""

from dataclasses import replace

from responders.kinds.base import Kind, Values
from responders.kinds.places import (
    STARTED,
    cohort_of,
    is_new,
    kept_until,
    place_values,
    tell_nominee,
)
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    return () if was_waiting(s) else offer_due(s, LetterKind.PLACE_INVITATION)


def offer_due(s: Situation, kind: LetterKind) -> tuple[Due, ...]:
    """The letter that offers the place that stands, unless it was taken or given back."""
    cohort = cohort_of(s, CaseState.NOMINATED)
    if cohort is None:
        return ()
    offer = tell_nominee(s, kind)
    if offer is None or not is_new(s, offer):
        return ()
    return (replace(offer, skip=STARTED) if s.now >= cohort.starts_at else offer,)


def was_waiting(s: Situation) -> bool:
    """True where the place that stands came to somebody on the waiting list."""
    return len(s.placements) > 1 and s.placements[-2].cohort is None


def values(s: Situation, due: Due) -> Values:
    cohort = cohort_of(s, *CaseState)
    assert cohort is not None
    earlier = [one.cohort for one in s.placements[:-1]]
    return place_values(s, due) | {
        "reply_by": kept_until(s, s.now, cohort),
        "is_moved": bool(earlier) and earlier[-1] is not None,
    }


KIND = Kind(LetterKind.PLACE_INVITATION, due, values)
