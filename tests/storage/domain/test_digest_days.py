"""When digests come: working days, weekdays, holidays, and the two nights of the clock change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from storage.domain.digest_days import (
    days_come,
    digest_key,
    digests_to,
    next_time,
    rhythm_of,
    rhythms_of,
    time_of,
)
from storage.domain.programme import DigestRhythm, Digests, Organiser, Programme
from tests.support.organising import ROSALIND, TOMASZ, a_digest, clock
from tests.support.situations import ACE

DAILY, WEEKLY = DigestRhythm.DAILY, DigestRhythm.WEEKLY
LONDON = ZoneInfo("Europe/London")


def programme(
    *holidays: date, at: time = time(8), weekday: int = 0, zone: ZoneInfo = LONDON
) -> Programme:
    digests = Digests(at=at, weekday=weekday)
    return replace(ACE, digests=digests, holidays=frozenset(holidays), zone=zone)


def test_a_daily_digest_comes_on_working_days() -> None:
    found = days_come(programme(date(2021, 8, 30)), DAILY, clock(31, 12))

    assert [day.day for day in found[-6:]] == [23, 24, 25, 26, 27, 31]


def test_the_digest_of_today_comes_at_its_time() -> None:
    assert days_come(programme(), DAILY, clock(11, 7, 59))[-1] == date(2021, 8, 10)
    assert days_come(programme(), DAILY, clock(11, 8))[-1] == date(2021, 8, 11)
    assert next_time(programme(), DAILY, clock(11, 7, 59)) == clock(11)
    assert next_time(programme(), DAILY, clock(11, 8)) == clock(12)
    assert next_time(programme(), DAILY, clock(13, 8)) == clock(16)


def test_a_weekly_digest_comes_on_its_weekday_or_the_working_day_after() -> None:
    summer = programme(date(2021, 8, 30), date(2021, 8, 31))

    found = days_come(summer, WEEKLY, clock(1, 12, month=9))

    assert found == (date(2021, 8, 16), date(2021, 8, 23), date(2021, 9, 1))
    assert next_time(summer, WEEKLY, clock(27)) == clock(1, month=9)
    assert next_time(programme(weekday=6), WEEKLY, clock(27)) == clock(30)


def test_two_weeks_that_end_up_on_one_day_have_one_digest() -> None:
    off = [date(2021, 8, 16) + timedelta(days=number) for number in range(9)]

    assert days_come(programme(*off), WEEKLY, clock(26)) == (date(2021, 8, 9), date(2021, 8, 25))


def test_a_calendar_without_working_days_has_none() -> None:
    off = [date(2021, 7, 1) + timedelta(days=number) for number in range(200)]

    assert days_come(programme(*off), DAILY, clock(26)) == ()
    assert next_time(programme(*off), DAILY, clock(26)) is None


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Europe/London", date(2021, 3, 29), time(8), datetime(2021, 3, 29, 7, tzinfo=UTC)),
        ("Europe/London", date(2021, 11, 1), time(8), datetime(2021, 11, 1, 8, tzinfo=UTC)),
        ("Europe/London", date(2021, 3, 28), time(1, 30), datetime(2021, 3, 28, 1, 30, tzinfo=UTC)),
        (
            "Europe/London",
            date(2021, 10, 31),
            time(1, 30),
            datetime(2021, 10, 31, 0, 30, tzinfo=UTC),
        ),
        ("Africa/Cairo", date(2024, 4, 26), time(0, 30), datetime(2024, 4, 25, 22, 30, tzinfo=UTC)),
    ],
)
def test_the_clock_change_gives_each_day_one_instant(
    zone: str, day: date, at: time, instant: datetime
) -> None:
    assert time_of(programme(at=at, zone=ZoneInfo(zone)), day) == instant


@pytest.mark.parametrize("zone", ["Europe/London", "Africa/Cairo", "Australia/Lord_Howe"])
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 30), time(2, 30), time(23, 59)])
@pytest.mark.parametrize("rhythm", [DAILY, WEEKLY])
def test_whoever_looks_at_each_next_time_misses_no_day_in_a_year(
    zone: str, at: time, rhythm: DigestRhythm
) -> None:
    ours = programme(at=at, zone=ZoneInfo(zone), weekday=4)
    now = datetime(2024, 1, 1, tzinfo=UTC)
    seen: list[date] = []
    while now < datetime(2025, 1, 10, tzinfo=UTC):
        coming = next_time(ours, rhythm, now)
        assert coming is not None and coming > now
        now = coming
        newest = days_come(ours, rhythm, now)[-1]
        assert newest not in seen
        seen.append(newest)

    gaps = {(later - earlier).days for earlier, later in pairwise(seen)}
    assert gaps == ({1, 3} if rhythm is DAILY else {7})


def test_keys_say_who_when_and_in_which_rhythm() -> None:
    key = digest_key(WEEKLY, ROSALIND.email, date(2021, 8, 16), "ace")
    mine = a_digest(clock(16), rhythm=WEEKLY)
    others = [a_digest(clock(16)), a_digest(clock(16), to=TOMASZ, rhythm=WEEKLY)]

    assert key == "digest/weekly/rosalind.okoro@leadership.nhs.example/2021-08-16/ace"
    assert mine.key == key
    assert rhythm_of(key) is WEEKLY
    found = digests_to([*others, mine], ROSALIND.email, WEEKLY)
    assert found == ((date(2021, 8, 16), mine),)


def test_rhythms_of_an_organiser() -> None:
    told = {rhythm: rhythms_of(Organiser(ROSALIND, rhythm)) for rhythm in DigestRhythm}

    assert told == {
        DigestRhythm.DAILY: (DAILY,),
        DigestRhythm.WEEKLY: (WEEKLY,),
        DigestRhythm.BOTH: (DAILY, WEEKLY),
        DigestRhythm.NEVER: (),
    }
