"""When the ledger next wants something done by time alone: for those whose clock can jump there."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from storage.columns import UtcDateTime
from storage.domain.letter import LetterState
from storage.loading import fetch
from storage.round_rows import ProgrammeRow
from storage.rows import CaseRow, LetterRow, MessageRow

_WAITS = col(LetterRow.state).in_((LetterState.QUEUED, LetterState.DEFERRED))
_NEXT = select(
    *(
        select(func.min(column))
        .where(column > bindparam("after", type_=UtcDateTime), *conditions)
        .scalar_subquery()
        for column, conditions in (
            (col(CaseRow.attention_at), ()),
            (col(MessageRow.attention_at), ()),
            (col(ProgrammeRow.attention_at), ()),
            (col(LetterRow.not_before), (_WAITS,)),
        )
    )
)


def next_wake(session: Session, after: datetime) -> datetime | None:
    """The next instant behind `after` at which a case, a message or a programme wants attention
    or a letter may leave; None: nothing until a new fact."""
    (found,) = fetch(session, _NEXT, after=after)
    return min((at for at in found if at is not None), default=None)
