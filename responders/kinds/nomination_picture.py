"""Pure: once a week, whoever leads the nominations of an area is told how its nominees stand. They
see their own area and no other. It ends when the last cohort has started; after a standstill only
the newest is written, those before it are left out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from responders.kinds.base import Kind, Value, Values
from responders.kinds.basics import LONGEST_NAME, basics
from responders.kinds.outcome_chase import OVERTAKEN
from responders.wording import checked
from storage.domain.case import CaseState
from storage.domain.digest_days import days_come, next_time, time_of
from storage.domain.letter import Due, LetterKind
from storage.domain.overview import PlaceLine
from storage.domain.programme import Area, DigestRhythm
from storage.domain.situation import Situation

MOST_SHOWN = 200
"""Nominees in one letter."""

_WORDS = (
    ("confirmed", "Have confirmed their place"),
    ("invited", "Have been offered a place"),
    ("waiting", "Are on the waiting list"),
    ("nominated", "Have been nominated"),
    ("withdrawn", "Are not taking part"),
)


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
    counted = Counter(_state(line) for line in lines)
    numbers: list[Value] = [
        {"label": label, "value": counted[state]} for state, label in _WORDS if counted[state]
    ]
    shown = [line for line in lines if checked(line.name, LONGEST_NAME)][:MOST_SHOWN]
    nominees: list[Value] = [
        {
            "name": checked(line.name, LONGEST_NAME),
            "reference": line.reference,
            "standing": _in_words(line),
        }
        for line in shown
    ]
    return basics(s, due) | {
        "area": {"name": area.name if area is not None else ""},
        "numbers": numbers,
        "nominees": nominees,
        "more": len(lines) - len(nominees),
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
    if line.state is CaseState.WITHDRAWN:
        return "withdrawn"
    if line.state is CaseState.CONFIRMED:
        return "confirmed"
    if line.cohort is not None:
        return "invited"
    return "waiting" if line.is_waiting else "nominated"


def _in_words(line: PlaceLine) -> str:
    match _state(line):
        case "confirmed":
            return f"has a place in cohort {line.cohort}"
        case "invited":
            return f"has been offered a place in cohort {line.cohort}"
        case "waiting":
            return "is on the waiting list"
        case "withdrawn":
            return "is not taking part"
        case _:
            return "has been nominated"


KIND = Kind(LetterKind.NOMINATION_PICTURE, due, values, wakes_at=wakes_at)
