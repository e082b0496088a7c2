"""Verbs over the text of letters that have not left: edited by a person, or written anew. The bytes
that stood there before stay in the archive, named by the deed."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from storage import deeds
from storage.deeds import Deed, DeedKind
from storage.domain.letter import Letter, LetterDraft, LetterState
from storage.errors import Conflict, NotFound
from storage.facts import to_letter
from storage.posting import note
from storage.rows import LetterContentRow, LetterRow

UNSENT = frozenset({LetterState.HELD, LetterState.FAILED, LetterState.QUEUED, LetterState.DEFERRED})
"""States of letters that nobody has."""


def source_of(session: Session, letter_id: int) -> str | None:
    """The Markdown that a letter was made of; None for one that was left out, and for those of
    earlier versions of Postroom."""
    row = session.get(LetterContentRow, letter_id)
    return row.source if row is not None else None


def require_unsent(session: Session, letter_id: int) -> None:
    """Raises NotFound, and Conflict for a letter that somebody has or may have."""
    row = session.get(LetterRow, letter_id)
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    _refuse_sent(row)


def edit(
    session: Session,
    letter: Letter,
    *,
    subject: str,
    content: bytes,
    source: str,
    before: bytes,
    by: str,
    reason: str,
    now: datetime,
) -> Letter:
    """A person gave a letter another text. `before` are its bytes so far, which are in the archive.
    Its state stays. Raises NotFound, and Conflict where it left or was changed meanwhile."""
    row, kept = _get_locked(session, letter.id, before=before)
    row.subject, row.edited_by = subject, by
    kept.content, kept.source = content, source
    return _noted(session, row, DeedKind.EDITED, before=before, by=by, reason=reason, now=now)


def rewrite(
    session: Session,
    letter: Letter,
    draft: LetterDraft,
    *,
    before: bytes,
    by: str,
    reason: str,
    now: datetime,
) -> Letter:
    """A letter was written anew, by the templates and facts of now; otherwise as `edit`. What
    somebody edited in it is gone."""
    row, kept = _get_locked(session, letter.id, before=before)
    row.subject, row.template_version = draft.subject, draft.template_version
    row.pack_version, row.edited_by = draft.pack_version, None
    kept.content, kept.source = draft.content, draft.source
    kept.enclosure_sha256 = draft.enclosure_sha256
    return _noted(session, row, DeedKind.REWRITTEN, before=before, by=by, reason=reason, now=now)


def _noted(
    session: Session,
    row: LetterRow,
    what: DeedKind,
    *,
    before: bytes,
    by: str,
    reason: str,
    now: datetime,
) -> Letter:
    session.flush()
    letter = to_letter(row)
    sha256 = hashlib.sha256(before).hexdigest()
    deeds.record(session, Deed(letter.id, what, reason, by, now, before=sha256))
    note(session, letter, at=now, what=f"letter_{what}", actor=by)
    session.flush()
    return letter


def _get_locked(
    session: Session, letter_id: int, *, before: bytes
) -> tuple[LetterRow, LetterContentRow]:
    found = select(LetterRow).where(col(LetterRow.id) == letter_id).with_for_update()
    row = session.exec(found, execution_options={"populate_existing": True}).first()
    kept = session.get(LetterContentRow, letter_id, populate_existing=True)
    if row is None or kept is None:
        raise NotFound(f"no letter {letter_id}")
    _refuse_sent(row)
    if kept.content != before:
        raise Conflict(f"letter {letter_id} was changed meanwhile")
    return row, kept


def _refuse_sent(row: LetterRow) -> None:
    """Where a process died while it was sending, nobody knows whether the letter arrived."""
    if row.state not in UNSENT:
        raise Conflict(f"letter {row.id} is {row.state}")
    if row.doubts:
        raise Conflict(f"letter {row.id} may have arrived already")
