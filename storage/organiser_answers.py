"""Verbs over what organisers have written to applicants in their own words: the letter is due a
little later, and until then it can be withdrawn."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select, update

from storage import cases, events, messages
from storage.domain.acting import OrganiserAnswer
from storage.facts import known_id
from storage.reply_rows import OrganiserAnswerRow
from storage.rows import MessageRow


def write(
    session: Session,
    programme: str,
    text: str,
    *,
    case_id: int | None,
    question: int | None,
    message_id: int,
    by: str,
    now: datetime,
    leaves_at: datetime,
) -> OrganiserAnswer:
    """Have this text sent in answer to the message `question`, else to whom the case belongs, at
    `leaves_at`. `message_id` is the message that says so."""
    row = OrganiserAnswerRow(
        case_id=case_id,
        question=question,
        message_id=message_id,
        text=text,
        actor=by,
        at=now,
        leaves_at=leaves_at,
    )
    session.add(row)
    events.append(
        session,
        at=now,
        actor=by,
        what="answer_written",
        programme=programme,
        case_id=case_id,
        message_id=question,
    )
    session.flush()
    _want_attention(session, case_id, question, leaves_at)
    return _to_answer(row)


def withdraw(session: Session, answer_id: int, programme: str, *, by: str, now: datetime) -> bool:
    """Take an answer back whose letter is not due yet. False where it is too late, or was done
    before."""
    early = (
        col(OrganiserAnswerRow.id) == answer_id,
        col(OrganiserAnswerRow.leaves_at) > now,
        col(OrganiserAnswerRow.withdrawn_at).is_(None),
    )
    taken = update(OrganiserAnswerRow).where(*early).values(withdrawn_at=now)
    if not session.exec(taken).rowcount:
        return False
    (answer,) = _load(session, col(OrganiserAnswerRow.id) == answer_id)
    events.append(
        session,
        at=now,
        actor=by,
        what="answer_withdrawn",
        programme=programme,
        case_id=answer.case_id,
        message_id=answer.question,
    )
    session.flush()
    return True


def about(
    session: Session, *, case_id: int | None = None, message_ids: Collection[int] = ()
) -> tuple[OrganiserAnswer, ...]:
    """Those about a case or in answer to these messages, in order of writing."""
    this_case = col(OrganiserAnswerRow.case_id) == case_id
    these = col(OrganiserAnswerRow.question).in_(message_ids)
    return _load(session, or_(this_case, these) if case_id is not None else these)


def _want_attention(
    session: Session, case_id: int | None, question: int | None, at: datetime
) -> None:
    """A question without a case is planned by itself."""
    if case_id is not None:
        cases.want_attention_of(session, [case_id], at)
    elif question is not None:
        known = session.exec(
            select(MessageRow.attention_at).where(MessageRow.id == question)
        ).first()
        messages.set_attention(session, question, min(known or at, at))


def _load(session: Session, *conditions: ColumnElement[bool]) -> tuple[OrganiserAnswer, ...]:
    found = select(OrganiserAnswerRow).where(*conditions).order_by(col(OrganiserAnswerRow.id))
    return tuple(_to_answer(row) for row in session.exec(found))


def _to_answer(row: OrganiserAnswerRow) -> OrganiserAnswer:
    return OrganiserAnswer(
        id=known_id(row.id),
        case_id=row.case_id,
        question=row.question,
        message_id=row.message_id,
        text=row.text,
        by=row.actor,
        at=row.at,
        leaves_at=row.leaves_at,
        withdrawn_at=row.withdrawn_at,
    )
