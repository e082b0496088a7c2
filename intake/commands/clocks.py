"""Times as people type them on the command line: year-month-day, a T, and the clock."""

import re
from datetime import datetime

import typer

EXAMPLE = "2021-08-27T17:00"

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")
_OTHER_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
)
"""A day as people write it elsewhere, the British order."""

_OTHER_TIME = re.compile(r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\b(?![-/.]\d)")


def parse_clock(text: str) -> datetime:
    """What a clock shows. Raises BadParameter with the same day as it is to be written."""
    if _WRITTEN.fullmatch(text.strip()) and (at := _clock(text.strip())):
        return at
    meant = _meant(text)
    raise typer.BadParameter(f"a time is written as {meant or EXAMPLE}, with a T and no blank.")


def _clock(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _meant(text: str) -> str | None:
    """The time that is meant, five o'clock where none is told; None where no day is either."""
    day = next((found for known in _OTHER_DAYS if (found := known.search(text))), None)
    if day is None:
        return None
    time = _OTHER_TIME.search(text, day.end())
    clock = f"{time['hour']:0>2}:{time['minute']}" if time else "17:00"
    at = _clock(f"{day['year']}-{day['month']:0>2}-{day['day']:0>2}T{clock}")
    return at.isoformat(timespec="minutes") if at is not None else None
