"""A person erased: from the ledger, from the archive, from what others wrote and were told. That it
was done stays, and nothing of what it was."""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, col, delete, or_, select, update

from storage import events
from storage.archive import Archive
from storage.award_rows import AgreementRow
from storage.deed_rows import LetterDeedRow
from storage.domain.case import CaseState
from storage.domain.letter import LetterState
from storage.keeping_rows import ErasureRow
from storage.panel_rows import AssessmentRow
from storage.privacy.masking import mask_everywhere
from storage.privacy.personal import (
    CASE,
    CONTENT,
    DEED,
    ERASED,
    LETTER,
    MESSAGE,
    OF_A_CASE,
    Blanks,
)
from storage.privacy.traces import Traces
from storage.rows import (
    CaseMarkRow,
    CaseRow,
    LetterContentRow,
    LetterRow,
    MessageRow,
    MessageState,
    PackRow,
    PersonRow,
    Row,
)
from storage.serialising import dump_scoring, load_scoring, load_understanding
from storage.upserts import chunks

ERASED_RULE = "erased"
"""The rule of a letter that never leaves because its addressee was erased."""

_UNSENT = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.HELD, LetterState.FAILED)


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
    files = _files(session, traces)
    _erase_messages(session, traces, by=by, now=now)
    _erase_letters(session, traces)
    _erase_cases(session, traces, by=by, now=now)
    _blank(session, PersonRow, None, PersonRow.email == email)
    masked = mask_everywhere(session, traces.names, f"erased-{row.id}")
    gone = [sha256 for sha256 in files if not _is_needed(session, sha256)]
    archive.remove(gone)
    counts = replace(counts, masked=masked, files=len(gone))
    row.counts = json.dumps(asdict(counts))
    session.flush()
    return _to_erasure(row)


def erasures_of(session: Session, email: str, *, secret: bytes) -> tuple[Erasure, ...]:
    """When this address was erased, oldest first."""
    digest = _digest(email, secret)
    found = select(ErasureRow).where(ErasureRow.digest == digest).order_by(col(ErasureRow.id))
    return tuple(_to_erasure(row) for row in session.exec(found))


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


def _erase_messages(session: Session, traces: Traces, *, by: str, now: datetime) -> None:
    """Nothing is left for a person to deal with either."""
    settled = {"settled_at": now, "settled_by": by}
    gone = {**MESSAGE, "state": MessageState.ERASED, "attention_at": None, "erased_at": now}
    for ids in chunks(traces.messages):
        theirs = col(MessageRow.id).in_(ids)
        _blank(session, MessageRow, gone, theirs)
        _blank(session, MessageRow, settled, theirs, col(MessageRow.settled_at).is_(None))
    for ids in chunks(traces.named_in):
        _blank(session, MessageRow, {"erased_at": now}, col(MessageRow.id).in_(ids))


def _erase_letters(session: Session, traces: Traces) -> None:
    dropped = {"state": LetterState.DISCARDED, "rule": ERASED_RULE}
    for ids in chunks(traces.letters):
        theirs = col(LetterRow.id).in_(ids)
        _blank(session, LetterRow, dropped, theirs, col(LetterRow.state).in_(_UNSENT))
        _blank(session, LetterRow, LETTER, theirs)
        _blank(session, LetterDeedRow, DEED, col(LetterDeedRow.letter_id).in_(ids))
    for ids in chunks((*traces.letters, *traces.told_in)):
        _blank(session, LetterContentRow, CONTENT, col(LetterContentRow.letter_id).in_(ids))


def _erase_cases(session: Session, traces: Traces, *, by: str, now: datetime) -> None:
    gone = {**CASE, "state": CaseState.WITHDRAWN, "attention_at": None}
    for ids in chunks(traces.cases):
        for table, blanks in OF_A_CASE.items():
            if blanks:
                _blank(session, table, blanks, _case_id(table).in_(ids))
        _forget_comments(session, ids)
        _blank(session, CaseMarkRow, None, col(CaseMarkRow.case_id).in_(ids))
        _blank(session, PersonRow, None, col(PersonRow.case_id).in_(ids))
        _blank(session, CaseRow, gone, col(CaseRow.id).in_(ids))
    for case_id in traces.cases:
        events.append(session, at=now, actor=by, what="case_erased", case_id=case_id)


def _case_id(table: type[Row]) -> ColumnElement[int]:
    column: ColumnElement[int] = inspect(table).columns["case_id"]
    return column


def _forget_comments(session: Session, case_ids: Collection[int]) -> None:
    """What the panel wrote beside its numbers."""
    found = select(AssessmentRow).where(col(AssessmentRow.case_id).in_(case_ids))
    for row in session.exec(found):
        row.scoring = dump_scoring(replace(load_scoring(row.scoring), comment="", reason=""))
    session.flush()


def _blank(
    session: Session,
    table: type[Row],
    values: Mapping[str, object] | Blanks | None,
    *which: ColumnElement[bool] | bool,
) -> None:
    """Put `values` into these rows; None: remove them."""
    statement = delete(table) if values is None else update(table).values(**values)
    session.connection().execute(statement.where(*which))  # type: ignore[arg-type]
    session.expire_all()


def _files(session: Session, traces: Traces) -> set[str]:
    """The archived files that hold the person."""
    return {
        *_files_of_messages(session, (*traces.messages, *traces.named_in)),
        *_files_of_letters(session, (*traces.letters, *traces.told_in)),
        *_files_of_cases(session, traces.cases),
    }


def _files_of_messages(session: Session, ids: Sequence[int]) -> Iterator[str]:
    for some in chunks(ids):
        for row in session.exec(select(MessageRow).where(col(MessageRow.id).in_(some))):
            yield row.sha256
            if row.understanding is not None:
                understanding = load_understanding(row.understanding)
                yield from (attachment.sha256 for attachment in understanding.attachments)


def _files_of_letters(session: Session, ids: Sequence[int]) -> Iterator[str]:
    for some in chunks(ids):
        contents = select(LetterContentRow).where(col(LetterContentRow.letter_id).in_(some))
        yield from filter(None, (row.enclosure_sha256 for row in session.exec(contents)))
        deeds = select(LetterDeedRow).where(col(LetterDeedRow.letter_id).in_(some))
        yield from filter(None, (row.before for row in session.exec(deeds)))


def _files_of_cases(session: Session, ids: Sequence[int]) -> Iterator[str]:
    for some in chunks(ids):
        signed = select(AgreementRow.sha256).where(col(AgreementRow.case_id).in_(some))
        yield from session.exec(signed)


def _is_needed(session: Session, sha256: str) -> bool:
    """True where something that stays has the same file: the pack, a form that two sent alike."""
    message = select(MessageRow.id).where(
        col(MessageRow.erased_at).is_(None),
        or_(
            MessageRow.sha256 == sha256,
            col(MessageRow.understanding).contains(sha256, autoescape=True),
        ),
    )
    others = (
        select(PackRow.id).where(
            or_(PackRow.enclosure_sha256 == sha256, col(PackRow.files).contains(sha256))
        ),
        select(LetterContentRow.letter_id).where(LetterContentRow.enclosure_sha256 == sha256),
        select(LetterDeedRow.id).where(LetterDeedRow.before == sha256),
        select(AgreementRow.id).where(AgreementRow.sha256 == sha256, AgreementRow.name != ERASED),
    )
    return any(session.exec(found.limit(1)).first() is not None for found in (message, *others))


def _to_erasure(row: ErasureRow) -> Erasure:
    assert row.id is not None
    return Erasure(row.id, Counts(**json.loads(row.counts)), row.reason, row.actor, row.at)
