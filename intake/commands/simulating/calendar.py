"""Working days and what leaves by them, said once more, so that the script needs none of the
product's own rules."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from intake.commands.simulating.oracle import Expected
from storage.domain.letter import LetterKind
from storage.domain.programme import Organiser, Programme


def is_working(programme: Programme, day: date) -> bool:
    return day.isoweekday() < 6 and day not in programme.holidays


def last_working_day(programme: Programme, day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working(programme, day):
        day -= timedelta(days=1)
    return day


def working_days_after(programme: Programme, at: datetime, days: int) -> datetime:
    """The same time by the programme's clock, so many working days later."""
    local = at.astimezone(programme.zone)
    while days:
        local += timedelta(days=1)
        days -= is_working(programme, local.date())
    return local


def daily_times(
    programme: Programme, begins_at: datetime, ends_at: datetime
) -> tuple[datetime, ...]:
    """Behind `begins_at` and until `ends_at`, one each working day."""
    days = _days(programme, begins_at, ends_at)
    return _times(programme, filter(lambda d: is_working(programme, d), days), begins_at, ends_at)


def weekly_times(
    programme: Programme, begins_at: datetime, ends_at: datetime
) -> tuple[datetime, ...]:
    """Likewise, each week on its day or the next working day."""
    days = _days(programme, begins_at, ends_at)
    working = [day for day in days if is_working(programme, day)]
    named = (day for day in days if day.weekday() == programme.digests.weekday)
    found = {next((day for day in working if day >= one), None) for one in named}
    return _times(programme, sorted(day for day in found if day), begins_at, ends_at)


def digests_to(
    organiser: Organiser, programme: Programme, begins_at: datetime, ends_at: datetime
) -> list[Expected]:
    """All digests of the year to one organiser."""
    expected = []
    if organiser.digest in ("daily", "both"):
        times = daily_times(programme, begins_at, ends_at)
        expected += [Expected(at, LetterKind.DIGEST, "a working day") for at in times]
    if organiser.digest in ("weekly", "both"):
        times = weekly_times(programme, begins_at, ends_at)
        expected += [Expected(at, LetterKind.DIGEST, "the day of the week") for at in times]
    return expected


def _days(programme: Programme, begins_at: datetime, ends_at: datetime) -> list[date]:
    first, last = (at.astimezone(programme.zone).date() for at in (begins_at, ends_at))
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _times(
    programme: Programme, days: Iterable[date], begins_at: datetime, ends_at: datetime
) -> tuple[datetime, ...]:
    times = (datetime.combine(day, programme.digests.at, programme.zone) for day in days)
    return tuple(at for at in times if begins_at < at <= ends_at)
