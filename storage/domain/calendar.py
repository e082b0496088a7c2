"""Days and clock times of a programme: which days are working days, and when a clock shows what.

A day is off at the weekend and on a holiday of the programme. A clock leaves an hour out when
summer time begins, and shows one twice when it ends (PEP 495).
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as `date.weekday` counts."""

A_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() not in WEEKEND and day not in holidays


def working_day_before(day: date, holidays: Collection[date] = ()) -> date:
    """`day` where it is a working day, else the latest working day before it."""
    while not is_working_day(day, holidays):
        day -= A_DAY
    return day


def working_days_after(start: datetime, days: int, holidays: Collection[date] = ()) -> datetime:
    """The end of a count of working days that begins the day after `start`, at the same time by
    the clock of `start`, whose date counts."""
    at = start
    while days > 0:
        at += A_DAY
        days -= is_working_day(at.date(), holidays)
    return at


def instant_at(day: date, clock: time, zone: tzinfo) -> datetime:
    """When the clocks of `zone` show `clock` on `day`, in UTC.

    A time that is left out is read by the clock as it went before: at 01:30 on the day on which
    London goes from 01:00 to 02:00, the clock shows 02:30. Of a time shown twice it is the first.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), tzinfo=zone)
    return local.astimezone(UTC)


def local_date(at: datetime, zone: tzinfo) -> date:
    """The date that the calendars of `zone` show at this instant."""
    return at.astimezone(zone).date()


def months_later(at: datetime, months: int) -> datetime:
    """The same day and time so many months later; the last of a shorter month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, longest))
