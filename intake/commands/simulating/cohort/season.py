"""The dates of a simulated cohort programme, by its own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.domain.programme import Programme

NOMINATING = timedelta(weeks=10)
"""How long after the opening most nominations come."""

FIRST_ROUND = timedelta(days=11)
"""How long after the opening places are given for the first time."""


@dataclass(frozen=True, slots=True)
class Season:
    """Nominations come from `opens_at` to `closes_at`. The organisers give places on each of
    `rounds`: each week until the first cohort starts, then each month. `starts` are those of the
    cohorts; everything has happened by `ends_at`."""

    zone: ZoneInfo
    opens_at: datetime
    closes_at: datetime
    grace: timedelta
    rounds: tuple[datetime, ...]
    starts: tuple[datetime, ...]
    ends_at: datetime

    def on(self, day: datetime, hour: int, minute: int = 0) -> datetime:
        """A time of the day on which `day` is."""
        date = day.astimezone(self.zone).date()
        return datetime.combine(date, time(hour, minute), self.zone)

    def mornings(self, hour: int) -> Iterator[datetime]:
        """The same time on each day of the year."""
        at = self.on(self.opens_at, hour)
        while at < self.ends_at:
            yield at
            at = self.on(at + timedelta(days=1), hour)


def make_season(programme: Programme, started: int | None = None) -> Season:
    """The year of a programme with cohorts, which is over once so many of them have `started`;
    None: all. Raises ValueError without any."""
    if not programme.cohorts:
        raise ValueError(f"{programme.slug} has no cohorts")
    zone, current = programme.zone, programme.round
    starts = tuple(sorted(cohort.starts_at.astimezone(zone) for cohort in programme.cohorts))
    opens_at = current.opens_at.astimezone(zone)
    last = starts[: started or len(starts)][-1]
    return Season(
        zone=zone,
        opens_at=opens_at,
        closes_at=current.closes_at.astimezone(zone),
        grace=current.grace,
        rounds=tuple(_rounds(opens_at, starts[0], last)),
        starts=starts,
        ends_at=last + timedelta(days=2),
    )


def _rounds(opens_at: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    day = opens_at + FIRST_ROUND
    while day < last:
        yield datetime.combine(day.date(), time(10, 30), opens_at.tzinfo)
        day += timedelta(weeks=1 if day < first else 4)
