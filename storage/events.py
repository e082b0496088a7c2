"""The history: who did what, when. Only ever added to; it names things and never holds values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, insert, select

from storage.rows import EventRow
from storage.serialising import dump_detail, load_detail

_LINE = insert(EventRow)

POSTROOM = "postroom"
"""The actor of everything that no person asked for."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history. `detail` holds references, names of fields and of rules."""

    id: int
    at: datetime
    actor: str
    what: str
    programme: str | None = None
    case_id: int | None = None
    message_id: int | None = None
    letter_id: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


def append(
    session: Session,
    *,
    at: datetime,
    actor: str = POSTROOM,
    what: str,
    programme: str | None = None,
    case_id: int | None = None,
    message_id: int | None = None,
    letter_id: int | None = None,
    detail: Mapping[str, str | None] | None = None,
) -> None:
    """Add a line. Entries of `detail` that are None are left out."""
    line = {
        "at": at,
        "actor": actor,
        "what": what,
        "programme": programme,
        "case_id": case_id,
        "message_id": message_id,
        "letter_id": letter_id,
        "detail": dump_detail({k: v for k, v in (detail or {}).items() if v is not None}),
    }
    session.connection().execute(_LINE, line)


def append_for_messages(
    session: Session, message_ids: Iterable[int], *, at: datetime, what: str
) -> None:
    """Add the same line for many messages at once."""
    lines = [
        {"at": at, "actor": POSTROOM, "what": what, "message_id": id, "detail": "{}"}
        for id in message_ids
    ]
    if lines:
        session.connection().execute(_LINE, lines)


def settle(session: Session) -> None:
    """See every line up to the newest, and let none come in between until this transaction ends.
    To be called before it writes anything. On PostgreSQL somebody may still hold back a line with a
    lower number than one that is seen; SQLite has one writer at a time."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE"))


def of_case(session: Session, case_id: int) -> tuple[Event, ...]:
    """The history of a case, oldest first."""
    found = select(EventRow).where(EventRow.case_id == case_id).order_by(col(EventRow.id))
    return tuple(_to_event(row) for row in session.exec(found))


def of_message(session: Session, message_id: int) -> tuple[Event, ...]:
    """The history of a message, oldest first."""
    found = select(EventRow).where(EventRow.message_id == message_id).order_by(col(EventRow.id))
    return tuple(_to_event(row) for row in session.exec(found))


def of_letter(session: Session, letter_id: int) -> tuple[Event, ...]:
    """The history of a letter, oldest first."""
    found = select(EventRow).where(EventRow.letter_id == letter_id).order_by(col(EventRow.id))
    return tuple(_to_event(row) for row in session.exec(found))


def of_programme(session: Session, slug: str) -> tuple[Event, ...]:
    """The history of a programme as a whole, without that of its cases, messages and letters,
    oldest first."""
    alone = (
        EventRow.programme == slug,
        col(EventRow.case_id).is_(None),
        col(EventRow.message_id).is_(None),
        col(EventRow.letter_id).is_(None),
    )
    found = select(EventRow).where(*alone).order_by(col(EventRow.id))
    return tuple(_to_event(row) for row in session.exec(found))


def recent(
    session: Session,
    *,
    programme: str | None = None,
    whats: Collection[str] | None = None,
    actor: str | None = None,
    limit: int = 100,
) -> tuple[Event, ...]:
    """The last lines of one programme's history, or of all, newest first: only these `whats`, and
    only what `actor` did, where they are given."""
    found = select(EventRow).order_by(col(EventRow.id).desc()).limit(limit)
    if programme is not None:
        found = found.where(EventRow.programme == programme)
    if whats is not None:
        found = found.where(col(EventRow.what).in_(whats))
    if actor is not None:
        found = found.where(EventRow.actor == actor)
    return tuple(_to_event(row) for row in session.exec(found))


def _to_event(row: EventRow) -> Event:
    assert row.id is not None
    return Event(
        id=row.id,
        at=row.at,
        actor=row.actor,
        what=row.what,
        programme=row.programme,
        case_id=row.case_id,
        message_id=row.message_id,
        letter_id=row.letter_id,
        detail=load_detail(row.detail),
    )
