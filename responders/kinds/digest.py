"""Pure: what an organiser is told each working day or each week: what needs them first, then what
is new since they were last told, what went wrong, who is at risk, and the numbers last.

After a standstill only the newest digest is written, and it tells everything; those before it are
left out. None is written for a time before the programme had a history.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from responders.kinds.base import Kind, Values
from responders.kinds.basics import basics
from responders.kinds.organisers.book import overview_file
from responders.kinds.organisers.needs import tasks_of
from responders.kinds.organisers.values import digest_values
from responders.kinds.organisers.view import organiser_of, view_of
from responders.mime import PackFile
from storage.domain.digest_days import (
    days_come,
    digest_key,
    digests_to,
    next_time,
    rhythm_of,
    rhythms_of,
    time_of,
)
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import DigestRhythm, Organiser
from storage.domain.situation import Situation

OVERTAKEN = "overtaken"
"""The rule by which a digest is left out when a later one is due as well."""


def due(s: Situation) -> tuple[Due, ...]:
    if s.overview is None:
        return ()
    return tuple(
        due
        for organiser in s.programme.organisers
        for rhythm in rhythms_of(organiser)
        for due in _due_to(s, organiser, rhythm)
    )


def wakes_at(s: Situation) -> datetime | None:
    if s.overview is None:
        return None
    rhythms = {rhythm for organiser in s.programme.organisers for rhythm in rhythms_of(organiser)}
    times = (next_time(s.programme, rhythm, s.now) for rhythm in rhythms)
    return min((at for at in times if at is not None), default=None)


def values(s: Situation, due: Due) -> Values:
    rhythm = rhythm_of(due.key)
    view = view_of(s, organiser_of(s, due), rhythm)
    return basics(s, due) | digest_values(view, is_weekly=rhythm is DigestRhythm.WEEKLY)


def files(s: Situation, due: Due) -> tuple[PackFile, ...]:
    """The workbook, beside every weekly digest and every daily one that has news."""
    rhythm = rhythm_of(due.key)
    view = view_of(s, organiser_of(s, due), rhythm)
    if rhythm is DigestRhythm.DAILY and not view.has_news:
        return ()
    return (overview_file(view),)


def _due_to(s: Situation, organiser: Organiser, rhythm: DigestRhythm) -> Iterator[Due]:
    """The newest digest that has come and is neither written nor left out, and those before it that
    were missed since the last."""
    begins_at = s.overview.begins_at if s.overview is not None else None
    email = organiser.address.email
    known = [day for day, _ in digests_to(s.letters, email, rhythm)]
    told_on = max(known, default=date.min)
    come = [day for day in days_come(s.programme, rhythm, s.now) if day > told_on]
    if not come or begins_at is None or time_of(s.programme, come[-1]) <= begins_at:
        return
    for day in come[:-1] if known else ():
        yield replace(digest_to(s, organiser, rhythm, day), skip=OVERTAKEN, told_until=None)
    tasks = tasks_of(view_of(s, organiser, rhythm))
    yield replace(digest_to(s, organiser, rhythm, come[-1]), tasks=tasks)


def digest_to(s: Situation, organiser: Organiser, rhythm: DigestRhythm, day: date) -> Due:
    """The digest of this day, DAILY or WEEKLY, whether it is due or not."""
    return Due(
        kind=LetterKind.DIGEST,
        key=digest_key(rhythm, organiser.address.email, day, s.programme.slug),
        recipient=organiser.address,
        told_until=s.overview.last_event if s.overview is not None else None,
    )


KIND = Kind(LetterKind.DIGEST, due, values, wakes_at=wakes_at, files=files, takes_words=True)
