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
from tests.support.reminding import (
    DAY,
    HOUR,
    ZONES,
    Entry,
    Life,
    closing,
    draw_life,
    expected_at,
    live,
)
from tests.support.sizes import examples

LIVES = examples(full=10_000, everyday=400)
SHARE = LIVES // 4


@pytest.mark.parametrize("first", range(0, LIVES, SHARE))
def test_each_reminder_is_written_once_or_its_skip_recorded(first):
    written, rules = 0, set()
    for seed in range(first, first + SHARE):
        life = draw_life(seed)
        entries = _walk(life, seed)
        written += sum(entry.rule is None for entry in entries)
        rules |= {entry.rule for entry in entries}

    assert written > SHARE // 2
    assert rules == {None, *SkipRule}


def _walk(life: Life, seed: int) -> list[Entry]:
    entries: list[Entry] = []
    for world, now in live(life):
        entries = world.entries
        _check_complete(world, now, seed)
    keys = [(entry.closes_at, entry.days) for entry in entries]
    assert len(set(keys)) == len(keys), f"twice, seed {seed}"
    for entry in entries:
        _check_entry(entry, life, seed)
    _check_apart([entry for entry in entries if entry.rule is None], seed)
    return entries


def _check_complete(world, now, seed):
    """After each look, all whose time has come and that are owed stand in the ledger."""
    if world.pack_at is None or world.has_form or world.is_withdrawn:
        return
    recorded = {(entry.closes_at, entry.days) for entry in world.entries}
    for days in world.programme.reminders.days_before:
        at = expected_at(world.programme, days)
        is_owed = world.pack_at < at and (world.set_at is None or world.set_at < at)
        if is_owed and at <= now and at < world.closes_at:
            assert (world.closes_at, days) in recorded, f"lost, seed {seed}"


def _check_entry(entry, life, seed):
    """What was written had to be, what was left out had the reason it names."""
    programme = closing(life.programme, entry.closes_at)
    facts, after_pack = entry.facts, programme.reminders.after_pack
    expected = expected_at(programme, entry.days)
    others = (
        expected_at(programme, days)
        for days in programme.reminders.days_before
        if days != entry.days
    )
    holds = {
        SkipRule.CLOSED: entry.at >= entry.closes_at,
        SkipRule.TOO_SOON_AFTER_PACK: expected - facts.pack_at < after_pack,
        SkipRule.OVERTAKEN: any(expected <= at <= entry.at + 12 * HOUR for at in others),
        SkipRule.BOUNCED: facts.is_bounced,
        SkipRule.TOLD_WITHIN_A_DAY: any(abs(entry.at - told) < DAY for told in facts.told_at),
    }

    assert entry.scheduled_at == expected <= entry.at, f"its time, seed {seed}"
    assert not facts.is_settled, f"settled, seed {seed}"
    assert facts.pack_at < expected, f"before the pack, seed {seed}"
    if entry.rule is not None:
        assert holds[entry.rule], f"{entry.rule} without reason, seed {seed}"
        return
    assert entry.at < entry.closes_at, f"after its closing, seed {seed}"
    assert not facts.is_bounced, f"to a dead address, seed {seed}"
    assert not holds[SkipRule.TOO_SOON_AFTER_PACK], f"too soon, seed {seed}"
    assert not holds[SkipRule.TOLD_WITHIN_A_DAY], f"told before, seed {seed}"


def _check_apart(written, seed):
    """Nobody is reminded of two closings within a day, nor of one within half a day."""
    for place, entry in enumerate(written):
        for other in written[:place]:
            apart = abs(entry.at - other.at)
            rest = 12 * HOUR if entry.closes_at == other.closes_at else DAY
            assert apart >= rest, f"{apart} apart, seed {seed}"


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
