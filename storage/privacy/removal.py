"""Messages, letters and cases emptied of what people told, and their files let go of. The rows
stay: the history names them, and a copy that comes again is known."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, col, delete, or_, select, update

from storage import events
from storage.archive import Archive
from storage.award_rows import AgreementRow
from storage.deed_rows import LetterDeedRow
from storage.domain.case import CaseState
from storage.domain.letter import LetterState
from storage.panel_rows import AssessmentRow
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
from storage.reply_rows import OrganiserAnswerRow
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
class Scope:
    """What is emptied, by ids: `cases`, `messages` and `letters` whole; of the messages `named_in`
    and the letters `told_in`, which are about others as well, only the bytes."""

    cases: tuple[int, ...] = ()
    messages: tuple[int, ...] = ()
    named_in: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()
    told_in: tuple[int, ...] = ()


def empty(session: Session, scope: Scope, *, archive: Archive, by: str, now: datetime) -> int:
    """Empty it all and remove its files from the archive; how many files that were. Raises
    ArchiveUnavailable; then the ledger is unchanged, and asking again finishes it."""
    files = _files(session, scope)
    _erase_messages(session, scope, by=by, now=now)
    _erase_letters(session, scope)
    _erase_cases(session, scope, by=by, now=now)
    gone = [sha256 for sha256 in files if not _is_needed(session, sha256)]
    archive.remove(gone)
    return len(gone)


def _erase_messages(session: Session, scope: Scope, *, by: str, now: datetime) -> None:
    """Nothing is left for a person to deal with either."""
    settled = {"settled_at": now, "settled_by": by}
    gone = {**MESSAGE, "state": MessageState.ERASED, "attention_at": None, "erased_at": now}
    for ids in chunks(scope.messages):
        theirs = col(MessageRow.id).in_(ids)
        blank(session, MessageRow, gone, theirs)
        blank(session, MessageRow, settled, theirs, col(MessageRow.settled_at).is_(None))
        answered = col(OrganiserAnswerRow.question).in_(ids)
        blank(session, OrganiserAnswerRow, OF_A_CASE[OrganiserAnswerRow], answered)
    for ids in chunks(scope.named_in):
        blank(session, MessageRow, {"erased_at": now}, col(MessageRow.id).in_(ids))


def _erase_letters(session: Session, scope: Scope) -> None:
    dropped = {"state": LetterState.DISCARDED, "rule": ERASED_RULE}
    for ids in chunks(scope.letters):
        theirs = col(LetterRow.id).in_(ids)
        blank(session, LetterRow, dropped, theirs, col(LetterRow.state).in_(_UNSENT))
        blank(session, LetterRow, LETTER, theirs)
        blank(session, LetterDeedRow, DEED, col(LetterDeedRow.letter_id).in_(ids))
    for ids in chunks((*scope.letters, *scope.told_in)):
        blank(session, LetterContentRow, CONTENT, col(LetterContentRow.letter_id).in_(ids))


def _erase_cases(session: Session, scope: Scope, *, by: str, now: datetime) -> None:
    gone = {**CASE, "state": CaseState.WITHDRAWN, "attention_at": None}
    for ids in chunks(scope.cases):
        for table, blanks in OF_A_CASE.items():
            if blanks:
                blank(session, table, blanks, _case_id(table).in_(ids))
        _forget_comments(session, ids)
        blank(session, CaseMarkRow, None, col(CaseMarkRow.case_id).in_(ids))
        blank(session, PersonRow, None, col(PersonRow.case_id).in_(ids))
        blank(session, CaseRow, gone, col(CaseRow.id).in_(ids))
    for case_id in scope.cases:
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


def blank(
    session: Session,
    table: type[Row],
    values: Mapping[str, object] | Blanks | None,
    *which: ColumnElement[bool] | bool,
) -> None:
    """Put `values` into these rows; None: remove them."""
    statement = delete(table) if values is None else update(table).values(**values)
    session.connection().execute(statement.where(*which))  # type: ignore[arg-type]
    session.expire_all()


def _files(session: Session, scope: Scope) -> set[str]:
    """The archived files that hold the person."""
    return {
        *_files_of_messages(session, (*scope.messages, *scope.named_in)),
        *_files_of_letters(session, (*scope.letters, *scope.told_in)),
        *_files_of_cases(session, scope.cases),
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
