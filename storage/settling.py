"""Verbs over messages that only a person can deal with: ticked off once somebody has."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from storage import events
from storage.errors import NotFound
from storage.facts import known_id
from storage.received import wants_answer_of_a_person
from storage.rows import MessageCaseRow, MessageRow, MessageState


def settle(
    session: Session, message_id: int, *, by: str, now: datetime, note: str | None = None
) -> bool:
    """A person has dealt with a message: it waits for nobody any more. `note` says how. False
    where somebody ticked it off before. Raises NotFound."""
    return _set(session, message_id, by=by, at=now, note=note, what="message_settled", now=now)


def unsettle(session: Session, message_id: int, *, by: str, now: datetime) -> bool:
    """The message waits for a person again. False where it does already. Raises NotFound."""
    return _set(session, message_id, by=by, at=None, note=None, what="message_unsettled", now=now)


def waiting_in_case(session: Session, case_id: int, *, before: datetime) -> tuple[int, ...]:
    """The messages of a case, received before this instant, that only a person can deal with and
    nobody has, in order of receipt."""
    found = (
        select(MessageRow.id)
        .join(MessageCaseRow, col(MessageCaseRow.message_id) == col(MessageRow.id))
        .where(
            MessageCaseRow.case_id == case_id,
            MessageRow.state == MessageState.RECORDED,
            col(MessageRow.received_at) < before,
            wants_answer_of_a_person(),
        )
        .order_by(col(MessageRow.received_at), col(MessageRow.id))
    )
    return tuple(known_id(id) for id in session.exec(found))


def _set(
    session: Session,
    message_id: int,
    *,
    by: str,
    at: datetime | None,
    note: str | None,
    what: str,
    now: datetime,
) -> bool:
    row = session.get(MessageRow, message_id)
    if row is None:
        raise NotFound(f"no message {message_id}")
    is_settled = col(MessageRow.settled_at).is_not(None)
    is_other = is_settled if at is None else ~is_settled
    changed = update(MessageRow).where(col(MessageRow.id) == message_id, is_other)
    who = by if at is not None else None
    values = {"settled_at": at, "settled_by": who, "settled_note": note}
    if not session.exec(changed.values(**values)).rowcount:
        return False
    in_cases = select(MessageCaseRow.case_id).where(MessageCaseRow.message_id == message_id)
    cases = session.exec(in_cases).all()
    events.append(
        session,
        at=now,
        actor=by,
        what=what,
        programme=row.programme,
        case_id=cases[0] if len(cases) == 1 else None,
        message_id=message_id,
    )
    session.flush()
    return True
