"""When a reminder comes, and by which rule one is left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from storage.domain.programme import Reminders
from storage.domain.reminders import Applicant, SkipRule, next_reminder, reminders_due, schedule
from tests.support.programmes import ACE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REMINDING = replace(ACE, reminders=Reminders(days_before=(14, 7, 2)))
CLOSES = ACE.round.closes_at
"""Friday 20 August 2021, five in London."""
FOURTEEN, SEVEN, TWO = (
    datetime(2021, 8, day, 8, tzinfo=UTC)  # nine in London
    for day in (6, 13, 18)
)
PACKED = Applicant(pack_at=datetime(2021, 7, 14, 8, tzinfo=UTC))


def closing(at, programme=REMINDING):
    return replace(programme, round=replace(programme.round, closes_at=at))


def reminding(*days, **settings):
    return replace(REMINDING, reminders=Reminders(days_before=days, **settings))


def due(programme, applicant, now):
    """By days: the rule by which it is left out, None for the one that is written."""
    return {r.days: rule for r, rule in reminders_due(programme, applicant, now=now)}


def done(*days, **facts):
    return replace(PACKED, done=frozenset(days), **facts)


def test_schedule_is_by_the_clock_of_the_programme():
    assert [(r.days, r.at) for r in schedule(REMINDING)] == [(14, FOURTEEN), (7, SEVEN), (2, TWO)]
    assert {r.closes_at for r in schedule(REMINDING)} == {CLOSES}


def test_day_off_moves_a_reminder_to_the_working_day_before():
    monday = closing(datetime(2021, 8, 31, 16, tzinfo=UTC), reminding(2, 1))
    off = replace(monday, holidays=frozenset({date(2021, 8, 30)}))

    assert [(r.days, r.at.day) for r in schedule(off)] == [(2, 27), (1, 27)]


def test_day_off_counts_as_any_other_where_wanted():
    sunday = closing(datetime(2021, 8, 30, 16, tzinfo=UTC), reminding(1, working_days_only=False))

    assert [r.at.day for r in schedule(sunday)] == [29]


def test_schedule_over_both_clock_changes_keeps_the_clock():
    every_day = reminding(2, 1, working_days_only=False)
    spring = closing(datetime(2024, 4, 1, 16, tzinfo=UTC), every_day)
    autumn = closing(datetime(2024, 10, 28, 17, tzinfo=UTC), every_day)

    assert [(r.at.day, r.at.hour) for r in schedule(spring)] == [(30, 9), (31, 8)]
    assert [(r.at.day, r.at.hour) for r in schedule(autumn)] == [(26, 8), (27, 9)]


def test_schedule_counts_the_leap_day():
    march = closing(datetime(2024, 3, 2, 17, tzinfo=UTC), reminding(2, working_days_only=False))

    assert schedule(march)[0].at == datetime(2024, 2, 29, 9, tzinfo=UTC)


def test_no_reminder_without_a_setting():
    assert schedule(ACE) == ()
    assert due(ACE, PACKED, CLOSES - HOUR) == {}
    assert next_reminder(ACE, PACKED, now=SEVEN) is None


def test_reminder_is_due_from_its_time_on_and_once():
    assert due(REMINDING, PACKED, FOURTEEN - timedelta(seconds=1)) == {}
    assert due(REMINDING, PACKED, FOURTEEN) == {14: None}
    assert due(REMINDING, done(14), FOURTEEN) == {}


def test_pack_that_has_not_left_owes_nothing():
    assert due(REMINDING, Applicant(pack_at=None), SEVEN) == {}


def test_reminder_before_the_pack_was_never_owed():
    late = Applicant(pack_at=SEVEN + DAY)

    assert due(REMINDING, late, SEVEN + 2 * DAY) == {}
    assert due(REMINDING, late, TWO) == {2: None}


def test_reminder_soon_after_the_pack_is_left_out():
    assert due(REMINDING, Applicant(pack_at=SEVEN - DAY), SEVEN) == {
        7: SkipRule.TOO_SOON_AFTER_PACK
    }
    assert due(REMINDING, Applicant(pack_at=SEVEN - 2 * DAY), SEVEN) == {7: None}


@pytest.mark.parametrize("now", [FOURTEEN, SEVEN, TWO, CLOSES])
def test_form_or_withdrawal_settles_it(now):
    assert due(REMINDING, done(is_settled=True), now) == {}
    assert next_reminder(REMINDING, done(is_settled=True), now=now) is None


def test_bounced_is_left_out_and_reached_again_later():
    assert due(REMINDING, done(is_bounced=True), FOURTEEN) == {14: SkipRule.BOUNCED}
    assert due(REMINDING, done(14), SEVEN) == {7: None}


def test_after_a_downtime_only_the_last_is_written():
    assert due(REMINDING, PACKED, TWO + HOUR) == {
        14: SkipRule.OVERTAKEN,
        7: SkipRule.OVERTAKEN,
        2: None,
    }


def test_late_reminder_makes_room_for_the_next():
    assert due(REMINDING, done(14), TWO - 11 * HOUR) == {7: SkipRule.OVERTAKEN}
    assert due(REMINDING, done(14), TWO - 13 * HOUR) == {7: None}


def test_two_on_one_working_day_are_one():
    monday = closing(datetime(2021, 8, 23, 16, tzinfo=UTC), reminding(3, 2, 1))
    friday = datetime(2021, 8, 20, 8, tzinfo=UTC)

    assert due(monday, PACKED, friday) == {3: SkipRule.OVERTAKEN, 2: SkipRule.OVERTAKEN, 1: None}


@pytest.mark.parametrize("now", [CLOSES, CLOSES + 30 * DAY])
def test_none_at_the_closing_or_after(now):
    assert due(REMINDING, done(14, 7), now) == {2: SkipRule.CLOSED}


def test_grace_is_not_for_reminders():
    graceful = replace(REMINDING, round=replace(REMINDING.round, grace=HOUR))

    assert due(graceful, done(14, 7), CLOSES) == {2: SkipRule.CLOSED}


def test_moved_closing_has_reminders_of_its_own():
    later = closing(CLOSES + 7 * DAY)
    moved = done(set_at=TWO + DAY, told_at=(TWO + DAY,))

    assert due(later, moved, TWO + DAY) == {}
    assert next_reminder(later, moved, now=TWO + DAY) == FOURTEEN + 14 * DAY
    assert due(later, moved, FOURTEEN + 14 * DAY) == {7: None}


def test_nobody_is_told_twice_within_a_day_because_of_a_move():
    later = closing(CLOSES + DAY, reminding(2, working_days_only=False))
    told = done(told_at=(TWO + timedelta(minutes=1),))

    assert due(later, told, TWO + DAY) == {2: SkipRule.TOLD_WITHIN_A_DAY}
    assert due(later, told, TWO + DAY + timedelta(minutes=1)) == {2: None}


def test_next_reminder_is_asked_for_before_the_pack_has_left():
    waiting = Applicant(pack_at=None)

    assert next_reminder(REMINDING, waiting, now=FOURTEEN) == SEVEN
    assert next_reminder(REMINDING, waiting, now=TWO) is None


def test_reminder_time_that_no_clock_shows_comes_with_the_new_clock():
    spring = closing(
        datetime(2024, 4, 1, 16, tzinfo=UTC),
        reminding(1, at=time(1, 30), working_days_only=False),
    )

    assert schedule(spring)[0].at == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
