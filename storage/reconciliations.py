"""Verbs over what comparing a mailbox with the ledger came to: one row a mailbox, the newest; what
is new in it is a line of the history."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select, update

from storage import events
from storage.domain.reconciling import Comparison, Known, Reconciliation
from storage.facts import known_id
from storage.rows import MessageRow, MessageState, SightingRow
from storage.upserts import chunks
from storage.watch_rows import ReconciliationRow


def known_places(session: Session, mailbox: str) -> tuple[Known, ...]:
    """Every place in which this mailbox ever showed a message."""
    found = (
        select(SightingRow, MessageRow.sha256, MessageRow.size, MessageRow.state)
        .join(MessageRow, col(MessageRow.id) == col(SightingRow.message_id))
        .where(SightingRow.mailbox == mailbox)
        .order_by(col(SightingRow.id))
    )
    return tuple(
        Known(
            key=row.key,
            message_id=row.message_id,
            sha256=sha256,
            received_at=row.received_at,
            size=size,
            is_done=state != MessageState.WAITING,
            is_filed=row.filed_at is not None,
            is_gone=row.gone_at is not None,
            is_aside=state == MessageState.QUARANTINED,
            is_erased=state == MessageState.ERASED,
        )
        for row, sha256, size, state in session.exec(found)
    )


def find_known(session: Session, sha256: str) -> int | None:
    """The id of the message of these bytes, whatever its state; None where nobody saw it."""
    found = session.exec(select(MessageRow.id).where(MessageRow.sha256 == sha256)).first()
    return None if found is None else known_id(found)


def note_place(
    session: Session,
    mailbox: str,
    key: str,
    message_id: int,
    *,
    received_at: datetime,
    now: datetime,
) -> None:
    """A message that is known lies, filed, under this key as well."""
    place = SightingRow(
        mailbox=mailbox, key=key, message_id=message_id, received_at=received_at, filed_at=now
    )
    session.add(place)
    session.flush()


def note(session: Session, told: Reconciliation, compared: Comparison) -> None:
    """Write down how a mailbox stands, and in the history what is new in it."""
    before = find(session, told.mailbox)
    session.merge(
        ReconciliationRow(
            mailbox=told.mailbox,
            programme=told.programme,
            at=told.at,
            in_mailbox=told.in_mailbox,
            in_ledger=told.in_ledger,
            unfiled=told.unfiled,
            gone=told.gone,
            lost_bytes=told.lost_bytes,
            strays=json.dumps(sorted(told.strays)),
        )
    )
    _set_gone(session, told.mailbox, compared.gone, told.at)
    _set_gone(session, told.mailbox, compared.back, None)
    new_strays = set(told.strays) - set(before.strays if before else ())
    for what, number in (("messages_gone", told.gone), ("strays_found", len(new_strays))):
        if number:
            detail = {"number": str(number)}
            events.append(session, at=told.at, what=what, programme=told.programme, detail=detail)
    session.flush()


def find(session: Session, mailbox: str) -> Reconciliation | None:
    """The newest of a mailbox; None where there is none yet."""
    row = session.get(ReconciliationRow, mailbox)
    return None if row is None else _to_reconciliation(row)


def of_programme(session: Session, slug: str) -> Reconciliation | None:
    """The newest of a programme's mailbox; None where there is none yet."""
    found = select(ReconciliationRow).where(ReconciliationRow.programme == slug)
    row = session.exec(found.order_by(col(ReconciliationRow.at).desc())).first()
    return None if row is None else _to_reconciliation(row)


def _set_gone(
    session: Session, mailbox: str, message_ids: Collection[int], at: datetime | None
) -> None:
    for chunk in chunks(sorted(message_ids)):
        these = (col(SightingRow.mailbox) == mailbox, col(SightingRow.message_id).in_(chunk))
        session.exec(update(SightingRow).where(*these).values(gone_at=at))


def _to_reconciliation(row: ReconciliationRow) -> Reconciliation:
    strays: Sequence[str] = json.loads(row.strays)
    return Reconciliation(
        mailbox=row.mailbox,
        programme=row.programme,
        at=row.at,
        in_mailbox=row.in_mailbox,
        in_ledger=row.in_ledger,
        unfiled=row.unfiled,
        gone=row.gone,
        lost_bytes=row.lost_bytes,
        strays=tuple(strays),
    )
