"""Working days, and the two nights a year on which a clock is no clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.calendar import (
    instant_at,
    is_working_day,
    local_date,
    working_day_before,
    working_days_after,
)

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = frozenset({date(2023, 12, 25), date(2023, 12, 26)})
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
ZONES = st.sampled_from(
    ("Europe/London", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC")
).map(ZoneInfo)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2024, 2, 29), True),
        (date(2024, 3, 2), False),
        (date(2024, 3, 3), False),
        (date(2023, 12, 25), False),
        (date(2023, 12, 27), True),
    ],
)
def test_working_day_is_no_weekend_and_no_holiday(day, is_one):
    assert is_working_day(day, CHRISTMAS) is is_one


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2023, 12, 26), date(2023, 12, 22)),
        (date(2023, 12, 22), date(2023, 12, 22)),
        (date(2024, 3, 3), date(2024, 3, 1)),
    ],
)
def test_working_day_before_leaves_out_all_that_is_off(day, before):
    assert working_day_before(day, CHRISTMAS) == before


@given(DAYS, st.frozensets(DAYS, max_size=20))
def test_working_day_before_is_the_latest(day, holidays):
    found = working_day_before(day, holidays)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]

    assert is_working_day(found, holidays)
    assert not any(is_working_day(one, holidays) for one in between)


@pytest.mark.parametrize(
    ("start", "days", "day"), [(14, 3, 19), (16, 1, 19), (17, 1, 19), (18, 1, 19), (14, 0, 14)]
)
def test_working_days_leave_out_the_weekend(start, days, day):
    received = datetime(2021, 7, start, 9, tzinfo=timezone(timedelta(hours=1)))

    assert working_days_after(received, days).day == day


def test_working_days_leave_out_holidays():
    received = datetime(2023, 12, 22, 17, 30, tzinfo=LONDON)

    counted = working_days_after(received, 1, CHRISTMAS)

    assert counted == datetime(2023, 12, 27, 17, 30, tzinfo=LONDON)


def test_working_days_keep_the_clock_over_its_change():
    friday = datetime(2024, 3, 29, 9, tzinfo=LONDON)

    counted = working_days_after(friday, 1)

    assert counted.isoformat() == "2024-04-01T09:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (date(2024, 7, 1), time(9), "2024-07-01T08:00:00+00:00"),
        (date(2024, 2, 29), time(9), "2024-02-29T09:00:00+00:00"),
        (date(2024, 3, 31), time(0, 59), "2024-03-31T00:59:00+00:00"),
        (date(2024, 3, 31), time(1, 30), "2024-03-31T01:30:00+00:00"),
        (date(2024, 3, 31), time(2, 30), "2024-03-31T01:30:00+00:00"),
        (date(2024, 10, 27), time(1, 30), "2024-10-27T00:30:00+00:00"),
        (date(2024, 10, 27), time(2), "2024-10-27T02:00:00+00:00"),
    ],
)
def test_instant_of_a_clock_time(day, clock, instant):
    assert instant_at(day, clock, LONDON) == datetime.fromisoformat(instant)


def test_instant_of_a_time_shown_twice_is_the_first_whatever_fold_says():
    twice = date(2024, 10, 27)

    assert instant_at(twice, time(1, 30, fold=1), LONDON) == instant_at(twice, time(1, 30), LONDON)


@given(DAYS, st.times(), ZONES)
def test_instant_shows_that_clock_or_one_that_is_later_by_what_was_left_out(day, clock, zone):
    at = instant_at(day, clock, zone)
    shown = at.astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, clock.replace(fold=0))

    assert at.utcoffset() == timedelta(0)
    assert shown == wanted or timedelta(0) < shown - wanted <= timedelta(hours=1)


@given(DAYS, DAYS, st.times(), ZONES)
def test_instants_of_one_clock_time_come_in_the_order_of_their_days(one, other, clock, zone):
    assert (one < other) == (instant_at(one, clock, zone) < instant_at(other, clock, zone))


def test_local_date_is_that_of_the_zone():
    late = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)

    assert local_date(late, LONDON) == date(2024, 7, 2)
