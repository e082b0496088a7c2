"""Pure: the cohort starts in a few days. Each reminder is written once or left out by a rule: the
cohort has started, a later one is due as well, or the joining instructions have only just gone."""

from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values
from responders.kinds.outcome_chase import OVERTAKEN
from responders.kinds.places import (
    STARTED,
    cohort_of,
    days_before,
    is_new,
    place_values,
    tell_nominee,
)
from storage.domain.calendar import A_DAY
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.reminders import SkipRule
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    cohort, told_at = cohort_of(s, CaseState.CONFIRMED), _told_to_join_at(s)
    if cohort is None or told_at is None:
        return ()
    come = [days for days, at in _instants(s) if at <= s.now]
    dues = [tell_nominee(s, LetterKind.COHORT_REMINDER, f"/{days}") for days in come]
    found = [due for due in dues if due is not None and is_new(s, due)]
    if s.now >= cohort.starts_at:
        return tuple(replace(due, skip=STARTED) for due in found)
    if s.now - told_at < A_DAY:
        return tuple(replace(due, skip=SkipRule.TOLD_WITHIN_A_DAY) for due in found)
    last = dues[-1] if dues else None
    return tuple(due if due == last else replace(due, skip=OVERTAKEN) for due in found)


def wakes_at(s: Situation) -> datetime | None:
    return min((at for _, at in _instants(s) if at > s.now), default=None)


def values(s: Situation, due: Due) -> Values:
    return place_values(s, due)


def _instants(s: Situation) -> tuple[tuple[int, datetime], ...]:
    """Days before the start and the instant of each reminder, the earliest first."""
    cohort = cohort_of(s, CaseState.CONFIRMED)
    if cohort is None:
        return ()
    days = sorted(s.programme.placing.reminder_days_before, reverse=True)
    return tuple((number, days_before(s, cohort, number)) for number in days)


def _told_to_join_at(s: Situation) -> datetime | None:
    """When the joining instructions for the place that stands were written; None: not yet."""
    mark = str(s.placements[-1].id) if s.placements else ""
    told = [
        letter.created_at
        for letter in s.letters
        if letter.kind is LetterKind.JOINING_INSTRUCTIONS and letter.key.split("/")[2] == mark
    ]
    return told[-1] if told else None


KIND = Kind(LetterKind.COHORT_REMINDER, due, values, wakes_at=wakes_at)
