"""Seals over the history: each holds a digest of the lines since the one before, chained to it, so
that a line changed, removed or slipped in later shows. Whoever keeps an old digest elsewhere
notices even a history that was written anew as a whole."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import bindparam, insert
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
    .where(col(EventRow.id) > bindparam("after"))
    .order_by(col(EventRow.id))
    .limit(_AT_A_TIME)
)
_PAGE_UP_TO = _PAGE.where(col(EventRow.id) <= bindparam("up_to"))
_NEWEST = sql_select(table_of(SealRow)).order_by(col(SealRow.id).desc()).limit(1)
_SEAL = insert(table_of(SealRow))
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
    events.settle(session)
    chain = _carry_on(session, newest(session))
    if not chain.lines:
        return None
    made = Seal(chain.event_id, chain.lines, chain.digest, now)
    session.connection().execute(_SEAL, asdict(made))
    return made


def has_unsealed(session: Session) -> bool:
    """True where the history has gained lines since the last seal."""
    return bool(fetch(session, _UNSEALED))


def newest(session: Session) -> Seal | None:
    """The last seal; None before the first."""
    rows = fetch(session, _NEWEST)
    return _to_seal(rows[0]) if rows else None


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
        found = _carry_on(session, before, up_to=this.event_id)
        if (found.digest, found.lines) != (this.digest, this.lines):
            after = before.event_id if before else 0
            breaks.append(Break(after, this.event_id, this.lines, found.lines, this.at))
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


@dataclass(frozen=True, slots=True)
class _Chain:
    """The digest carried on over so many lines, up to `event_id`."""

    event_id: int
    lines: int
    digest: str


def _carry_on(session: Session, before: Seal | None, *, up_to: int | None = None) -> _Chain:
    """The chain from the seal before, None: from the beginning, over the lines up to `up_to`,
    None: over all there are."""
    after, digest = (before.event_id, before.digest) if before else (0, _BEGINNING)
    found, limits = (_PAGE, {}) if up_to is None else (_PAGE_UP_TO, {"up_to": up_to})
    running, lines, is_more = hashlib.sha256(digest.encode()), 0, True
    while is_more:
        page = fetch(session, found, after=after, **limits)
        for line in _canonical(page):
            running.update(line)
        lines += len(page)
        after = page[-1].id if page else after
        is_more = len(page) == _AT_A_TIME
    return _Chain(after, lines, running.hexdigest())


def _canonical(rows: Iterable[PlainRow]) -> Iterable[bytes]:
    """Each line as JSON in one form, whatever the database."""
    for row in rows:
        told = [row.id, row.at.isoformat(), row.actor, row.what, row.programme]
        told += [row.case_id, row.message_id, row.letter_id, row.detail]
        yield json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _to_seal(row: SealRow | PlainRow) -> Seal:
    return Seal(event_id=row.event_id, lines=row.lines, digest=row.digest, at=row.at)
