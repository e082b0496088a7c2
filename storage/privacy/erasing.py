"""A person erased: from the ledger, from the archive, from what others wrote and were told. That it
was done stays, and nothing of what it was."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events
from storage.archive import Archive
from storage.keeping_rows import ErasureRow
from storage.privacy.masking import mask_everywhere
from storage.privacy.removal import blank, empty
from storage.privacy.traces import Traces
from storage.rows import PersonRow


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was erased: `messages` and `letters` whole, `masked` rows about others in which the
    person stood, `files` of the archive."""

    cases: int = 0
    messages: int = 0
    messages_of_others: int = 0
    letters: int = 0
    letters_to_others: int = 0
    masked: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Erasure:
    """A tombstone: that somebody was erased, when, by whom and why."""

    id: int
    counts: Counts
    reason: str
    by: str
    at: datetime


def erase(
    session: Session,
    traces: Traces,
    *,
    archive: Archive,
    secret: bytes,
    by: str,
    reason: str,
    now: datetime,
) -> Erasure:
    """Erase everything that was found. The bytes that others wrote and that name the person go as
    well, what they told of others stays in the ledger. Raises ArchiveUnavailable; then nothing of
    the ledger is changed, and asking again finishes it."""
    email = traces.names.email
    counts = Counts(
        cases=len(traces.cases),
        messages=len(traces.messages),
        messages_of_others=len(traces.named_in),
        letters=len(traces.letters),
        letters_to_others=len(traces.told_in),
    )
    row = _bury(session, email, secret=secret, by=by, reason=reason, now=now)
    files = empty(session, traces.scope, archive=archive, by=by, now=now)
    blank(session, PersonRow, None, PersonRow.email == email)
    masked = mask_everywhere(session, traces.names, f"erased-{row.id}")
    counts = replace(counts, masked=masked, files=files)
    row.counts = json.dumps(asdict(counts))
    session.flush()
    return _to_erasure(row)


def erasures_of(session: Session, email: str, *, secret: bytes) -> tuple[Erasure, ...]:
    """When this address was erased, oldest first."""
    digest = _digest(email, secret)
    found = select(ErasureRow).where(ErasureRow.digest == digest).order_by(col(ErasureRow.id))
    return tuple(_to_erasure(row) for row in session.exec(found))


def was_erased(session: Session, case_id: int) -> bool:
    """Whether a case was emptied, for its lead or because it was kept for long enough."""
    return any(line.what == "case_erased" for line in events.of_case(session, case_id))


def _bury(
    session: Session, email: str, *, secret: bytes, by: str, reason: str, now: datetime
) -> ErasureRow:
    row = ErasureRow(digest=_digest(email, secret), counts="{}", reason=reason, actor=by, at=now)
    session.add(row)
    session.flush()
    events.append(session, at=now, actor=by, what="person_erased", detail={"erasure": str(row.id)})
    return row


def _digest(email: str, secret: bytes) -> str:
    told = b"erased\n" + email.strip().lower().encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()


def _to_erasure(row: ErasureRow) -> Erasure:
    assert row.id is not None
    return Erasure(row.id, Counts(**json.loads(row.counts)), row.reason, row.actor, row.at)
