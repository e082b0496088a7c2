"""Pure: a simulated year as lines for people: what happened on each day, and which letters left."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.commands.simulating.performance import Performance
from intake.commands.simulating.year import Happening


@dataclass(frozen=True, slots=True)
class Line:
    """One day: `happened` in words, several times the same with its number; `letters` by kind,
    the most frequent first."""

    day: date
    happened: tuple[str, ...]
    letters: tuple[tuple[str, int], ...]


def timeline(performance: Performance) -> tuple[Line, ...]:
    """The days on which anything happened or a letter left."""
    zone, programme = performance.season.zone, performance.programme
    happened: dict[date, list[Happening]] = {}
    for happening in performance.happenings:
        happened.setdefault(happening.at.astimezone(zone).date(), []).append(happening)
    sent: dict[date, Counter[str]] = {}
    for letter in performance.letters:
        day = letter.at.astimezone(zone).date()
        sent.setdefault(day, Counter())[letter.kind.replace("_", " ")] += 1
    great = {
        performance.season.opens_at.date(): f"{programme.name} opens",
        performance.season.extended_to.date(): "the round closes",
        performance.season.outcomes_at.date(): "the outcome date",
    }
    return tuple(
        Line(
            day,
            (*((great[day],) if day in great else ()), *_words(happened.get(day, ()))),
            tuple(sent.get(day, Counter()).most_common()),
        )
        for day in sorted({*happened, *sent, *great})
    )


def by_week(days: Iterable[date]) -> dict[date, int]:
    """How many of these fall into each week, by its Monday; weeks between without any as well."""
    mondays = Counter(date.fromordinal(day.toordinal() - day.weekday()) for day in days)
    if not mondays:
        return {}
    first, last = min(mondays).toordinal(), max(mondays).toordinal()
    weeks = (date.fromordinal(ordinal) for ordinal in range(first, last + 1, 7))
    return {monday: mondays[monday] for monday in weeks}


def _words(happenings: Iterable[Happening]) -> Iterator[str]:
    """What happened, each once with its number, in the order of its first time."""
    counts = Counter(happening.what for happening in happenings)
    for what, number in counts.items():
        yield what if number == 1 else f"{number} × {what}"
