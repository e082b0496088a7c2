"""Verbs over letters of which nobody knows whether they left: because a process died while it was
sending one, or because the ledger is an older one put back. Found out by a copy in the Sent folder,
by a message that names the letter, or by a person whom somebody told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, and_, col, or_, select, update

from storage import cases, deeds
from storage.deeds import Deed, DeedKind
from storage.domain.letter import IN_DOUBT, RESTORED, Letter, LetterKind, LetterState
from storage.errors import Conflict, NotFound
from storage.facts import known_id, to_letter
from storage.letter_states import get_locked, move
from storage.loading import LETTERS, fetch, load_letters
from storage.rows import LetterRow

SAID = "a person found out that it arrived"
"""How a letter is known to have left by somebody's word."""

_WAITING = (LetterState.QUEUED, LetterState.DEFERRED)

_NAMED = (
    sql_select(col(LetterRow.id))
    .where(
        col(LetterRow.message_id).in_(bindparam("named", expanding=True)),
        col(LetterRow.programme) == bindparam("programme"),
        col(LetterRow.state) != LetterState.SENT,
    )
    .order_by(col(LetterRow.id))
)
_ANY = (
    sql_select(col(LetterRow.id))
    .where(
        col(LetterRow.state).in_((LetterState.SENDING, *_WAITING, LetterState.HELD)),
        or_(col(LetterRow.state) == LetterState.SENDING, col(LetterRow.doubts) > 0),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A letter that may have left, and when it was taken for sending."""

    letter: Letter
    claimed_at: datetime


def is_any_in_doubt(session: Session) -> bool:
    """False where no letter is in anybody's hands, nor was sent without being marked: then there is
    nothing to find by the verbs below."""
    return bool(fetch(session, _ANY))


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


def in_doubt(
    session: Session, before: datetime, *, workers: Collection[str] = ()
) -> tuple[Letter, ...]:
    """Letters in sending since before this instant, or claimed by one of these workers, which are
    known to be gone: nobody knows whether the server took them."""
    sending = col(LetterRow.state) == LetterState.SENDING
    gone = col(LetterRow.claimed_by).in_(workers)
    lost = or_(col(LetterRow.claimed_at) < before, gone)
    return load_letters(session, LETTERS.where(sending, lost))


def requeue_in_doubt(
    session: Session, letter_id: int, now: datetime, *, not_before: datetime | None = None
) -> Letter:
    """Send a letter in doubt once more, the same bytes, at `not_before` (None: now); the second
    time, and at once one that may never come twice, hold it for a person, by the rule IN_DOUBT.
    Returns it as it is then."""
    row = get_locked(session, letter_id, {LetterState.SENDING})
    row.doubts += 1
    if row.doubts > 1 or LetterKind(row.kind).is_outcome:
        row.rule = IN_DOUBT
        move(session, row, LetterState.HELD, at=now)
    else:
        row.not_before = not_before or now
        move(session, row, LetterState.QUEUED, at=now, what="letter_in_doubt")
    return to_letter(row)


def put_off(session: Session, letter_ids: Collection[int], until: datetime) -> None:
    """Letters in doubt that wait to be sent once more wait until then; others are left alone."""
    waiting = and_(col(LetterRow.state).in_(_WAITING), col(LetterRow.doubts) > 0)
    mine = col(LetterRow.id).in_(letter_ids)
    session.exec(update(LetterRow).where(mine, waiting).values(not_before=until))


def mark_found(session: Session, letter_id: int, how: str, now: datetime) -> None:
    """A letter in doubt has left: `how` says by what it is known. It counts as sent when it was
    taken for sending."""
    row = get_locked(session, letter_id, {LetterState.SENDING, *_WAITING, LetterState.HELD})
    _mark_left(session, row, how, now)
    move(session, row, LetterState.SENT, at=now, what="letter_found")


def mark_named(
    session: Session,
    message_ids: Sequence[str],
    *,
    programme: str,
    named_by: int,
    now: datetime,
) -> tuple[int, ...]:
    """The letters that a message names by these Message-IDs have left, where that was in doubt, or
    another process has them in hand: nobody but their readers can know what is random in them.
    Returns the ids of those that this made certain."""
    if not message_ids:
        return ()
    certain = []
    for named in fetch(session, _NAMED, named=list(message_ids), programme=programme):
        row = get_locked(session, named.id)
        if row.state == LetterState.SENDING or _may_have_left(row):
            _mark_left(session, row, f"message {named_by} answers it", now)
            move(session, row, LetterState.SENT, at=now, what="letter_found")
            certain.append(known_id(row.id))
    return tuple(certain)


def require_doubt(session: Session, letter_id: int) -> None:
    """Raises NotFound, and Conflict for a letter of which nobody doubts whether it left."""
    row = session.get(LetterRow, letter_id)
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    _refuse_certain(row)


def mark_arrived(
    session: Session, letter_id: int, now: datetime, actor: str, reason: str = ""
) -> None:
    """A person found out that a letter in doubt arrived, also one that was discarded for it. It
    counts as sent; `reason` is kept with it. Raises NotFound, and Conflict for any other letter."""
    row = get_locked(session, letter_id)
    _refuse_certain(row)
    _mark_left(session, row, SAID, now)
    deeds.record(session, Deed(letter_id, DeedKind.ARRIVED, reason, actor, now))
    move(session, row, LetterState.SENT, at=now, what="letter_arrived", actor=actor)


def _refuse_certain(row: LetterRow) -> None:
    if not _may_have_left(row):
        why = f" by another rule ({row.rule})" if row.state == LetterState.HELD else ""
        raise Conflict(f"letter {row.id} is {row.state}{why}")


def _may_have_left(row: LetterRow) -> bool:
    """Whether nobody knows that; what a process has in hand just now apart."""
    if row.state in (LetterState.SENT, LetterState.SENDING):
        return False
    return row.doubts > 0 or (row.state == LetterState.HELD and row.rule == RESTORED)


def _mark_left(session: Session, row: LetterRow, how: str, now: datetime) -> None:
    row.sent_at, row.server_reply, row.rule = row.claimed_at or now, how, None
    if row.case_id is not None:  # what follows from it is due from then on
        cases.want_attention_of(session, [row.case_id], now)
