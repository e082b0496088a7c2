"""Verbs over the outbox: letters enqueued once by key, claimed, and marked with what became of
them. Every change of state is checked against the state the letter is in. Letters are put in by
`storage.posting` and looked up in `storage.letters`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select, update

from storage import deeds, events
from storage.deeds import Deed, DeedKind
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.errors import Conflict, NotFound
from storage.facts import to_letter
from storage.letters import (
    find_by_message_id,
    get,
    get_by_key,
    has_held,
    has_waiting,
    list_answers,
    list_letters,
    sent_count,
    wire_parts,
    workers_sending,
)
from storage.loading import load_letters
from storage.posting import enqueue, note, skip
from storage.rows import LetterRow

__all__ = [
    "IN_DOUBT",
    "Doubt",
    "claim",
    "discard",
    "doubted",
    "drop",
    "enqueue",
    "find_by_message_id",
    "get",
    "get_by_key",
    "has_held",
    "has_waiting",
    "hold",
    "in_doubt",
    "list_answers",
    "list_letters",
    "mark_deferred",
    "mark_failed",
    "mark_found",
    "mark_sent",
    "release",
    "requeue_in_doubt",
    "sent_count",
    "skip",
    "take_back",
    "wire_parts",
    "workers_sending",
]

IN_DOUBT = "in_doubt"
"""The rule that holds a letter whose process died twice while it was being sent."""

_WAITING = (LetterState.QUEUED, LetterState.DEFERRED)
_UNSENT = (*_WAITING, LetterState.HELD, LetterState.FAILED)


def claim(
    session: Session,
    now: datetime,
    limit: int,
    worker: str,
    *,
    programmes: Collection[str] | None = None,
) -> tuple[Letter, ...]:
    """Take up to `limit` letters whose turn has come for sending by `worker`; no other worker
    gets them. Oldest first, but those in doubt last: one that kills its process must not keep the
    others. Only those of `programmes`, None: of all. Commit before anything is sent."""
    conditions = [col(LetterRow.state).in_(_WAITING), col(LetterRow.not_before) <= now]
    if programmes is not None:
        conditions.append(col(LetterRow.programme).in_(programmes))
    turn = (
        select(LetterRow.id)
        .where(*conditions)
        .order_by(col(LetterRow.doubts), col(LetterRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("turn")
    )
    taken = (
        update(LetterRow)
        .where(col(LetterRow.id).in_(select(turn.c.id)))
        .values(
            state=LetterState.SENDING,
            attempts=col(LetterRow.attempts) + 1,
            claimed_at=now,
            claimed_by=worker,
        )
        .returning(col(LetterRow.id))
    )
    ids = session.connection().execute(taken).scalars().all()
    letters = load_letters(session, col(LetterRow.id).in_(ids)) if ids else ()
    for letter in letters:
        detail = {"worker": worker, "attempt": str(letter.attempts)}
        note(session, letter, at=now, what="letter_claimed", detail=detail)
    session.flush()
    return letters


def mark_sent(session: Session, letter_id: int, now: datetime, reply: str) -> None:
    """The server accepted it with `reply`. This and the verbs below raise NotFound, and Conflict
    when the letter is not in a state from which it can go there."""
    row = _get_locked(session, letter_id, {LetterState.SENDING})
    row.sent_at, row.server_reply, row.rule = now, reply, None
    _move(session, row, LetterState.SENT, at=now)


def mark_deferred(
    session: Session,
    letter_id: int,
    not_before: datetime,
    reply: str,
    now: datetime,
    *,
    attempted: bool = True,
) -> None:
    """Sending failed for now; it is tried again at `not_before`. `attempted` False: it was given
    back untried, and the claim does not count as an attempt."""
    row = _get_locked(session, letter_id, {LetterState.SENDING})
    row.not_before, row.server_reply = not_before, reply
    if not attempted:
        row.attempts -= 1
    _move(session, row, LetterState.DEFERRED, at=now)


def mark_failed(session: Session, letter_id: int, rule: str, reply: str, now: datetime) -> None:
    """Sending failed for good, by this rule."""
    row = _get_locked(session, letter_id, {LetterState.SENDING})
    row.rule, row.server_reply = rule, reply
    _move(session, row, LetterState.FAILED, at=now)


def hold(session: Session, letter_id: int, rule: str, now: datetime) -> None:
    """Keep a letter that is not sent yet for a person, by this rule."""
    row = _get_locked(session, letter_id, {*_WAITING, LetterState.SENDING})
    row.rule = rule
    _move(session, row, LetterState.HELD, at=now)


def drop(session: Session, letter_id: int, rule: str, now: datetime) -> None:
    """A claimed letter is no longer true, by this rule: it never leaves."""
    row = _get_locked(session, letter_id, {LetterState.SENDING})
    row.rule = rule
    _move(session, row, LetterState.DISCARDED, at=now)


def release(
    session: Session,
    letter_id: int,
    now: datetime,
    actor: str,
    reason: str = "",
    *,
    not_before: datetime | None = None,
) -> None:
    """A person lets a held or failed letter go: it is sent as if it were new, at once or not
    before a time. `reason` is kept with the letter."""
    row = _get_locked(session, letter_id, {LetterState.HELD, LetterState.FAILED})
    row.rule, row.attempts, row.not_before = None, 0, not_before or now
    deeds.record(session, Deed(letter_id, DeedKind.RELEASED, reason, actor, now))
    _move(session, row, LetterState.QUEUED, at=now, what="letter_released", actor=actor)


def discard(session: Session, letter_id: int, now: datetime, actor: str, reason: str) -> None:
    """A person decides that a letter is never sent. `reason` is kept with the letter."""
    row = _get_locked(session, letter_id, set(_UNSENT))
    row.rule = reason
    deeds.record(session, Deed(letter_id, DeedKind.DISCARDED, reason, actor, now))
    _move(session, row, LetterState.DISCARDED, at=now, actor=actor, names_rule=False)


def take_back(session: Session, letter_id: int, rule: str, now: datetime, actor: str) -> None:
    """A person keeps a letter that has not left, also one that was discarded: it is held by this
    rule. One that was never written can't be had back."""
    row = _get_locked(session, letter_id, {*_WAITING, LetterState.DISCARDED})
    if to_letter(row).is_left_out:
        raise Conflict(f"letter {letter_id} was never written")
    row.rule = rule
    _move(session, row, LetterState.HELD, at=now, actor=actor)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A letter that may have left, and when it was taken for sending."""

    letter: Letter
    claimed_at: datetime


def doubted(
    session: Session,
    now: datetime,
    *,
    since: datetime,
    before: datetime,
    workers: Collection[str] = (),
) -> tuple[Doubt, ...]:
    """Letters of which a copy may have arrived, taken for sending after `since`: those of
    `in_doubt`, those to be sent once more by now, and those held for it."""
    state, doubts = col(LetterRow.state), col(LetterRow.doubts)
    lost = or_(col(LetterRow.claimed_at) < before, col(LetterRow.claimed_by).in_(workers))
    gone = and_(state == LetterState.SENDING, lost)
    again = and_(state.in_(_WAITING), doubts > 0, col(LetterRow.not_before) <= now)
    held = and_(state == LetterState.HELD, col(LetterRow.rule) == IN_DOUBT)
    found = select(LetterRow).where(or_(gone, again, held), col(LetterRow.claimed_at) >= since)
    rows = session.exec(found.order_by(col(LetterRow.id)))
    return tuple(Doubt(to_letter(row), row.claimed_at) for row in rows if row.claimed_at)


def mark_found(session: Session, letter_id: int, how: str, now: datetime) -> None:
    """A letter in doubt has left: `how` says by what it is known. It counts as sent when it was
    taken for sending."""
    row = _get_locked(session, letter_id, {LetterState.SENDING, *_WAITING, LetterState.HELD})
    row.sent_at, row.server_reply, row.rule = row.claimed_at, how, None
    _move(session, row, LetterState.SENT, at=now, what="letter_found")


def in_doubt(
    session: Session, before: datetime, *, workers: Collection[str] = ()
) -> tuple[Letter, ...]:
    """Letters in sending since before this instant, or claimed by one of these workers, which are
    known to be gone: nobody knows whether the server took them."""
    sending = col(LetterRow.state) == LetterState.SENDING
    gone = col(LetterRow.claimed_by).in_(workers)
    return load_letters(session, sending, or_(col(LetterRow.claimed_at) < before, gone))


def requeue_in_doubt(
    session: Session, letter_id: int, now: datetime, *, not_before: datetime | None = None
) -> Letter:
    """Send a letter in doubt once more, the same bytes, at `not_before` (None: now); the second
    time, and at once one that may never come twice, hold it for a person, by the rule IN_DOUBT.
    Returns it as it is then."""
    row = _get_locked(session, letter_id, {LetterState.SENDING})
    row.doubts += 1
    if row.doubts > 1 or LetterKind(row.kind).is_outcome:
        row.rule = IN_DOUBT
        _move(session, row, LetterState.HELD, at=now)
    else:
        row.not_before = not_before or now
        _move(session, row, LetterState.QUEUED, at=now, what="letter_in_doubt")
    return to_letter(row)


def _get_locked(session: Session, letter_id: int, states: Collection[LetterState]) -> LetterRow:
    found = select(LetterRow).where(LetterRow.id == letter_id).with_for_update()
    row = session.exec(found, execution_options={"populate_existing": True}).first()
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    if row.state not in states:
        raise Conflict(f"letter {letter_id} is {row.state}")
    return row


def _move(
    session: Session,
    row: LetterRow,
    state: LetterState,
    *,
    at: datetime,
    what: str | None = None,
    actor: str = events.POSTROOM,
    names_rule: bool = True,
) -> None:
    row.state = state
    session.flush()
    rule = row.rule if names_rule else None
    what = what or f"letter_{state}"
    note(session, to_letter(row), at=at, what=what, actor=actor, rule=rule)
    session.flush()
