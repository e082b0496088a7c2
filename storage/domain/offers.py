"""Offers of places: until when they hold, and which of them nobody has answered."""

from collections.abc import Iterable
from datetime import datetime

from storage.domain.calendar import working_days_after
from storage.domain.case import CaseState
from storage.domain.overview import PlaceLine
from storage.domain.programme import Cohort, Programme


def reply_by(programme: Programme, offered_at: datetime, cohort: Cohort) -> datetime:
    """Until when a place that was offered then is kept without an answer, never past the start."""
    start = offered_at.astimezone(programme.zone)
    days = programme.placing.reply_within_days
    return min(working_days_after(start, days, programme.holidays), cohort.starts_at)


def unanswered(
    programme: Programme, lines: Iterable[PlaceLine], now: datetime
) -> tuple[PlaceLine, ...]:
    """The nominees whose time to answer is over, and of whom nobody has heard since the offer: a
    person decides about their places."""
    return tuple(line for line in lines if _is_over(programme, line, now))


def _is_over(programme: Programme, line: PlaceLine, now: datetime) -> bool:
    cohort = programme.cohort(line.cohort)
    if cohort is None or line.offered_at is None or line.state is not CaseState.NOMINATED:
        return False
    is_heard = line.heard_at is not None and line.heard_at > line.offered_at
    return not is_heard and now >= reply_by(programme, line.offered_at, cohort)
