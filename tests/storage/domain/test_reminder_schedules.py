"""The law of reminders, on thousands of lives: each once or its skip recorded, none at or after
its closing, none to those who should not get one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.programme import Reminders
from storage.domain.reminders import Applicant, SkipRule, reminders_due, schedule
from tests.support.programmes import ACE
from tests.support.reminder_laws import check_life
from tests.support.reminding import (
    DAY,
    ZONES,
    closing,
    draw_life,
    live,
)
from tests.support.sizes import examples

LIVES = examples(full=10_000, everyday=400)
SHARE = LIVES // 4


@pytest.mark.parametrize("first", range(0, LIVES, SHARE))
def test_each_reminder_is_written_once_or_its_skip_recorded(first):
    written, rules = 0, set()
    for seed in range(first, first + SHARE):
        entries = check_life(seed)
        written += sum(entry.rule is None for entry in entries)
        rules |= {entry.rule for entry in entries}

    assert written > SHARE // 2
    assert rules == {None, *SkipRule}


def test_a_process_that_looks_only_when_it_wished_to_writes_the_same():
    """Unless its clock jumps while the pack is still to leave: then it may be late."""
    for seed in range(SHARE):
        life = draw_life(seed)
        steady = replace(life, happenings=tuple(h for h in life.happenings if h.what != "clock"))
        always, wished = ([], [])
        for world, _ in live(steady):
            always = world.entries
        for world, _ in live(steady, only_at_attention=True):
            wished = world.entries

        assert [_told(entry) for entry in wished] == [_told(entry) for entry in always], seed


def _told(entry):
    return (entry.closes_at, entry.days, entry.at, entry.rule)


@given(
    closes_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    closes=st.times(),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    days=st.lists(st.integers(1, 365), unique=True, max_size=6),
    at=st.times(),
    is_working=st.booleans(),
)
def test_undisturbed_schedule_writes_each_at_its_time(
    closes_on, closes, zone, days, at, is_working
):
    """Whoever looks at each reminder's time writes one then, the nearest of those that share it."""
    closes_at = datetime.combine(closes_on, closes, tzinfo=zone).astimezone(UTC)
    reminders = Reminders(tuple(days), at, is_working, timedelta(0))
    programme = replace(closing(ACE, closes_at), zone=zone, reminders=reminders)
    applicant = Applicant(pack_at=closes_at - 500 * DAY)
    written = []
    for reminder in schedule(programme):
        due = reminders_due(programme, applicant, now=reminder.at)
        applicant = replace(applicant, done=applicant.done | {one.days for one, _ in due})
        written += [one.at for one, rule in due if rule is None]

    assert {reminder.days for reminder in schedule(programme)} == applicant.done
    assert written == sorted({reminder.at for reminder in schedule(programme)})


def test_clock_times_of_the_two_nights_are_drawn():
    """The lives hold what they are to try."""
    lives = [draw_life(seed) for seed in range(400)]
    happened = {happening.what for life in lives for happening in life.happenings}
    at_night = [life for life in lives if life.programme.reminders.at in (time(1, 30), time(2, 30))]

    assert happened >= {"pack", "form", "withdrawn", "bounced", "clock", "extended", "configured"}
    assert len(at_night) > 40
