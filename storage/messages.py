"""Verbs over messages: waiting to be understood, then recorded or quarantined. How they arrive and
leave the inbox is in `storage.arrivals`, how they are recorded in `storage.recording`, how they
leave the quarantine in `storage.quarantine`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, or_, select, update

from storage import events
from storage.arrivals import Arrival, Sighting, mark_filed, remember, to_file, unseen_keys
from storage.columns import UtcDateTime
from storage.domain.message import RecordedMessage
from storage.errors import NotFound
from storage.facts import PlainRow
from storage.loading import MESSAGES, fetch, load_messages
from storage.recording import get_waiting, record
from storage.rows import MessageRow, MessageState, table_of

__all__ = [
    "Arrival",
    "Sighting",
    "Waiting",
    "count_failure",
    "exhausted",
    "find_by_sha256",
    "find_reason",
    "get",
    "mark_filed",
    "quarantine",
    "record",
    "recorded",
    "remember",
    "set_attention",
    "to_file",
    "unseen_keys",
    "waiting",
    "want_attention",
    "wanting_attention",
]

_STILL_WAITING = (
    sql_select(table_of(MessageRow))
    .where(col(MessageRow.state) == MessageState.WAITING)
    .order_by(col(MessageRow.received_at), col(MessageRow.id))
)
_WAITING = _STILL_WAITING.where(col(MessageRow.attempts) < bindparam("most")).limit(
    bindparam("limit", type_=Integer)
)
_EXHAUSTED = _STILL_WAITING.where(col(MessageRow.attempts) >= bindparam("most"))
_RECORDED = MESSAGES.where(col(MessageRow.state) == MessageState.RECORDED)
_BY_ID = MESSAGES.where(col(MessageRow.id) == bindparam("this"))
_BY_SHA256 = _RECORDED.where(col(MessageRow.sha256) == bindparam("sha256"))
_SET_ATTENTION = (
    update(MessageRow)
    .where(col(MessageRow.id) == bindparam("this"))
    .values(attention_at=bindparam("at", type_=UtcDateTime))
)
_WANT_ATTENTION = _SET_ATTENTION.where(
    or_(
        col(MessageRow.attention_at).is_(None),
        col(MessageRow.attention_at) > bindparam("at", type_=UtcDateTime),
    )
)
_WANTING_ATTENTION = (
    sql_select(col(MessageRow.id), col(MessageRow.programme))
    .where(
        col(MessageRow.attention_at) <= bindparam("now", type_=UtcDateTime),
        col(MessageRow.programme).is_not(None),
    )
    .order_by(col(MessageRow.attention_at), col(MessageRow.id))
    .limit(bindparam("limit", type_=Integer))
)

MAX_ATTEMPTS = 3
"""How often a message may fail or kill its parser before it is quarantined."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is remembered and not understood yet."""

    id: int
    sha256: str
    programme: str | None
    received_at: datetime
    attempts: int
    too_big: bool


def waiting(
    session: Session,
    limit: int,
    *,
    max_attempts: int = MAX_ATTEMPTS,
    only: Collection[int] | None = None,
) -> tuple[Waiting, ...]:
    """Messages to be understood, those received first first; `only` those of these ids."""
    found = _WAITING if only is None else _WAITING.where(col(MessageRow.id).in_(only))
    rows = fetch(session, found, most=max_attempts, limit=limit)
    return tuple(_to_waiting(row) for row in rows)


def exhausted(session: Session, *, max_attempts: int = MAX_ATTEMPTS) -> tuple[Waiting, ...]:
    """Messages that were tried as often as is allowed and are to be quarantined."""
    return tuple(_to_waiting(row) for row in fetch(session, _EXHAUSTED, most=max_attempts))


def count_failure(session: Session, message_id: int) -> None:
    """Count an attempt that failed."""
    grown = update(MessageRow).where(col(MessageRow.id) == message_id)
    session.exec(grown.values(attempts=col(MessageRow.attempts) + 1))


def quarantine(session: Session, message_id: int, reason: str, now: datetime) -> None:
    """Set a waiting message aside for a person; it was tried once at least. Raises NotFound and
    Conflict as `record` does."""
    row = get_waiting(session, message_id)
    row.attempts = max(row.attempts, 1)
    row.state = MessageState.QUARANTINED
    row.reason = reason
    events.append(
        session,
        at=now,
        what="message_quarantined",
        programme=row.programme,
        message_id=message_id,
        detail={"reason": reason},
    )
    session.flush()


def get(session: Session, id: int) -> RecordedMessage:
    """Raises NotFound when there is no such message or it is not recorded yet."""
    found = load_messages(session, _BY_ID, this=id)
    if not found:
        raise NotFound(f"no recorded message {id}")
    return found[0]


def recorded(
    session: Session, programme: str | None = None, *, limit: int = 1000
) -> tuple[RecordedMessage, ...]:
    """The newest recorded messages, of one programme or of all, in order of receipt."""
    newest = select(MessageRow.id).where(MessageRow.state == MessageState.RECORDED)
    if programme is not None:
        newest = newest.where(MessageRow.programme == programme)
    newest = newest.order_by(col(MessageRow.received_at).desc(), col(MessageRow.id).desc())
    return load_messages(session, MESSAGES.where(col(MessageRow.id).in_(newest.limit(limit))))


def find_by_sha256(session: Session, sha256: str) -> RecordedMessage | None:
    """The recorded message with these bytes; None when nobody saw it or it still waits."""
    found = load_messages(session, _BY_SHA256, sha256=sha256)
    return found[0] if found else None


def find_reason(session: Session, sha256: str) -> str | None:
    """Why the message with these bytes is quarantined; None when it is not."""
    found = select(MessageRow.reason).where(MessageRow.sha256 == sha256)
    return session.exec(found.where(MessageRow.state == MessageState.QUARANTINED)).first()


def set_attention(session: Session, message_id: int, at: datetime | None) -> None:
    """When the letter kinds are to look at this lone message again; None: never."""
    session.connection().execute(_SET_ATTENTION, {"this": message_id, "at": at})


def want_attention(session: Session, message_id: int, at: datetime) -> None:
    """Have this lone message looked at by `at`, unless it is sooner."""
    session.connection().execute(_WANT_ATTENTION, {"this": message_id, "at": at})


def wanting_attention(session: Session, now: datetime, limit: int) -> tuple[tuple[int, str], ...]:
    """Id and programme of the lone messages the letter kinds are to look at by now, longest waiting
    first."""
    rows = fetch(session, _WANTING_ATTENTION, now=now, limit=limit)
    return tuple((row.id, row.programme) for row in rows)


def _to_waiting(row: PlainRow) -> Waiting:
    return Waiting(
        id=row.id,
        sha256=row.sha256,
        programme=row.programme,
        received_at=row.received_at,
        attempts=row.attempts,
        too_big=row.too_big,
    )
