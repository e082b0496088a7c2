"""The law of reminders over one drawn life: each once or its skip recorded, none at or after its
closing, none to those who should not get one."""

from collections.abc import Sequence
from datetime import datetime

from storage.domain.reminders import SkipRule
from tests.support.reminding import (
    DAY,
    HOUR,
    Entry,
    Life,
    World,
    closing,
    draw_life,
    expected_at,
    live,
)


def check_life(seed: int) -> list[Entry]:
    """The reminders of the life drawn from this seed. Raises AssertionError where a law does not
    hold."""
    life, entries = draw_life(seed), list[Entry]()
    for world, now in live(life):
        entries = world.entries
        _check_complete(world, now, seed)
    keys = [(entry.closes_at, entry.days) for entry in entries]
    assert len(set(keys)) == len(keys), f"twice, seed {seed}"
    for entry in entries:
        _check_entry(entry, life, seed)
    _check_apart([entry for entry in entries if entry.rule is None], seed)
    return entries


def _check_complete(world: World, now: datetime, seed: int) -> None:
    """After each look, all whose time has come and that are owed stand in the ledger."""
    if world.pack_at is None or world.has_form or world.is_withdrawn:
        return
    recorded = {(entry.closes_at, entry.days) for entry in world.entries}
    for days in world.programme.reminders.days_before:
        at = expected_at(world.programme, days)
        is_owed = world.pack_at < at and (world.set_at is None or world.set_at < at)
        if is_owed and at <= now and at < world.closes_at:
            assert (world.closes_at, days) in recorded, f"lost, seed {seed}"


def _check_entry(entry: Entry, life: Life, seed: int) -> None:
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


def _check_apart(written: Sequence[Entry], seed: int) -> None:
    """Nobody is reminded of two closings within a day, nor of one within half a day."""
    for place, entry in enumerate(written):
        for other in written[:place]:
            apart = abs(entry.at - other.at)
            rest = 12 * HOUR if entry.closes_at == other.closes_at else DAY
            assert apart >= rest, f"{apart} apart, seed {seed}"
