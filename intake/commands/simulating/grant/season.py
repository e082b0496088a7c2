"""The dates of a simulated year: what the organisers mean to do when, by the programme's clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.domain.programme import Programme

ASKED = ((11, 10, 30), (13, 16, 5), (18, 10), (20, 15, 40))
"""When the panel is asked: days after the closing, hour and minute."""


@dataclass(frozen=True, slots=True)
class Season:
    """The round as configured, and what becomes of it: on `moved_at` the organisers move the
    closing from `closes_at` to `extended_to`, on `allowed_at` they allow one case until
    `allowed_until`. Decisions are recorded on `decided_at`, approved on `approved_at`, told from
    `outcomes_at`; `raised_at` is when reserves move up. The panel is asked to read, and to read in
    place of others, at each of `asked_at`. Everything has happened by `ends_at`."""

    zone: ZoneInfo
    opens_at: datetime
    closes_at: datetime
    extended_to: datetime
    grace: timedelta
    moved_at: datetime
    allowed_at: datetime
    allowed_until: datetime
    asked_at: tuple[datetime, ...]
    decided_at: datetime
    approved_at: datetime
    outcomes_at: datetime
    raised_at: datetime
    ends_at: datetime

    def closing_known(self, at: datetime) -> datetime:
        """When the round closes, as everybody knows it at this instant."""
        return self.extended_to if at >= self.moved_at else self.closes_at

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A time of the `day`th day from the opening day, which is day 0."""
        return self.on(self.opens_at + timedelta(days=day), hour, minute)

    def on(self, day: datetime, hour: int, minute: int = 0) -> datetime:
        """A time of the day on which `day` is."""
        date = day.astimezone(self.zone).date()
        return datetime.combine(date, time(hour, minute), self.zone)


def make_season(programme: Programme) -> Season:
    """The year of a programme whose round has an outcome date. Raises ValueError without one."""
    current, zone = programme.round, programme.zone
    if current.outcomes_at is None:
        raise ValueError(f"the round of {programme.slug} has no outcome date")
    closes_at, outcomes_at = current.closes_at, current.outcomes_at

    def near(day: datetime, days: int, hour: int, minute: int = 0) -> datetime:
        date = (day.astimezone(zone) + timedelta(days=days)).date()
        return datetime.combine(date, time(hour, minute), zone)

    return Season(
        zone=zone,
        opens_at=current.opens_at.astimezone(zone),
        closes_at=closes_at.astimezone(zone),
        extended_to=closes_at.astimezone(zone) + timedelta(days=7),
        grace=current.grace,
        moved_at=near(closes_at, -4, 15, 10),
        allowed_at=near(closes_at, 4, 11, 25),
        allowed_until=near(closes_at, 13, 12),
        asked_at=tuple(near(closes_at, *when) for when in ASKED),
        decided_at=near(outcomes_at, -6, 14),
        approved_at=near(outcomes_at, -3, 16, 30),
        outcomes_at=outcomes_at.astimezone(zone),
        raised_at=near(outcomes_at, 9, 10, 15),
        ends_at=near(outcomes_at, 46, 18),
    )
