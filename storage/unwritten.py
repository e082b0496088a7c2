"""Letters that are due and could not be written: which matters still wait for one, and woken up
before their time once somebody has mended what kept them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from storage import cases, messages, programmes
from storage.rows import EventRow

RENDER_FAILED = "render_failed"
"""In the history: a letter is due that could not be written; its detail says which and where."""


@dataclass(frozen=True, slots=True)
class UnwrittenMatter:
    """A case, a lone message, or with neither the programme itself, of which the last that happened
    is that a letter could not be written."""

    programme: str
    case_id: int | None
    message_id: int | None


def unwritten_matters(session: Session) -> tuple[UnwrittenMatter, ...]:
    """All of them, in no order."""
    failed = (
        select(
            col(EventRow.programme),
            col(EventRow.case_id),
            col(EventRow.message_id),
            func.max(col(EventRow.id)),
        )
        .where(EventRow.what == RENDER_FAILED)
        .group_by(col(EventRow.programme), col(EventRow.case_id), col(EventRow.message_id))
    )
    found = []
    for programme, case_id, message_id, line in session.exec(failed):
        if programme is not None and not _has_gone_on(
            session, programme, case_id, message_id, line or 0
        ):
            found.append(UnwrittenMatter(programme, case_id, message_id))
    return tuple(found)


def wake_unwritten(session: Session, now: datetime) -> int:
    """Have these matters looked at by `now`. Returns how many there are."""
    matters = unwritten_matters(session)
    for matter in matters:
        if matter.case_id is not None:
            cases.want_attention_of(session, [matter.case_id], now)
        elif matter.message_id is not None:
            messages.set_attention(session, matter.message_id, now)
        else:
            programmes.want_attention(session, matter.programme, now)
    return len(matters)


def _has_gone_on(
    session: Session, programme: str, case_id: int | None, message_id: int | None, line: int
) -> bool:
    """True where anything else has happened since, as `responders.planner` counts it."""
    if case_id is not None:
        same = col(EventRow.case_id) == case_id
    elif message_id is not None:
        same = col(EventRow.message_id) == message_id
    else:
        same = and_(
            col(EventRow.programme) == programme,
            col(EventRow.case_id).is_(None),
            col(EventRow.message_id).is_(None),
            col(EventRow.letter_id).is_(None),
        )
    later = select(EventRow.id).where(same, col(EventRow.id) > line)
    return session.exec(later.limit(1)).first() is not None
