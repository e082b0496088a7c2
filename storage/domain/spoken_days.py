"""Pure: a day as people write it in a sentence, `Friday 27 August at noon`, British dates first."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS)
_WEEKDAY = r"(?:(?P<weekday>mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? )?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_TIME = (
    r"(?:,? (?:at )?(?P<clock>noon|midday|12 noon|midnight"
    r"|(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?))?"
)
_FORMS = (
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\.?{_YEAR}",
    rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d{2}))?",
)
_PATTERNS = tuple(re.compile(_WEEKDAY + form + _TIME + r"(?!\w|:\d)") for form in _FORMS)
_OTHERWISE = re.compile(
    r"(?:no|not|or|and|rather|sorry|i mean|actually|maybe|perhaps|unless|but)\b|(?:to|[-–/]) ?\d",
    re.IGNORECASE,
)
"""How words go on that take a day back or name another."""

_LONGEST = 200
"""Characters of a text in which its day stands."""


@dataclass(frozen=True, slots=True)
class SpokenDay:
    """A day that opens some words, as an instant; `rest` are the words behind it. `problem` says
    why there is none that can be meant."""

    at: datetime | None = None
    rest: str = ""
    problem: str | None = None


def read_day(words: str, *, now: datetime, zone: tzinfo, at: time) -> SpokenDay:
    """The day with which `words` begin, by the clocks of `zone`. Without a year it is the next one,
    without a time of day it is `at`."""
    text = " ".join(words.split())
    found = _match(text)
    if found is None:
        return SpokenDay(problem="it names no day: write one such as 27 August")
    told = found.groupdict()
    clock = _clock(told, at)
    day = _day(told, now.astimezone(zone).date())
    if clock is None or day is None:
        return SpokenDay(problem=f"there is no {text[: found.end()]}")
    weekday = told["weekday"]
    if weekday and not _DAYS[day.weekday()].startswith(weekday):
        return SpokenDay(problem=f"{day.day} {day:%B %Y} is a {day:%A}")
    rest = text[found.end() :].strip(" ,.;")
    if _OTHERWISE.match(rest) or rest.startswith("?"):
        return SpokenDay(problem="we can't tell which day is meant: write one alone")
    return SpokenDay(datetime.combine(day, clock, zone), rest)


def names_day(words: str) -> bool:
    """Whether they begin with what reads like a day, whether or not there is one."""
    return _match(" ".join(words.split())) is not None


def _match(text: str) -> re.Match[str] | None:
    opening = text[:_LONGEST].lower()
    return next((m for p in _PATTERNS if (m := p.match(opening))), None)


def _day(told: dict[str, str | None], today: date) -> date | None:
    """None for a day that no calendar has."""
    month, year = told["month"] or "", told["year"]
    number = int(month) if month.isdigit() else _month(month)
    years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else _years(today)
    days = (_made(each, number, int(told["day"] or 0)) for each in years)
    return next((day for day in days if day is not None and (year or day >= today)), None)


def _years(today: date) -> list[int]:
    """This year and the next that have every day of the calendar."""
    return [today.year + more for more in range(9)]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(place for place, each in enumerate(_MONTHS, 1) if each.startswith(name[:3]))


def _clock(told: dict[str, str | None], at: time) -> time | None:
    """The time of day; None for one that no clock shows. Midnight is the end of the day, to the
    minute before, as `until midnight` is meant."""
    match told["clock"]:
        case None:
            return at
        case "noon" | "midday" | "12 noon":
            return time(12)
        case "midnight":
            return time(23, 59)
    hour, minute, half = int(told["hour"] or 0), int(told["minute"] or 0), told["half"]
    is_told = half is not None or told["minute"] is not None
    if not is_told or minute > 59 or hour > (12 if half else 23) or (half and hour == 0):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)
