"""Messages that could not be understood: shown to a person, and let out to be tried again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events
from storage.errors import Conflict, NotFound
from storage.facts import known_id
from storage.recording import get_locked
from storage.rows import MessageRow, MessageState


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message that could not be understood, and why. `attempts` counts the tries since it last
    began to wait, `size` is in bytes; of one that is `too_big` only the headers are kept."""

    id: int
    sha256: str
    programme: str | None
    received_at: datetime
    reason: str
    attempts: int
    size: int
    too_big: bool


def list_quarantined(
    session: Session, programme: str | None = None, *, only: Collection[int] | None = None
) -> tuple[Quarantined, ...]:
    """What waits for a person, those received first first: of one programme, or of all; `only`
    those of these ids, also what somebody has ticked off."""
    found = select(MessageRow).where(MessageRow.state == MessageState.QUARANTINED)
    if programme is not None:
        found = found.where(MessageRow.programme == programme)
    if only is not None:
        found = found.where(col(MessageRow.id).in_(only))
    else:
        found = found.where(col(MessageRow.settled_at).is_(None))
    ordered = found.order_by(col(MessageRow.received_at), col(MessageRow.id))
    return tuple(_to_quarantined(row) for row in session.exec(ordered))


def get_quarantined(session: Session, message_id: int) -> Quarantined:
    """Raises NotFound when there is no such message or it is not in quarantine."""
    found = list_quarantined(session, only=[message_id])
    if not found:
        raise NotFound(f"no message {message_id} in quarantine")
    return found[0]


def requeue(session: Session, message_id: int, now: datetime, *, actor: str) -> None:
    """Let a quarantined message wait again. Raises NotFound, and Conflict when it is not."""
    row = get_locked(session, message_id)
    if row.state != MessageState.QUARANTINED:
        raise Conflict(f"message {message_id} is {row.state}")
    row.state, row.attempts, row.reason = MessageState.WAITING, 0, None
    row.settled_at = row.settled_by = row.settled_note = None
    events.append(
        session,
        at=now,
        actor=actor,
        what="message_requeued",
        programme=row.programme,
        message_id=message_id,
    )
    session.flush()


def _to_quarantined(row: MessageRow) -> Quarantined:
    return Quarantined(
        id=known_id(row.id),
        sha256=row.sha256,
        programme=row.programme,
        received_at=row.received_at,
        reason=row.reason or "",
        attempts=row.attempts,
        size=row.size,
        too_big=row.too_big,
    )
