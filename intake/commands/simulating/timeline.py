"""A simulated year as lines for people: what happened on each day, and which letters left."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.domain.letter import LetterKind

ROUTINE = frozenset({LetterKind.DIGEST, LetterKind.NOMINATION_PICTURE})
"""Letters that leave by the calendar, whatever happens."""


@dataclass(frozen=True, slots=True)
class Line:
    """One day: what `happened` in words, and the `letters` by kind, each with its number."""

    day: date
    happened: tuple[tuple[str, int], ...]
    letters: tuple[tuple[str, int], ...]


def timeline(
    happened: Iterable[tuple[datetime, str]],
    letters: Iterable[tuple[datetime, LetterKind]],
    zone: ZoneInfo,
) -> tuple[Line, ...]:
    """The days on which anything happened, or a letter left that is no digest."""
    by_day: dict[date, Counter[str]] = defaultdict(Counter)
    left: dict[date, Counter[LetterKind]] = defaultdict(Counter)
    for at, what in happened:
        by_day[at.astimezone(zone).date()][what] += 1
    for at, kind in letters:
        left[at.astimezone(zone).date()][kind] += 1
    told = {day for day, kinds in left.items() if kinds.keys() - ROUTINE}
    return tuple(
        Line(
            day,
            tuple(by_day[day].items()),
            tuple((kind.replace("_", " "), n) for kind, n in left[day].most_common()),
        )
        for day in sorted(told.union(by_day))
    )


def in_words(counts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """`withdraws`, `3 × sends the form`."""
    return tuple(what if number == 1 else f"{number} × {what}" for what, number in counts)


def counted(number: int, one: str, many: str) -> str:
    """`1 letter is`, `3 letters are`."""
    return f"{number} {one if number == 1 else many}"


def by_week(days: Iterable[date]) -> dict[date, int]:
    """How many of these fall into each week, by its Monday; weeks between without any as well."""
    mondays = Counter(date.fromordinal(day.toordinal() - day.weekday()) for day in days)
    if not mondays:
        return {}
    first, last = min(mondays).toordinal(), max(mondays).toordinal()
    weeks = (date.fromordinal(ordinal) for ordinal in range(first, last + 1, 7))
    return {monday: mondays[monday] for monday in weeks}
