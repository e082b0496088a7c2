"""Seals over the history: each holds a digest of the lines since the one before, chained to it, so
that a line changed, removed or slipped in later shows. Whoever keeps an old digest elsewhere
notices even a history that was written anew as a whole."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from storage import events
from storage.facts import PlainRow
from storage.keeping_rows import SealRow
from storage.loading import fetch
from storage.rows import EventRow, table_of

_BEGINNING = "0" * 64
_AT_A_TIME = 5_000
_PAGE = (
    sql_select(table_of(EventRow))
    .where(col(EventRow.id) > bindparam("after"), col(EventRow.id) <= bindparam("up_to"))
    .order_by(col(EventRow.id))
    .limit(_AT_A_TIME)
)
_SEALED = sql_select(func.max(col(SealRow.event_id))).scalar_subquery()
_UNSEALED = (
    sql_select(col(EventRow.id)).where(col(EventRow.id) > func.coalesce(_SEALED, 0)).limit(1)
)


@dataclass(frozen=True, slots=True)
class Seal:
    """`digest` is a SHA-256 in hex of everything up to the line `event_id`, of which `lines` came
    since the seal before."""

    event_id: int
    lines: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Break:
    """The lines after `after` up to `event_id` are not those that were sealed at `sealed_at`:
    `lines` were, `found` are there now."""

    after: int
    event_id: int
    lines: int
    found: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Inspection:
    """What looking at the whole history found. `unsealed` lines are newer than the last seal."""

    lines: int
    seals: int
    unsealed: int
    newest: Seal | None
    breaks: tuple[Break, ...]


def seal(session: Session, now: datetime) -> Seal | None:
    """Seal what the history has gained; None when that is nothing. To be called before the
    transaction writes anything."""
    if not has_unsealed(session):
        return None
    events.settle(session)
    before = newest(session)
    after, digest = (before.event_id, before.digest) if before else (0, _BEGINNING)
    top = session.exec(select(func.max(EventRow.id))).one()
    assert top is not None
    digest, lines = _digest(session, digest, after=after, up_to=top)
    row = SealRow(event_id=top, lines=lines, digest=digest, at=now)
    session.add(row)
    session.flush()
    return _to_seal(row)


def has_unsealed(session: Session) -> bool:
    """True where the history has gained lines since the last seal."""
    return bool(fetch(session, _UNSEALED))


def newest(session: Session) -> Seal | None:
    """The last seal; None before the first."""
    row = session.exec(select(SealRow).order_by(col(SealRow.id).desc()).limit(1)).first()
    return None if row is None else _to_seal(row)


def find(session: Session, digest: str) -> Seal | None:
    """The seal with this digest; None where there is none such."""
    row = session.exec(select(SealRow).where(SealRow.digest == digest.strip().lower())).first()
    return None if row is None else _to_seal(row)


def inspect(session: Session) -> Inspection:
    """Read the whole history against its seals."""
    seals = [_to_seal(row) for row in session.exec(select(SealRow).order_by(col(SealRow.id)))]
    breaks = []
    for before, this in pairwise([None, *seals]):
        assert this is not None
        after, digest = (before.event_id, before.digest) if before else (0, _BEGINNING)
        found, lines = _digest(session, digest, after=after, up_to=this.event_id)
        if (found, lines) != (this.digest, this.lines):
            breaks.append(Break(after, this.event_id, this.lines, lines, this.at))
    last = seals[-1] if seals else None
    count = select(func.count()).select_from(EventRow)
    newer = count.where(col(EventRow.id) > last.event_id) if last else count
    return Inspection(
        lines=session.exec(count).one(),
        seals=len(seals),
        unsealed=session.exec(newer).one(),
        newest=last,
        breaks=tuple(breaks),
    )


def _digest(session: Session, digest: str, *, after: int, up_to: int) -> tuple[str, int]:
    """The chain carried over the lines after `after` up to `up_to`, and how many they are."""
    running, lines = hashlib.sha256(digest.encode()), 0
    while page := fetch(session, _PAGE, after=after, up_to=up_to):
        for line in _canonical(page):
            running.update(line)
        lines += len(page)
        after = page[-1].id
    return running.hexdigest(), lines


def _canonical(rows: Iterable[PlainRow]) -> Iterable[bytes]:
    """Each line as JSON in one form, whatever the database."""
    for row in rows:
        told = [row.id, row.at.isoformat(), row.actor, row.what, row.programme]
        told += [row.case_id, row.message_id, row.letter_id, row.detail]
        yield json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _to_seal(row: SealRow) -> Seal:
    return Seal(event_id=row.event_id, lines=row.lines, digest=row.digest, at=row.at)
