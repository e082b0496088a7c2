"""Verbs over the outbox: letters enqueued once by key, claimed, and marked with what became of
them. Every change of state is checked against the state the letter is in. Letters are put in by
`storage.posting`, looked up in `storage.letters`; those in doubt are in `storage.doubts`."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, bindparam
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select, update

from storage import deeds
from storage.columns import UtcDateTime
from storage.deeds import Deed, DeedKind
from storage.domain.letter import IN_DOUBT, Letter, LetterState
from storage.doubts import (
    Doubt,
    doubted,
    in_doubt,
    is_any_in_doubt,
    mark_arrived,
    mark_found,
    mark_named,
    put_off,
    requeue_in_doubt,
)
from storage.errors import Conflict
from storage.facts import to_letter
from storage.letter_states import change, get_locked, move
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
from storage.posting import enqueue, note, skip
from storage.rows import LetterRow, table_of

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
    "is_any_in_doubt",
    "list_answers",
    "list_letters",
    "mark_arrived",
    "mark_deferred",
    "mark_failed",
    "mark_found",
    "mark_named",
    "mark_sent",
    "put_off",
    "release",
    "requeue_in_doubt",
    "sent_count",
    "skip",
    "take_back",
    "wire_parts",
    "workers_sending",
]

_WAITING = (LetterState.QUEUED, LetterState.DEFERRED)
_SENDING = (LetterState.SENDING,)
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
    session.flush()
    whose = None if programmes is None else list(programmes)
    taking = _taking(by_programme=whose is not None)
    these = {"now": now, "limit": limit, "worker": worker, "programmes": whose}
    rows = session.connection().execute(taking, these).all()
    letters = tuple(to_letter(row) for row in sorted(rows, key=attrgetter("id")))
    for letter in letters:
        detail = {"worker": worker, "attempt": str(letter.attempts)}
        note(session, letter, at=now, what="letter_claimed", detail=detail)
    return letters


@cache
def _taking(*, by_programme: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    """The statement by which letters are claimed, of all programmes or of some."""
    conditions = [
        col(LetterRow.state).in_(_WAITING),
        col(LetterRow.not_before) <= bindparam("now", type_=UtcDateTime),
    ]
    if by_programme:
        conditions.append(col(LetterRow.programme).in_(bindparam("programmes", expanding=True)))
    turn = (
        select(LetterRow.id)
        .where(*conditions)
        .order_by(col(LetterRow.doubts), col(LetterRow.id))
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("turn")
    )
    taken = {
        "state": LetterState.SENDING,
        "attempts": col(LetterRow.attempts) + 1,
        "claimed_at": bindparam("now", type_=UtcDateTime),
        "claimed_by": bindparam("worker"),
    }
    these = col(LetterRow.id).in_(select(turn.c.id))
    return update(LetterRow).where(these).values(taken).returning(*table_of(LetterRow).c)


def mark_sent(session: Session, letter_id: int, now: datetime, reply: str) -> None:
    """The server accepted it with `reply`. This and the verbs below raise NotFound, and Conflict
    when the letter is not in a state from which it can go there."""
    change(
        session,
        letter_id,
        _SENDING,
        LetterState.SENT,
        at=now,
        sent_at=now,
        server_reply=reply,
        rule=None,
    )


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
    change(
        session,
        letter_id,
        _SENDING,
        LetterState.DEFERRED,
        at=now,
        is_untried=not attempted,
        not_before=not_before,
        server_reply=reply,
    )


def mark_failed(session: Session, letter_id: int, rule: str, reply: str, now: datetime) -> None:
    """Sending failed for good, by this rule."""
    failed = LetterState.FAILED
    change(session, letter_id, _SENDING, failed, at=now, rule=rule, server_reply=reply)


def hold(session: Session, letter_id: int, rule: str, now: datetime) -> None:
    """Keep a letter that is not sent yet for a person, by this rule."""
    change(session, letter_id, (*_WAITING, *_SENDING), LetterState.HELD, at=now, rule=rule)


def drop(session: Session, letter_id: int, rule: str, now: datetime) -> None:
    """A claimed letter is no longer true, by this rule: it never leaves."""
    change(session, letter_id, _SENDING, LetterState.DISCARDED, at=now, rule=rule)


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
    row = get_locked(session, letter_id, {LetterState.HELD, LetterState.FAILED})
    row.rule, row.attempts, row.not_before = None, 0, not_before or now
    deeds.record(session, Deed(letter_id, DeedKind.RELEASED, reason, actor, now))
    move(session, row, LetterState.QUEUED, at=now, what="letter_released", actor=actor)


def discard(session: Session, letter_id: int, now: datetime, actor: str, reason: str) -> None:
    """A person decides that a letter is never sent. `reason` is kept with the letter."""
    row = get_locked(session, letter_id, set(_UNSENT))
    row.rule = reason
    deeds.record(session, Deed(letter_id, DeedKind.DISCARDED, reason, actor, now))
    move(session, row, LetterState.DISCARDED, at=now, actor=actor, names_rule=False)


def take_back(session: Session, letter_id: int, rule: str, now: datetime, actor: str) -> None:
    """A person keeps a letter that has not left, also one that was discarded: it is held by this
    rule. One that was never written can't be had back."""
    row = get_locked(session, letter_id, {*_WAITING, LetterState.DISCARDED})
    if to_letter(row).is_left_out:
        raise Conflict(f"letter {letter_id} was never written")
    row.rule = rule
    move(session, row, LetterState.HELD, at=now, actor=actor)
