"""Pure: the start of the cohort is near: where to come, when, and what to bring. Whoever confirms
later is told at once."""

from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values
from responders.kinds.place_confirmed import files
from responders.kinds.places import (
    STARTED,
    cohort_of,
    days_before,
    is_new,
    place_values,
    tell_nominee,
)
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    cohort, at = cohort_of(s, CaseState.CONFIRMED), _at(s)
    if cohort is None or at is None or s.now < at:
        return ()
    told = tell_nominee(s, LetterKind.JOINING_INSTRUCTIONS)
    if told is None or not is_new(s, told):
        return ()
    return (replace(told, skip=STARTED) if s.now >= cohort.starts_at else told,)


def wakes_at(s: Situation) -> datetime | None:
    return _at(s)


def values(s: Situation, due: Due) -> Values:
    return place_values(s, due)


def _at(s: Situation) -> datetime | None:
    cohort = cohort_of(s, CaseState.CONFIRMED)
    if cohort is None:
        return None
    return days_before(s, cohort, s.programme.placing.joining_days_before)


KIND = Kind(LetterKind.JOINING_INSTRUCTIONS, due, values, wakes_at=wakes_at, files=files)
