"""The letter kind reads out of the ledger what the law of reminders needs, in any drawn life."""

from dataclasses import replace
from datetime import UTC, datetime

from responders.kinds import deadline_reminder
from storage.domain.case import CaseState
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.programme import Move
from storage.domain.reminders import next_reminder, reminders_due
from storage.domain.situation import Situation
from tests.support.reminding import World, draw_life, live
from tests.support.situations import AMINA_ADDRESS, a_case, a_letter, a_message
from tests.support.sizes import examples

LIVES = examples(full=1_000, everyday=60)
EXPRESSION = a_message(MessageKind.EXPRESSION)


def test_kind_writes_and_leaves_out_what_the_law_says():
    for seed in range(LIVES):
        for _ in live(draw_life(seed), looking=_check_kind):
            pass


def _check_kind(world: World, now: datetime) -> None:
    """Just before the process looks."""
    s = _situation(world, now)
    expected = {
        _key(reminder.closes_at, reminder.days): rule
        for reminder, rule in reminders_due(world.programme, world.facts(), now=now)
    }

    assert {due.key: due.skip for due in deadline_reminder.due(s)} == expected
    if world.pack_at is not None:
        wakes_at = next_reminder(world.programme, world.facts(), now=now)
        assert deadline_reminder.wakes_at(s) == wakes_at


def _situation(world: World, now: datetime) -> Situation:
    """What the ledger would hold of this world."""
    letters = tuple(_letters(world))
    moves = () if world.set_at is None else (Move(world.closes_at, world.set_at),)
    current = replace(world.programme.round, moves=moves)
    state = CaseState.APPLIED if world.has_form else CaseState.EXPRESSED
    if world.is_withdrawn:
        state = CaseState.WITHDRAWN
    report = a_message(MessageKind.BOUNCE, id=90, answer_to=None)
    told = replace(
        report.understanding,
        bounced=(AMINA_ADDRESS.email,),
        bounced_letters=tuple(letter.message_id for letter in letters[:1]),
    )
    reports = (replace(report, understanding=told),) if world.is_bounced else ()
    return Situation(
        programme=replace(world.programme, round=current),
        now=now,
        case=a_case(state=state),
        messages=(EXPRESSION, *reports),
        letters=letters,
    )


def _letters(world: World):
    if world.pack_at is not None:
        yield _letter(LetterKind.APPLICATION_PACK, "application_pack/case:42", world.pack_at)
    for moved_at in world.moves:
        key = f"extension_notice/case:42/{moved_at.isoformat()}"
        yield _letter(LetterKind.EXTENSION_NOTICE, key, moved_at)
    for entry in world.entries:
        letter = _letter(LetterKind.DEADLINE_REMINDER, _key(entry.closes_at, entry.days), entry.at)
        is_left_out = entry.rule is not None
        yield replace(letter, state=LetterState.DISCARDED) if is_left_out else letter


def _letter(kind: LetterKind, key: str, at: datetime) -> Letter:
    due = Due(kind, key, AMINA_ADDRESS, case_id=42)
    return replace(a_letter(due), created_at=at, sent_at=at)


def _key(closes_at: datetime, days: int) -> str:
    return f"deadline_reminder/case:42/{closes_at.astimezone(UTC).isoformat()}/{days}"
