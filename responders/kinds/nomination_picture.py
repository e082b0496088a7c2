"""Pure: once a week, whoever leads the nominations of an area is told how its nominees stand, first
those whom a word may help. They see their own area and no other. It ends when the last cohort has
started; after a standstill only the newest is written, those before it are left out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from responders.kinds.base import Kind, Value, Values
from responders.kinds.basics import LONGEST_NAME, basics
from responders.kinds.outcome_chase import OVERTAKEN
from responders.wording import LINE_BREAK, checked
from storage.domain.calendar import local_date
from storage.domain.case import CaseState
from storage.domain.digest_days import days_come, next_time, time_of
from storage.domain.letter import Due, LetterKind
from storage.domain.offers import reply_by
from storage.domain.overview import PlaceLine
from storage.domain.programme import Area, DigestRhythm
from storage.domain.situation import Situation

MOST_SHOWN = 200
"""Nominees in one letter. Those of whom nothing is to be done any more are left out first."""

_WORDS = {
    "asked": "Have been offered a place and have not answered",
    "waiting": "Are on the waiting list",
    "nominated": "Have been nominated",
    "placed": "Have confirmed their place",
    "withdrawn": "Are not taking part",
}
"""How nominees stand, in the order of the letter."""

_ORDER = tuple(_WORDS)


def due(s: Situation) -> tuple[Due, ...]:
    if s.overview is None or not _goes_on(s):
        return ()
    return tuple(due for area in s.programme.areas for due in _due_of(s, area))


def wakes_at(s: Situation) -> datetime | None:
    if s.overview is None or not _goes_on(s):
        return None
    return next_time(s.programme, DigestRhythm.WEEKLY, s.now)


def values(s: Situation, due: Due) -> Values:
    area = s.programme.area(due.key.split("/")[1])
    lines = _lines(s, area) if area is not None else []
    counted = Counter(map(_state, lines))
    numbers: list[Value] = [
        {"label": label, "value": counted[state]}
        for state, label in _WORDS.items()
        if counted[state]
    ]
    names = ((line, checked(line.name, LONGEST_NAME)) for line in lines)
    fit = [replace(line, name=name) for line, name in names if name]
    shown = sorted(fit, key=lambda line: _ORDER.index(_state(line)))[:MOST_SHOWN]
    by_state = {state: [line for line in shown if _state(line) == state] for state in _ORDER}
    return basics(s, due) | {
        "area": {"name": area.name if area is not None else ""},
        "numbers": numbers,
        "asked": _asked(s, by_state["asked"]),
        "waiting": _people(by_state["waiting"]),
        "nominated": _people(by_state["nominated"]),
        "placed": _placed(by_state["placed"]),
        "withdrawn": _people(by_state["withdrawn"]),
        "more": len(lines) - len(shown),
    }


def _goes_on(s: Situation) -> bool:
    return any(cohort.starts_at > s.now for cohort in s.programme.cohorts)


def _due_of(s: Situation, area: Area) -> Iterator[Due]:
    begins_at = s.overview.begins_at if s.overview is not None else None
    if area.nomination_lead is None or begins_at is None or not _lines(s, area):
        return
    beginning = f"{LetterKind.NOMINATION_PICTURE}/{area.key}/{area.nomination_lead.email}/"
    keys = [letter.key for letter in s.letters if letter.key.startswith(beginning)]
    known = [date.fromisoformat(key.removeprefix(beginning)) for key in keys]
    told_on = max(known, default=date.min)
    days = days_come(s.programme, DigestRhythm.WEEKLY, s.now)
    come = [d for d in days if d > told_on and time_of(s.programme, d) > begins_at]
    picture = Due(LetterKind.NOMINATION_PICTURE, "", area.nomination_lead)
    for day in come[:-1] if known else ():
        yield replace(picture, key=beginning + day.isoformat(), skip=OVERTAKEN)
    if come:
        yield replace(picture, key=beginning + come[-1].isoformat())


def _lines(s: Situation, area: Area) -> list[PlaceLine]:
    lines = s.overview.places if s.overview is not None else ()
    return [line for line in lines if line.area == area.key]


def _state(line: PlaceLine) -> str:
    """Of a place nobody is asked until the letter that offers it has left."""
    if line.state is CaseState.WITHDRAWN:
        return "withdrawn"
    if line.is_waiting:
        return "waiting"
    if line.state is CaseState.CONFIRMED:
        return "placed"
    return "asked" if line.offered_at is not None else "nominated"


def _asked(s: Situation, lines: Iterable[PlaceLine]) -> list[Value]:
    """By cohort, and by the day until which they were asked to answer: first where that is over."""
    groups: dict[tuple[int, str], list[PlaceLine]] = defaultdict(list)
    for line in lines:
        groups[line.cohort or 0, _last_day(s, line)].append(line)
    return [
        {"cohort": cohort, "reply_by": day or None, "people": _people(groups[cohort, day])}
        for cohort, day in sorted(groups)
    ]


def _last_day(s: Situation, line: PlaceLine) -> str:
    """Until when the place is kept without an answer, empty once that is over."""
    cohort = s.programme.cohort(line.cohort)
    if cohort is None or line.offered_at is None:
        return ""
    until = reply_by(s.programme, line.offered_at, cohort)
    return local_date(until, s.programme.zone).isoformat() if until > s.now else ""


def _placed(lines: Iterable[PlaceLine]) -> list[Value]:
    groups: dict[int, list[PlaceLine]] = defaultdict(list)
    for line in lines:
        groups[line.cohort or 0].append(line)
    return [{"cohort": cohort, "people": _people(groups[cohort])} for cohort in sorted(groups)]


def _people(lines: Iterable[PlaceLine]) -> str:
    """Each on a line."""
    return LINE_BREAK.join(f"{line.name} ({line.reference})" for line in lines)


KIND = Kind(LetterKind.NOMINATION_PICTURE, due, values, wakes_at=wakes_at)
