"""A ledger put back from a backup doesn't know which letters left since: none leaves unasked until
a person ends the restoration, so that nothing is sent twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from storage import events, outbox
from storage.domain.letter import RESTORED, LetterState
from storage.errors import NotFound
from storage.keeping_rows import RestorationRow
from storage.loading import fetch
from storage.rows import LetterRow

__all__ = ["RESTORED", "Restoration", "begin", "current", "end"]

_OPEN = (
    sql_select(
        col(RestorationRow.taken_at), col(RestorationRow.restored_at), col(RestorationRow.actor)
    )
    .where(col(RestorationRow.ended_at).is_(None))
    .order_by(col(RestorationRow.id).desc())
    .limit(1)
)
_UNDER_WAY = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.SENDING)


@dataclass(frozen=True, slots=True)
class Restoration:
    """The backup was taken at `taken_at` and put back at `restored_at`."""

    taken_at: datetime
    restored_at: datetime
    actor: str


def begin(session: Session, *, taken_at: datetime, by: str, now: datetime) -> int:
    """Write down that this ledger was put back, and hold whatever was about to leave when the
    backup was taken; how many letters that were."""
    session.add(RestorationRow(taken_at=taken_at, restored_at=now, actor=by))
    waiting = select(LetterRow.id).where(col(LetterRow.state).in_(_UNDER_WAY))
    ids = [id for id in session.exec(waiting) if id is not None]
    for letter_id in ids:
        outbox.hold(session, letter_id, RESTORED, now)
    detail = {"taken_at": taken_at.isoformat()}
    events.append(session, at=now, actor=by, what="ledger_restored", detail=detail)
    session.flush()
    return len(ids)


def current(session: Session) -> Restoration | None:
    """The restoration that nobody has ended yet; None when letters leave as always."""
    rows = fetch(session, _OPEN)
    return Restoration(*rows[0]) if rows else None


def end(session: Session, *, by: str, now: datetime) -> Restoration:
    """Let new letters leave by themselves again; those held meanwhile stay so until somebody
    releases or discards them. Raises NotFound when no restoration is under way."""
    row = _open_row(session)
    if row is None:
        raise NotFound("the ledger was not put back from a backup, or that has been ended")
    row.ended_at, row.ended_by = now, by
    events.append(session, at=now, actor=by, what="restoration_ended")
    session.flush()
    return Restoration(row.taken_at, row.restored_at, row.actor)


def _open_row(session: Session) -> RestorationRow | None:
    found = select(RestorationRow).where(col(RestorationRow.ended_at).is_(None))
    return session.exec(found.order_by(col(RestorationRow.id).desc()).limit(1)).first()
