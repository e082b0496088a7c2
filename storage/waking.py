"""When the ledger next wants something done by time alone: for those whose clock can jump there."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.domain.letter import LetterState
from storage.round_rows import ProgrammeRow
from storage.rows import CaseRow, LetterRow, MessageRow


def next_wake(session: Session, after: datetime) -> datetime | None:
    """The next instant behind `after` at which a case, a message or a programme wants attention
    or a letter may leave; None: nothing until a new fact."""
    waits = col(LetterRow.state).in_((LetterState.QUEUED, LetterState.DEFERRED))
    found = (
        session.exec(select(func.min(column)).where(column > after, *conditions)).one()
        for column, conditions in (
            (col(CaseRow.attention_at), ()),
            (col(MessageRow.attention_at), ()),
            (col(ProgrammeRow.attention_at), ()),
            (col(LetterRow.not_before), (waits,)),
        )
    )
    return min((at for at in found if at is not None), default=None)
