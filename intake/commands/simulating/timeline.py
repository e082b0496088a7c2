"""A simulated year as lines for people: what happened on each day, and which letters left."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.commands.simulating.performance import Performance
from storage.domain.letter import LetterKind


@dataclass(frozen=True, slots=True)
class Line:
    """One day: what `happened` in words, and the `letters` by kind, each with its number."""

    day: date
    happened: tuple[tuple[str, int], ...]
    letters: tuple[tuple[str, int], ...]


def timeline(performance: Performance) -> tuple[Line, ...]:
    """The days on which anything happened, or a letter left that is no digest."""
    season, programme = performance.season, performance.programme
    happened: dict[date, Counter[str]] = defaultdict(Counter)
    letters: dict[date, Counter[LetterKind]] = defaultdict(Counter)
    happened[season.opens_at.date()][f"{programme.name} opens"] += 1
    happened[season.extended_to.date()]["the round closes"] += 1
    happened[season.outcomes_at.date()]["the outcome date"] += 1
    for happening in performance.happenings:
        happened[happening.at.astimezone(season.zone).date()][happening.what] += 1
    for letter in performance.letters:
        letters[letter.at.astimezone(season.zone).date()][letter.kind] += 1
    told = {day for day, kinds in letters.items() if kinds.keys() - {LetterKind.DIGEST}}
    return tuple(
        Line(
            day,
            tuple(happened[day].items()),
            tuple((kind.replace("_", " "), n) for kind, n in letters[day].most_common()),
        )
        for day in sorted(told.union(happened))
    )


def in_words(counts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """`withdraws`, `3 × sends the form`."""
    return tuple(what if number == 1 else f"{number} × {what}" for what, number in counts)


def by_week(days: Iterable[date]) -> dict[date, int]:
    """How many of these fall into each week, by its Monday; weeks between without any as well."""
    mondays = Counter(date.fromordinal(day.toordinal() - day.weekday()) for day in days)
    if not mondays:
        return {}
    first, last = min(mondays).toordinal(), max(mondays).toordinal()
    weeks = (date.fromordinal(ordinal) for ordinal in range(first, last + 1, 7))
    return {monday: mondays[monday] for monday in weeks}
