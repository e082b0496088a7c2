"""Verbs over letters to organisers that can be answered with a word: each counts once, for whom it
went to, and for a while."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.database import can_lock
from storage.domain.acting import ACT_WITHIN, ACTED_UPON
from storage.domain.letter import Letter, LetterState
from storage.domain.marks import code_of, message_id_of
from storage.loading import LETTERS, load_letters
from storage.rows import LetterRow

_LEFT = (LetterState.SENT, LetterState.SENDING)


def find_named(
    session: Session, message_ids: Sequence[str], codes: Sequence[str], inbox: str
) -> Letter | None:
    """The first such letter, whosever it is, among these Message-IDs, then among those of these
    codes; None where they name none."""
    named = [*message_ids, *(message_id_of(code, inbox) for code in codes)]
    if not named:
        return None
    these = (col(LetterRow.message_id).in_(named), col(LetterRow.kind).in_(ACTED_UPON))
    letters = load_letters(session, LETTERS.where(*these))
    found = {letter.message_id: letter for letter in letters}
    return next((found[name] for name in named if name in found), None)


def is_open(letter: Letter, reader: str, programme: str, now: datetime) -> bool:
    """Whether a word of this reader, who writes to this programme, in answer to the letter still
    counts."""
    return (
        is_theirs(letter, reader, programme)
        and letter.state in _LEFT
        and letter.spent_by is None
        and now <= (letter.sent_at or letter.created_at) + ACT_WITHIN
        and code_of(letter.message_id) is not None
    )


def is_theirs(letter: Letter, reader: str, programme: str) -> bool:
    """Whether the letter went to this reader about this programme."""
    return letter.programme == programme and letter.recipient.email == reader


def spend(session: Session, letter_id: int, message_id: int) -> bool:
    """The words of this message about the letter are followed, and no other's. False where
    another's were."""
    found = select(LetterRow).where(LetterRow.id == letter_id)
    if can_lock(session):
        found = found.with_for_update()
    row = session.exec(found, execution_options={"populate_existing": True}).one()
    if row.spent_by is not None:
        return False
    row.spent_by = message_id
    session.flush()
    return True
