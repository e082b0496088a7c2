"""What mailboxes show, noted in bulk before anybody reads it: each message once by its bytes,
and each place it was seen in until it is filed away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Integer, bindparam, or_, select, text, update
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col

from storage import events
from storage.columns import PlainText, UtcDateTime
from storage.loading import fetch
from storage.rows import MessageRow, MessageState, SightingRow, table_of
from storage.upserts import chunks, dialect_of, insert_for

_UNFILED = select(col(SightingRow.key)).where(
    col(SightingRow.mailbox) == bindparam("mailbox"),
    col(SightingRow.key).in_(bindparam("keys", expanding=True)),
    col(SightingRow.filed_at).is_(None),
)
_IDS = select(col(MessageRow.sha256), col(MessageRow.id)).where(
    col(MessageRow.sha256).in_(bindparam("hashes", expanding=True))
)
_FILED = (
    update(table_of(SightingRow))
    .where(col(SightingRow.id).in_(bindparam("these", expanding=True)))
    .values(filed_at=bindparam("at", type_=UtcDateTime))
    .returning(col(SightingRow.message_id))
)
_TO_FILE = (
    select(*table_of(SightingRow).c, col(MessageRow.state))
    .join(table_of(MessageRow), col(MessageRow.id) == col(SightingRow.message_id))
    .where(
        col(SightingRow.mailbox) == bindparam("mailbox", type_=PlainText),
        col(SightingRow.filed_at).is_(None),
        col(MessageRow.state) != MessageState.WAITING,
    )
    .order_by(col(SightingRow.id))
    .limit(bindparam("limit", type_=Integer))
)

_ARRIVALS_LOCK = 7_065_737_202
"""Any number, next to that of migrating."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A fetched message whose bytes are archived as `sha256`. `programme` is the slug its mailbox
    belongs to, None where the message itself decides."""

    mailbox: str
    key: str
    sha256: str
    size: int
    received_at: datetime
    programme: str | None = None
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place in a mailbox from which a message is to be filed away."""

    id: int
    mailbox: str
    key: str
    message_id: int
    quarantined: bool


def unseen_keys(session: Session, mailbox: str, keys: Sequence[str]) -> list[str]:
    """Those of `keys`, in their order, that are to be fetched: never seen in this mailbox, or
    filed away and there again, because somebody moved the message back or the server uses the
    key for another one."""
    waiting: set[str] = set()
    for chunk in chunks(keys):
        rows = fetch(session, _UNFILED, mailbox=mailbox, keys=list(chunk))
        waiting.update(row.key for row in rows)
    return [key for key in keys if key not in waiting]


def remember(session: Session, arrivals: Sequence[Arrival], now: datetime) -> int:
    """Note what arrived. Returns how many messages nobody had seen. A message in several places
    keeps the time and the programme of the first. Their ids follow the order of `arrivals`, so that
    of two messages of one second the earlier is understood first."""
    _take_turns(session)
    new = 0
    for chunk in chunks(arrivals):
        inserted = _insert_messages(session, chunk, now)
        new += len(inserted)
        events.append_for_messages(session, inserted.values(), at=now, what="message_arrived")
        _insert_sightings(session, chunk, inserted | _find_ids(session, chunk, inserted))
    return new


def to_file(session: Session, mailbox: str, limit: int) -> tuple[Sighting, ...]:
    """Places in this mailbox whose message is recorded or quarantined and still in the inbox."""
    rows = fetch(session, _TO_FILE, mailbox=mailbox, limit=limit)
    return tuple(
        Sighting(r.id, r.mailbox, r.key, r.message_id, r.state == MessageState.QUARANTINED)
        for r in rows
    )


def mark_filed(session: Session, sighting_ids: Collection[int], now: datetime) -> None:
    """Note that these places are out of the inbox."""
    for chunk in chunks(list(sighting_ids)):
        filed = session.connection().execute(_FILED, {"these": list(chunk), "at": now})
        message_ids = filed.scalars().all()
        events.append_for_messages(session, message_ids, at=now, what="message_filed")


def _take_turns(session: Session) -> None:
    """One noting after the other, so that two who see the same messages in another order never
    wait for each other crosswise. SQLite has one writer at a time by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"SELECT pg_advisory_xact_lock({_ARRIVALS_LOCK})"))


def _insert_messages(
    session: Session, arrivals: Sequence[Arrival], now: datetime
) -> dict[str, int]:
    """Ids by hash of those that are new."""
    first: dict[str, Arrival] = {}
    for arrival in arrivals:
        first.setdefault(arrival.sha256, arrival)
    values = [
        {
            "sha256": arrival.sha256,
            "size": arrival.size,
            "too_big": arrival.too_big,
            "received_at": arrival.received_at,
            "remembered_at": now,
            "programme": arrival.programme,
            "state": MessageState.WAITING,
            "attempts": 0,
            "changed": "[]",
        }
        for arrival in first.values()
    ]
    if not values:
        return {}
    found = session.connection().execute(_inserting(dialect_of(session)), values)
    return {row.sha256: row.id for row in found}


@cache
def _inserting(dialect: str) -> ReturningInsert[str, int | None]:
    """The statement that adds a message whose bytes are not there yet."""
    statement = insert_for(dialect, MessageRow).on_conflict_do_nothing(index_elements=["sha256"])
    return statement.returning(col(MessageRow.sha256), col(MessageRow.id))


def _find_ids(
    session: Session, arrivals: Sequence[Arrival], known: Mapping[str, int]
) -> dict[str, int]:
    hashes = {arrival.sha256 for arrival in arrivals if arrival.sha256 not in known}
    if not hashes:
        return {}
    return {row.sha256: row.id for row in fetch(session, _IDS, hashes=list(hashes))}


def _insert_sightings(
    session: Session, arrivals: Sequence[Arrival], ids: Mapping[str, int]
) -> None:
    places = {(arrival.mailbox, arrival.key): arrival for arrival in arrivals}
    values = [
        {
            "mailbox": mailbox,
            "key": key,
            "message_id": ids[arrival.sha256],
            "received_at": arrival.received_at,
            "filed_at": None,
        }
        for (mailbox, key), arrival in places.items()
    ]
    if values:
        session.connection().execute(_sighting(dialect_of(session)), values)


@cache
def _sighting(dialect: str) -> Executable:
    """The statement that adds a place. One that shows its message again wants to be filed again."""
    statement = insert_for(dialect, SightingRow)
    return statement.on_conflict_do_update(
        index_elements=["mailbox", "key"],
        set_={
            "message_id": statement.excluded.message_id,
            "received_at": statement.excluded.received_at,
            "filed_at": None,
        },
        where=or_(
            col(SightingRow.message_id) != statement.excluded.message_id,
            col(SightingRow.filed_at).is_not(None),
        ),
    )
