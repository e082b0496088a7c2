"""Verbs over what organisers have written to applicants in their own words: the letter is due a
little later, and until then it can be withdrawn."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, update

from storage import cases, events, messages
from storage.domain.acting import OrganiserAnswer
from storage.facts import PlainRow, known_id
from storage.loading import Query, fetch
from storage.reply_rows import OrganiserAnswerRow
from storage.rows import table_of

_THESE: BindParameter[int] = bindparam("these", expanding=True)
_ANSWERS = sql_select(table_of(OrganiserAnswerRow)).order_by(col(OrganiserAnswerRow.id))
_OF_CASES = _ANSWERS.where(col(OrganiserAnswerRow.case_id).in_(_THESE))
_OF_MESSAGES = _ANSWERS.where(col(OrganiserAnswerRow.question).in_(_THESE))


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
    taking = update(OrganiserAnswerRow).where(*early).values(withdrawn_at=now)
    returning = taking.returning(*table_of(OrganiserAnswerRow).c)
    taken = session.connection().execute(returning).one_or_none()
    if taken is None:
        return False
    answer = _to_answer(taken)
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


def of_cases(session: Session, case_ids: Collection[int]) -> tuple[OrganiserAnswer, ...]:
    """Those about these cases, in order of writing."""
    return _load(session, _OF_CASES, case_ids)


def of_messages(session: Session, message_ids: Collection[int]) -> tuple[OrganiserAnswer, ...]:
    """Those in answer to these messages, in order of writing."""
    return _load(session, _OF_MESSAGES, message_ids)


def _want_attention(
    session: Session, case_id: int | None, question: int | None, at: datetime
) -> None:
    """A question without a case is planned by itself."""
    if case_id is not None:
        cases.want_attention_of(session, [case_id], at)
    elif question is not None:
        messages.want_attention(session, question, at)


def _load(session: Session, found: Query, these: Collection[int]) -> tuple[OrganiserAnswer, ...]:
    return tuple(_to_answer(row) for row in fetch(session, found, these=list(these)))


def _to_answer(row: OrganiserAnswerRow | PlainRow) -> OrganiserAnswer:
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
