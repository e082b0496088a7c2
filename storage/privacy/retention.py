"""What has been kept for as long as it may: machines' mail goes by itself, cases are proposed to a
person and go once that person approves the very list they saw."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from storage import events
from storage.archive import Archive
from storage.columns import UtcDateTime
from storage.domain.calendar import months_later
from storage.domain.message import MessageKind
from storage.domain.programme import Programme
from storage.loading import fetch, load_case_ids
from storage.privacy.removal import Scope, empty
from storage.privacy.sources import Source, funded_cases, sources_of
from storage.rows import CaseRow, EventRow, LetterRow, MessageCaseRow, MessageRow
from storage.upserts import chunks

_MACHINES = tuple(kind for kind in MessageKind if kind.is_machine)
_AT_ONCE = 500
"""Machines' messages a round, so that no transaction takes long."""

_OVER = (
    sql_select(col(MessageRow.id))
    .where(
        col(MessageRow.kind).in_(_MACHINES),
        col(MessageRow.received_at) <= bindparam("before", type_=UtcDateTime),
        col(MessageRow.erased_at).is_(None),
        col(MessageRow.id).not_in(sql_select(col(MessageCaseRow.message_id))),
    )
    .limit(_AT_ONCE)
)


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long things are kept. `machines`: their mail that belongs to no case, since its
    receipt, None: until somebody says otherwise. Cases since the last thing that happened in them:
    `funded_months`, and others as long as their programme says."""

    machines: timedelta | None = None
    funded_months: int = 84


@dataclass(frozen=True, slots=True)
class Expired:
    """A case that has been kept for as long as it may; nothing happened in it since `last_at`."""

    case_id: int
    reference: str
    programme: str
    is_funded: bool
    last_at: datetime


def expired_cases(
    session: Session,
    programmes: Mapping[str, Programme],
    *,
    retention: Retention,
    now: datetime,
) -> tuple[Expired, ...]:
    """The cases of these programmes, by slug, whose time is over, by reference. Those that were
    erased before are not among them."""
    rows = session.exec(select(CaseRow).order_by(col(CaseRow.reference))).all()
    funded = set(funded_cases(session, [row.id for row in rows if row.id is not None]))
    last = _last_days(session)
    gone = set(session.exec(select(EventRow.case_id).where(EventRow.what == "case_erased")))
    found = []
    for row in rows:
        programme = programmes.get(row.programme)
        if row.id is None or row.id in gone or programme is None:
            continue
        is_funded = row.reference in funded
        last_at = max(row.opened_at, last.get(row.id, row.opened_at))
        months = retention.funded_months if is_funded else programme.keep_months
        if months_later(last_at, months) <= now:
            found.append(Expired(row.id, row.reference, row.programme, is_funded, last_at))
    return tuple(found)


def name_list(expired: Sequence[Expired]) -> str:
    """A short name for exactly this list, so that what is approved is what was seen."""
    told = "\n".join(f"{one.reference} {one.last_at.isoformat()}" for one in expired)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def expire_cases(
    session: Session, expired: Sequence[Expired], *, archive: Archive, by: str, now: datetime
) -> tuple[Source, ...]:
    """Empty these cases, what came about them alone and the letters about them; which messages
    those were. Raises ArchiveUnavailable."""
    scope = _scope_of_cases(session, [one.case_id for one in expired])
    sources = sources_of(session, scope.messages)
    empty(session, scope, archive=archive, by=by, now=now)
    return sources


def expire_machines(
    session: Session, retention: Retention, *, archive: Archive, now: datetime
) -> tuple[Source, ...]:
    """Empty what machines wrote whose time is over, some of it at a time; which messages those
    were. A report about a letter to an applicant stays as long as the case: it says which address
    is dead. Raises ArchiveUnavailable."""
    if retention.machines is None:
        return ()
    ids = tuple(row.id for row in fetch(session, _OVER, before=now - retention.machines))
    if not ids:
        return ()
    sources = sources_of(session, ids)
    empty(session, Scope(messages=ids), archive=archive, by=events.POSTROOM, now=now)
    events.append_for_messages(session, ids, at=now, what="message_expired")
    return sources


def _last_days(session: Session) -> dict[int, datetime]:
    """When the last message about each case came, or the last letter was written."""
    came = (
        select(MessageCaseRow.case_id, func.max(MessageRow.received_at))
        .join(MessageRow, col(MessageRow.id) == MessageCaseRow.message_id)
        .group_by(col(MessageCaseRow.case_id))
    )
    went = (
        select(LetterRow.case_id, func.max(LetterRow.created_at))
        .where(col(LetterRow.case_id).is_not(None))
        .group_by(col(LetterRow.case_id))
    )
    last: dict[int, datetime] = {}
    for found in (came, went):
        for case_id, at in session.exec(found):
            if case_id is not None:
                last[case_id] = max(at, last.get(case_id, at))
    return last


def _scope_of_cases(session: Session, ids: Sequence[int]) -> Scope:
    about: set[int] = set()
    letters: set[int] = set()
    for some in chunks(ids):
        linked = select(MessageCaseRow.message_id).where(col(MessageCaseRow.case_id).in_(some))
        about |= set(session.exec(linked))
        written = select(LetterRow.id).where(col(LetterRow.case_id).in_(some))
        letters |= {id for id in session.exec(written) if id is not None}
    belongs = load_case_ids(session, sorted(about))
    alone = tuple(id for id in sorted(about) if set(belongs[id]) <= set(ids))
    return Scope(cases=tuple(ids), messages=alone, letters=tuple(sorted(letters)))
