"""Pure: somebody who was offered a place has not answered. A nudge, some working days after the
offer; after a time of standstill only the last of those that came due is sent. Once the time to
answer is over, the place is for a person to decide about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values
from responders.kinds.outcome_chase import OVERTAKEN
from responders.kinds.outcomes import has_answered
from responders.kinds.places import (
    STARTED,
    cohort_of,
    is_new,
    kept_until,
    offer_letter,
    place_values,
    tell_nominee,
)
from storage.domain.calendar import A_DAY, working_days_after
from storage.domain.case import CaseState
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    letter, cohort = _unanswered_offer(s), cohort_of(s, CaseState.NOMINATED)
    if letter is None or cohort is None:
        return ()
    come = [days for days, at in _instants(s, letter) if at <= s.now]
    told = (tell_nominee(s, LetterKind.PLACE_CHASE, f"/{days}") for days in come)
    dues = [due for due in told if due is not None]
    dues[:-1] = [replace(due, skip=OVERTAKEN) for due in dues[:-1]]
    if s.now >= cohort.starts_at:
        dues = [replace(due, skip=STARTED) for due in dues]
    return tuple(due for due in dues if is_new(s, due))


def wakes_at(s: Situation) -> datetime | None:
    offer = offer_letter(s) if cohort_of(s, CaseState.NOMINATED) is not None else None
    if offer is not None and offer.state is not LetterState.SENT:
        return s.now + A_DAY  # its days are counted once it has left
    letter = _unanswered_offer(s)
    coming = (at for _, at in _instants(s, letter) if at > s.now) if letter is not None else ()
    return min(coming, default=None)


def values(s: Situation, due: Due) -> Values:
    letter, cohort = offer_letter(s), cohort_of(s, *CaseState)
    assert cohort is not None
    offered_at = letter.sent_at if letter is not None else None
    return place_values(s, due) | {"reply_by": kept_until(s, offered_at or s.now, cohort)}


def _unanswered_offer(s: Situation) -> Letter | None:
    """The letter that offered the place, once it has left, as long as nobody has written."""
    if cohort_of(s, CaseState.NOMINATED) is None:
        return None
    letter = offer_letter(s)
    if letter is None or letter.sent_at is None or has_answered(s, letter):
        return None
    return letter


def _instants(s: Situation, letter: Letter) -> Iterator[tuple[int, datetime]]:
    """How many working days after the letter, and when that is, in order."""
    if letter.sent_at is None:
        return
    sent_at = letter.sent_at.astimezone(s.programme.zone)
    for days in sorted(s.programme.placing.chase_after_days):
        yield days, working_days_after(sent_at, days, s.programme.holidays)


KIND = Kind(LetterKind.PLACE_CHASE, due, values, wakes_at=wakes_at)
